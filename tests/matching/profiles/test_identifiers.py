"""Identifiers: right check digits, and numbers that nobody can have although these are right.

INSEE: SIREN and SIRET (La Poste's sites but its seat add up to fives); ROR: ISO/IEC 7064.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.codec import Faults, parse
from aiff_matching.profiles.domain.identifiers import Identifier, luhn


def identifier(scheme: str, value: str) -> Identifier:
    return parse(Identifier, {"scheme": scheme, "value": value})


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("siren", "732829320"),
        ("siren", " 005 880 596 "),
        ("siren", "356000000"),
        ("siret", "73282932000074"),
        ("siret", "732 829 320 00074"),
        ("siret", "35600000000048"),
        ("siret", "35600000049837"),
        ("pic", "999997930"),
        ("pic", "888888888"),
        ("euid", "FR7501.552100554"),
        ("euid", "DEK1101R.HRB116737"),
        ("ror", "https://ror.org/02feahw73"),
        ("ror", "02kvxyf05"),
        ("ror", "03xjwb503"),
    ],
)
def test_a_number_that_exists_is_taken(scheme: str, value: str) -> None:
    assert identifier(scheme, value).value in value.replace(" ", "")


@pytest.mark.parametrize(
    ("scheme", "value", "told"),
    [
        ("siren", "732829321", "wrong check digit"),
        ("siren", "000000000", "that nobody has"),
        ("siret", "73282932000075", "wrong check digit"),
        ("siret", "00000000000000", "that nobody has"),
        ("siret", "00000000000018", "that nobody has"),
        ("siret", "73282932000009", "that nobody has"),
        ("siret", "73282932100072", "wrong check digit"),
        ("siret", "35600000049838", "wrong check digit"),
        ("siret", "35600000000006", "that nobody has"),
        ("siret", "35600000000014", "wrong check digit"),
        ("pic", "000000000", "that nobody has"),
        ("pic", "012345678", "that nobody has"),
        ("euid", "FR7501.000000000", "that nobody has"),
        ("ror", "02feahw74", "wrong check digit"),
        ("ror", "000000000", "wrong check digit"),
        ("siren", "73282932", "nine digits"),
        ("siren", "\u0667\u0663\u0662\u0668\u0662\u0669\u0663\u0662\u0660", "nine digits"),
    ],
)
def test_a_number_that_cannot_exist_is_refused_with_its_reason(
    scheme: str, value: str, told: str
) -> None:
    with pytest.raises(Faults, match=told):
        identifier(scheme, value)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(1, 9999))
def test_one_last_digit_makes_a_site_of_a_company_right(body: str, site: int) -> None:
    siren = next(f"{body}{n}" for n in range(10) if luhn(f"{body}{n}"))
    found = []
    for last in range(10):
        try:
            found.append(identifier("siret", f"{siren}{site:04}{last}"))
        except Faults:
            continue
    assert len(found) == (0 if siren == "000000000" else 2 if siren == "356000000" else 1)
