"""A log says what went wrong and where, and nothing that a person wrote."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from aiff_kit.bus import BusUnavailableError
from aiff_kit.observability import described, quotable

EMAIL = "marie.curie@example.org"
PROGRAM = f"""
import logging, threading
import structlog
from opentelemetry.trace import SpanKind
from aiff_kit.observability import configure_logging, traced
configure_logging("catalog", "DEBUG")
log = structlog.get_logger("aiff_test")

def work():
    with traced("x", SpanKind.SERVER, "00-" + "a" * 32 + "-" + "b" * 16 + "-01"):
        try:
            raise ValueError("{EMAIL} is taken")
        except ValueError:
            log.exception("step failed", step="relay")
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")

thread = threading.Thread(target=work)
thread.start()
thread.join()
logging.getLogger("aiohttp").debug("{EMAIL}")
log.debug("seen")
"""


def test_every_line_names_the_service_and_the_trace_and_none_what_an_exception_quotes():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines] == [
        "step failed",
        "Exception in ASGI application",
        "seen",
    ]
    assert {line["service"] for line in lines} == {"catalog"}
    assert [line.get("trace_id") for line in lines] == ["a" * 32, "a" * 32, None]
    for line in lines[:2]:
        assert line["exception"]["type"] == "ValueError"
        assert line["exception"]["frames"][-1].endswith(" work")
    assert EMAIL not in done.stderr


def refused_by_the_database() -> IntegrityError:
    engine = create_engine("sqlite://")
    insert = text("INSERT INTO account VALUES (:email)")
    with engine.connect() as connection, pytest.raises(IntegrityError) as refusal:
        connection.execute(text("CREATE TABLE account (email TEXT UNIQUE)"))
        for _ in range(2):
            connection.execute(insert, {"email": EMAIL})
    engine.dispose()
    return refusal.value


def test_a_statement_that_is_refused_is_described_without_its_parameters():
    found = described(refused_by_the_database())
    assert found["type"] == "sqlalchemy.exc.IntegrityError"
    assert EMAIL not in json.dumps(found)
    assert found["causes"][0]["type"] == "sqlite3.IntegrityError"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ConnectionRefusedError(111, "refused"), "ConnectionRefusedError: [Errno 111] refused"),
        (BusUnavailableError("the log is gone"), "aiff_kit.bus.ports.BusUnavailableError: the log"),
        (ValueError(EMAIL), "ValueError"),
        (KeyError(EMAIL), "KeyError"),
    ],
)
def test_only_harmless_kinds_are_quoted(error, said):
    assert quotable(error).startswith(said)
    assert EMAIL not in quotable(error)
