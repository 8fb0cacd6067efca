"""Letters over a real SMTP server: taken, refused for now or for good, or lost on the way."""

import ssl
from collections.abc import Iterator
from uuid import UUID

import pytest
import trustme
from aiosmtpd.controller import Controller
from tests.gateway.harness import free_port

from aiff_gateway.mail.adapters.smtp import SmtpCarrier, SmtpServer
from aiff_gateway.mail.application.ports import Message
from aiff_gateway.mail.domain.errors import CarrierAwayError
from aiff_gateway.mail.domain.outcomes import Passing, Refused, Sent, Unknown

pytestmark = pytest.mark.enable_socket

LETTER = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
NOBODY, FULL, SPAM, CUT = "nobody@b.example", "full@b.example", "spam@b.example", "cut@b.example"


class Inbox:
    """What a small mail server does with who writes to it."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        if address == NOBODY:
            return "550 5.1.1 <nobody@b.example> unknown"
        if address == FULL:
            return "452 4.2.2 mailbox of full@b.example is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if SPAM in envelope.rcpt_tos:
            return "554 5.7.1 not wanted"
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if CUT in envelope.rcpt_tos:
            server.transport.abort()
        return "250 taken"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def relay(inbox, authority) -> Iterator[SmtpServer]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        enable_SMTPUTF8=True,
    )
    controller.start()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    port = controller.server.sockets[0].getsockname()[1]
    yield SmtpServer(host="127.0.0.1", port=port, security="starttls", tls=trusted)
    controller.stop()


def message(to: str) -> Message:
    return Message(LETTER, "no-reply@a.example", to, b"Subject: x\r\n\r\nBonjour\r\n")


def carried(server: SmtpServer, *recipients: str):
    noted: list[str] = []
    with SmtpCarrier(server).open() as carriage:
        outcomes = [
            carriage.carry(message(to), lambda to=to: noted.append(to)) for to in recipients
        ]
    return outcomes, noted


def test_one_connection_takes_some_and_refuses_others(relay, inbox):
    outcomes, noted = carried(relay, NOBODY, "ada@b.example", FULL, SPAM, "josé@b.example")
    assert outcomes == [
        Refused("550 5.1.1", nobody_there=True),
        Sent(),
        Passing("452 4.2.2"),
        Refused("554 5.7.1", nobody_there=False),
        Sent(),
    ]
    # Noted before anything of the text leaves, and only then.
    assert noted == ["ada@b.example", SPAM, "josé@b.example"]
    assert [to for to, _ in inbox.taken] == ["ada@b.example", "josé@b.example"]


def test_a_server_that_takes_a_letter_and_goes_without_a_word_leaves_it_unknown(relay, inbox):
    (outcome,), _ = carried(relay, CUT)
    assert isinstance(outcome, Unknown)
    assert len(inbox.taken) == 1


def test_what_comes_after_a_lost_connection_waits_for_the_next_one(relay):
    with pytest.raises(CarrierAwayError):
        carried(relay, CUT, "ada@b.example")


def test_a_server_whose_certificate_is_not_trusted_is_told_nothing(relay, inbox):
    stranger = ssl.create_default_context()
    with pytest.raises(CarrierAwayError):
        carried(
            SmtpServer(host=relay.host, port=relay.port, security="starttls", tls=stranger),
            "ada@b.example",
        )
    assert inbox.taken == []


def test_nobody_listening_is_no_fault_of_a_letter(relay):
    with pytest.raises(CarrierAwayError):
        carried(SmtpServer(host="127.0.0.1", port=1, security="none", tls=relay.tls), "a@b.example")
