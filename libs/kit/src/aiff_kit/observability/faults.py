"""What a log says of an exception: where it arose and of which kind, not what it quotes.

The text of an exception quotes the value that caused it (an e-mail that is taken, a parameter of
a statement, a field of a body). Only kinds whose text is made by the program, the operating
system or the connection to an engine are quoted.
"""

from collections.abc import Iterator
from traceback import walk_tb
from types import TracebackType
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# Their text names attributes, modules, files, addresses and settings of ours.
_QUOTED = (
    ArithmeticError,
    AttributeError,
    ImportError,
    NameError,
    OSError,
    PoolTimeoutError,
)
_LONGEST_TEXT = 300
_MOST_FRAMES = 12
_MOST_CAUSES = 5


def quotable(error: BaseException) -> str:
    """Return what may be said of an exception in a log: its kind, and its text where harmless."""
    text = _text(error)
    return f"{kind_of(error)}: {text}" if text else kind_of(error)


def described(error: BaseException) -> dict[str, Any]:
    """Return an exception with its causes as JSON-like values."""
    chain = [_one(found) for found in _causes(error)]
    return {**chain[0], "causes": chain[1:]} if chain[1:] else chain[0]


def kind_of(error: BaseException) -> str:
    """Return the name of an exception's class, with its module where it is not built in."""
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _text(error: BaseException) -> str | None:
    """Return the text of a harmless kind; an exception of ours may say that it is one."""
    if isinstance(error, OperationalError | InterfaceError):
        # The connection's own words, without the statement and its parameters.
        return str(error.orig)[:_LONGEST_TEXT]
    if isinstance(error, _QUOTED) or getattr(error, "quotes_no_data", False):
        return str(error)[:_LONGEST_TEXT]
    return None


def _one(error: BaseException) -> dict[str, Any]:
    report: dict[str, Any] = {"type": kind_of(error), "frames": _frames(error.__traceback__)}
    facts = {
        "text": _text(error),
        "sqlstate": getattr(error, "sqlstate", None),
        "constraint": getattr(getattr(error, "diag", None), "constraint_name", None),
    }
    return {**report, **{name: fact for name, fact in facts.items() if isinstance(fact, str)}}


def _frames(trace: TracebackType | None) -> list[str]:
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(trace)
    ]
    return frames[-_MOST_FRAMES:]


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
