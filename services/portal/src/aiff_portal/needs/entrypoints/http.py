"""The pages of a need, once a language: read the form, ask, show; nothing of it is kept."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from aiff_portal.api.domain import Reader, SentFile
from aiff_portal.api.entrypoints import reader_of
from aiff_portal.needs.application import NeedQueries
from aiff_portal.needs.domain.asking.fields import field_at, fields_for
from aiff_portal.needs.domain.asking.state import State, state_of
from aiff_portal.needs.domain.asking.steps import (
    PLANNED,
    Step,
    step_after,
    step_asking,
    step_before,
    step_named,
)
from aiff_portal.needs.entrypoints.dossier_presenting import dossier_values, programmes_values
from aiff_portal.needs.entrypoints.journey_presenting import journey_values
from aiff_portal.needs.entrypoints.plan_presenting import plan_form, plan_values
from aiff_portal.needs.entrypoints.presenting import NeedPresenting
from aiff_portal.ui.domain.language import Language
from aiff_portal.ui.domain.refusals import RefusedError
from aiff_portal.ui.entrypoints.forms import posted
from aiff_portal.ui.entrypoints.pages import Page, show, templates

_TEMPLATES = templates("aiff_portal.needs.entrypoints")
_SEE_OTHER, _SAME_FORM_ELSEWHERE, _UNPROCESSABLE = 303, 307, 422


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader sent: their answers, and the fields that say what to do with them."""

    request: Request
    reader: Reader
    state: State
    sent: Mapping[str, str]

    @property
    def step(self) -> Step:
        """Return the step whose screen sent it; the first where it names none."""
        return step_named(self.sent.get("step", ""), self.state)

    def skipping(self) -> "Asked":
        """Return it without the answers of the screen that was skipped."""
        if self.sent.get("go") != "skip":
            return self
        return replace(self, state=self.state.without(self.step.fields))


