"""A receiver trusts what its sender signed, as the library of Standard Webhooks signs it."""

import base64
import json
from datetime import UTC, datetime

import pytest
import standardwebhooks
from hypothesis import given
from hypothesis import strategies as st

from aiff_client import ForgedMessageError, Webhook

NOW = 1_780_000_000
OLD, NEW = ("whsec_" + base64.b64encode(bytes([byte]) * 24).decode() for byte in (1, 2))


def signed(body, *secrets, identity="msg_1", at=NOW):
    stamp = datetime.fromtimestamp(at, UTC)
    signatures = [standardwebhooks.Webhook(one).sign(identity, stamp, body) for one in secrets]
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signatures),
    }


def receiver(*secrets, **options):
    return Webhook(secrets, clock=lambda: NOW, **options)


@given(payload=st.dictionaries(st.text(), st.integers() | st.text()), identity=st.uuids())
def test_what_the_library_signs_is_trusted(payload, identity):
    body = json.dumps(payload)
    message = receiver(OLD).verify(body.encode(), signed(body, OLD, identity=str(identity)))
    assert message.payload == payload
    assert message.id == str(identity)


def test_header_names_are_read_in_any_case():
    headers = {name.title(): value for name, value in signed("{}", OLD).items()}
    assert Webhook(OLD, clock=lambda: NOW).verify(b"{}", headers).payload == {}


def test_both_sides_may_rotate_their_secret():
    assert receiver(OLD).verify(b"{}", signed("{}", NEW, OLD)).id == "msg_1"
    assert receiver(OLD, NEW).verify(b"{}", signed("{}", NEW)).id == "msg_1"
    with pytest.raises(ForgedMessageError):
        receiver(OLD).verify(b"{}", signed("{}", NEW))


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": str(NOW + 1)},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "\uff11780000000"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,###"},
        {"webhook-signature": "v1,é"},
        {"webhook-signature": "v1a," + "A" * 44},
    ],
)
def test_what_was_changed_on_the_way_is_not_trusted(changed):
    with pytest.raises(ForgedMessageError):
        receiver(OLD).verify(b"{}", {**signed("{}", OLD), **changed})


def test_another_body_is_not_trusted():
    with pytest.raises(ForgedMessageError, match="no signature fits"):
        receiver(OLD).verify(b"{ }", signed("{}", OLD))


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_told(name):
    headers = signed("{}", OLD)
    del headers[name]
    with pytest.raises(ForgedMessageError, match=name):
        receiver(OLD).verify(b"{}", headers)


@pytest.mark.parametrize(
    ("off", "trusted"), [(-300, True), (300, True), (-301, False), (301, False)]
)
def test_a_message_is_trusted_within_five_minutes(off, trusted):
    headers = signed("{}", OLD, at=NOW + off)
    if trusted:
        assert receiver(OLD).verify(b"{}", headers).payload == {}
    else:
        with pytest.raises(ForgedMessageError, match="too far"):
            receiver(OLD).verify(b"{}", headers)
    assert receiver(OLD, tolerance=400).verify(b"{}", headers).payload == {}


@pytest.mark.parametrize("secret", ["whsec_", "whsec_#", "é", ""])
def test_what_is_no_secret_is_refused_at_once(secret):
    with pytest.raises(ValueError, match="secret"):
        Webhook(secret)
