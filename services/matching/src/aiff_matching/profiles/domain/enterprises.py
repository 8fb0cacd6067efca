"""Linked and partner enterprises, and the figures that count with them.

Source: Recommendation 2003/361/EC, annex, articles 3 (kinds of enterprise) and 6 (whose data
are added), and article 4, paragraph 2 (two consecutive accounts).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_matching.profiles.domain.aid import PriorAid
from aiff_matching.shared.intervals import UNBOUNDED, Between, Measure, Ratio, between

# - linked: a majority of the votes, or control by other means (article 3, paragraph 3);
# - partner: 25 % to 50 % of the capital or votes, either way (paragraph 2);
# - investor: venture capital, business angels, universities, institutional investors and small
#   local authorities with up to 50 %, which do not count (paragraph 2, second part);
# - public_body: another public body; 25 % together rules the status of SME out (paragraph 4).
Relation = Literal["linked", "partner", "investor", "public_body"]
_SHARES: dict[Relation, Between] = {
    "linked": Between(0, 1),
    "partner": Between(0.25, 0.5),
    "investor": Between(0, 0.5),
    "public_body": Between(0, 1),
}
PUBLIC_CONTROL = 0.25
NOTHING = Between(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise(Strict):
    """Another enterprise or body in the capital, or of whose capital the company holds a part.

    `share` (0 to 1) is the larger of the shares in capital and votes. Its figures include the
    enterprises that are linked to it; amounts are in EUR, of the last closed accounts.
    `prior_aid` and `de_minimis_received_eur` are the aid that it obtained itself: what linked
    enterprises had counts under the de minimis ceiling, which they share. None is unknown, an
    empty list is none.
    """

    relation: Relation
    name: Annotated[str, MinLen(1), MaxLen(160)] | None = None
    share: Ratio | None = None
    headcount: Measure | None = None
    turnover_eur: Measure | None = None
    balance_sheet_eur: Measure | None = None
    de_minimis_received_eur: Measure | None = None
    prior_aid: Annotated[tuple[Annotated[str, MaxLen(80)] | PriorAid, ...], MaxLen(50)] | None = (
        None
    )

    def __post_init__(self) -> None:
        """Refuse a share that makes it another relation than the one stated."""
        allowed, stated = _SHARES[self.relation], self.held
        if stated.low < allowed.low or stated.high > allowed.high:
            message = (
                f"the share of a {self.relation} lies between {allowed.low:.0%} and "
                f"{allowed.high:.0%}; above 50 % it is linked, below 25 % leave it out"
            )
            raise ValueError(message)

    @property
    def held(self) -> Between:
        """Return the share as a range; an unstated one is what the relation allows."""
        return _SHARES[self.relation] if self.share is None else between(self.share)

    @property
    def weight(self) -> Between:
        """Return which part of its figures counts (article 6, paragraphs 2 to 4)."""
        match self.relation:
            case "linked":
                return Between(1, 1)
            case "partner":
                return self.held
            case _:
                return NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts(Strict):
    """The figures of an earlier closed year, with linked and partner enterprises, in EUR."""

    headcount: Measure | None = None
    turnover_eur: Measure | None = None
    balance_sheet_eur: Measure | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What decides the size class: staff, turnover and balance sheet total in EUR."""

    headcount: Between
    turnover: Between
    balance: Between

    @classmethod
    def stated(
        cls, headcount: Measure | None, turnover: Measure | None, balance: Measure | None
    ) -> "Figures":
        """Return the figures of an answer; one that is not given is unbounded."""
        return cls(*(_stated(answer) for answer in (headcount, turnover, balance)))

    @classmethod
    def of(cls, source: "Accounts | Enterprise") -> "Figures":
        """Return the figures of accounts."""
        return cls.stated(source.headcount, source.turnover_eur, source.balance_sheet_eur)

    def plus(self, other: "Figures", weight: Between) -> "Figures":
        """Return the sum with a part of another enterprise's figures."""
        return Figures(
            _added(self.headcount, other.headcount, weight),
            _added(self.turnover, other.turnover, weight),
            _added(self.balance, other.balance, weight),
        )


def aggregated(own: Figures, enterprises: Iterable[Enterprise]) -> Figures:
    """Return the company's figures with those of linked (all) and partner ones (pro rata)."""
    total = own
    for enterprise in enterprises:
        if enterprise.weight != NOTHING:
            total = total.plus(Figures.of(enterprise), enterprise.weight)
    return total


def linked(enterprises: Iterable[Enterprise] | None) -> tuple[Enterprise, ...]:
    """Return the enterprises that form one single undertaking with the company.

    Source: Regulation (EU) 2023/2831, article 2, paragraph 2, whose links are those of article 3,
    paragraph 3 of the Recommendation: a majority of the votes, or control by other means.
    """
    return tuple(entry for entry in enterprises or () if entry.relation == "linked")


def public_share(enterprises: Iterable[Enterprise]) -> Between:
    """Return the share that public bodies hold together."""
    held = [entry.held for entry in enterprises if entry.relation == "public_body"]
    return Between(sum(share.low for share in held), sum(share.high for share in held))


def _stated(answer: Measure | None) -> Between:
    return UNBOUNDED if answer is None else between(answer)


def _added(own: Between, other: Between, weight: Between) -> Between:
    part = other.scaled(weight.low, weight.high)
    return Between(own.low + part.low, own.high + part.high)
