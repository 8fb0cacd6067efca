"""Money: a list of components, because one offer may mix a grant with equity."""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer.common import Delay, Money, Number, Share, Slug, Text, checked_slug
from aiff_contracts.rules import AidLevel

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
class InterestRate(Strict):
    """The yearly rate of a loan, as a share (0.07 for 7 %); none is 0 for both."""

    minimum: Share
    maximum: Share
    note: Text | None = None

    def __post_init__(self) -> None:
        """Refuse a lowest rate above the highest."""
        if self.minimum > self.maximum:
            message = "the lowest rate is above the highest; exchange or correct them"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee(Strict):
    """What the beneficiary pays besides: an amount, or a share of the aid (0.03 for 3 %)."""

    label: Text
    amount: Money | None = None
    share: Share | None = None

    def __post_init__(self) -> None:
        """Refuse a fee of which neither is said, or both."""
        if (self.amount is None) == (self.share is None):
            message = "give the amount of the fee or its share of the aid, one of the two"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingComponent(Strict):
    """One instrument with its own amounts, rate and dilution; None is unknown.

    `rate` is the largest share of eligible costs (0.7 for 70 %). Empty `fees` are none.
    """

    instrument: Instrument
    dilution: Dilution
    minimum: Money | None = None
    maximum: Money | None = None
    rate: Share | None = None
    interest_rate: InterestRate | None = None
    fees: Annotated[tuple[Fee, ...], MaxLen(20)] | None = None
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
    """What is paid, for what size of project, and how it combines with other aid.

    `aid_families` and `aid_level` say what kind of aid it is, so that a rule can ask for any
    edition of a contest or any regional aid; empty families are none, None is unknown.
    `required_documents` are those of the application, empty for none.
    """

    kind: Literal["funding"] = "funding"
    components: Annotated[tuple[FundingComponent, ...], MinLen(1)]
    programme: Annotated[str, MaxLen(120)] | None = None
    project_cost_minimum: Money | None = None
    project_cost_maximum: Money | None = None
    trl_minimum: Annotated[int, Ge(1), Le(9)] | None = None
    trl_maximum: Annotated[int, Ge(1), Le(9)] | None = None
    duration_months: Annotated[Number, Ge(0)] | None = None
    stacking: Stacking = Stacking()
    aid_families: Annotated[tuple[Slug, ...], MaxLen(20)] | None = None
    aid_level: AidLevel | None = None
    required_documents: Annotated[tuple[Text, ...], MaxLen(60)] | None = None
    decision_delay: Delay | None = None

    def __post_init__(self) -> None:
        """Refuse a family that is no slug."""
        for family in self.aid_families or ():
            checked_slug(family)
