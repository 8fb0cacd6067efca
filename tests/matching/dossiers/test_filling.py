"""A dossier holds what is stated and nothing else, and every answer fits its question."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from tests.matching.profiles.askers import needs, profiles

from aiff_matching.dossiers.adapters import packaged_programmes
from aiff_matching.dossiers.domain.filling import ApplicationDossier, fill
from aiff_matching.dossiers.domain.known import FIELDS, NoAnswer
from aiff_matching.dossiers.domain.question import Limits, ProgrammeQuestion
from aiff_matching.dossiers.domain.schema import programme_schema, question_schema
from aiff_matching.profiles.domain.aid import PriorAid
from aiff_matching.profiles.domain.identifiers import Identifier
from aiff_matching.profiles.domain.need import ComputeNeed, FundingNeed, Need
from aiff_matching.profiles.domain.profile import Profile
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Interval

PROGRAMMES = packaged_programmes()
PIC = Identifier(scheme="pic", value="999999999")
SIRET = Identifier(scheme="siret", value="732 829 320 00074")
_WORDS = st.none() | st.text(min_size=1, max_size=150)
_EUROS = (
    st.none()
    | st.floats(0, 1e9)
    | st.builds(Interval, min=st.floats(0, 1e3), max=st.none() | st.floats(1e3, 1e6))
)
_TASKS = st.sampled_from([None, "lora", "pretraining", "inference", "simulation", "other"])


@st.composite
def applicants(draw: st.DrawFn) -> tuple[Profile, Need]:
    """Companies that say more or less of themselves, in numbers, bounds and any letters."""
    profile = replace(
        draw(profiles()),
        name=draw(_WORDS),
        identifiers=draw(st.sampled_from([(), (PIC,), (PIC, PIC)])),
        turnover_eur=draw(_EUROS),
        own_equity_eur=draw(_EUROS),
        full_time_founder=draw(st.none() | st.booleans()),
        has_legal_entity=None,
        created_on=draw(st.none() | st.dates(date(2000, 1, 1), date(2027, 1, 1))),
    )
    need = draw(needs())
    compute = need.compute and replace(
        need.compute,
        task=draw(_TASKS),
        framework=draw(st.none() | st.text(min_size=1, max_size=60)),
        data_class=draw(st.sampled_from([None, "public", "personal", "health", "secret"])),
        gpu_hours=draw(_EUROS),
        gpu_model=draw(st.none() | st.just("H100")),
        duration_months=draw(st.none() | st.integers(1, 24)),
    )
    funding = need.funding and replace(need.funding, project_cost_eur=draw(_EUROS))
    description = draw(st.none() | st.text(max_size=400))
    return profile, replace(
        need, title=draw(_WORDS), description=description, compute=compute, funding=funding
    )


def dossier(slug: str, profile: Profile | None = None, need: Need | None = None):
    return fill(PROGRAMMES[slug], profile or Profile(), need or Need())


def reasons(found: ApplicationDossier) -> dict[str, str]:
    return {one.question.id: one.reason for one in found.missing}


@cache
def validator(slug: str) -> Draft202012Validator:
    schema = programme_schema(PROGRAMMES[slug], french=True) | {"required": []}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def sent(value: object) -> object:
    """Return a value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value


@given(applicants())
def test_every_filled_value_validates_and_was_stated(applicant):
    profile, need = applicant
    for slug, programme in PROGRAMMES.items():
        found = dossier(slug, profile, need)
        validator(slug).validate({key: sent(one.value) for key, one in found.filled.items()})
        known = {one.id: one.known_from for one in programme.questions}
        for key, filled in found.filled.items():
            assert filled.field == known[key]
            assert not isinstance(FIELDS[filled.field](profile, need), NoAnswer)


@given(applicants())
def test_each_question_is_either_filled_or_missing_with_its_field(applicant):
    for slug, programme in PROGRAMMES.items():
        found = dossier(slug, *applicant)
        answered = [*(one.question.id for one in found.missing), *found.filled]
        assert sorted(answered) == sorted(one.id for one in programme.questions)
        for one in found.missing:
            assert one.field == one.question.known_from
            assert (one.reason == "for_applicant") == (one.field is None)


@pytest.mark.parametrize("slug", PROGRAMMES)
def test_who_says_nothing_gets_nothing_filled(slug: str):
    assert dossier(slug).filled == {}
    assert set(reasons(dossier(slug)).values()) <= {"not_stated", "for_applicant"}


@given(
    st.sampled_from([(slug, one) for slug, p in PROGRAMMES.items() for one in p.questions]),
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
)
def test_what_the_domain_admits_the_schema_admits(asked, value):
    slug, question = asked
    assert question.admits(value) <= validator(slug).is_valid({question.id: value})


