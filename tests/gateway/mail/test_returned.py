"""Reports of what came back count only for a letter of ours to the address that they name."""

import email
import email.policy
from datetime import UTC, datetime
from functools import partial

import pytest

from aiff_gateway.mail.application.reading import ReturnedMail
from aiff_gateway.mail.domain.errors import UnreadableReportError
from aiff_gateway.mail.domain.letters import Kind, Letter, LetterState
from aiff_gateway.mail.domain.outcomes import Passing, Refused, refusal
from aiff_gateway.mail.domain.reports import returned_in
from aiff_gateway.mail.domain.tokens import MailSecrets
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.clock import utc_now
from aiff_kit.db import open_engine, sqlite_url, upgrade

LETTER = "01890a5d-ac96-774b-bcce-b302099a8057"
SECRETS = MailSecrets("a secret that only this test knows, long enough")
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def report(letter=LETTER, status="5.1.1", action="failed", to="ada@example.org"):
    text = f"""From: MAILER-DAEMON@relay.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Subject: Choisissez un mot de passe
Message-ID: <{letter}@aif.example>

--b--
"""
    return email.message_from_string(text, policy=email.policy.default)


def test_a_failure_names_letter_address_and_what_it_means():
    (found,) = returned_in(report())
    assert str(found.letter_id) == LETTER
    assert found.address == "ada@example.org"
    assert found.outcome == Refused("550 5.1.1", nobody_there=True)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_what_has_not_failed_changes_nothing(action):
    assert returned_in(report(action=action)) == []


@pytest.mark.parametrize("broken", [email.message_from_string("Subject: x\n\nhello"), report("x")])
def test_what_is_no_report_of_ours_is_told(broken):
    with pytest.raises(UnreadableReportError):
        returned_in(broken)


@pytest.mark.parametrize(
    ("code", "text", "meant"),
    [
        (421, "4.3.2 later", Passing("421 4.3.2")),
        (450, "wait", Passing("450")),
        (550, "5.7.1 policy", Refused("550 5.7.1", nobody_there=False)),
        (550, "no such user", Refused("550", nobody_there=True)),
        (552, "too large", Refused("552", nobody_there=False)),
        (550, "5.2.1 disabled", Refused("550 5.2.1", nobody_there=True)),
    ],
)
def test_a_refusal_is_about_the_address_or_about_the_letter(code, text, meant):
    assert refusal(code, text, of_the_recipient=True) == meant


@pytest.mark.parametrize(("to", "stopped"), [("ada@example.org", True), ("bob@example.org", False)])
def test_only_who_was_written_to_can_be_said_to_be_nowhere(tmp_path, to, stopped):
    url = sqlite_url(tmp_path / "gateway.db")
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    open_uow = partial(SqlUnitOfWork, engine)
    with open_uow() as uow:
        uow.letters.add(
            Letter(kind=Kind.ACCOUNT_RESET, to="ada@example.org", language="fr", key="k")
        )
        (letter_id,) = uow.letters.due(utc_now(), 1)
        uow.commit()
    ReturnedMail(open_uow, SECRETS, lambda: NOW).take(report(str(letter_id), to=to))
    with open_uow() as uow:
        assert (uow.letters.get(letter_id).state is LetterState.REFUSED) == stopped
        assert bool(uow.mail_stops.of(SECRETS.digest("ada@example.org"))) == stopped
    engine.dispose()
