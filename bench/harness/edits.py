"""One offer is edited among many while questions are asked: how soon it is matchable, who waits."""

import json
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from aiff_contracts.offer import OfferDocument, Text
from aiff_kit.auth import ANONYMOUS, IDENTITY_HEADER, IdentitySigner
from aiff_kit.db import open_engine
from aiff_local.processes import LOOPBACK
from aiff_matching.offers.adapters.copies import SqlOfferCopies

Row = tuple[str, str, str]
_EDITS = 5
_QUIET_SECONDS = 5.0
_LOOK_SECONDS = 0.05
_LONGEST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks a matching service, one question after the other."""

    port: int
    secret: str

    def ask(self, body: bytes) -> dict[str, Any]:
        """Return an answer; each question is signed when it is asked."""
        signed = IdentitySigner(self.secret).sign(ANONYMOUS, "matching")
        headers = {IDENTITY_HEADER: signed, "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://{LOOPBACK}:{self.port}/v1/matches", body, headers)
        with urllib.request.urlopen(request, timeout=_LONGEST_SECONDS) as answer:
            found: dict[str, Any] = json.loads(answer.read())
        return found


@dataclass
class Questioner:
    """Asks without a pause in a thread of its own for the time of the block."""

    asker: Asker
    bodies: Iterator[bytes]
    seconds: list[float] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Begin to ask."""
        self._ended = Event()
        self._thread = Thread(target=self._ask)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop asking."""
        self._ended.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._ended.is_set():
            began = time.perf_counter()
            self.asker.ask(next(self.bodies))
            self.seconds.append(time.perf_counter() - began)

    def shown(self) -> str:
        """Return the middle and the slowest question."""
        ordered = sorted(self.seconds)
        middle = ordered[len(ordered) // 2]
        return f"{middle * 1000:.0f} / {ordered[-1] * 1000:.0f} ms of {len(ordered)}"


def edits(
    url: str, offers: list[OfferDocument], asker: Asker, bodies: Iterator[bytes]
) -> Iterator[Row]:
    """Edit an offer now and then; another client asks new questions all the time."""
    size = f"{len(offers):,} offers"
    with Questioner(asker, bodies) as quiet:
        time.sleep(_QUIET_SECONDS)
    yield f"questions at {size}, no edit, p50 / slowest", quiet.shown(), "-"
    with Questioner(asker, bodies) as meanwhile:
        taken = [_edit(url, offers[number], asker) for number in range(_EDITS)]
    middle, slowest = sorted(taken)[_EDITS // 2], max(taken)
    yield (
        f"one of {size} edited to matchable, p50 / slowest",
        f"{middle:.2f} / {slowest:.2f} s",
        "<= 2 s",
    )
    yield f"questions at {size} during edits, p50 / slowest", meanwhile.shown(), "none waits"


def _edit(url: str, offer: OfferDocument, asker: Asker) -> float:
    """Give an offer a word of its own, and ask for it until the offer comes first."""
    word = f"zz{uuid4().hex[:12]}"
    edited = replace(offer, version=offer.version + 1, title=Text(fr=word, en=word))
    engine = open_engine(url)
    with engine.begin() as connection:
        SqlOfferCopies(connection).put(edited)
    engine.dispose()
    began = time.perf_counter()
    body = json.dumps({"need": {"description": word}}).encode()
    while time.perf_counter() - began < _LONGEST_SECONDS:
        matches = asker.ask(body)["items"]
        if matches and matches[0]["offer"]["title"]["fr"] == word:
            return time.perf_counter() - began
        time.sleep(_LOOK_SECONDS)
    raise RuntimeError(f"{offer.slug} was not matchable within {_LONGEST_SECONDS:.0f} s")
