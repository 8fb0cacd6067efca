"""From the domain's dossier to the interface's."""

from aiff_matching.answers.entrypoints.http.presenting import cut_off_view, offer_view
from aiff_matching.dossiers.application import ListedProgramme, ProgrammeOpening
from aiff_matching.dossiers.domain.filling import ApplicationDossier, MissingAnswer
from aiff_matching.dossiers.domain.programme import Programme
from aiff_matching.dossiers.domain.question import ProgrammeQuestion
from aiff_matching.dossiers.domain.schema import programme_schema
from aiff_matching.dossiers.domain.wording import what_would_answer
from aiff_matching.dossiers.entrypoints.http.schemas import (
    AnswerFilled,
    ApplicationDossierView,
    FormSourceView,
    MissingAnswerView,
    OpeningView,
    ProgrammeQuestionView,
    ProgrammeView,
    RequiredDocumentView,
    WayToApplyView,
)


def dossier_view(
    dossier: ApplicationDossier, listed: ListedProgramme, *, french: bool
) -> ApplicationDossierView:
    """Return what is sent for a dossier."""
    programme = dossier.programme
    return ApplicationDossierView(
        programme=programme_view(listed),
        schema=programme_schema(programme, french=french),
        questions=tuple(_question(dossier, question) for question in programme.questions),
        missing=tuple(map(_missing, dossier.missing)),
        documents=_documents(programme),
    )


def programme_view(listed: ListedProgramme) -> ProgrammeView:
    """Return a programme with its offers, and where and when one applies."""
    programme, way = listed.programme, listed.programme.apply
    return ProgrammeView(
        slug=programme.slug,
        name=programme.name,
        offers=programme.offers,
        questions=len(programme.questions),
        documents=len(programme.documents),
        apply=WayToApplyView(way.url, way.how, way.when, _source(programme, way.source)),
        openings=tuple(map(_opening, listed.openings)),
    )


def _opening(opening: ProgrammeOpening) -> OpeningView:
    return OpeningView(
        offer=offer_view(opening.candidate),
        intake_status=opening.status,
        deadline=cut_off_view(opening.deadline) if opening.deadline else None,
        opens=cut_off_view(opening.opens) if opening.opens else None,
    )


def _source(programme: Programme, key: str) -> FormSourceView:
    source = programme.source(key)
    return FormSourceView(
        source.label, source.url, source.checked_on, source.as_of, source.confidence
    )


def _question(dossier: ApplicationDossier, question: ProgrammeQuestion) -> ProgrammeQuestionView:
    filled = dossier.filled.get(question.id)
    return ProgrammeQuestionView(
        id=question.id,
        section=question.section,
        title=question.title,
        description=question.description,
        required=question.required,
        unit=question.unit,
        answer=AnswerFilled(filled.value, filled.field) if filled else None,
        source=_source(dossier.programme, question.source),
    )


def _missing(missing: MissingAnswer) -> MissingAnswerView:
    question = missing.question
    return MissingAnswerView(
        question=question.id,
        title=question.title,
        required=question.required,
        reason=missing.reason,
        field=missing.field,
        sentence=what_would_answer(missing),
    )


def _documents(programme: Programme) -> tuple[RequiredDocumentView, ...]:
    return tuple(
        RequiredDocumentView(
            one.id, one.name, one.purpose, one.required, _source(programme, one.source)
        )
        for one in programme.documents
    )
