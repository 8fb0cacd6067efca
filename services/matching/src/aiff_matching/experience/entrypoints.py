"""How much attention each provider gets, for those who see that it is fair."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response

from aiff_kit.http import NoParameters, StrictRoute
from aiff_matching.experience.application import ExposureQueries
from aiff_matching.shared.http import CurateIntroductions, private_json
from aiff_matching.shared.provided import provided

router = APIRouter(prefix="/v1/exposure", tags=["exposure"], route_class=StrictRoute)
Exposure = Annotated[ExposureQueries, provided(ExposureQueries)]


@dataclass(frozen=True, slots=True)
class ProviderExposure:
    """A provider's share of the attention; `yields` says that it gives way in near ties."""

    provider: str
    share: float
    yields: bool


@dataclass(frozen=True, slots=True)
class ExposureView:
    """The shares since a day, largest first, and the cap above which a provider yields.

    `most_lost` is the most that yielding takes off the score of an offer, at the usual weights.
    """

    since: date
    cap: float
    most_lost: float
    items: tuple[ProviderExposure, ...]


@router.get("", responses={200: {"model": ExposureView}}, dependencies=[NoParameters])
def read_exposure(exposure: Exposure, _principal: CurateIntroductions) -> Response:
    """Return each provider's share of what answers show first, discounted by position."""
    report = exposure.report()
    items = [
        ProviderExposure(provider, round(share, 6), provider in report.over)
        for provider, share in sorted(report.shares.items(), key=lambda row: (-row[1], row[0]))
    ]
    return private_json(
        ExposureView(report.since, report.cap, round(report.most_lost, 6), tuple(items))
    )
