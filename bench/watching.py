"""One changed offer against 10,000 stored needs: judged, and with all that is stored of it.

The needs are in a SQLite file, no two alike, each of its own start-up with answers of its own. The
peer is the same needs asked one by one. `python -m bench.watching 1000` measures another number.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from tempfile import TemporaryDirectory
from uuid import UUID

from aiff_contracts.codec import parse
from aiff_contracts.events import OFFER_PUBLISHED, Event, OfferPublished
from aiff_contracts.offer import OfferDocument
from aiff_kit.db import upgrade
from aiff_kit.ids import new_id
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.main.matching import Matching
from aiff_matching.main.settings import MatchingSettings
from aiff_matching.offers.domain.catalogue import Candidate
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.migrations import MIGRATIONS
from aiff_matching.shared.versions import Target
from aiff_matching.watching.domain.need_columns import NeedColumns, NeedFacts
from bench.harness.listings import documents
from bench.harness.questions import questions

Row = tuple[str, str, str]
NEEDS = 10_000
_ALONE = 500
_CHANGED = "bourse-french-tech"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
_NEEDS = ("a text", "compute", "funding")


def rows(size: int = NEEDS) -> list[Row]:
    """Return the figures beside their goals."""
    with TemporaryDirectory() as folder:
        environment = {"AIFF_DATA_DIR": folder, "MATCHING_ENCODER": "none"}
        made = MatchingSettings.model_validate({**environment, "MATCHING_DATABASE_URL": None})
        upgrade(made.database_url, MIGRATIONS)
        matching = Matching(made, lambda: NOW)
        try:
            return _measured(matching, size)
        finally:
            matching.close()


def _measured(matching: Matching, size: int) -> list[Row]:
    for document in documents():
        _publish(matching, document, 1)
    asked = _store(matching, size)
    first = _until_quiet(matching)
    changed = next(one for one in documents() if one.slug == _CHANGED)
    candidate = _candidate(matching, changed)
    needs = NeedColumns(
        [NeedFacts.of(need, pair, (packaged_gpu_table(), {}), NOW) for need, pair in asked]
    )
    needs.states(candidate, NOW)
    judged = _seconds(lambda: needs.states(candidate, NOW))
    few = [NeedColumns([asker]) for asker in needs.needs[:_ALONE]]
    alone = _seconds(lambda: [one.states(candidate, NOW) for one in few]) / _ALONE
    dearer = replace(changed, version=2, summary=replace(changed.summary, fr="Mieux dit."))
    _publish(matching, dearer, 2)
    same = _seconds(matching.watching.watch.step)
    closed = replace(dearer, version=3, eligibility=replace(changed.eligibility, conditions=()))
    _publish(matching, closed, 3)
    edited = _seconds(matching.watching.watch.step)
    return [
        (f"{size:,} needs judged for the first time, all offers", f"{first:.0f} s", "-"),
        (f"one changed offer against {size:,} needs, judged", _ms(judged), "-"),
        ("  the same needs judged one by one", _ms(alone * size), "-"),
        ("  with reading and comparing, nothing is news", _ms(same), "-"),
        ("  with alerts and events for those it matches", _ms(edited), "-"),
    ]


def _store(matching: Matching, size: int) -> list[tuple[UUID, tuple[Profile, Need]]]:
    found = []
    for kind in islice(cycle(_NEEDS), size):
        profile = parse(Profile, questions().profile())
        need = parse(Need, questions().need(kind))
        startup = matching.profiles.startups.create(profile, "org:bench")
        stored = matching.profiles.needs.create(Target(startup.id, "org:bench"), need)
        found.append((stored.id, (profile, need)))
    return found


def _publish(matching: Matching, document: OfferDocument, sequence: int) -> None:
    event = Event(
        id=new_id(),
        type=OFFER_PUBLISHED.name,
        source="/bench",
        key=str(document.id),
        sequence=sequence,
        time=NOW,
        data=OfferPublished(offer=document),
    )
    matching.offers.projection.handle(event)


def _candidate(matching: Matching, document: OfferDocument) -> Candidate:
    known = matching.offers.catalogue.current().candidates
    return next(one for one in known if one.offer.id == document.id)


def _until_quiet(matching: Matching) -> float:
    began = time.perf_counter()
    while matching.watching.watch.step():
        pass
    return time.perf_counter() - began


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


if __name__ == "__main__":
    for figure, measured, goal in rows(int(sys.argv[1]) if len(sys.argv) > 1 else NEEDS):
        print(f"{figure:<62}{measured:>22}  {goal}")
