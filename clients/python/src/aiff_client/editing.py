"""Changing what others change too."""

from collections.abc import Callable
from typing import TypeVar

from aiff_client.faults import ProblemError, UnexpectedAnswerError
from aiff_client.sending import Answer

Read = TypeVar("Read")
Written = TypeVar("Written")
_STALE = 412


def edit(
    read: Callable[[], Answer[Read]],
    write: Callable[[Read, str], Answer[Written]],
    attempts: int = 3,
) -> Answer[Written]:
    """Read, then write with the ETag that was read; from the start where another was quicker.

    `write` gets the body and the ETag, which it sends as `if_match`:

        edit(
            lambda: client.read_working_copy(offer),
            lambda copy, etag: client.patch_offer(offer, {"url": new}, if_match=etag),
        )

    Raises ProblemError where the write is refused for another reason or overtaken in every attempt
    (412), and UnexpectedAnswerError where what was read has no ETag.
    """
    for left in reversed(range(attempts)):
        found = read()
        if found.etag is None:
            raise UnexpectedAnswerError("what was read has no ETag, so it cannot be changed safely")
        try:
            return write(found.body, found.etag)
        except ProblemError as error:
            if error.status != _STALE or not left:
                raise
    raise ValueError("attempts must be at least 1")
