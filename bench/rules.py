"""Rule evaluations per second and core, without a trace, and 100,000 offers for one profile.

The rules have the shapes of the real catalogue: its trees, with limits, regions, sectors and
aid drawn at random so that few are equal. Figures are printed, not asserted.
"""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from aiff_contracts.codec import parse
from aiff_contracts.rules import All, AnyOf, Cmp, Not, Rule
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import TERRITORIES
from aiff_matching.profiles.domain.facts import Facts, derive
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.evaluation import evaluate
from aiff_matching.rules.domain.rulebook import compile_rules

RULES = 100_000
_TODAY = date(2026, 11, 24)
_REGIONS = sorted(code for code in TERRITORIES if code.startswith(("REG", "DEP")))
_TYPES = ("startup", "sme", "midcap", "large", "lab", "university")
_SIZES = ("micro", "small", "medium", "small_midcap", "midcap")
_AID = tuple(f"aide-{number}" for number in range(300))


def measure() -> dict[str, float]:
    """Return the figures: evaluations per second, milliseconds for all offers, compile seconds."""
    source = random.Random(20261124)
    rules = [_rule(source) for _ in range(RULES)]
    facts = _facts()
    started = time.perf_counter()
    book = compile_rules(rules)
    compiled = time.perf_counter() - started
    seconds = _best_of(5, lambda: book.evaluate(facts, _TODAY))
    one_by_one = rules[:5_000]
    plain = _best_of(2, lambda: [evaluate(rule, facts) for rule in one_by_one])
    return {
        "rule_evaluations_per_second": RULES / seconds,
        "one_profile_100000_offers_ms": seconds * 1000,
        "one_by_one_evaluations_per_second": len(one_by_one) / plain,
        "compile_100000_rules_seconds": compiled,
    }


def rows() -> list[tuple[str, str, str]]:
    """Return the figures beside their goals."""
    found = measure()
    return [
        (
            "rule evaluations per second, one core, without trace",
            f"{found['rule_evaluations_per_second']:,.0f}",
            ">= 1,000,000",
        ),
        (
            "the rules of 100,000 offers for one profile",
            f"{found['one_profile_100000_offers_ms']:.1f} ms",
            "< 100 ms",
        ),
        (
            "the same rules one by one, per second",
            f"{found['one_by_one_evaluations_per_second']:,.0f}",
            "-",
        ),
    ]


def _best_of(times: int, work: object) -> float:
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()  # type: ignore[operator]
        found.append(time.perf_counter() - started)
    return min(found)


def _facts() -> Facts:
    profile = {
        "organisation_type": "startup",
        "country": "FR",
        "sites": ["DEP-75"],
        "created_on": "2024-03-01",
        "headcount": {"min": 6, "max": 12},
        "turnover_eur": 900_000,
        "trl": 4,
        "sectors": ["health", "ai"],
        "deeptech": True,
        "prior_aid": ["aide-7"],
    }
    return derive(parse(Profile, profile), Need(), _TODAY)


def _rule(source: random.Random) -> Rule:
    """Return a rule of the catalogue's shapes: mostly a conjunction of three to six leaves."""
    leaves: list[Rule] = [_leaf(source) for _ in range(source.randint(2, 5))]
    if source.random() < 0.3:
        leaves.append(AnyOf(rules=(_leaf(source), _leaf(source))))
    if source.random() < 0.15:
        leaves.append(Not(rule=_leaf(source, "prior_aid")))
    return All(rules=tuple(leaves))


def _leaf(source: random.Random, name: str | None = None) -> Cmp:
    template = _LEAVES[name or source.choice(tuple(_LEAVES))]
    return replace(template, value=_VALUES[template.attribute](source))


def _cmp(attribute: str, op: str, value: object) -> Cmp:
    return Cmp(attribute=attribute, op=op, value=value, label_fr="règle", label_en="rule")  # type: ignore[arg-type]


_LEAVES = {
    "headcount": _cmp("headcount", "<", 50),
    "age_months": _cmp("age_months", "<", 12),
    "turnover_eur": _cmp("turnover_eur", "<=", 10e6),
    "trl": _cmp("trl", ">=", 4),
    "project_cost_eur": _cmp("project_cost_eur", ">=", 1e6),
    "organisation_type": _cmp("organisation_type", "in", _TYPES),
    "company_size": _cmp("company_size", "in", _SIZES),
    "sites": _cmp("sites", "within", ("REG-11",)),
    "sectors": _cmp("sectors", "overlaps", ("health",)),
    "deeptech": _cmp("deeptech", "==", value=True),
    "prior_aid": _cmp("prior_aid", "overlaps", ("aide-1",)),
}


def _some(source: random.Random, codes: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(source.sample(codes, source.randint(1, most)))


_VALUES: dict[str, Callable[[random.Random], Any]] = {
    "headcount": lambda source: source.randint(1, 5000),
    "age_months": lambda source: source.randint(1, 240),
    "turnover_eur": lambda source: source.randint(1, 100_000_000),
    "trl": lambda source: source.randint(1, 9),
    "project_cost_eur": lambda source: source.randint(10_000, 10_000_000),
    "organisation_type": lambda source: _some(source, _TYPES, 4),
    "company_size": lambda source: _some(source, _SIZES, 4),
    "sites": lambda source: _some(source, tuple(_REGIONS), 3),
    "sectors": lambda source: _some(source, tuple(SECTORS), 4),
    "deeptech": lambda source: source.random() < 0.5,
    "prior_aid": lambda source: _some(source, _AID, 2),
}


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name}: {value:,.1f}")
