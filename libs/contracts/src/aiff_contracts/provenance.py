"""How well a statement is known: who says so, and until which day that can bear a refusal.

Source: the design's rule on eligibility. What rests on a secondary, disputed or old statement, or
on one of which nobody knows who made it, never refuses by itself.
"""

from datetime import date
from functools import lru_cache
from typing import Literal

from aiff_contracts.months import months_later

# - stated_by_provider: whoever decides or sells says so (a law, a call, the provider's page);
# - sourced: a named source says so that was there (an official text, a repository, a paper);
# - secondary: somebody else says so (an aggregator, the press, an adviser);
# - disputed: sources contradict each other;
# - general_knowledge: nobody was looked up.
Confidence = Literal["stated_by_provider", "sourced", "secondary", "disputed", "general_knowledge"]
# What may refuse somebody by itself, as long as it is not too old.
FIRM: frozenset[Confidence] = frozenset(("stated_by_provider", "sourced"))
# Calls come once a year: a statement has then missed one edition, and half a year to be noticed.
OLD_AFTER_MONTHS = 18
NEVER = date.min


@lru_cache(4096)
def bears_until(confidence: Confidence | None, as_of: date | None) -> date:
    """Return the last day on which a statement bears a refusal; an undated one never does."""
    if confidence not in FIRM or as_of is None:
        return NEVER
    return months_later(as_of, OLD_AFTER_MONTHS)
