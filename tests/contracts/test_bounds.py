"""Every number, amount and list of the published language is bounded, and so is what is told."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.codec import MOST_TOLD, Faults, dump_json, parse, parse_json
from aiff_contracts.language import LARGEST, MOST_ITEMS
from aiff_contracts.offer import OfferContent, PriceRow
from aiff_contracts.offer.common import Delay, Money, SupportQuality
from aiff_contracts.rules import Cmp
from aiff_contracts.sparing import LEFT_OUT, readable, spared


def faults(kind, value):
    with pytest.raises(Faults) as refused:
        parse(kind, value)
    return refused.value.faults


@pytest.mark.parametrize(
    ("kind", "value", "pointer"),
    [
        (Money, {"amount": "1E+1000000"}, "/amount"),
        (Money, {"amount": 1e27}, "/amount"),
        (Money, {"amount": LARGEST + 1}, "/amount"),
        (Money, {"amount": "1e-30"}, "/amount"),
        (PriceRow, {"amount": "1" + "0" * 27, "period": "gpu_hour"}, "/amount"),
        (Delay, {"maximum": 10**30, "unit": "weeks"}, "/maximum"),
        (SupportQuality, {"first_reply_hours": 2**63}, "/first_reply_hours"),
        (SupportQuality, {"engineer_hours_included": 1e300}, "/engineer_hours_included"),
        (SupportQuality, {"languages": ["fr"] * (MOST_ITEMS + 1)}, "/languages"),
        (
            Cmp,
            {
                "type": "cmp",
                "attribute": "headcount",
                "op": "<",
                "value": -(10**40),
                "label_fr": "un",
                "label_en": "one",
            },
            "/value",
        ),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_its_place(kind, value, pointer):
    assert pointer in [fault.pointer for fault in faults(kind, value)]


@given(st.decimals(0, LARGEST, places=2) | st.just(Decimal("0.000000000001")))
def test_an_amount_within_the_bounds_is_read_back_as_it_was_written(amount):
    money = Money(amount=amount)
    assert parse_json(Money, dump_json(money)) == money


def test_the_first_faults_are_told_and_the_others_counted():
    told = faults(OfferContent, {f"x{number}": 1 for number in range(1_000)})
    assert len(told) == MOST_TOLD + 1
    assert told[-1].code == "more_faults"
    rest = int(told[-1].detail.split()[0])
    assert rest > 1_000 - MOST_TOLD


def test_a_message_does_not_quote_a_whole_value():
    told = faults(Money, {"amount": 1, "currency": "EUR", "a" * 100_000: 1})
    assert all(len(fault.detail) <= 500 for fault in told)


def test_what_cannot_be_read_is_left_out_and_counted(caplog):
    LEFT_OUT.clear()
    stored = [b'{"amount":"1","currency":"EUR"}', b'{"id":"abc","amount":"1e99"}', b"\xff"]
    assert [*readable(Money, stored, "reading amounts")] == [Money(amount=Decimal(1))]
    assert LEFT_OUT == {"reading amounts": 2}
    assert "abc" in caplog.text


def test_what_is_spared_gives_what_it_does():
    assert spared("adding", "one", lambda: 1 + 1, None) == 2
