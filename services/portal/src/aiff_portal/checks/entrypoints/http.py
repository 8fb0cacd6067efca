"""The page of a check, once a language: read the form, ask, show; nothing of it is kept."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from aiff_portal.api.entrypoints import reader_of
from aiff_portal.checks.application import CheckQueries
from aiff_portal.checks.entrypoints.presenting import CheckPresenting, Values
from aiff_portal.needs.domain.asking.fields import field_at
from aiff_portal.needs.domain.asking.state import State, state_of
from aiff_portal.ui.domain.language import Language
from aiff_portal.ui.domain.refusals import RefusedError
from aiff_portal.ui.entrypoints.forms import posted
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates("aiff_portal.checks.entrypoints", "aiff_portal.needs.entrypoints")
_UNPROCESSABLE = 422


def check_routes(language: Language, queries: CheckQueries) -> APIRouter:
    """Return the routes of the page in one language."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)
    presenting = CheckPresenting(language)

    def shown(request: Request, values: Values, *, private: bool, status: int = 200) -> Response:
        page = Page("check.html", values, private=private, status=status)
        return show(request, _TEMPLATES, language, page)

    @router.get("/offers/{reference}/check")
    async def ask(reference: str, request: Request) -> Response:
        reader = reader_of(request, language)
        offer = await queries.offer(reference, reader)
        values = presenting.asking(offer, state_of(()))
        return shown(request, values, private=reader.is_known)

    @router.post("/offers/{reference}/check")
    async def judge(reference: str, request: Request) -> Response:
        state, reader = state_of(await posted(request)), reader_of(request, language)
        offer = await queries.offer(reference, reader)
        if state.faults:
            values = presenting.asking(offer, state, list(state.faults))
            return shown(request, values, private=True, status=_UNPROCESSABLE)
        return await judged(request, offer, state)

    async def judged(request: Request, offer: Mapping[str, Any], state: State) -> Response:
        """Answer with the verdict, or with the questions where the API refuses an answer."""
        try:
            answer = await queries.judged(offer["slug"], state, reader_of(request, language))
        except RefusedError as error:
            faulty = [name for one in error.refusal.faults if (name := field_at(one.pointer))]
            if not faulty:
                raise
            values = presenting.asking(offer, state, faulty)
            return shown(request, values, private=True, status=_UNPROCESSABLE)
        return shown(request, presenting.judged(offer, state, answer), private=True)

    return router
