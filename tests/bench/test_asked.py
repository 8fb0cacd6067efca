"""The benchmark of matching over HTTP on a machine that is slow."""

import time
from contextlib import nullcontext
from email import message_from_bytes
from itertools import islice, repeat
from types import SimpleNamespace

import pytest
from bench.harness import asked
from bench.harness.load import Load

from aiff_kit.auth import IDENTITY_HEADER, IdentityVerifier, identity

LONGER_THAN_AN_IDENTITY = 120


@pytest.fixture
def secret(monkeypatch):
    monkeypatch.setattr("bench.harness.asked.secrets.token_hex", lambda length: "s" * length)
    return "s" * 32


@pytest.fixture
def slow_service(monkeypatch):
    """A service whose first answer comes when the identity of its question has expired."""
    began = time.time() - LONGER_THAN_AN_IDENTITY
    clock = SimpleNamespace(now=began)
    monkeypatch.setattr(identity, "time", SimpleNamespace(time=lambda: clock.now))
    monkeypatch.setattr(asked, "free_port", lambda: 1)
    monkeypatch.setattr(asked, "server", lambda *_: nullcontext())
    monkeypatch.setattr(asked, "_fill", lambda *_: None)
    monkeypatch.setattr(asked, "edits", lambda *_: [])

    def compile_all(*_):
        clock.now += LONGER_THAN_AN_IDENTITY

    monkeypatch.setattr(asked, "_ask", compile_all)


def caller(request: bytes, secret: str):
    """Return who asks, as the service would read it."""
    headers = message_from_bytes(request.partition(b"\r\n")[2])
    return IdentityVerifier(secret, "matching").verify(headers[IDENTITY_HEADER])


def test_what_is_measured_is_signed_after_the_first_answer(monkeypatch, slow_service, secret):
    callers = []

    def measure(_port, requests, **_):
        callers.extend(caller(request, secret) for request in islice(requests, 2))
        return Load(per_second=1, p50_ms=1, p99_ms=2, requests=1)

    monkeypatch.setattr(asked, "measure", measure)
    assert len(list(asked.rows([], {}, {"a text": repeat(b"{}")}))) == 1
    assert [found.subject for found in callers] == ["anonymous", "anonymous"]
