"""The carrier of production: an SMTP relay (RFC 5321), over TLS."""

import asyncio
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPSenderRefused,
)

from aiff_gateway.mail.application.ports import Message
from aiff_gateway.mail.domain.errors import CarrierAwayError
from aiff_gateway.mail.domain.outcomes import Outcome, Refused, Sent, Unknown, refusal

# Seconds for each answer, and for the one after a letter's last line: a server may look through
# the letter before it takes it (RFC 5321, section 4.5.3.2.6).
_ANSWER_SECONDS = 20.0
_TAKING_SECONDS = 120.0
Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where the relay listens, how the connection is protected, and who we are there."""

    host: str
    port: int
    security: Security
    tls: ssl.SSLContext
    username: str | None = None
    password: str | None = None


class SmtpCarrier:
    """Hands letters over one after the other on one connection."""

    repeatable = False

    def __init__(self, server: SmtpServer, answer_seconds: float = _ANSWER_SECONDS) -> None:
        """Keep the server and how long an answer of it is waited for."""
        self._server = server
        self._answer_seconds = answer_seconds

    @contextmanager
    def open(self) -> Iterator["_SmtpCarriage"]:
        """Connect, protect the connection and sign in."""
        with asyncio.Runner() as runner:
            client = self._client()
            try:
                runner.run(client.connect())
            except (SMTPException, OSError) as error:
                raise CarrierAwayError(_kind(error)) from error
            try:
                yield _SmtpCarriage(runner, client)
            finally:
                with suppress(SMTPException, OSError):
                    runner.run(client.quit())
                client.close()

    def forget(self, letter_ids: Sequence[UUID]) -> None:
        """Do nothing: what was handed over is the other side's."""

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            timeout=self._answer_seconds,
            use_tls=server.security == "tls",
            # Where it is asked for, a server without it is refused rather than spoken to openly.
            start_tls=server.security == "starttls",
            tls_context=server.tls if server.security != "none" else None,
        )


class _SmtpCarriage:
    def __init__(self, runner: asyncio.Runner, client: SMTP) -> None:
        self._runner = runner
        self._client = client

    def carry(self, message: Message, handing_over: Callable[[], None]) -> Outcome:
        """Name sender and recipient, then hand the text over."""
        try:
            refused = self._runner.run(self._address(message))
        except (SMTPException, OSError) as error:
            raise CarrierAwayError(_kind(error)) from error
        if refused is not None:
            return refused
        handing_over()
        return self._runner.run(self._hand_over(message))

    async def _address(self, message: Message) -> Outcome | None:
        international = not message.recipient.isascii()
        if international and not self._client.supports_extension("smtputf8"):
            return Refused("the relay does not take addresses beyond ASCII", nobody_there=False)
        options, encoding = (["SMTPUTF8"], "utf-8") if international else ([], "ascii")
        try:
            await self._client.mail(message.sender, options=options, encoding=encoding)
            await self._client.rcpt(message.recipient, encoding=encoding)
        except (SMTPSenderRefused, SMTPRecipientRefused) as error:
            with suppress(SMTPException, OSError):
                await self._client.rset()
            of_the_recipient = isinstance(error, SMTPRecipientRefused)
            return refusal(error.code, error.message, of_the_recipient=of_the_recipient)
        return None

    async def _hand_over(self, message: Message) -> Outcome:
        try:
            await self._client.data(message.content, timeout=_TAKING_SECONDS)
        except SMTPDataError as error:
            return refusal(error.code, error.message, of_the_recipient=False)
        except (SMTPException, OSError) as error:
            return Unknown(f"no answer after the text was handed over: {_kind(error)}")
        return Sent()


def _kind(error: Exception) -> str:
    """Return what happened without its text, which may quote an address."""
    return type(error).__name__
