"""Dates, amounts and known values in words, in French and in English."""

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.days import day_en, day_fr
from aiff_contracts.labels import YES_NO, label_of
from aiff_contracts.nomenclatures.naf import naf_words, settled_words
from aiff_contracts.offer import Text
from aiff_contracts.territory import name_of
from aiff_matching.profiles.domain.facts import Aids, Day, Exactly, Fact, Flag, OneOf, Places
from aiff_matching.shared.bilingual import number_en, number_fr, range_en, range_fr, text
from aiff_matching.shared.intervals import Between

_UNITS_FR = {"EUR": "\u00a0€", "people": " personnes", "months": " mois", "share": "\u00a0%"}
_UNITS_EN = {"people": " people", "months": " months", "share": "%"}
_ONE_FR = {"people": " personne"}
_ONE_EN = {"people": " person", "months": " month"}
_HUNDRED = 100


def measure_text(span: Between, unit: str) -> Text:
    """Return a number or a range with its unit; shares are said in percent."""
    if unit == "share":
        span = span.scaled(_HUNDRED)
    one = span.low == span.high == 1
    after_fr = (one and _ONE_FR.get(unit)) or _UNITS_FR.get(unit, "")
    after_en = (one and _ONE_EN.get(unit)) or _UNITS_EN.get(unit, "")
    before_en = "EUR " if unit == "EUR" else ""
    french, english = range_fr(span.low, span.high), range_en(span.low, span.high)
    return text(f"{french}{after_fr}", f"{before_en}{english}{after_en}")


def value_text(fact: Fact, attribute: str) -> Text:  # noqa: PLR0911 - one for each kind of fact.
    """Return what is known about an attribute, in words."""
    match fact:
        case Between():
            return measure_text(fact, ATTRIBUTES[attribute].unit)
        case Flag(value=value):
            return text(*YES_NO[value])
        case Day(value=day):
            return text(day_fr(day), day_en(day))
        case Places():
            return joined([_place(code) for code in fact.codes], "et", "and")
        case OneOf():
            return _one_of(fact, attribute)
        case Exactly(codes=codes):
            return _all_of(codes, attribute, text("aucun", "none"))
        case Aids(slugs=slugs):
            return _all_of(slugs, attribute, text("aucune", "none"))


def _one_of(fact: OneOf, attribute: str) -> Text:
    codes = sorted(fact.codes)
    if ATTRIBUTES[attribute].type == "naf":
        return joined([text(*naf_words(code)) for code in codes], "et", "and")
    return _with_basis(codes_text(attribute, codes), fact.basis)


def _all_of(codes: frozenset[str], attribute: str, none: Text) -> Text:
    return codes_text(attribute, sorted(codes), "et", "and") if codes else none


def codes_text(attribute: str, codes: list[str], fr: str = "ou", en: str = "or") -> Text:
    """Return codes of an attribute in words, joined as alternatives unless told otherwise."""
    if ATTRIBUTES[attribute].type == "territory":
        return joined([_place(code) for code in codes], fr, en)
    is_activity = ATTRIBUTES[attribute].type == "naf"
    words = [settled_words(code) if is_activity else label_of(attribute, code) for code in codes]
    return joined([text(french, english) for french, english in words], fr, en)


def joined(parts: list[Text], fr: str, en: str) -> Text:
    """Return an enumeration: a, b or c."""
    return text(_listed([part.fr for part in parts], fr), _listed([part.en for part in parts], en))


def _listed(parts: list[str], word: str) -> str:
    parts = list(dict.fromkeys(parts))
    if len(parts) < 2:  # noqa: PLR2004 - an enumeration has two parts.
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _place(code: str) -> Text:
    try:
        return text(*name_of(code))
    except ValueError:
        return text(code, code)


def _with_basis(sentence: Text, basis: Text | None) -> Text:
    if basis is None:
        return sentence
    return text(f"{sentence.fr}, {basis.fr}", f"{sentence.en}, {basis.en}")


def limit_text(value: float, unit: str) -> Text:
    """Return a limit with its unit."""
    return measure_text(Between(value, value), unit)


def euros(value: float) -> Text:
    """Return an amount of money."""
    return text(f"{number_fr(value)}\u00a0€", f"EUR {number_en(value)}")
