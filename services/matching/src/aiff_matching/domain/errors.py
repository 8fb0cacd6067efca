"""What can go wrong for a caller."""

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
