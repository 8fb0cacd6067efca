"""A compute plan as a page shows it: ways in a table, the drawing of the same numbers, the sums."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiff_portal.needs.domain.answered.match_words import VERDICT_NAMES, VERDICT_TONES
from aiff_portal.needs.domain.answered.plan_words import (
    DIVIDES,
    PART_COLUMNS,
    SOVEREIGN_LEVELS,
    TERM_COLUMNS,
    UNITS,
    WALL_COLUMNS,
)
from aiff_portal.needs.domain.answered.spans import (
    amount_text,
    bounds,
    cost_text,
    days_text,
    number_span,
)
from aiff_portal.needs.domain.saying import say
from aiff_portal.ui.domain.charts import Mark
from aiff_portal.ui.domain.formats import Formats
from aiff_portal.ui.domain.tables import Table

Document = Mapping[str, Any]
_LADDER = ("sovereign_strict", "eu_controlled", "eu_hosted")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One way to the hours, in words; None is not published."""

    number: int
    address: str
    title: str
    way: str | None
    verdict: str
    tone: str
    amount: str | None
    cost: str | None
    access: str | None
    finish: str | None
    sovereignty: str
    mark: Mark
    standing: str | None


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A way that is closed or refused, and why."""

    address: str
    title: str
    verdict: str
    why: str | None
    change: str | None


@dataclass(frozen=True, slots=True)
class FormulaView:
    """A sum that can be done again: what is multiplied and divided, and what comes out."""

    expression: str
    result: str | None
    terms: Table
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CombinationLine:
    """Several ways one after the other or at once."""

    sentence: str
    parts: Table
    costs: tuple[str, ...]
    complete: bool
    finish: str | None
    uncovered: str | None


@dataclass(frozen=True, slots=True)
class Plans:
    """Writes compute plans in one language; `home` begins the addresses of offers."""

    formats: Formats
    home: str

    def lines(self, plan: Document) -> tuple[PlanLine, ...]:
        """Return the ways that are open to the reader as far as is known, numbered."""
        return tuple(self._line(number, option) for number, option in enumerate(open_ways(plan), 1))

    def left(self, plan: Document) -> tuple[LeftLine, ...]:
        """Return the ways that are closed or refused."""
        return tuple(self._left(option) for option in plan["options"] if option["standing"] is None)

    def formula(self, formula: Document) -> FormulaView:
        """Return a formula with its numbers."""
        return FormulaView(
            formula["expression"],
            self._with_unit(formula["result"], formula["unit"]),
            self._table(formula["expression"], TERM_COLUMNS, map(self._term, formula["terms"])),
            tuple(self.formats.text(note) or "" for note in formula["notes"]),
        )

    def formulas(self, plan: Document) -> Iterator[FormulaView]:
        """Yield the sums behind the memory."""
        memory = plan["memory"]
        if memory is not None:
            found = (memory["weights"], memory["cache"], *memory["activations"])
            yield from (self.formula(one) for one in found if one)

    def wall_clock(self, estimate: Document, caption: str) -> Table:
        """Return how long the hours take."""
        rows = (
            (self.formats.number(one["gpus"]), number_span(one["days"], self.formats))
            for one in estimate["wall_clock"]
        )
        return self._table(caption, WALL_COLUMNS, rows)

    def combinations(self, plan: Document, caption: str) -> tuple[CombinationLine, ...]:
        """Return the combinations, each with its parts."""
        titles = {option["key"]: self._named(option) for option in plan["options"]}
        return tuple(self._combination(one, titles, caption) for one in plan["combinations"])

    def _line(self, number: int, option: Document) -> PlanLine:
        way, schedule, formats = option["option"], option["schedule"], self.formats
        words, mark = SOVEREIGN_LEVELS[_level(option)]
        in_money = (way["amount"] or {}).get("unit") == "eur"
        return PlanLine(
            number,
            self._address(option),
            formats.text(option["offer"]["title"]) or "",
            formats.text(way["name"]),
            say(VERDICT_NAMES[way["verdict"]], formats),
            VERDICT_TONES[way["verdict"]],
            (None if in_money else amount_text(way["amount"], formats))
            or amount_text(
                option["gpu_hours"] and {**option["gpu_hours"], "unit": "gpu_hour"}, formats
            ),
            cost_text(way["cost"], formats),
            days_text(schedule["access"], formats),
            days_text(schedule["finish"], formats),
            say(words, formats),
            mark,
            formats.text(option["standing"]["sentence"]),
        )

    def _left(self, option: Document) -> LeftLine:
        way, text = option["option"], self.formats.text
        failing, changes = way["reasons"]["failing"], way["counterfactuals"]
        return LeftLine(
            self._address(option),
            self._named(option),
            say(VERDICT_NAMES[way["verdict"]], self.formats),
            text(failing[0]["sentence"]) if failing else None,
            text(changes[0]["sentence"]) if changes else None,
        )

    def _combination(
        self, combination: Document, titles: Mapping[str, str], caption: str
    ) -> CombinationLine:
        rows = (
            (
                titles.get(part["key"], part["key"]),
                self.formats.percent(part["share"]),
                amount_text(part["amount"], self.formats),
                cost_text(part["cost"], self.formats),
                days_text(part["finish"], self.formats),
            )
            for part in combination["parts"]
        )
        return CombinationLine(
            self.formats.text(combination["sentence"]) or "",
            self._table(caption, PART_COLUMNS, rows),
            tuple(filter(None, map(self._total, combination["costs"]))),
            combination["cost_is_complete"],
            days_text(combination["finish"], self.formats),
            self.formats.percent(combination["uncovered"]) if combination["uncovered"] else None,
        )

    def _total(self, total: Document) -> str | None:
        low, high = (
            self.formats.money({"amount": round(float(total[side])), "currency": total["currency"]})
            for side in ("low", "high")
        )
        return bounds(low, high, self.formats)

    def _term(self, term: Document) -> tuple[str | None, ...]:
        label = self.formats.text(term["label"])
        divides = f" ({say(DIVIDES, self.formats)})" if term["divides"] else ""
        return (
            term["symbol"],
            f"{label}{divides}",
            self._with_unit(term["value"], term["unit"]),
            self.formats.text(term["source"]),
        )

    def _with_unit(self, span: Document, unit: str) -> str:
        written = number_span(span, self.formats) or ""
        return f"{written} {say(UNITS.get(unit, (unit, unit)), self.formats)}".strip()

    def _table(
        self,
        caption: str,
        columns: Sequence[tuple[str, str]],
        rows: Iterator[tuple[str | None, ...]],
    ) -> Table:
        named = tuple(say(column, self.formats) for column in columns)
        return Table(caption, named, tuple(rows))

    def _named(self, option: Document) -> str:
        title, way = (
            self.formats.text(option["offer"]["title"]),
            self.formats.text(option["option"]["name"]),
        )
        return f"{title}, {way}" if way else f"{title}"

    def _address(self, option: Document) -> str:
        return f"{self.home}offers/{option['offer']['slug']}"


def open_ways(plan: Document) -> Sequence[Document]:
    """Return the ways that are neither closed nor refused, in the order of the API."""
    return [option for option in plan["options"] if option["standing"] is not None]


def _level(option: Document) -> str:
    met = {
        preset["preset"] for preset in option["sovereignty"]["presets"] if preset["met"] == "yes"
    }
    return next((level for level in _LADDER if level in met), "none")


def mark_of(option: Document) -> Mark:
    """Return the mark that says how sovereign a way surely is."""
    return SOVEREIGN_LEVELS[_level(option)][1]
