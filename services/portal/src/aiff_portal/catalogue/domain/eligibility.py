"""Who may have an offer, as sentences under each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiff_contracts.labels import CONFIDENCES
from aiff_portal.ui.domain.formats import Formats

# The words that introduce what lies below, by the type of a rule.
_LEADS = {"all": "all_of", "any": "any_of", "not": "none_of"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A sentence with who says so, or a group: `lead` names the words that introduce it."""

    sentence: str = ""
    source: str = ""
    lead: str = ""
    parts: tuple["Condition", ...] = ()


def rule_in_words(rule: Mapping[str, Any] | None, formats: Formats) -> Condition | None:
    """Return a rule as sentences, None where there is none."""
    if rule is None:
        return None
    if rule["type"] == "cmp":
        return Condition(rule[f"label_{formats.language}"], _source(rule, formats))
    inner = [rule["rule"]] if rule["type"] == "not" else rule["rules"]
    parts = (rule_in_words(one, formats) for one in inner)
    return Condition(lead=_LEADS[rule["type"]], parts=tuple(filter(None, parts)))


def open_in_words(stated: Mapping[str, Any] | None, formats: Formats) -> Condition | None:
    """Return the statement that nobody is left out, None where it is not made."""
    if stated is None:
        return None
    return Condition(stated[f"label_{formats.language}"], _source(stated, formats))


def _source(statement: Mapping[str, Any], formats: Formats) -> str:
    confidence = statement["confidence"]
    known = (
        statement["source"],
        formats.day(statement["as_of"]),
        (formats.label(CONFIDENCES, confidence) or "").lower(),
    )
    return ", ".join(filter(None, known))
