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
