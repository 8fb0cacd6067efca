"""NAF codes of both nomenclatures: spellings, readings, what contains what, and old codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.nomenclatures.naf import (
    NAF_2025,
    REV2,
    in_nomenclature,
    is_naf,
    naf_code,
    naf_words,
    path,
    readings,
    settled,
    settled_words,
    sub_classes,
)
from aiff_contracts.sectors import stored_sectors

EVERY = st.sampled_from((*sub_classes(REV2), *sub_classes(NAF_2025)))


def test_the_table_has_what_insee_publishes() -> None:
    assert (len(sub_classes(REV2)), len(sub_classes(NAF_2025))) == (732, 747)
    assert not set(sub_classes(REV2)) & set(sub_classes(NAF_2025))
    assert len({code[:5] for code in sub_classes(NAF_2025)}) == 651
    assert len({code[:2] for code in sub_classes(NAF_2025)}) == 87
    assert len({code[:2] for code in sub_classes(REV2)}) == 88


@pytest.mark.parametrize(
    ("text", "code", "nomenclatures"),
    [
        ("6201Z", "62.01Z", (REV2,)),
        ("62.01z", "62.01Z", (REV2,)),
        (" 62.01 Z ", "62.01Z", (REV2,)),
        ("9001Z", "90.01Z", (REV2,)),
        ("6210Y", "62.10Y", (NAF_2025,)),
        ("10.71H", "10.71H", (NAF_2025,)),
        ("V", "V", (NAF_2025,)),
        ("U", "U", (REV2, NAF_2025)),
        ("K", "K", (REV2, NAF_2025)),
        ("k", "K", (REV2, NAF_2025)),
        ("naf_2025:K", "naf_2025:K", (NAF_2025,)),
        ("NAF_REV2:62", "naf_rev2:62", (REV2,)),
        ("naf_2025:62.10Y", "62.10Y", (NAF_2025,)),
        ("62", "62", (REV2, NAF_2025)),
        ("45", "45", (REV2,)),
        ("620", "62.0", (REV2,)),
        ("62.1", "62.1", (NAF_2025,)),
        ("6201", "62.01", (REV2,)),
    ],
)
def test_a_code_has_one_spelling_and_tells_its_nomenclature(
    text: str, code: str, nomenclatures: tuple[str, ...]
) -> None:
    assert naf_code(text) == code
    assert readings(code) == nomenclatures
    assert naf_code(code) == code


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("72.2C", "before 2008"),
        ("722C", "before 2008"),
        ("74.1JP", "before 2008"),
        ("80.4Z", "before 2008"),
        ("62.99Z", "not a NAF code"),
        ("62.01Y", "not a NAF code"),
        ("naf_2025:62.01Z", "not a NAF code"),
        ("naf_2025:45", "not a NAF code"),
        ("naf_rev2:V", "not a NAF code"),
        ("naf_1993:K", "not a NAF code"),
        ("00", "not a NAF code"),
        ("W", "not a NAF code"),
        ("62.01ZZ", "not a NAF code"),
        ("\u0666\u0662", "not a NAF code"),
        ("", "not a NAF code"),
        (":", "not a NAF code"),
    ],
)
def test_what_no_nomenclature_has_is_refused_and_old_codes_are_named_as_old(
    text: str, told: str
) -> None:
    assert not is_naf(text)
    with pytest.raises(ValueError, match=told):
        naf_code(text)


@pytest.mark.parametrize(
    ("codes", "stored"),
    [
        (["K", "62.10Y"], ("naf_2025:K", "62.10Y")),
        (["K", "6201Z"], ("K", "62.01Z")),
        (["K"], ("K",)),
        (["naf_rev2:K"], ("K",)),
        (["naf_2025:K"], ("naf_2025:K",)),
        (["J", "V"], ("naf_2025:J", "V")),
        (["62.01Z", "62.10Y"], ("62.01Z", "62.10Y")),
        (
            ["A", "B", "C", "55", "56.1", "74.10", "10.11Z"],
            ("A", "B", "C", "55", "56.1", "74.10", "10.11Z"),
        ),
        (["K", "k"], ("K",)),
        ([], ()),
    ],
)
def test_a_code_of_both_is_read_as_its_neighbours_are(codes, stored) -> None:
    assert settled(codes) == stored


@pytest.mark.parametrize("code", ["K", "62", "01.11"])
def test_between_neighbours_of_both_nobody_guesses(code: str) -> None:
    with pytest.raises(ValueError, match="its neighbours are of both"):
        settled([code, "62.01Z", "62.10Y"])


def test_sections_mean_different_things() -> None:
    assert "J" in path("62.01Z", REV2)
    assert {"naf_2025:K", "naf_2025:62", "62.1"} < path("62.10Y", NAF_2025)
    assert "naf_2025:V" not in path("99.00Y", NAF_2025)
    assert "V" in path("99.00Y", NAF_2025)
    assert "U" in path("99.00Z", REV2)


def test_the_words_tell_the_nomenclature() -> None:
    assert naf_words("62.01Z") == ("62.01Z (NAF rév. 2)", "62.01Z (NAF rev. 2)")
    assert naf_words("K") == ("K (NAF rév. 2 ou NAF 2025)", "K (NAF rev. 2 or NAF 2025)")
    assert settled_words("K")[0] == "K (NAF rév. 2)"
    assert settled_words("naf_2025:K")[0] == "K (NAF 2025)"
    assert settled_words("alchimie") == ("alchimie", "alchimie")


def test_sectors_may_be_words_and_codes() -> None:
    assert stored_sectors(["health", "6201Z"]) == ("health", "62.01Z")
    assert stored_sectors(["any"]) == ("any",)
    for values in (["any"], ["alchimie"]):
        with pytest.raises(ValueError, match="known: defence"):
            stored_sectors(values, restricted=True)


@given(EVERY)
def test_every_sub_class_lies_in_a_section_and_survives_any_spelling(code: str) -> None:
    (nomenclature,) = readings(code)
    around = path(code, nomenclature)
    sections = {one for one in around if one.rpartition(":")[2].isalpha()}
    assert len(sections) == 1
    assert len(around) == 5
    assert settled(around) == tuple(dict.fromkeys(settled(around)))
    assert naf_code(code.replace(".", "").lower()) == code
    assert naf_code(in_nomenclature(code, nomenclature)) == code
    assert all(readings(one) for one in around)
