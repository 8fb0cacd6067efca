"""Checks, links, duplicates and the work list."""

from dataclasses import dataclass

from aiff_catalog.main.settings import Settings
from aiff_catalog.main.wiring.base import Base
from aiff_catalog.main.wiring.search import SearchParts
from aiff_catalog.offers.adapters.reads import SqlOfferReads
from aiff_catalog.quality.adapters.links import SafeLinkAsker
from aiff_catalog.quality.adapters.similar import SqlSimilarReads
from aiff_catalog.quality.application.assessment_job import AssessmentJob
from aiff_catalog.quality.application.duplicate_decisions import DuplicateDecisions
from aiff_catalog.quality.application.duplicates import DuplicateSearchJob
from aiff_catalog.quality.application.link_checks import LinkCheckJob
from aiff_catalog.quality.application.merging import MergeCommands
from aiff_catalog.quality.application.ports import LinkAsker
from aiff_catalog.quality.application.reports import ErrorReports, ReportCleaning
from aiff_catalog.quality.application.similar import SimilarOffers
from aiff_catalog.quality.application.work_list import WorkList
from aiff_kit.embeddings import OfferEmbeddings


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityParts:
    """What the worker does for quality (the jobs), and what curators do."""

    work_list: WorkList
    duplicates: DuplicateDecisions
    merging: MergeCommands
    similar: SimilarOffers
    reports: ErrorReports
    assessment_job: AssessmentJob
    duplicate_job: DuplicateSearchJob
    link_job: LinkCheckJob
    report_job: ReportCleaning


def wire_quality(
    base: Base,
    settings: Settings,
    search: SearchParts,
    embeddings: OfferEmbeddings,
    asker: LinkAsker | None = None,
) -> QualityParts:
    """Return the use cases of quality; strangers' servers are asked by `asker`."""
    asks = asker or SafeLinkAsker()
    return QualityParts(
        work_list=WorkList(base.open, base.clock),
        duplicates=DuplicateDecisions(base.open, base.clock),
        merging=MergeCommands(base.open, base.clock),
        similar=SimilarOffers(
            SqlOfferReads(base.reader),
            SqlSimilarReads(base.reader, base.encoder.model),
            search.offers,
        ),
        reports=ErrorReports(base.open, base.clock),
        assessment_job=AssessmentJob(base.open, base.clock),
        duplicate_job=DuplicateSearchJob(base.open, search.beside, embeddings, base.clock),
        link_job=LinkCheckJob(base.open, asks, base.clock, settings.links.every),
        report_job=ReportCleaning(base.open, base.clock),
    )
