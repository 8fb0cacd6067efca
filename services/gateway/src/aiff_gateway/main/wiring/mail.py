"""Mail with what carries it."""

from functools import partial
from uuid import UUID

from sqlalchemy import Engine

from aiff_gateway.mail.adapters.outbox_folder import OutboxFolder
from aiff_gateway.mail.adapters.smtp import SmtpCarrier, SmtpServer
from aiff_gateway.mail.adapters.texts import JinjaTexts
from aiff_gateway.mail.application.composing import Composing, Sender
from aiff_gateway.mail.application.ports import AddressOf, Carrier
from aiff_gateway.mail.application.reading import (
    MailErasure,
    MailingLists,
    ReturnedMail,
    SentMail,
)
from aiff_gateway.mail.application.sending import MailSending
from aiff_gateway.mail.domain.tokens import MailSecrets
from aiff_gateway.mail.entrypoints.http.routes import MailUseCases
from aiff_gateway.main.settings import Settings
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_kit.clock import Clock
from aiff_kit.http import CursorSigner
from aiff_kit.settings import identity_secret
from aiff_kit.tls import client_context


def mail_sending(engine: Engine, settings: Settings, clock: Clock) -> MailSending:
    """Return the worker's step."""
    secrets = MailSecrets(identity_secret(settings.runtime))
    sender = Sender(settings.mail.sender, settings.public_url)
    composing = Composing(JinjaTexts(sender.public_url), sender, secrets)
    open_uow = partial(SqlUnitOfWork, engine)
    return MailSending(open_uow, carrier(settings), composing, secrets, clock)


def carrier(settings: Settings) -> Carrier:
    """Return what takes letters away: a folder unless a mail server is named."""
    smtp = settings.smtp
    if smtp.host is None:
        return OutboxFolder(settings.runtime.data_dir / "mail")
    return SmtpCarrier(
        SmtpServer(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            tls=client_context(smtp.ca_file),
            username=smtp.username,
            password=smtp.password.get_secret_value() if smtp.password else None,
        )
    )


def mail_use_cases(
    engine: Engine, secret: str, cursors: CursorSigner, clock: Clock
) -> MailUseCases:
    """Return the use cases of the routes."""
    open_uow = partial(SqlUnitOfWork, engine)
    lists = MailingLists(open_uow, _addresses(engine), MailSecrets(secret), clock)
    return MailUseCases(SentMail(open_uow), lists, cursors)


def returned_mail(engine: Engine, settings: Settings, clock: Clock) -> ReturnedMail:
    """Return the use cases of the command line."""
    secrets = MailSecrets(identity_secret(settings.runtime))
    return ReturnedMail(partial(SqlUnitOfWork, engine), secrets, clock)


def mail_erasure(engine: Engine, settings: Settings) -> MailErasure:
    """Return what removes the letters to an address."""
    return MailErasure(partial(SqlUnitOfWork, engine), carrier(settings))


def _addresses(engine: Engine) -> AddressOf:
    def address_of(person: UUID) -> str | None:
        with SqlUnitOfWork(engine) as uow:
            account = uow.accounts.get(person)
        return account.email if account else None

    return address_of
