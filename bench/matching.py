"""One question over 100,000 offers, and many profiles over 10,000, beside the bare arithmetic.

The offers are the real ones, varied until there are enough: other words, prices, quotas, dates,
territories, sectors and eligibility limits, so that few are equal in all that a verdict reads. The
peer of a question is the product of its vector with those of all offers and their sorting.
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
from multiprocessing import get_context
from resource import RUSAGE_CHILDREN, getrusage
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
from aiff_matching.offers.domain.building import CatalogueBuilder, build
from aiff_matching.offers.domain.catalogue import Catalogue
from aiff_matching.offers.domain.relevance import Vector
from aiff_matching.profiles.domain.facts import Known
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from bench.harness import asked as over_http
from bench.harness.listings import documents
from bench.harness.load import percentile

Row = tuple[str, str, str]
OFFERS = 100_000
BATCH_OFFERS, BATCH_PROFILES, PROCESSES = 10_000, 10_000, 2
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
_DIMENSION = 512
_ROUNDS = 20
_WORDS = [f"mot{number}" for number in range(3_000)]
_SECTORS = ("health", "energy", "industry", "finance", "defence", "mobility")
_PLACES = ("FR", "EU", "REG-11", "REG-84", "REG-76", "DEP-75", "DEP-69", "DE")
_QUESTIONS: tuple[tuple[str, dict[str, object]], ...] = (
    ("a text", {"description": "financer un prototype de robot agricole"}),
    ("compute", {"description": "GPU H100", "compute": {"gpu_hours": 8000, "gpu_model": "H100"}}),
    ("funding", {"funding": {"amount_eur": 200_000, "non_dilutive_only": True}}),
)
_PROFILE = {"organisation_type": "startup", "country": "FR", "headcount": 8, "ai_company": True}


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
    bodies = {name: json.dumps({"profile": _PROFILE, "need": need}) for name, need in _QUESTIONS}
    questions = {name: body.encode() for name, body in bodies.items()}
    return list(over_http.rows(*_varied_offers(size), questions))


def _change(size: int = OFFERS) -> list[Row]:
    """Compare the work after one changed offer with that of a start, in CPU seconds."""
    offers, vectors = _varied_offers(size)
    builder, began = CatalogueBuilder(), time.process_time()
    builder.build(offers, 1, vectors)
    all_of_them = time.process_time() - began
    title = Text(fr="un autre titre", en="another title")
    changed = [replace(offers[0], title=title), *offers[1:]]
    began = time.process_time()
    builder.build(changed, 2, vectors)
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
    for name, need in _QUESTIONS:
        asked = Asked(
            parse(Profile, _PROFILE), parse(Need, need), frozenset(), DEFAULT_WEIGHTS, 20, embedding
        )
        judged = _times(partial(_scanned, catalogue, asked))
        whole = _times(partial(answer, asked, catalogue, _GPUS, NOW))
        shown.append((f"{size:,} offers judged and ordered, {name}", _both(judged), "< 100 ms"))
        shown.append((f"{size:,} offers, answer explained, {name}", _both(whole), "-"))
    return shown


def _batch() -> Row:
    catalogue = large_catalogue(BATCH_OFFERS)
    began, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    _HELD.append(catalogue)
    parts = [range(n, BATCH_PROFILES, PROCESSES) for n in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        judged = sum(pool.map(_judge_profiles, parts))
    seconds = time.perf_counter() - began
    used = getrusage(RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    title = f"{BATCH_PROFILES:,} profiles x {BATCH_OFFERS:,} offers, {judged:,} judged"
    return title, f"{seconds:.0f} s ({cpu:.0f} s CPU)", "< 120 s"


_HELD: list[Catalogue] = []
_GPUS = packaged_gpu_table()


def _judge_profiles(numbers: Sequence[int]) -> int:
    """Judge and order all offers for some profiles; a forked process reads the held catalogue."""
    catalogue, judged = _HELD[-1], 0
    for number in numbers:
        source = random.Random(number)
        profile = parse(Profile, _random_profile(source))
        need = parse(Need, source.choice(_QUESTIONS)[1])
        embedding = catalogue.texts.embeddings.vectors[number % BATCH_OFFERS]
        asked = Asked(profile, need, frozenset(), DEFAULT_WEIGHTS, 20, embedding)
        judged += _scanned(catalogue, asked)
    return judged


def _scanned(catalogue: Catalogue, asked: Asked) -> int:
    situation = Situation.of(asked.need.compute, _GPUS, NOW)
    known = Known.of(asked.profile, asked.need, situation.today)
    asker = (asked.profile, asked.need)
    compared = (catalogue.texts, asked.embedding, catalogue.experience)
    question = Question.of(asker, known.facts, situation, *compared)
    truths = catalogue.truths(known.facts)
    kinds = asked.need.wanted_kinds()
    found = scan(catalogue, truths, known, question, kinds, asked.weights)
    return len(found.rows) + sum(found.hidden.values())


def _random_profile(source: random.Random) -> dict[str, object]:
    return _PROFILE | {
        "organisation_type": source.choice(("startup", "sme", "midcap", "lab")),
        "headcount": source.randint(1, 400),
        "turnover_eur": source.randint(0, 50_000_000),
        "trl": source.randint(1, 9),
        "deeptech": source.random() < 0.5,
        "sectors": source.sample(_SECTORS, 2),
        "sites": [source.choice(("DEP-75", "DEP-69", "DEP-31"))],
    }


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
