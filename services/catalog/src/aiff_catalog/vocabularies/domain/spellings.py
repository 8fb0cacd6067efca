"""Words in a partner's file that a list knows, read as the codes that they mean.

Nothing is guessed: a word counts where one code alone has it as its name or as one of the
spellings that curators gave it. Any other stays as it is, and is refused where codes are wanted.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from aiff_catalog.vocabularies.domain.rules import folded
from aiff_catalog.vocabularies.domain.vocabulary import Entries, WordList

Spellings = Mapping[WordList, Mapping[str, str]]
_LISTED: Mapping[str, WordList] = {
    "audience": "audiences",
    "sectors": "sectors",
    "stages": "stages",
    "territories": "territories",
}


def spellings_of(name: WordList, entries: Entries) -> Mapping[str, str]:
    """Return the code of each spelling that leads to one code alone; a code is always itself."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for spelling in entry.terms:
            codes[folded(name, spelling)].add(entry.code)
    words = {
        spelling: min(candidates) for spelling, candidates in codes.items() if len(candidates) == 1
    }
    return words | {folded(name, entry.code): entry.code for entry in entries}


def with_codes(offer: Mapping[str, Any], spellings: Spellings) -> dict[str, Any]:
    """Return the content of an offer in which words of the lists are codes."""
    coded = dict(offer)
    for member, name in _LISTED.items():
        if isinstance(coded.get(member), list):
            coded[member] = [_code(spellings, name, one) for one in coded[member]]
    if isinstance(coded.get("details"), Mapping):
        coded["details"] = _details(coded["details"], spellings)
    return coded


def _details(details: Mapping[str, Any], spellings: Spellings) -> dict[str, Any]:
    coded = dict(details)
    if "kind" in coded:
        coded["kind"] = _code(spellings, "kinds", coded["kind"])
    if isinstance(coded.get("components"), list):
        coded["components"] = [_component(one, spellings) for one in coded["components"]]
    return coded


def _component(component: Any, spellings: Spellings) -> Any:
    if not isinstance(component, Mapping) or "instrument" not in component:
        return component
    return {**component, "instrument": _code(spellings, "instruments", component["instrument"])}


def _code(spellings: Spellings, name: WordList, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return spellings.get(name, {}).get(folded(name, value), value)
