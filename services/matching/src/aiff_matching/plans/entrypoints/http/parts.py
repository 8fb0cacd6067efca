"""Small values of a compute plan as they are sent."""

from math import isinf

from aiff_matching.answers.entrypoints.http.schemas import RangeView
from aiff_matching.compute.domain.formulas import Formula
from aiff_matching.compute.domain.schedules import Days
from aiff_matching.compute.domain.serving import Serving
from aiff_matching.plans.entrypoints.http.estimates import (
    FormulaView,
    ServingView,
    TermView,
)
from aiff_matching.plans.entrypoints.http.schemas import (
    Answered,
    DaysView,
)
from aiff_matching.rules.domain.evaluation import Truth
from aiff_matching.shared.intervals import Between

_ANSWERS: dict[Truth, Answered] = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}


def answered(truth: Truth) -> Answered:
    """Return a truth in words."""
    return _ANSWERS[truth]


def range_view(span: Between) -> RangeView:
    """Return a range; three decimals are more than any estimate deserves."""
    return RangeView(round(span.low, 3), None if isinf(span.high) else round(span.high, 3))


def formula_view(formula: Formula) -> FormulaView:
    """Return a formula with its terms, exactly as the domain worked with them."""
    terms = tuple(
        TermView(
            term.symbol,
            term.label,
            RangeView(term.range.low, None if isinf(term.range.high) else term.range.high),
            term.unit,
            term.source,
            term.divides,
        )
        for term in formula.terms
    )
    result = range_view(formula.result)
    return FormulaView(formula.expression, terms, result, formula.unit, formula.notes)


def serving_view(serving: Serving) -> ServingView:
    """Return what is served."""
    stream, gpus = serving.stream, serving.gpus
    return ServingView(
        tokens_per_second_per_gpu=range_view(serving.tokens_per_second),
        replica_gpus=serving.replica,
        stream_tokens_per_second=range_view(stream) if stream else None,
        load_tokens_per_second=serving.load,
        gpus_for_load=range_view(gpus) if gpus else None,
    )


def days_view(days: Days) -> DaysView:
    """Return a range of days."""
    return DaysView(days.first, days.last)
