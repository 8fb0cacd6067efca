"""How a text that is being typed could go on: one set of rules over what each engine proposes.

An engine proposes names that offers share, most frequent first, and summaries of offers whose
names hold a word that begins as typed. Here is decided which of them really go on from the whole
of what was typed, and in which order.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any, cast

import orjson

from aiff_catalog.search.domain.queries import Name, Suggestion, SuggestionKind, Suggestions
from aiff_kit.text import Word, asked_words, edit_distance, folded, words_in

# As many offers, and as many names, as an engine proposes.
MOST_OFFERS = 50
MOST_NAMES = 300
# A shorter beginning has too many neighbours at one letter's distance.
SHORTEST_WRONG = 4
_PART = "\x1f"
_NAMES_FIRST: tuple[SuggestionKind, ...] = ("provider", "gpu_model", "term")

Begins = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A suggestion with its rank; lower is better."""

    rank: tuple[object, ...]
    suggestion: Suggestion


def stored(name: Name) -> str:
    """Return a name as an index keeps it: the words by which it is found, then what it is."""
    spelled = name.label if name.kind != "provider" else f"{name.label} {name.value}"
    return _PART.join((f" {' '.join(words_in(spelled))}", name.kind, name.value, name.label))


def name_pattern(text: str) -> str:
    """Return a regular expression of stored names with a word that begins like the last typed."""
    last = asked_words(text)[-1]
    beginnings = dict.fromkeys((last.whole, last.parts[-1]))
    return f".* ({'|'.join(re.escape(beginning) for beginning in beginnings)}).*"


def suggestions(
    text: str,
    names: Iterable[str],
    cards: Iterable[bytes],
    limit: int,
    *,
    wrong_letter: bool = False,
) -> Suggestions:
    """Return the best of what an engine proposes; `names` are stored ones, most frequent first.

    `wrong_letter` lets each word be one letter away from what was typed.
    """
    typed = asked_words(text)
    begins = _begins_or_nearly if wrong_letter else str.startswith
    shared = _best(_names(typed, names, begins))
    offers = _best(_offers(typed, cards, begins))
    # Neither crowds the other out.
    kept = shared[: limit - min(len(offers), limit // 2)]
    items = (*kept, *offers[: limit - len(kept)])
    return Suggestions(items=items, approximate=wrong_letter and bool(items))


def names_of_card(card: dict[str, Any]) -> Iterator[Name]:
    """Return the names that a summary itself holds, for the time without an index."""
    for provider in card["providers"]:
        yield Name("provider", provider["slug"], provider["name"])
    facts = card["highlights"]
    if facts.get("gpu"):
        model = facts["gpu"]["model"].upper()
        yield Name("gpu_model", model, model)
    if facts.get("system"):
        yield Name("term", facts["system"], facts["system"])


def _names(typed: Sequence[Word], names: Iterable[str], begins: Begins) -> Iterator[_Ranked]:
    for place, name in enumerate(names):
        spelled, kind, value, label = name.split(_PART)
        quality = _quality(typed, spelled.split(), begins)
        if quality is not None:
            known = cast("SuggestionKind", kind)
            rank = (quality, place, _NAMES_FIRST.index(known), label)
            yield _Ranked(rank, Suggestion(kind=known, value=value, fr=label, en=label))


def _offers(typed: Sequence[Word], cards: Iterable[bytes], begins: Begins) -> Iterator[_Ranked]:
    for card in map(orjson.loads, cards):
        title = card["title"]
        qualities = [_quality(typed, words_in(title[one]), begins) for one in ("fr", "en")]
        known = [quality for quality in qualities if quality is not None]
        if known:
            suggestion = Suggestion(
                kind="offer", value=card["slug"], fr=title["fr"], en=title["en"]
            )
            yield _Ranked((min(known), folded(title["fr"]), card["slug"]), suggestion)


def _best(ranked: Iterable[_Ranked]) -> list[Suggestion]:
    """Return them in order: each offer once, and each label once among the names."""
    best: dict[tuple[bool, str], Suggestion] = {}
    for one in sorted(ranked, key=attrgetter("rank")):
        suggestion = one.suggestion
        is_offer = suggestion.kind == "offer"
        best.setdefault(
            (is_offer, suggestion.value if is_offer else folded(suggestion.fr)), suggestion
        )
    return list(best.values())


def _quality(typed: Sequence[Word], words: Sequence[str], begins: Begins) -> int | None:
    """Return 0 where the words begin as typed, 1 where each typed word begins one of them."""
    if not typed or not all(_is_begun(word, words, begins) for word in typed):
        return None
    first = typed[0]
    starts = chain((first.whole,), first.parts[:1])
    return 0 if any(begins(words[0], start) for start in starts) else 1


def _is_begun(typed: Word, words: Sequence[str], begins: Begins) -> bool:
    """Tell whether a word begins with a compound as a whole, or some with each of its parts."""
    if any(begins(word, typed.whole) for word in words):
        return True
    return all(any(begins(word, part) for word in words) for part in typed.parts)


def _begins_or_nearly(word: str, typed: str) -> bool:
    """Tell whether a word begins as typed, or would if one letter were put right."""
    if word.startswith(typed):
        return True
    if len(typed) < SHORTEST_WRONG:
        return False
    lengths = range(len(typed) - 1, len(typed) + 2)
    return any(edit_distance(typed, word[:length]) <= 1 for length in lengths)
