"""Figures, money and days as each language writes them; unknown stays unknown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_portal.ui.domain.formats import FORMATS

FRENCH, ENGLISH = FORMATS["fr"], FORMATS["en"]


@pytest.mark.parametrize(
    ("money", "french", "english"),
    [
        ({"amount": "2.8", "currency": "EUR"}, "2,80\xa0€", "€2.80"),
        ({"amount": "30000", "currency": "EUR"}, "30\u202f000\xa0€", "€30,000"),
        ({"amount": "0", "currency": "EUR"}, "0\xa0€", "€0"),
        ({"amount": "3.99", "currency": "USD"}, "3,99\xa0$US", "US$3.99"),
        (None, None, None),
    ],
)
def test_money_is_written_in_its_own_currency(money, french, english):
    assert (FRENCH.money(money), ENGLISH.money(money)) == (french, english)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_no_amount_loses_a_cent(amount):
    written = ENGLISH.money({"amount": str(amount), "currency": "EUR"})
    assert Decimal(written.replace("€", "").replace(",", "")) == amount


def test_a_moment_says_whose_time_it_is():
    moment = {"on": "2026-11-30", "at": "10:00:00", "timezone": "Europe/Brussels"}
    assert FRENCH.moment(moment) == "30 novembre 2026, 10:00 (heure de Bruxelles)"
    assert ENGLISH.moment(moment) == "30 November 2026, 10:00 (Brussels time)"
    assert FRENCH.moment({**moment, "at": None}) == "30 novembre 2026"


def test_an_instant_is_the_day_in_paris():
    assert FRENCH.instant("2026-12-31T23:30:00Z") == "1er janvier 2027"


def test_names_of_places_and_languages_are_those_of_the_reader():
    assert FRENCH.countries(["FR", "DE", "EU"]) == "France, Allemagne, Union européenne"
    assert (FRENCH.tongue("en"), ENGLISH.tongue("fr")) == ("Anglais", "French")
    assert FRENCH.territories(["FR-IDF"]) == "Île-de-France"
    assert FRENCH.territory("nowhere") == "nowhere"


@pytest.mark.parametrize("formats", [FRENCH, ENGLISH])
def test_what_is_unknown_stays_unknown_and_zero_and_no_are_said(formats):
    for write in (formats.number, formats.money, formats.day, formats.moment, formats.percent):
        assert write(None) is None
    for write in (formats.countries, formats.territories, formats.tongues):
        assert write(None) is None
    assert formats.yes_no(None) is None
    assert formats.number(0) == "0"
    assert formats.yes_no(value=False) in {"Non", "No"}
