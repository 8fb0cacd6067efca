"""Which answers an offer depends on, the first ones of its rules first."""

from collections.abc import Iterator, Mapping
from typing import Any

from aiff_portal.needs.domain.asking.fields import fields_for

MOST = 3
# A derived attribute is asked through an answer from which it follows.
_SOURCES = {"company_size": "headcount", "age_months": "created_on"}
# What is published beside the rules, and the answer that it asks for.
_IMPLIED = {"audience": "organisation_type", "territories": "country"}


def first_questions(offer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the attributes to ask first, each once, three at most; none where nothing is asked."""
    asked = (_SOURCES.get(name, name) for name in _attributes(offer))
    askable = dict.fromkeys(name for name in asked if fields_for(name))
    return tuple(askable)[:MOST]


def _attributes(offer: Mapping[str, Any]) -> Iterator[str]:
    modes = offer["details"].get("access_modes", ())
    for holder in (offer, *modes):
        yield from _of_rule(holder["eligibility"]["rule"])
    yield from (name for field, name in _IMPLIED.items() if offer[field])


def _of_rule(rule: Mapping[str, Any] | None) -> Iterator[str]:
    if rule is None:
        return
    if rule["type"] == "cmp":
        yield rule["attribute"]
        return
    inner = [rule["rule"]] if rule["type"] == "not" else rule["rules"]
    for one in inner:
        yield from _of_rule(one)
