"""A dossier as it is asked and answered."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from annotated_types import MaxLen, MinLen

from aiff_contracts.language import Strict
from aiff_contracts.offer import IntakeStatus, Text
from aiff_contracts.provenance import Confidence
from aiff_matching.answers.entrypoints.http.schemas import CutOffView, OfferView
from aiff_matching.dossiers.domain.known import Reason
from aiff_matching.dossiers.domain.question import Requirement, Unit
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRequest(Strict):
    """Who applies, for which project, and to what; nothing is stored.

    `programme` is the slug of a programme that has a dossier, or of an offer that leads to one.
    """

    programme: Annotated[str, MinLen(2), MaxLen(80)]
    profile: Profile = Profile()
    need: Need = Need()


@dataclass(frozen=True, slots=True)
class FormSourceView:
    """Where a question was read. `checked_on` is the day on which the source was read last."""

    label: Text
    url: str
    checked_on: date
    as_of: date | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class OpeningView:
    """A published offer that leads to the programme, and when applications are taken."""

    offer: OfferView
    intake_status: IntakeStatus
    deadline: CutOffView | None
    opens: CutOffView | None


@dataclass(frozen=True, slots=True)
class WayToApplyView:
    """Where the application is made, how, and when it is taken."""

    url: str
    how: Text
    when: Text
    source: FormSourceView


@dataclass(frozen=True, slots=True)
class AnswerFilled:
    """An answer that is known, and the field of the profile or need that states it."""

    value: bool | int | float | str | tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class ProgrammeQuestionView:
    """One question; `answer` null where it is not known. Its JSON Schema is in `schema`, by id."""

    id: str
    section: Text
    title: Text
    description: Text | None
    required: Requirement
    unit: Unit | None
    answer: AnswerFilled | None
    source: FormSourceView


@dataclass(frozen=True, slots=True)
class MissingAnswerView:
    """A question without an answer: why, what would answer it, and by which field, if any."""

    question: str
    title: Text
    required: Requirement
    reason: Reason
    field: str | None
    sentence: Text


@dataclass(frozen=True, slots=True)
class RequiredDocumentView:
    """A document that the applicant adds, and what it is for."""

    id: str
    name: Text
    purpose: Text
    required: Requirement
    source: FormSourceView


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme that has a dossier. `offers` are the slugs that may be asked with as well."""

    slug: str
    name: Text
    offers: tuple[str, ...]
    questions: int
    documents: int
    apply: WayToApplyView
    openings: tuple[OpeningView, ...]


@dataclass(frozen=True, slots=True)
class ProgrammesView:
    """All programmes that have a dossier."""

    items: tuple[ProgrammeView, ...]


@dataclass(frozen=True, slots=True)
class ApplicationDossierView:
    """The questions of a programme, with what is known of the answers, and what is missing.

    `schema` is a JSON Schema (draft 2020-12) of the answers by id of question; each answer that is
    filled validates against it. Its titles follow Accept-Language and stand in both languages in
    `x-texts`; `x-unit` and `x-max-words` say what a schema has no word for.
    """

    programme: ProgrammeView
    schema: dict[str, Any]
    questions: tuple[ProgrammeQuestionView, ...]
    missing: tuple[MissingAnswerView, ...]
    documents: tuple[RequiredDocumentView, ...]
