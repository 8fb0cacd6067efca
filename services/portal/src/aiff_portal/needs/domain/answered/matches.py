"""An answer as a page shows it: groups by verdict, each offer with its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiff_contracts import labels
from aiff_portal.needs.domain.answered.match_words import (
    ACTIONS,
    GROUP_HELP,
    VERDICT_NAMES,
    VERDICT_TONES,
)
from aiff_portal.needs.domain.answered.spans import amount_text, component_text, cost_text
from aiff_portal.needs.domain.asking.state import VERDICTS, State
from aiff_portal.needs.domain.saying import say
from aiff_portal.ui.domain.formats import Formats

Document = Mapping[str, Any]
# Of each group; the rest is shown when it is asked for.
_FIRST, _OPENED = 5, 40
_WAYS = 3


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One point of a proof, and who says so."""

    sentence: str
    source: str | None


@dataclass(frozen=True, slots=True)
class WayLine:
    """One way into an offer of compute: None is not published."""

    name: str | None
    amount: str | None
    cost: str | None


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One offer of an answer."""

    slug: str
    address: str
    title: str
    summary: str
    kind: str
    provider: str
    status: str | None
    action: str | None
    deadline: str | None
    amounts: tuple[str, ...]
    ways: tuple[WayLine, ...]
    passing: tuple[ReasonLine, ...]
    failing: tuple[ReasonLine, ...]
    unknown: tuple[ReasonLine, ...]
    conditions: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The offers of one verdict: `count` of all, `more` of those that are not shown."""

    verdict: str
    name: str
    tone: str
    help: str
    count: int
    more: int
    matches: tuple[MatchLine, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Writes answers in one language; `home` begins the addresses of offers."""

    formats: Formats
    home: str

    def groups(self, answer: Document, state: State, opened: str) -> tuple[Group, ...]:
        """Return the groups that have offers; of the opened one more is shown."""
        left = [item for item in answer["items"] if item["offer"]["slug"] not in state.aside]
        counts = answer["counts"]
        return tuple(
            self._group(verdict, counts[verdict], left, _OPENED if verdict == opened else _FIRST)
            for verdict in VERDICTS
            if counts[verdict]
        )

    def _group(self, verdict: str, count: int, left: Iterable[Document], most: int) -> Group:
        found = [item for item in left if item["verdict"] == verdict]
        return Group(
            verdict,
            say(VERDICT_NAMES[verdict], self.formats),
            VERDICT_TONES[verdict],
            say(GROUP_HELP[verdict], self.formats),
            count,
            max(0, min(len(found), _OPENED) - most),
            tuple(map(self._line, found[:most])),
        )

    def _line(self, item: Document) -> MatchLine:
        offer, reasons, text = item["offer"], item["reasons"], self.formats.text
        status = item["intake_status"]
        return MatchLine(
            slug=offer["slug"],
            address=f"{self.home}offers/{offer['slug']}",
            title=text(offer["title"]) or "",
            summary=text(offer["summary"]) or "",
            kind=self.formats.label(labels.KINDS, offer["kind"]) or "",
            provider=offer["provider"],
            status=None
            if status == "unknown"
            else self.formats.label(labels.INTAKE_STATUSES, status),
            action=say(ACTIONS[item["action"]], self.formats) or None,
            deadline=self.formats.moment(item["deadline"]),
            amounts=tuple(component_text(part, self.formats) for part in item["components"]),
            ways=tuple(map(self._way, item["options"][:_WAYS])),
            passing=self._reasons(reasons["passing"]),
            failing=self._reasons(reasons["failing"]),
            unknown=self._reasons(reasons["unknown"]),
            conditions=tuple(text(one) or "" for one in reasons["conditions"]),
            changes=tuple(text(one["sentence"]) or "" for one in item["counterfactuals"]),
        )

    def _way(self, option: Document) -> WayLine:
        in_money = (option["amount"] or {}).get("unit") == "eur"
        return WayLine(
            self.formats.text(option["name"]),
            None if in_money else amount_text(option["amount"], self.formats),
            cost_text(option["cost"], self.formats),
        )

    def _reasons(self, reasons: Sequence[Document]) -> tuple[ReasonLine, ...]:
        return tuple(
            ReasonLine(self.formats.text(one["sentence"]) or "", one["source"]) for one in reasons
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """How many offers have a verdict, before the last answer and now."""

    name: str
    before: int
    now: int


def effect_of(before: str, counts: Mapping[str, int], formats: Formats) -> tuple[Effect, ...]:
    """Return what an answer changed; nothing where no counts from before it are known."""
    earlier = dict(zip(VERDICTS, map(int, filter(None, before.split("."))), strict=False))
    return tuple(
        Effect(say(VERDICT_NAMES[verdict], formats), earlier[verdict], counts[verdict])
        for verdict in earlier
        if earlier[verdict] != counts[verdict]
    )


def counted(counts: Mapping[str, int]) -> str:
    """Return the counts of an answer as a form carries them to the next one."""
    return ".".join(str(counts[verdict]) for verdict in VERDICTS)
