"""What can go wrong for a caller."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID


class StartUpNotFoundError(Exception):
    """No such start-up among the caller's own."""

    def __init__(self, startup_id: UUID) -> None:
        """Name the id that was asked for."""
        super().__init__(f"no start-up {startup_id}")


class NeedNotFoundError(Exception):
    """No such need among the caller's own."""

    def __init__(self, need_id: UUID) -> None:
        """Name the id that was asked for."""
        super().__init__(f"no need {need_id}")


class IntroductionNotFoundError(Exception):
    """No such introduction among those that the caller may see."""

    def __init__(self, introduction_id: UUID) -> None:
        """Name the id that was asked for."""
        super().__init__(f"no introduction {introduction_id}")


class NoDossierError(Exception):
    """No programme of this slug has a dossier, and no offer of it leads to one."""

    def __init__(self, reference: str, known: Sequence[str]) -> None:
        """Name the slug that was asked for, and those that have a dossier."""
        super().__init__(f"no dossier for {reference!r}; there is one for: {', '.join(known)}")


class NoCoverageError(Exception):
    """There are no figures of that day, or none at all yet."""

    def __init__(self, day: date | None) -> None:
        """Name the day that was asked for."""
        super().__init__(f"there are no figures of {day}" if day else "there are no figures yet")


class SearchNotFoundError(Exception):
    """No such search among the organisation's own."""

    def __init__(self, search_id: UUID) -> None:
        """Name the id that was asked for."""
        super().__init__(f"no partner search {search_id}")


class NotAllowedError(Exception):
    """The action is not for the part in which the caller acts."""

    def __init__(self, action: str, role: str) -> None:
        """Name the action and the part."""
        super().__init__(f"{action} is not for a {role}")


class StateError(Exception):
    """The request for an introduction is not in a state in which this can be done."""

    def __init__(self, action: str, reason: str) -> None:
        """Name the action and why not."""
        super().__init__(f"{action} is not possible: {reason}")


class ByRecommendationError(Exception):
    """One is recommended for the offer; nobody asks for it."""

    def __init__(self, slug: str) -> None:
        """Name the offer."""
        super().__init__(f"{slug} is given by recommendation only: ask who can recommend you")


class OfferClosedError(Exception):
    """The offer takes no applications now."""

    def __init__(self, slug: str, opens: str | None) -> None:
        """Name the offer and the day on which it opens, where that is known."""
        when = f"it opens on {opens}" if opens else "no next opening is known"
        super().__init__(f"{slug} is closed; {when}")


class AlreadyRequestedError(Exception):
    """A request for this offer and need is open."""

    def __init__(self, slug: str) -> None:
        """Name the offer."""
        super().__init__(f"a request for {slug} is open for this need")


class WordingOutdatedError(Exception):
    """The consent names other words than those that are shown today."""

    def __init__(self, current: str) -> None:
        """Name the version of the words."""
        super().__init__(f"the consent's wording is now {current}; read it and agree again")


class StaleVersionError(Exception):
    """The object changed since the version that the caller read."""

    def __init__(self, current: int) -> None:
        """Name the current version."""
        super().__init__(f"the current version is {current}")


class RebuildRefusedError(Exception):
    """The copy of the offers cannot be made anew now; it stays as it is."""


class NoStatesError(RebuildRefusedError):
    """The topic of states is empty, so nothing could be put in the place of the copy."""

    def __init__(self, in_use: int) -> None:
        """Say how many offers would be lost, and what fills the topic."""
        super().__init__(
            f"the topic of states is empty and the copy has {in_use} offers;"
            " fill the topic first: python -m aiff_catalog reconcile"
        )


class UnreadableStateError(RebuildRefusedError):
    """A record of the topic of states cannot be read by this version of the code."""

    def __init__(self, key: str, reason: str) -> None:
        """Name the offer and why."""
        super().__init__(f"the state of {key} cannot be read: {reason}")
