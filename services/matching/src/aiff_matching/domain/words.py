"""Words: how well an offer's text answers a question's text, in French and in English.

A simple overlap of words with known limits (no synonyms, no translation beyond what the
bilingual texts and keywords give): accents and case are folded, elided articles and common
endings removed, frequent words count less (inverse document frequency).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from aiff_contracts.offer import OfferDocument

_WORD = re.compile(r"[a-z0-9]+")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['\u2019]")
_STOP_WORDS = (
    "a about all also an and any are as at au aucun aussi aux avec avoir be been but by can ce "
    "ces cet cette comme comment dans de des do does du elle en est et etre for from had has "
    "have how i if il ils in into is it its je la le les leur leurs mais mes mon more nos notre "
    "nous of on or ou our par pas plus pour pouvez quel quelle qui que sa se ses si son sont "
    "sous sur that the their them there these they this to tous tout toute toutes un une up us "
    "vos votre vous was we what which who will with would you your besoin cherche need want "
    "looking "
)
_STOP = frozenset(_STOP_WORDS.split())
# Longest first; at least three letters must remain.
_ENDINGS = (
    "issements", "issement", "ements", "ement", "ations", "ation", "ings", "ing", "ments",
    "ment", "ances", "ance", "aux", "ers", "er", "ies", "ees", "ee", "es", "ed", "al", "s", "e",
    "x", "y",
)  # fmt: skip
_SHORTEST_STEM = 3
_TITLE, _KEYWORD, _SUMMARY = 1.0, 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling each word is: ln(1 + offers / offers with the word)."""

    offers: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[Mapping[str, float]]) -> "Weights":
        """Count the words of a catalogue."""
        listed = list(texts)
        return cls(len(listed), Counter(word for words in listed for word in words))

    def of_word(self, word: str) -> float:
        """Return the weight of a word; one that no offer has counts as if one had it."""
        return log(1 + max(1, self.offers) / max(1, self.counts.get(word, 0)))


def stems(text: str) -> list[str]:
    """Return the folded, stemmed words of a text without the very common ones."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = _WORD.findall(_ELIDED.sub(" ", plain))
    return [_stem(word) for word in words if word not in _STOP and len(word) > 1]


def term_weights(offer: OfferDocument) -> dict[str, float]:
    """Return the words of an offer with the weight of the most telling place they stand in."""
    found: dict[str, float] = {}
    places = (
        (_SUMMARY, (offer.summary.fr, offer.summary.en)),
        (_KEYWORD, offer.keywords),
        (_TITLE, (offer.title.fr, offer.title.en, *(o.name for o in offer.organisation_details))),
    )
    for weight, texts in places:
        found.update(dict.fromkeys((word for text in texts for word in stems(text)), weight))
    return found


def relevance(asked: frozenset[str], terms: Mapping[str, float], weights: Weights) -> float:
    """Return the share (0 to 1) of the question's telling words that the offer has."""
    total = sum(weights.of_word(word) for word in sorted(asked))
    met = sum(weights.of_word(word) * terms.get(word, 0.0) for word in sorted(asked))
    return met / total if total else 0.0


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
