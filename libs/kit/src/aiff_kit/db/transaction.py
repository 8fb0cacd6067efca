"""The transaction of a unit of work; several can be made to take effect at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, NestedTransaction, RootTransaction

_SHARED: ContextVar[Connection | None] = ContextVar("shared_transaction", default=None)


@contextmanager
def shared_transaction(engine: Engine) -> Iterator[Connection]:
    """Make every transaction that this call begins on the engine a part of one.

    What they commit is durable only when the block ends without an error; until then nobody else
    sees it. An error in the block undoes all of them.
    """
    with engine.begin() as connection:
        before = _SHARED.set(connection)
        try:
            yield connection
        finally:
            _SHARED.reset(before)


@contextmanager
def rehearsal(engine: Engine) -> Iterator[None]:
    """Undo, at the end of the block, all that transactions on the engine did inside it.

    Inside a shared transaction it undoes its own part of that.
    """
    transaction = Transaction(engine)
    before = _SHARED.set(transaction.connection)
    try:
        yield
    finally:
        _SHARED.reset(before)
        transaction.close()


class Transaction:
    """A transaction that has begun: its own, or a savepoint in the shared one."""

    def __init__(self, engine: Engine) -> None:
        """Begin on a connection of the engine."""
        shared = _SHARED.get()
        self._own = shared is None or shared.engine is not engine
        self.connection = engine.connect() if shared is None or self._own else shared
        self._begun = self._begin()

    def commit(self) -> None:
        """Make everything durable at once, or with the shared transaction."""
        self._begun.commit()

    def close(self) -> None:
        """Undo what was not committed, and give an own connection back."""
        try:
            if self._begun.is_active:
                self._begun.rollback()
        finally:
            if self._own:
                self.connection.close()

    def _begin(self) -> RootTransaction | NestedTransaction:
        if not self._own:
            return self.connection.begin_nested()
        try:
            return self.connection.begin()
        except BaseException:
            self.connection.close()
            raise
