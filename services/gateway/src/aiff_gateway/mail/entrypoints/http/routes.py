"""What was sent to the caller, which lists they get, and the one click of RFC 8058."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from aiff_gateway.mail.application.reading import MailingLists, SentMail
from aiff_gateway.mail.domain.letters import MailingList
from aiff_gateway.mail.entrypoints.http.schemas import (
    LettersBody,
    MailingListBody,
    MailingListsBody,
    WantedBody,
    letter_body,
)
from aiff_kit.auth import caller
from aiff_kit.http import CursorSigner, StrictRoute
from aiff_kit.problems import UNAUTHENTICATED, Problem


@dataclass(frozen=True, slots=True)
class MailUseCases:
    """What these routes call."""

    sent: SentMail
    lists: MailingLists
    cursors: CursorSigner


class LettersQuery(BaseModel):
    """The page of letters that is asked for."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=500)


async def _person(request: Request) -> UUID:
    principal = caller(request)
    if principal.anonymous:
        raise Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": "Bearer"})
    return UUID(principal.subject)


Person = Annotated[UUID, Depends(_person)]
_SIGNED_IN: dict[str, Any] = {"security": [{"apiKey": []}, {"bearer": []}]}


def mail_routes(cases: MailUseCases) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["mail"], route_class=StrictRoute)
    _own_mail(router, cases)
    _links(router, cases)
    return router


def _own_mail(router: APIRouter, cases: MailUseCases) -> None:
    @router.get("/me/mail", summary="What was sent to me and will be", openapi_extra=_SIGNED_IN)
    def list_letters(query: Annotated[LettersQuery, Query()], person: Person) -> LettersBody:
        before = cases.cursors.decode(query.cursor, str(person)) if query.cursor else None
        found = cases.sent.of(person, UUID(before) if before else None, query.limit + 1)
        page, more = found[: query.limit], found[query.limit :]
        following = cases.cursors.encode(str(page[-1].id), str(person)) if more else None
        return LettersBody(items=tuple(map(letter_body, page)), next=following)

    @router.get("/me/mail/lists", summary="Which lists I get", openapi_extra=_SIGNED_IN)
    def list_mailing_lists(person: Person) -> MailingListsBody:
        chosen = cases.lists.of(person)
        return MailingListsBody(
            items=tuple(MailingListBody(list=one, wanted=on) for one, on in chosen.items())
        )

    @router.put(
        "/me/mail/lists/{mailing_list}",
        summary="Get a list, or no more of it",
        openapi_extra=_SIGNED_IN,
    )
    def choose_mailing_list(
        mailing_list: MailingList, body: WantedBody, person: Person
    ) -> MailingListBody:
        cases.lists.choose(person, mailing_list, wanted=body.wanted)
        return MailingListBody(list=mailing_list, wanted=body.wanted)


def _links(router: APIRouter, cases: MailUseCases) -> None:
    @router.get("/mail/unsubscriptions/{token}", summary="The list of a letter's link")
    def read_unsubscription(token: str) -> MailingListBody:
        mailing_list, wanted = cases.lists.named_by(token)
        return MailingListBody(list=mailing_list, wanted=wanted)

    @router.post(
        "/mail/unsubscriptions/{token}", status_code=204, summary="Unsubscribe with one click"
    )
    def end_mailing_list(token: str) -> Response:
        """Take the form that mail programs send (RFC 8058): the address says it all."""
        cases.lists.unsubscribe(token)
        return Response(status_code=204)
