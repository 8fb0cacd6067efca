"""What people read for a code or a day comes from one place, in both languages."""

import ast
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from aiff_contracts import labels
from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.days import day_en, day_fr
from aiff_contracts.offer import Audience, IntakeStatus, Kind, Stage, SupportQuality
from aiff_contracts.offer.common import Delay, Role
from aiff_contracts.offer.compute import (
    AccessUnit,
    Certification,
    ComputeDetails,
    Exposure,
    Gpu,
    Scheme,
)
from aiff_contracts.offer.funding import Dilution, Instrument
from aiff_contracts.offer.pricing import BillingPeriod, PriceBasis
from aiff_contracts.offer.services import (
    Access,
    EquityTaken,
    ExpertiseDetails,
    IncubationDetails,
    Level,
    Modality,
    NetworkDetails,
    ResourceType,
)
from aiff_contracts.provenance import Confidence

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("libs/*/src/**/*.py"), *ROOT.glob("services/*/src/**/*.py")])
TABLES = {
    name: found for name, found in vars(labels).items() if name.isupper() and name != "VALUES"
}
CODES = [set(found) for name, found in TABLES.items() if name != "YES_NO"]
# Below that a table says one thing of two or three codes, such as yes and no.
SMALL = 3


def codes_of(entity, name):
    """Return the codes of a field, without the None that says unknown."""
    hint = get_type_hints(entity)[name]
    literals = [hint, *get_args(hint)]
    return next(one for one in literals if get_origin(one) is Literal)


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (labels.KINDS, Kind),
        (labels.AUDIENCES, Audience),
        (labels.STAGES, Stage),
        (labels.INTAKE_STATUSES, IntakeStatus),
        (labels.INSTRUMENTS, Instrument),
        (labels.DILUTIONS, Dilution),
        (labels.PRICE_BASES, PriceBasis),
        (labels.BILLING_PERIODS, BillingPeriod),
        (labels.ROLES, Role),
        (labels.CERTIFICATIONS, Scheme),
        (labels.ACCESS_UNITS, AccessUnit),
        (labels.EXPOSURES, Exposure),
        (labels.LEVELS, Level),
        (labels.MODALITIES, Modality),
        (labels.RESOURCE_TYPES, ResourceType),
        (labels.ACCESSES, Access),
        (labels.CONFIDENCES, Confidence),
        (labels.COMPUTE_NATURES, codes_of(ComputeDetails, "nature")),
        (labels.COMPUTE_STATUSES, codes_of(ComputeDetails, "status")),
        (labels.ECONOMIC_SECTORS, codes_of(ComputeDetails, "sector")),
        (labels.STACKS, codes_of(Gpu, "stack")),
        (labels.CERTIFICATE_STATES, codes_of(Certification, "state")),
        (labels.SELECTIONS, codes_of(IncubationDetails, "selection")),
        (labels.EQUITY_BASES, codes_of(EquityTaken, "basis")),
        (labels.SERVICES, codes_of(ExpertiseDetails, "service")),
        (labels.NETWORKS, codes_of(NetworkDetails, "network")),
        (labels.DELAY_UNITS, codes_of(Delay, "unit")),
    ],
)
def test_every_code_of_the_published_language_has_words_in_both_languages(table, codes):
    assert set(table) == set(get_args(codes))
    assert all(french.strip() and english.strip() for french, english in table.values())


def test_the_facts_about_support_have_the_words_of_their_fields():
    assert set(labels.SUPPORT) == {field.name for field in fields(SupportQuality)}


def test_the_choices_of_every_attribute_have_words():
    for name, table in labels.VALUES.items():
        assert name in ATTRIBUTES
        assert set(ATTRIBUTES[name].choices) <= set(table)


def is_words(node: ast.expr) -> bool:
    """Tell whether an expression is a pair of texts: ("prêt", "loan"), text("Prêt", "Loan")."""
    match node:
        case ast.Tuple(elts=[ast.Constant(value=str()), ast.Constant(value=str())]):
            return True
        case ast.Call(
            func=ast.Name(id="text"),
            args=[ast.Constant(value=str()), ast.Constant(value=str())],
        ):
            return True
    return False


def other_tables(path: Path):
    """Yield where a source gives words to codes that have theirs in the published language."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict) and all(map(is_words, node.values)):
            codes = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(codes) >= SMALL and any(codes <= known for known in CODES):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_second_table_gives_words_to_the_same_codes():
    home = Path(labels.__file__).resolve()
    found = [place for path in SOURCES if path != home for place in other_tables(path)]
    # The sectors are a table of their own, which the labels take over.
    assert [place for place in found if "/sectors.py:" not in place] == []


def test_the_names_of_the_months_are_written_once():
    holders = [path.name for path in SOURCES if '"janvier' in path.read_text(encoding="utf-8")]
    assert holders == ["days.py"]


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2027, 1, 1), "1er janvier 2027", "1 January 2027"),
        (date(2027, 8, 2), "2 août 2027", "2 August 2027"),
        (date(2026, 12, 31), "31 décembre 2026", "31 December 2026"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(day, french, english):
    assert (day_fr(day), day_en(day)) == (french, english)


def test_a_line_begins_with_a_large_letter_and_keeps_the_others():
    assert labels.capital("fonds propres") == "Fonds propres"
    assert labels.capital("état SEAL") == "État SEAL"
    assert labels.capital("PME") == "PME"
