"""What an editor found by hand is found by checks, each beside what it must leave alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.support import NOW, content

from aiff_catalog.quality.domain.checks import assess
from aiff_catalog.quality.domain.figures import differing, figures
from aiff_catalog.quality.domain.findings import Seen
from aiff_catalog.quality.domain.languages import foreign
from aiff_catalog.quality.domain.statements import names_somebody, on_weak_ground, without_source
from aiff_contracts.codec import parse
from aiff_contracts.offer import OfferContent, Text
from aiff_contracts.offer.authoring import without_cases
from aiff_kit.strict_yaml import parse_yaml

CATALOGUE = Path(__file__).parents[3] / "data" / "catalogue"
NEW = {"comparison_without_source", "weak_refusal", "figures_differ", "wrong_language", "home_page"}
CMP = {
    "type": "cmp",
    "attribute": "headcount",
    "op": "<",
    "value": 50,
    "label_fr": "Moins de 50 salariés",
    "label_en": "Under 50 staff",
}
FIRM = {"source": "Bpifrance, page de l'aide", "confidence": "sourced", "as_of": "2026-11-01"}


def found(**changes):
    quality = assess(content(**changes), Seen(now=NOW))
    return {(one.check, one.pointer) for one in quality.findings if one.check in NEW}


def ruled(**leaf):
    return found(eligibility={"rule": CMP | FIRM | leaf})


def euros(amount: int) -> tuple[str, str]:
    return f"{amount:,}".replace(",", "\u202f") + "\u00a0€", f"EUR {amount:,}"


@pytest.mark.parametrize(
    "source", [None, "Dispositif national", "Site officiel", "critère usuel", "National scheme"]
)
def test_a_comparison_names_who_says_so(source):
    assert ("comparison_without_source", "/eligibility/rule/source") in ruled(source=source)


@pytest.mark.parametrize(
    "source", ["Bpifrance", "Règlement sur l'IA, article 57", "iledefrance.fr, page de l'appel"]
)
def test_a_name_a_law_or_a_page_is_a_source(source):
    assert names_somebody(source)
    assert not ruled(source=source)


def test_what_is_said_to_be_unverified_needs_no_source():
    assert not ruled(source="Connaissance générale, à vérifier", confidence="general_knowledge")


def test_a_comparison_is_not_called_firmer_than_the_source_that_it_cites():
    press = [{"label": "La Tribune, article", "confidence": "secondary", "as_of": "2026-10-01"}]
    rule = CMP | {"source": "La Tribune, article", "as_of": "2026-10-01"}
    weak = ("weak_refusal", "/eligibility/rule/confidence")
    called_firm = {"rule": rule | {"confidence": "sourced"}}
    assert weak in found(sources=press, eligibility=called_firm)
    for honest in ({"confidence": "secondary"}, {}):
        assert weak not in found(sources=press, eligibility={"rule": rule | honest})
    undated = {key: value for key, value in FIRM.items() if key != "as_of"}
    assert weak in found(eligibility={"rule": CMP | undated})


@pytest.mark.parametrize(
    ("slug", "url", "is_home"),
    [
        ("add-deeptech", "https://www.bpifrance.fr", True),
        ("add-deeptech", "https://www.bpifrance.fr/", True),
        ("add-deeptech", "https://www.bpifrance.fr/catalogue-offres/add", False),
        ("agoranov", "https://www.agoranov.com/", False),
        ("add-deeptech", "https://www.bpifrance.fr/?offre=12", False),
        ("add-deeptech", None, False),
    ],
)
def test_a_home_page_is_no_page_of_a_programme_unless_the_site_is_the_programme_s(
    slug, url, is_home
):
    assert (("home_page", "/url") in found(slug=slug, url=url)) == is_home


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("1,5 M€ à 10 %", "EUR 1.5 million at 10%"),
        ("De 0,8 à 2 M€", "€0.8M to €2M"),
        ("300 000 € sur trois ans", "EUR 300,000 over three years"),
        ("3 000 milliards de jetons", "3 trillion tokens"),
        ("avant le 1er mars 2027 à 17 h 30", "before 1 March 2027 at 5:30 pm"),
        ("24 mois", "two years"),
        ("deux GPU H100", "2 H100 GPUs"),
        ("7 milliards de paramètres", "7 billion parameters"),
        ("à 9 h", "at 9 am"),
        ("licence CC-BY-4.0", "CC-BY-4.0 licence"),
        ("de 50 à 100 k€", "€50k to €100k"),
    ],
)
def test_the_same_figures_are_the_same_however_each_language_writes_them(french, english):
    assert differing(Text(fr=french, en=english)) == ((), ())


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("1,5 M€", "EUR 1.6 million"),
        ("50 000 €", "EUR 30,000"),
        ("10 % des dépenses", "15% of expenses"),
        ("avant le 3 mars 2027", "before 4 March 2027"),
        ("1,5 M€", "EUR 1.5 billion"),
        ("trois ans et 40 heures", "three years"),
    ],
)
def test_different_figures_are_found(french, english):
    assert any(differing(Text(fr=french, en=english)))
    assert ("figures_differ", "/summary") in found(summary={"fr": french, "en": english})


@given(st.integers(1, 10**10))
def test_an_amount_is_read_the_same_in_both_languages(amount):
    french, english = euros(amount)
    assert [one.value for one in figures(french, "fr")] == [amount]
    assert [one.value for one in figures(english, "en")] == [amount]


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_amounts_differ_exactly_where_they_are_not_equal(one, other):
    french, english = euros(one * 1_000_003)[0], euros(other * 1_000_003)[1]
    # A scale may be said once, and a year is twelve months.
    same = any(max(one, other) == min(one, other) * n for n in (1, 12, 10**3, 10**6, 10**9))
    assert any(differing(Text(fr=french, en=english))) == (not same)


@pytest.mark.parametrize(
    ("french", "english", "wrong"),
    [
        ("Une aide.", "The aid est versée dans les délais prévus par le contrat.", ["en"]),
        ("Grants are paid to the companies that were selected.", "Grants are paid.", ["fr"]),
        ("Une aide pour les PME.", "Aid for SMEs.", []),
        ("Aide.", "Run by the Direction générale des Entreprises and the Caisse des Dépôts.", []),
        ("Aide.", "The call “Pionniers de l'intelligence artificielle dans les PME” is open.", []),
        ("Fondé sur « attention is all you need, to be read with this ».", "A paper.", []),
        ("Le guide « LUMI AI Guide » explique l'usage de PyTorch.", "The guide explains it.", []),
    ],
)
def test_a_sentence_of_the_other_language_is_found_and_a_name_is_none(french, english, wrong):
    assert list(foreign(Text(fr=french, en=english))) == wrong


def real_listings():
    for path in sorted(CATALOGUE.glob("*/*.yaml")):
        if path.parent.name != "organisations":
            text = parse_yaml(path.read_text(encoding="utf-8"))
            yield parse(OfferContent, without_cases(text)[0])


def test_no_real_listing_is_called_firmer_than_its_source():
    assert {one.slug: places for one in real_listings() if (places := [*on_weak_ground(one)])} == {}


def test_every_comparison_of_a_real_listing_names_who_says_so():
    assert {one.slug: places for one in real_listings() if (places := [*without_source(one)])} == {}
