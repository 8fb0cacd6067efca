"""Money: a list of components, because one offer may mix a grant with equity."""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Money, Number, Share, Text

Instrument = Literal[
    "grant",
    "repayable_advance",
    "loan",
    "guarantee",
    "equity",
    "convertible",
    "tax_credit",
    "social_exemption",
    "investor_tax_relief",
    "prize",
    "credits",
    "in_kind",
    "label",
    "co_funded_service",
]
Dilution = Literal["none", "conditional", "direct"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingComponent(Strict):
    """One instrument with its own amounts, rate and dilution; None is unknown.

    `rate` is the largest share of eligible costs (0.7 for 70 %).
    """

    instrument: Instrument
    dilution: Dilution
    minimum: Money | None = None
    maximum: Money | None = None
    rate: Share | None = None
    note: Text | None = None

    def __post_init__(self) -> None:
        """Refuse a minimum above its maximum and bounds in two currencies."""
        if self.minimum is None or self.maximum is None:
            return
        if self.minimum.currency != self.maximum.currency:
            message = "minimum and maximum are in two currencies; give both in one"
            raise ValueError(message)
        if self.minimum.amount > self.maximum.amount:
            message = "the minimum is above the maximum; exchange or correct them"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacking(Strict):
    """Rules between offers; None is unknown, offers are named by slug."""

    needs_prior: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    once_per_beneficiary: bool | None = None
    capped_by_own_equity: bool | None = None
    de_minimis: bool | None = None
    max_cumulated_rate: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingDetails(Strict):
    """What is paid, for what size of project, and how it combines with other aid."""

    kind: Literal["funding"] = "funding"
    components: Annotated[tuple[FundingComponent, ...], MinLen(1)]
    programme: Annotated[str, MaxLen(120)] | None = None
    project_cost_minimum: Money | None = None
    project_cost_maximum: Money | None = None
    trl_minimum: Annotated[int, Ge(1), Le(9)] | None = None
    trl_maximum: Annotated[int, Ge(1), Le(9)] | None = None
    duration_months: Annotated[Number, Ge(0)] | None = None
    stacking: Stacking = Stacking()
