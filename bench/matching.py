"""One question over 100,000 offers, and many profiles over 10,000, beside the bare arithmetic.

The offers are the real ones, varied until there are enough: other words, prices, quotas, dates,
territories, sectors and eligibility limits, so that few are equal in all that a verdict reads. The
peer of a question is the product of its vector with those of all offers and their sorting. Each
question is asked once.
`python -m bench.matching 10000` measures another size.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import cycle, islice, repeat
from multiprocessing import get_context
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any
from uuid import UUID

import numpy as np

from aiff_contracts.codec import parse
from aiff_contracts.offer import AccessMode, ComputeDetails, Details, OfferDocument, Pricing, Text
from aiff_contracts.rules import All, AnyOf, Cmp, Rule
from aiff_matching.answers.domain.criteria import Question
from aiff_matching.answers.domain.matching import Asked, answer
from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from aiff_matching.answers.domain.scan import scan
from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.options import Situation
from aiff_matching.offers.domain.building import CatalogueBuilder, CatalogueChange, build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.relevance import Vector
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from bench.harness import asked as over_http
from bench.harness.listings import documents
from bench.harness.load import percentile
from bench.harness.questions import questions

Row = tuple[str, str, str]
_Told = tuple[dict[str, Any], dict[str, Any]]
OFFERS = 100_000
BATCH_OFFERS, BATCH_PROFILES, PROCESSES = 10_000, 10_000, 2
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
_DIMENSION = 512
_ROUNDS = 20
_WORDS = [f"mot{number}" for number in range(3_000)]
_SECTORS = ("health", "energy", "industry", "finance", "defence", "mobility")
_PLACES = ("FR", "EU", "REG-11", "REG-84", "REG-76", "DEP-75", "DEP-69", "DE")
_NEEDS = ("a text", "compute", "funding")


def large_catalogue(size: int) -> Catalogue:
    """Return a catalogue of varied offers with random unit vectors."""
    offers, vectors = _varied_offers(size)
    return build(offers, 1, vectors)


def rows() -> list[Row]:
    """Return the figures beside their goals."""
    return [*_over_http(), *_change(), *_single(large_catalogue(OFFERS)), _batch()]


def _varied_offers(size: int) -> tuple[list[OfferDocument], dict[UUID, Vector]]:
    source = random.Random(20261124)
    real = documents()
    offers = [_varied(real[n % len(real)], n, source) for n in range(size)]
    block = np.random.default_rng(1).standard_normal((size, _DIMENSION), np.float32)
    block /= np.linalg.norm(block, axis=1, keepdims=True)
    return offers, dict(zip((offer.id for offer in offers), block, strict=True))


def _over_http(size: int = OFFERS) -> list[Row]:
    bodies = {kind: map(body, repeat(kind)) for kind in _NEEDS}
    return list(over_http.rows(*_varied_offers(size), bodies))


def body(kind: str) -> bytes:
    """Return the JSON of a question that nobody asked before."""
    profile, need = _told(kind)
    return json.dumps({"profile": profile, "need": need}).encode()


def _change(size: int = OFFERS) -> list[Row]:
    """Compare the work after one changed offer with that of a start, in CPU seconds."""
    offers, vectors = _varied_offers(size)
    builder, began = CatalogueBuilder(), time.process_time()
    builder.build(offers, 1, vectors)
    all_of_them = time.process_time() - began
    title = Text(fr="un autre titre", en="another title")
    changed = CatalogueChange([replace(offers[0], title=title)])
    began = time.process_time()
    builder.renewed(changed, 2)
    one = time.process_time() - began
    return [
        (f"{size:,} offers compiled, CPU", f"{all_of_them:.1f} s", "-"),
        (f"one of {size:,} offers changed, CPU", f"{one:.1f} s", "-"),
    ]


def _single(catalogue: Catalogue) -> list[Row]:
    size = len(catalogue.candidates)
    embedding = catalogue.texts.embeddings.vectors[7]
    raw = _times(lambda: np.argsort(-(catalogue.texts.embeddings.vectors @ embedding)))
    distinct = len(catalogue.columns.cases.examples)
    shown: list[Row] = [
        (f"distinct ways into {size:,} offers", f"{distinct:,}", "-"),
        (f"vectors of {size:,} offers, product and sort, p50 / p99", _both(raw), "-"),
    ]
    for kind in _NEEDS:
        judged = _times(partial(_new_question, catalogue, kind, _scanned))
        whole = _times(partial(_new_question, catalogue, kind, _answered))
        shown.append((f"{size:,} offers judged and ordered, {kind}", _both(judged), "< 100 ms"))
        shown.append((f"{size:,} offers, answer explained, {kind}", _both(whole), "-"))
    return shown


def _new_question(
    catalogue: Catalogue, kind: str, work: Callable[[Catalogue, Asked], object]
) -> None:
    work(catalogue, _asked(catalogue, _told(kind)))


def _told(kind: str) -> _Told:
    """Return the answers and the need of somebody who never asked before."""
    return questions().profile(), questions().need(kind)


def _asked(catalogue: Catalogue, told: _Told) -> Asked:
    """Ask with the vector of any offer as that of the need's text."""
    profile, need = told
    vectors = catalogue.texts.embeddings.vectors
    embedding = vectors[sum(map(ord, need["description"])) % len(vectors)]
    answers = parse(Profile, profile), parse(Need, need)
    return Asked(*answers, frozenset(), DEFAULT_WEIGHTS, 20, embedding)


