"""The quota of an access mode, checked in the programme's own unit."""

from dataclasses import dataclass

from aiff_contracts.labels import ACCESS_UNITS
from aiff_contracts.offer import AccessMode, Text
from aiff_matching.compute.domain.units import NO_HOURS, Quantity, Unknown
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.rules.domain.verdicts import Check, Saying
from aiff_matching.shared.bilingual import number_en, number_fr, range_en, range_fr, text


@dataclass(frozen=True, slots=True)
class _Bound:
    sign: str
    limit: int
    fr: str
    en: str


def check(
    mode: AccessMode, asked: Quantity | Unknown, *, pays_a_part: bool = False
) -> Check | None:
    """Return whether the amount lies within the mode's bounds, None where none are known.

    Credits and euro budgets (`pays_a_part`) pay a part of a larger need, so a ceiling refuses
    nothing there. Unknown hours leave the quota unknown, never refused. Amounts in another unit
    than the mode's are a ValueError.
    """
    if mode.minimum is None and mode.maximum is None:
        return None if mode.unbounded else _UNPUBLISHED
    if isinstance(asked, Unknown):
        return _unknown(mode, asked)
    if asked.unit != mode.unit:
        message = f"an amount in {asked.unit} is not compared with a quota in {mode.unit}"
        raise ValueError(message)
    if pays_a_part:
        return _partial(mode, asked)
    truth, bound = _within(mode, asked)
    said = Saying(_sentence, (mode, asked, bound))
    return Check("quota", truth, said, attribute="gpu_hours")


def _within(mode: AccessMode, asked: Quantity) -> tuple[Truth, _Bound | None]:
    """Return the truth and the bound that is touched, None where the whole range fits."""
    span, low, high = asked.range, mode.minimum or 0, mode.maximum
    if high is not None and span.high > high:
        truth = Truth.FALSE if span.low > high else Truth.UNKNOWN
        return truth, _Bound(">", high, "plafond", "ceiling of")
    if span.low < low:
        truth = Truth.FALSE if span.high < low else Truth.UNKNOWN
        return truth, _Bound("<", low, "minimum", "minimum of")
    return Truth.TRUE, None


def _sentence(mode: AccessMode, asked: Quantity, bound: _Bound | None) -> Text:
    unit_fr, unit_en = ACCESS_UNITS[mode.unit]
    about_fr, about_en = ("environ ", "about ") if asked.estimated else ("", "")
    low, high = asked.range.low, asked.range.high
    amount_fr = f"{about_fr}{range_fr(low, high)} {unit_fr} demandées"
    amount_en = f"{about_en}{range_en(low, high)} {unit_en} asked for"
    if bound is None:
        return text(
            f"{amount_fr}, dans les limites du programme ({_bounds_fr(mode)})",
            f"{amount_en}, within the programme's bounds ({_bounds_en(mode)})",
        )
    return text(
        f"{amount_fr} {bound.sign} {bound.fr} {number_fr(bound.limit)}",
        f"{amount_en} {bound.sign} {bound.en} {number_en(bound.limit)}",
    )


def _bounds_fr(mode: AccessMode) -> str:
    if mode.maximum is None:
        return f"à partir de {number_fr(mode.minimum or 0)}"
    if mode.minimum is None:
        return f"jusqu'à {number_fr(mode.maximum)}"
    return f"{number_fr(mode.minimum)} à {number_fr(mode.maximum)}"


def _bounds_en(mode: AccessMode) -> str:
    if mode.maximum is None:
        return f"from {number_en(mode.minimum or 0)}"
    if mode.minimum is None:
        return f"up to {number_en(mode.maximum)}"
    return f"{number_en(mode.minimum)} to {number_en(mode.maximum)}"


def _unknown(mode: AccessMode, why: Unknown) -> Check:
    """Ask for hours that are not given; what the programme does not publish cannot be asked for."""
    askable, said = why is NO_HOURS, Saying(_unknown_sentence, (mode, why))
    return Check("quota", Truth.UNKNOWN, said, askable, "gpu_hours" if askable else None)


def _unknown_sentence(mode: AccessMode, why: Unknown) -> Text:
    return text(
        f"Quota du programme ({_bounds_fr(mode)} {ACCESS_UNITS[mode.unit][0]}) : {why.fr}",
        f"Quota of the programme ({_bounds_en(mode)} {ACCESS_UNITS[mode.unit][1]}): {why.en}",
    )


def _partial(mode: AccessMode, asked: Quantity) -> Check | None:
    if mode.maximum is None or asked.range.high <= mode.maximum:
        return None
    sentence = text(
        f"Ne couvre qu'une partie : {number_fr(mode.maximum)} € au plus",
        f"Covers a part only: EUR {number_en(mode.maximum)} at most",
    )
    return Check("quota", Truth.UNKNOWN, sentence, blocking=False)


_UNPUBLISHED = Check(
    "quota",
    Truth.UNKNOWN,
    text("Plafond du programme non publié", "The programme's ceiling is not published"),
    blocking=False,
)