Answering = Callable[[Asked], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the routes of one language work with."""

    language: Language
    queries: NeedQueries
    presenting: NeedPresenting

    async def asked(self, request: Request) -> Asked:
        """Read a form."""
        pairs = await posted(request)
        return Asked(request, reader_of(request, self.language), state_of(pairs), dict(pairs))

    async def answered(self, asked: Asked, answer: Answering) -> Response:
        """Answer a form; where an answer cannot be used, the screen that asks for it comes back."""
        if asked.state.faults:
            return self.corrected(asked, list(asked.state.faults))
        try:
            return await answer(asked)
        except RefusedError as error:
            names = [field_at(one.pointer) for one in error.refusal.faults]
            if error.refusal.status != _UNPROCESSABLE or None in names or not names:
                raise
            return self.corrected(asked, [name for name in names if name])

    def corrected(self, asked: Asked, faulty: Sequence[str]) -> Response:
        """Show the screen of the first faulty answers, with what to write."""
        step = step_asking(faulty, asked.state)
        values = self.presenting.step(step, asked.state, faulty)
        return self.page(asked.request, "step.html", values, status=_UNPROCESSABLE)

    def step(self, asked: Asked, step: Step) -> Response:
        """Show a screen with questions."""
        return self.page(asked.request, "step.html", self.presenting.step(step, asked.state))

    def page(
        self, request: Request, template: str, values: Mapping[str, Any], status: int = 200
    ) -> Response:
        """Answer with a page; what was posted is for its reader only."""
        posted_here = request.method == "POST"
        known = reader_of(request, self.language).is_known
        page = Page(template, {**values, "posted": posted_here}, posted_here or known, status)
        return show(request, _TEMPLATES, self.language, page)

    def address(self, page: str) -> str:
        """Return the address of a page of the need."""
        return f"/{self.language}/needs{page}"


def need_routes(language: Language, queries: NeedQueries) -> APIRouter:
    """Return the routes of the pages in one language."""
    router = APIRouter(prefix=f"/{language}/needs", include_in_schema=False)
    shown = _Shown(language, queries, NeedPresenting(language))
    _add_steps(router, shown)
    _add_answers(router, shown)
    _add_plan(router, shown)
    _add_dossiers(router, shown)
    return router


def _add_steps(router: APIRouter, shown: _Shown) -> None:
    @router.get("")
    async def first(request: Request) -> Response:
        """Show the first question; an address may name kinds, and nothing about a person."""
        kinds = [("kinds", kind) for kind in request.query_params.getlist("kind")]
        state = state_of(kinds)
        state = state.without(state.faults)
        return shown.step(
            Asked(request, reader_of(request, shown.language), state, {}), step_named("", state)
        )

    @router.post("")
    async def walk(request: Request) -> Response:
        asked = await shown.asked(request)
        step, go = asked.step, asked.sent.get("go")
        if not step.fields:
            step = step_named("", asked.state)
        if go in ("show", "back"):
            before = step_before(step, asked.state) if go == "back" else None
            return shown.step(asked, before or step)
        faulty = [name for name in step.fields if name in asked.state.faults]
        if faulty and go != "skip":
            return shown.corrected(asked, faulty)
        return await _onward(shown, asked.skipping(), step)


async def _onward(shown: _Shown, asked: Asked, step: Step) -> Response:
    """Show the next step; the last one asks what the engine would know, if it would."""
    following = step_after(step, asked.state)
    if following is not None and following.name != "last":
        return shown.step(asked, following)
    question = None
    if following is not None and not asked.state.faults:
        question = await shown.queries.next_question(asked.state, asked.reader)
    if following is None or question is None or not fields_for(question["attribute"]):
        return RedirectResponse(shown.address("/answers"), _SAME_FORM_ELSEWHERE)
    state = replace(asked.state, asked=question["attribute"])
    return shown.step(replace(asked, state=state), step_named("last", state))


def _add_answers(router: APIRouter, shown: _Shown) -> None:
    queries, presenting = shown.queries, shown.presenting

    async def show_matches(asked: Asked) -> Response:
        answer = await queries.matches(asked.state, asked.reader)
        values = presenting.answers(answer, asked.state, asked.sent.get("show", ""))
        return shown.page(asked.request, "answers.html", values)

    async def show_journey(asked: Asked) -> Response:
        journey = await queries.journey(asked.state, asked.reader)
        values = journey_values(journey, asked.state, presenting)
        return shown.page(asked.request, "journey.html", values)

    async def send_calendar(asked: Asked) -> Response:
        return _file(await queries.calendar(asked.state, asked.reader))

    pages = {
        "/answers": show_matches,
        "/journey": show_journey,
        "/journey.ics": send_calendar,
    }
    for page, answer in pages.items():
        router.add_api_route(page, _to_the_start(shown), methods=["GET"])
        router.add_api_route(page, _posted(shown, answer), methods=["POST"])


def _add_plan(router: APIRouter, shown: _Shown) -> None:
    @router.get("/plan")
    async def plan_of_nothing(request: Request) -> Response:
        """Show what a plan would need; an address holds nothing about a person."""
        return shown.page(request, "plan.html", plan_form(state_of(()), shown.presenting))

    async def show_plan(asked: Asked) -> Response:
        plan = await shown.queries.plan(asked.state, asked.reader)
        values = plan_values(plan, asked.state, shown.presenting)
        return shown.page(asked.request, "plan.html", values)

    @router.post("/plan")
    async def plan(request: Request) -> Response:
        asked = await shown.asked(request)
        faulty = [name for name in PLANNED if name in asked.state.faults]
        if faulty:
            values = plan_form(asked.state, shown.presenting, faulty)
            return shown.page(request, "plan.html", values, status=_UNPROCESSABLE)
        return await shown.answered(asked, show_plan)


def _add_dossiers(router: APIRouter, shown: _Shown) -> None:
    queries, presenting = shown.queries, shown.presenting

    async def choose(asked: Asked) -> Response:
        found = await queries.programmes(asked.reader)
        values = programmes_values(found, asked.state, presenting)
        return shown.page(asked.request, "dossiers.html", values)

    @router.get("/dossier")
    async def programmes(request: Request) -> Response:
        return await choose(Asked(request, reader_of(request, shown.language), state_of(()), {}))

    async def show_dossier(asked: Asked) -> Response:
        programme = asked.sent.get("programme", "")
        if not programme:
            return await choose(asked)
        dossier = await queries.dossier(programme, asked.state, asked.reader)
        values = dossier_values(dossier, asked.state, presenting)
        return shown.page(asked.request, "dossier.html", values)

    async def send_table(asked: Asked) -> Response:
        programme = asked.sent.get("programme", "")
        return _file(await queries.table(programme, asked.state, asked.reader))

    router.add_api_route("/dossier", _posted(shown, show_dossier), methods=["POST"])
    router.add_api_route("/dossier.csv", _to_the_start(shown), methods=["GET"])
    router.add_api_route("/dossier.csv", _posted(shown, send_table), methods=["POST"])


def _posted(shown: _Shown, answer: Answering) -> Callable[[Request], Awaitable[Response]]:
    """Return the route of a page that answers a form."""

    async def answer_form(request: Request) -> Response:
        return await shown.answered((await shown.asked(request)).skipping(), answer)

    return answer_form


def _to_the_start(shown: _Shown) -> Callable[[], Awaitable[Response]]:
    """Return the route of such a page without a form: the questions come first."""

    async def start() -> Response:
        return RedirectResponse(shown.address(""), _SEE_OTHER)

    return start


def _file(file: SentFile) -> Response:
    """Return a file of the API as it made it."""
    headers = {"Content-Disposition": file.disposition, "Cache-Control": "private, no-store"}
    return Response(file.content, headers=headers, media_type=file.media_type)