def _answered(catalogue: Catalogue, asked: Asked) -> None:
    answer(asked, catalogue, _GPUS, NOW)


def _batch() -> Row:
    catalogue = large_catalogue(BATCH_OFFERS)
    _HELD.append(catalogue)
    asked = [_told(kind) for kind in islice(cycle(_NEEDS), BATCH_PROFILES)]
    began, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        judged = sum(pool.map(_judge, [asked[n::PROCESSES] for n in range(PROCESSES)]))
    seconds = time.perf_counter() - began
    used = getrusage(RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    title = f"{BATCH_PROFILES:,} profiles x {BATCH_OFFERS:,} offers, {judged:,} judged"
    return title, f"{seconds:.0f} s ({cpu:.0f} s CPU)", "< 120 s"


_HELD: list[Catalogue] = []
_GPUS = packaged_gpu_table()


def _judge(asked: Sequence[_Told]) -> int:
    """Judge and order all offers for some; a forked process reads the held catalogue."""
    catalogue = _HELD[-1]
    return sum(_scanned(catalogue, _asked(catalogue, told)) for told in asked)


def _scanned(catalogue: Catalogue, asked: Asked) -> int:
    situation = Situation.of(asked.need.compute, _GPUS, NOW)
    known = Known.of(asked.profile, asked.need, situation.today)
    asker = (asked.profile, asked.need)
    compared = (catalogue.texts, asked.embedding, catalogue.experience)
    question = Question.of(asker, known.facts, situation, *compared)
    truths = catalogue.truths(known)
    kinds = asked.need.wanted_kinds()
    found = scan(catalogue, truths, known, question, kinds, asked.weights)
    return len(found.rows) + sum(found.hidden.values())


def _times(work: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(_ROUNDS + 1):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found[1:])


def _both(times: list[float]) -> str:
    return f"{percentile(times, 0.5):.0f} / {percentile(times, 0.99):.0f} ms"


def _varied(offer: OfferDocument, number: int, source: random.Random) -> OfferDocument:
    words = " ".join(source.choices(_WORDS, k=8))
    seen = date(2026, 11, 20) - timedelta(days=source.randint(0, 400))
    rule = offer.eligibility.rule
    varied = replace(offer.eligibility, rule=None if rule is None else _rule(rule, source))
    return replace(
        offer,
        id=UUID(int=number + 1),
        slug=f"{offer.slug[:60]}-{number}",
        summary=replace(offer.summary, fr=words, en=words),
        description=None,
        sectors=offer.sectors and (source.choice(_SECTORS), *offer.sectors),
        territories=offer.territories and (source.choice(_PLACES),),
        pricing=_pricing(offer.pricing, source),
        sources=tuple(replace(entry, as_of=seen) for entry in offer.sources[:1]),
        eligibility=varied,
        details=_details(offer.details, source),
    )


def _rule(rule: Rule, source: random.Random) -> Rule:
    match rule:
        case Cmp(value=float() | int() as value) if not isinstance(value, bool):
            return replace(rule, value=max(1, round(value * source.uniform(0.5, 2))))
        case All(rules=rules) | AnyOf(rules=rules):
            return replace(rule, rules=tuple(_rule(part, source) for part in rules))
        case _:
            return rule


def _pricing(pricing: Pricing, source: random.Random) -> Pricing:
    """Move the prices by a step of 5 %, as a market does."""
    factor = Decimal(source.randint(14, 26)) / 20
    rows = tuple(replace(row, amount=row.amount * factor) for row in pricing.rows)
    return replace(pricing, rows=rows)


def _details(details: Details, source: random.Random) -> Details:
    if not isinstance(details, ComputeDetails):
        return details
    modes = tuple(_mode(mode, source) for mode in details.access_modes)
    return replace(details, access_modes=modes)


def _mode(mode: AccessMode, source: random.Random) -> AccessMode:
    """Vary the ceiling in steps of a quarter."""
    if mode.maximum is None:
        return mode
    return replace(mode, maximum=max(mode.minimum or 0, mode.maximum * source.randint(2, 8) // 4))


if __name__ == "__main__":
    asked_for = int(sys.argv[1])
    for figure, measured, goal in [
        *_over_http(asked_for),
        *_change(asked_for),
        *_single(large_catalogue(asked_for)),
    ]:
        print(f"{figure:<66}{measured:>20}  {goal}")
