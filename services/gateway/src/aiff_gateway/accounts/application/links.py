"""Making links and following them, inside the caller's transaction."""

from dataclasses import dataclass
from uuid import UUID

from aiff_gateway.accounts.application.ports import AccountsUnitOfWork
from aiff_gateway.accounts.domain.accounts import Account
from aiff_gateway.accounts.domain.errors import LinkRefusedError
from aiff_gateway.accounts.domain.links import (
    HOUR,
    LIFETIME,
    MOST_LINKS_AN_HOUR,
    Link,
    LinkKind,
)
from aiff_gateway.mail.domain.letters import Kind, Language, Letter
from aiff_gateway.shared.tokens import digest_of, new_token
from aiff_kit.clock import Clock
from aiff_kit.ids import new_id

_HOUR_SECONDS = 3600
# The page on which each link is followed; what it carries stands behind `#`, where no server and
# no log sees it.
_PAGES = {
    LinkKind.CONFIRM: "confirm",
    LinkKind.RESET: "password",
    LinkKind.ADDRESS: "address",
}
_LETTERS = {
    LinkKind.CONFIRM: Kind.ACCOUNT_CONFIRM,
    LinkKind.RESET: Kind.ACCOUNT_RESET,
    LinkKind.ADDRESS: Kind.ACCOUNT_ADDRESS,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks a link for: to which address, in which language, about which account."""

    kind: LinkKind
    email: str
    language: Language
    account: Account | None


class Links:
    """Makes links and follows them."""

    def __init__(self, clock: Clock) -> None:
        """Keep the clock."""
        self._clock = clock

    def send(self, uow: AccountsUnitOfWork, asked: Asked) -> None:
        """Send a link to an address, unless it was sent too many already.

        The same is written whether there is an account or not, so that time tells nobody: a link
        about nobody's account stays unsent and opens nothing.
        """
        now = self._clock()
        if uow.links.count(asked.email, now - HOUR) >= MOST_LINKS_AN_HOUR:
            return
        token, person = new_token(), asked.account.id if asked.account else None
        link = Link(
            id=new_id(),
            kind=asked.kind,
            digest=digest_of(token),
            email=asked.email,
            person=person,
            language=asked.language,
            created_at=now,
            expires_at=now + LIFETIME[asked.kind],
        )
        uow.links.add(link)
        if asked.kind is LinkKind.CONFIRM or person is not None:
            uow.letters.add(_letter(link, token))

    def tell_that_it_exists(
        self, uow: AccountsUnitOfWork, account: Account, kind: LinkKind
    ) -> None:
        """Tell the holder of an address that somebody asked for what it has: once an hour."""
        now = self._clock()
        uow.links.add(self._unsent(account, kind))
        uow.letters.add(
            Letter(
                kind=Kind.ACCOUNT_EXISTS,
                to=account.email,
                language=account.language,
                key=f"account.exists:{int(now.timestamp()) // _HOUR_SECONDS}",
                facts={"path": f"/{account.language}/account/sign-in"},
                person=account.id,
            )
        )

    def read(self, uow: AccountsUnitOfWork, kind: LinkKind, token: str) -> Link:
        """Return the link that a token names, or raise LinkRefusedError."""
        link = uow.links.by_digest(digest_of(token))
        needs_person = kind is not LinkKind.CONFIRM
        if link is None or link.kind is not kind or self._clock() >= link.expires_at:
            raise _refused()
        if needs_person and link.person is None:
            raise _refused()
        return link

    def follow(self, uow: AccountsUnitOfWork, link: Link) -> None:
        """Use a link up, with all others of its kind for its address.

        Of two who follow it at once, the later one is refused: LinkRefusedError.
        """
        if not uow.links.take(link):
            raise _refused()

    def _unsent(self, account: Account, kind: LinkKind) -> Link:
        """Return a link that nobody is sent: it counts, and takes the time that others take."""
        now = self._clock()
        return Link(
            id=new_id(),
            kind=kind,
            digest=digest_of(new_token()),
            email=account.email,
            person=None,
            language=account.language,
            created_at=now,
            expires_at=now + HOUR,
        )


def person_of(link: Link) -> UUID:
    """Return whom a link is about, as `read` has made sure that there is somebody."""
    if link.person is None:
        raise _refused()
    return link.person


def _letter(link: Link, token: str) -> Letter:
    return Letter(
        kind=_LETTERS[link.kind],
        to=link.email,
        language=link.language,
        key=f"link:{link.id}",
        facts={
            "path": f"/{link.language}/account/{_PAGES[link.kind]}#{token}",
            "hours": int((link.expires_at - link.created_at) / HOUR),
        },
        person=link.person,
    )


def _refused() -> LinkRefusedError:
    return LinkRefusedError("this link was used, has expired or is damaged; ask for a new one")
