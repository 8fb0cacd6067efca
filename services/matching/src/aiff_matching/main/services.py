"""The use cases behind the routes."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from aiff_kit.http import CursorSigner, IdempotencyStore
from aiff_matching.answers.application.queries import MatchQueries
from aiff_matching.authoring.application import RuleChecks
from aiff_matching.coverage.application import CoverageRounds
from aiff_matching.experience.application import ExposureCap, ExposureMeter
from aiff_matching.introductions.application.answering import (
    IntroductionTray,
    ReceivedIntroductions,
)
from aiff_matching.introductions.application.introductions import IntroductionCommands
from aiff_matching.journeys.application import JourneyQueries
from aiff_matching.partners.application.discoverability import DiscoverabilityCommands
from aiff_matching.partners.application.searches import PartnerSearchCommands, StartUpFinder
from aiff_matching.plans.application import PlanQueries
from aiff_matching.profiles.application.needs import NeedCommands
from aiff_matching.profiles.application.startups import StartUpCommands
from aiff_matching.watching.application.alerts import AlertCommands


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One object of each class; a route is given the one that it names."""

    matches: MatchQueries
    plans: PlanQueries
    journeys: JourneyQueries
    rules: RuleChecks
    startups: StartUpCommands
    needs: NeedCommands
    alerts: AlertCommands
    introductions: IntroductionCommands
    received: ReceivedIntroductions
    tray: IntroductionTray
    meter: ExposureMeter
    exposure: ExposureCap
    coverage: CoverageRounds
    searches: PartnerSearchCommands
    finder: StartUpFinder
    discoverability: DiscoverabilityCommands
    cursors: CursorSigner
    idempotency: IdempotencyStore

    def __iter__(self) -> Iterator[object]:
        """Return all of them."""
        return (getattr(self, field.name) for field in fields(self))
