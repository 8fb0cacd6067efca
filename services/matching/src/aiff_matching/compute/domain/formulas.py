"""A formula as data that a page can print: the expression, each term with its range and source.

The result is the product of the terms above the line divided by those below it, so a reader can
do the sum again.
"""

from dataclasses import dataclass
from math import prod

from aiff_contracts.offer import Text
from aiff_matching.shared.intervals import Between


@dataclass(frozen=True, slots=True)
class Term:
    """One quantity of a formula: given by the asker, or a constant with its source."""

    symbol: str
    label: Text
    range: Between
    unit: str
    source: Text
    divides: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A product of terms. `notes` say what it leaves out."""

    expression: str
    terms: tuple[Term, ...]
    unit: str
    notes: tuple[Text, ...] = ()

    @property
    def result(self) -> Between:
        """Return the range that the terms give."""
        above = [term.range for term in self.terms if not term.divides]
        below = [term.range for term in self.terms if term.divides]
        low = prod(span.low for span in above) / prod(span.high for span in below)
        return Between(low, prod(span.high for span in above) / prod(span.low for span in below))


def product(terms: tuple[Term, ...], unit: str, notes: tuple[Text, ...] = ()) -> Formula:
    """Return the formula of these terms."""
    above = " x ".join(term.symbol for term in terms if not term.divides)
    below = " x ".join(term.symbol for term in terms if term.divides)
    return Formula(f"{above} / ({below})" if below else above, terms, unit, notes)
