"""Judged needs: what is asked, by whom, and the grade of each offer that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

import yaml

JUDGED = Path(__file__).parents[1] / "judged"
# By theme: in words alone, without words, words and several parts of the form, knowledge.
WORDS, STRUCTURED, MIXED = "needs", "structured_needs", "mixed_needs"
RESOURCES = "resource_needs"


@dataclass(frozen=True)
class Judged:
    """A need in JSON form with the grade (0 to 3) of each offer that has one above 0."""

    need: Mapping[str, Any]
    profile: Mapping[str, Any]
    grades: Mapping[str, int]

    @property
    def text(self) -> str:
        """Return what the need says in sentences."""
        return str(self.need.get("description", ""))

    def ndcg(self, order: Sequence[str], places: int = 10) -> float:
        """Return the discounted gain of the first places over the best one that is possible."""
        return ndcg([self.grades.get(slug, 0) for slug in order], self.grades.values(), places)

    def recall(self, order: Sequence[str], places: int = 50) -> float:
        """Return the share of the graded offers among the first places."""
        return len(set(order[:places]) & set(self.grades)) / len(self.grades)


def judged(theme: str) -> list[Judged]:
    """Return the needs of a theme in their order: even places tune, odd ones are reported."""
    found = []
    for entry in yaml.safe_load((JUDGED / f"{theme}.yaml").read_text(encoding="utf-8")):
        need = entry.get("need") or {"description": entry["text"]}
        found.append(Judged(need, entry["profile"], by_slug(entry["grades"])))
    return found


def by_slug(grades: Mapping[int, Sequence[str]]) -> Mapping[str, int]:
    """Return the grade of each, as judged files list the graded by their grade."""
    return {slug: grade for grade, slugs in grades.items() for slug in slugs}


def ndcg(shown: Sequence[int], grades: Any, places: int = 10) -> float:
    """Return the discounted gain of grades in their order over that of the best order."""
    best = _gain(sorted(grades, reverse=True)[:places])
    return _gain(shown[:places]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))
