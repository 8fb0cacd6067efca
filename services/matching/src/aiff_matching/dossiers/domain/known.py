"""What the product knows of an applicant, field by field. Nothing is guessed or converted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aiff_matching.profiles.domain.aid import PriorAid
from aiff_matching.profiles.domain.need import ComputeNeed, FundingNeed, Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.intervals import Interval, Measure

# Why a question has no answer: nothing is stated, only bounds are, what is stated breaks a limit
# of the form or stands in another unit, or no field of the product holds it.
Reason = Literal["not_stated", "not_exact", "does_not_fit", "other_unit", "for_applicant"]


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A field does not give an answer, and why not."""

    reason: Reason


Stated = bool | float | str | tuple[str, ...] | NoAnswer
_NOT_STATED = NoAnswer("not_stated")
Field = Callable[[Profile, Need], Stated]


def _exact(measure: Measure | None) -> Stated:
    """Return a stated number; one that is known within bounds only is no answer."""
    if measure is None:
        return _NOT_STATED
    if not isinstance(measure, Interval):
        return measure
    if measure.min is None or measure.min != measure.max:
        return NoAnswer("not_exact")
    return measure.min


def _plain(value: str | date | None) -> Stated:
    if value is None:
        return _NOT_STATED
    return value.isoformat() if isinstance(value, date) else value


def _number(value: int | None) -> Stated:
    return _NOT_STATED if value is None else value


def _flag(*, value: bool | None) -> Stated:
    return _NOT_STATED if value is None else value


def _identifier(scheme: str) -> Field:
    def field(profile: Profile, _need: Need) -> Stated:
        values = [one.value for one in profile.identifiers if one.scheme == scheme]
        if not values:
            return _NOT_STATED
        return values[0] if len(values) == 1 else NoAnswer("not_exact")

    return field


def _prior_aid(profile: Profile, _need: Need) -> Stated:
    """Return all aid already obtained, as it is named; an empty list is a stated none."""
    return _NOT_STATED if profile.prior_aid is None else tuple(_names(profile.prior_aid))


def _names(aids: Iterable[str | PriorAid]) -> Iterable[str]:
    return (aid.offer if isinstance(aid, PriorAid) else aid for aid in aids)


def _of_compute(read: Callable[[ComputeNeed], Stated]) -> Field:
    return lambda _profile, need: read(need.compute) if need.compute else _NOT_STATED


def _of_funding(read: Callable[[FundingNeed], Stated]) -> Field:
    return lambda _profile, need: read(need.funding) if need.funding else _NOT_STATED


def _gpu_hours(compute: ComputeNeed) -> Stated:
    """Return the hours; those that were measured on a named GPU are others on another machine."""
    hours = _exact(compute.gpu_hours)
    if isinstance(hours, NoAnswer) or compute.gpu_model is None:
        return hours
    return NoAnswer("other_unit")


FIELDS: Mapping[str, Field] = {
    "profile.name": lambda profile, _: _plain(profile.name),
    "profile.identifiers.siret": _identifier("siret"),
    "profile.identifiers.pic": _identifier("pic"),
    "profile.country": lambda profile, _: _plain(profile.country),
    "profile.created_on": lambda profile, _: _plain(profile.created_on),
    "profile.turnover_eur": lambda profile, _: _exact(profile.turnover_eur),
    "profile.own_equity_eur": lambda profile, _: _exact(profile.own_equity_eur),
    "profile.organisation_type": lambda profile, _: _plain(profile.organisation_type),
    "profile.deeptech": lambda profile, _: _flag(value=profile.deeptech),
    "profile.full_time_founder": lambda profile, _: _flag(value=profile.full_time_founder),
    "profile.contract_covers_allocation": lambda profile, _: _flag(
        value=profile.contract_covers_allocation
    ),
    "profile.prior_aid": _prior_aid,
    "need.title": lambda _, need: _plain(need.title),
    "need.description": lambda _, need: _plain(need.description or None),
    "need.compute.task": _of_compute(lambda compute: _plain(compute.task)),
    "need.compute.framework": _of_compute(lambda compute: _plain(compute.framework)),
    "need.compute.data_class": _of_compute(lambda compute: _plain(compute.data_class)),
    "need.compute.gpu_hours": _of_compute(_gpu_hours),
    "need.compute.duration_months": _of_compute(lambda compute: _number(compute.duration_months)),
    "need.funding.project_cost_eur": _of_funding(lambda funding: _exact(funding.project_cost_eur)),
}