def test_the_playground_is_filled_as_far_as_the_profile_goes():
    profile = Profile(
        name="Lexia",
        country="FR",
        organisation_type="startup",
        identifiers=(PIC,),
        contract_covers_allocation=True,
    )
    need = Need(title="Droit", description="Un modèle", compute=ComputeNeed(duration_months=2))
    found = dossier("eurohpc-playground", profile, need)
    assert {key: one.value for key, one in found.filled.items()} == {
        "project_title": "Droit",
        "project_summary": "Un modèle",
        "organisation_name": "Lexia",
        "organisation_type": "startup",
        "pic": "999999999",
        "country": "FR",
        "contract_covers_allocation": True,
        "duration_months": 2,
    }
    assert reasons(found)["vat_number"] == "for_applicant"


def test_a_value_outside_the_forms_limits_is_not_filled_but_said():
    need = Need(description="Trop court", compute=ComputeNeed(gpu_hours=10_000, duration_months=12))
    fast = reasons(dossier("eurohpc-fast-lane", need=need))
    assert fast["duration_months"] == fast["gpu_hours"] == "does_not_fit"
    assert reasons(dossier("genci-dynamic-access", need=need))["publishable_summary"] == (
        "does_not_fit"
    )
    enough = Need(compute=ComputeNeed(gpu_hours=10_001))
    assert dossier("eurohpc-fast-lane", need=enough).filled["gpu_hours"].value == 10_001


def test_hours_measured_on_a_named_gpu_are_not_those_of_another_machine():
    need = Need(compute=ComputeNeed(gpu_hours=20_000, gpu_model="H100"))
    assert reasons(dossier("eurohpc-fast-lane", need=need))["gpu_hours"] == "other_unit"


def test_bounds_are_no_value_unless_they_meet():
    between = Profile(own_equity_eur=Interval(min=10_000, max=20_000))
    assert reasons(dossier("bourse-french-tech", between))["own_equity"] == "not_exact"
    exactly = Profile(own_equity_eur=Interval(min=20_000, max=20_000))
    assert dossier("bourse-french-tech", exactly).filled["own_equity"].value == 20_000


def test_no_prior_aid_is_an_answer_and_silence_is_none():
    assert dossier("bourse-french-tech", Profile(prior_aid=())).filled["public_aid"].value == ()
    assert reasons(dossier("bourse-french-tech"))["public_aid"] == "not_stated"
    told = Profile(prior_aid=("cir", PriorAid(offer="innovup", amount_eur=30_000)))
    filled = dossier("bourse-french-tech", told).filled
    assert filled["public_aid"].value == ("cir", "innovup")


@pytest.mark.parametrize(
    ("task", "answer"), [("lora", True), ("inference", None), ("simulation", None)]
)
def test_a_code_that_no_reading_names_gives_no_answer(task, answer):
    found = dossier("genci-dynamic-access", need=Need(compute=ComputeNeed(task=task)))
    filled = found.filled.get("uses_ai")
    assert (filled.value if filled else None) is answer


def test_public_data_may_still_be_personal():
    public = Need(compute=ComputeNeed(data_class="public"))
    assert "personal_data" not in dossier("genci-dynamic-access", need=public).filled
    personal = Need(compute=ComputeNeed(data_class="personal"))
    assert dossier("genci-dynamic-access", need=personal).filled["personal_data"].value is True


def test_a_company_with_two_sites_numbers_has_no_single_one():
    other = Identifier(scheme="siret", value="35600000000048")
    assert dossier("genci-dynamic-access", Profile(identifiers=(SIRET,))).filled["siret"].value == (
        "73282932000074"
    )
    both = Profile(identifiers=(SIRET, other))
    assert reasons(dossier("genci-dynamic-access", both))["siret"] == "not_exact"


def test_planned_spending_is_what_the_project_costs():
    need = Need(funding=FundingNeed(amount_eur=30_000, project_cost_eur=43_000))
    found = dossier("bourse-french-tech", need=need)
    assert found.filled["planned_spending"].value == 43_000
    assert isinstance(found.filled["planned_spending"].value, int)


@pytest.mark.parametrize(
    ("limits", "admitted", "refused"),
    [
        (Limits(max_words=2), "deux mots", "trois petits mots"),
        (Limits(min_characters=3, max_characters=4), "abcd", "ab"),
    ],
)
def test_texts_keep_to_words_and_characters(limits, admitted, refused):
    asked = ProgrammeQuestion(
        id="abstract",
        section=text("a", "a"),
        title=text("a", "a"),
        answer="text",
        limits=limits,
        source="page",
    )
    assert asked.admits(admitted)
    assert not asked.admits(refused)
    assert question_schema(asked, french=False).get("x-max-words") == limits.max_words
