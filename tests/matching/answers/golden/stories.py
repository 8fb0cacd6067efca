"""The golden stories: who asks for what, and the verdict that each offer should get, with why.

Expectations are written from the listings and their sources. Each names offers, groups of
`groups.yaml` or whole kinds; an offer's own line beats its group's, which beats its kind's, and
of two equals the later one. So a story beats what always holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args

from annotated_types import MinLen

from aiff_contracts.codec import parse
from aiff_contracts.language import Strict
from aiff_contracts.offer import Kind
from aiff_kit.strict_yaml import parse_yaml
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.rules.domain.verdicts import Verdict

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
_GROUPS = "groups.yaml"

Names = Annotated[tuple[str, ...], MinLen(1)]
Expected = Verdict | Literal["hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(Strict):
    """What these offers, groups or kinds should get; `if_open` says more about a closed one."""

    offers: Names
    verdict: Expected
    why: Annotated[str, MinLen(20)]
    if_open: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Strict):
    """One profile with its need. `question` is the next one; `leads` come first of their kind."""

    title: Annotated[str, MinLen(10)]
    profile: Profile
    need: Need = Need()
    verdicts: Annotated[tuple[Expectation, ...], MinLen(1)]
    question: str | None = None
    leads: tuple[str, ...] = ()

    def asks_for(self) -> frozenset[Kind]:
        """Return the kinds that the need names, else all of them."""
        return frozenset(self.need.kinds or get_args(Kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Common(Strict):
    """Offers that stand or fall together, and what holds for every profile."""

    groups: Mapping[str, Names]
    always: tuple[Expectation, ...]


def stories() -> dict[str, Story]:
    """Return all stories by the name of their file."""
    paths = [path for path in sorted(FOLDER.glob("*.yaml")) if path.name != _GROUPS]
    return {path.stem: parse(Story, parse_yaml(path.read_text(encoding="utf-8"))) for path in paths}


def common() -> Common:
    """Return the groups and what always holds."""
    return parse(Common, parse_yaml((FOLDER / _GROUPS).read_text(encoding="utf-8")))


def expected(story: Story, shared: Common, kinds: Mapping[str, Kind]) -> dict[str, Expectation]:
    """Return the expectation of each offer asked for; `kinds` are those of all offers.

    An offer that nothing covers, and a name that nothing has, are errors.
    """
    found: dict[str, tuple[int, Expectation]] = {}
    for line in (*shared.always, *story.verdicts):
        for name in line.offers:
            depth, slugs = _meant(name, shared.groups, kinds)
            for slug in slugs:
                if depth >= found.get(slug, (0, line))[0]:
                    found[slug] = (depth, line)
    asked = {slug for slug, kind in kinds.items() if kind in story.asks_for()}
    missing = sorted(asked - set(found))
    assert not missing, f"no expectation for {', '.join(missing)}"
    return {slug: line for slug, (_, line) in found.items() if slug in asked}


def _meant(
    name: str, groups: Mapping[str, Names], kinds: Mapping[str, Kind]
) -> tuple[int, tuple[str, ...]]:
    """Return how exactly a name says which offers are meant, and the offers."""
    if name in kinds:
        return 2, (name,)
    if name in groups:
        unknown = sorted(set(groups[name]) - set(kinds))
        assert not unknown, f"group {name} names offers that do not exist: {', '.join(unknown)}"
        return 1, groups[name]
    of_kind = tuple(slug for slug, kind in kinds.items() if kind == name)
    assert of_kind, f"{name!r} is no offer, no group and no kind"
    return 0, of_kind
