"""What an offer costs its user. Unknown is not zero; free is a stated fact."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Text
from aiff_contracts.spelling.codes import Currency

PriceBasis = Literal["free", "priced", "on_quote", "conditional", "unknown"]
BillingPeriod = Literal[
    "gpu_hour",
    "instance_hour",
    "node_hour",
    "engineer_hour",
    "month",
    "desk_month",
    "year",
    "commitment",
    "session",
    "programme",
    "once",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow(Strict):
    """One line of a price list: an amount per billing period, with its tax basis and dates.

    `gpus` says how many GPUs one unit of the period covers (8 for an 8-GPU instance hour).
    """

    amount: Annotated[Decimal, Ge(0)]
    currency: Currency = "EUR"
    tax: Literal["excluded", "included", "unknown"] = "unknown"
    period: BillingPeriod
    gpus: Annotated[int, Ge(1), Le(1024)] | None = None
    label: Annotated[str, MaxLen(200)] | None = None
    valid_from: date | None = None
    checked_at: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing(Strict):
    """`free` and `priced` are facts; `conditional` needs the note that says for whom it is free."""

    basis: PriceBasis = "unknown"
    rows: tuple[PriceRow, ...] = ()
    note: Text | None = None

    def __post_init__(self) -> None:
        """Refuse a price list that contradicts its basis."""
        if self.basis == "priced" and not self.rows:
            message = "a priced offer needs at least one price row; use unknown or on_quote"
            raise ValueError(message)
        if self.basis == "free" and self.rows:
            message = "a free offer has no price rows; use conditional for a partly free one"
            raise ValueError(message)
        if self.basis == "conditional" and self.note is None:
            message = "a conditional price needs a note that says for whom it is free"
            raise ValueError(message)
