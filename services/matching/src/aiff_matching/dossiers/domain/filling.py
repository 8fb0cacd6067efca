"""A programme's questions, answered as far as a profile and a need go."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiff_matching.dossiers.domain.known import FIELDS, NoAnswer, Reason, Stated
from aiff_matching.dossiers.domain.programme import Programme
from aiff_matching.dossiers.domain.question import ProgrammeQuestion, Value
from aiff_matching.profiles.domain.need import Need
from aiff_matching.profiles.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class FilledAnswer:
    """An answer that is known, and the field that states it."""

    value: Value
    field: str


@dataclass(frozen=True, slots=True)
class MissingAnswer:
    """A question without an answer: why, and the field that would answer it, where there is one."""

    question: ProgrammeQuestion
    reason: Reason
    field: str | None


@dataclass(frozen=True, slots=True)
class ApplicationDossier:
    """A programme's questions with what is known, by question, and what is missing, in order."""

    programme: Programme
    filled: Mapping[str, FilledAnswer]
    missing: tuple[MissingAnswer, ...]


def fill(programme: Programme, profile: Profile, need: Need) -> ApplicationDossier:
    """Return the dossier of an applicant; what is not known exactly stays unanswered."""
    found = [(question, _answer(question, profile, need)) for question in programme.questions]
    return ApplicationDossier(
        programme,
        {question.id: one for question, one in found if isinstance(one, FilledAnswer)},
        tuple(
            MissingAnswer(question, one.reason, question.known_from)
            for question, one in found
            if isinstance(one, NoAnswer)
        ),
    )


def _answer(question: ProgrammeQuestion, profile: Profile, need: Need) -> FilledAnswer | NoAnswer:
    if question.known_from is None:
        return NoAnswer("for_applicant")
    stated = _read(question, FIELDS[question.known_from](profile, need))
    if isinstance(stated, NoAnswer):
        return stated
    if not question.admits(stated):
        return NoAnswer("does_not_fit")
    return FilledAnswer(stated, question.known_from)


def _read(question: ProgrammeQuestion, stated: Stated) -> Value | NoAnswer:
    """Return what the form wants to read: the answer of a code, a whole number as such."""
    if isinstance(stated, NoAnswer):
        return stated
    if question.readings:
        answers = {code: one.answer for one in question.readings for code in one.codes}
        return answers.get(str(stated), NoAnswer("does_not_fit"))
    if isinstance(stated, float) and stated.is_integer():
        return int(stated)
    return stated
