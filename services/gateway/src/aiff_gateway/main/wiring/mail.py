"""Mail with what carries it."""

from functools import partial

from sqlalchemy import Engine

from aiff_gateway.mail.adapters.outbox_folder import OutboxFolder
from aiff_gateway.mail.adapters.texts import JinjaTexts
from aiff_gateway.mail.application.composing import Composing, Sender
from aiff_gateway.mail.application.ports import Carrier
from aiff_gateway.mail.application.sending import MailSending
from aiff_gateway.mail.domain.tokens import MailSecrets
from aiff_gateway.main.settings import Settings
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_kit.clock import Clock
from aiff_kit.settings import identity_secret


def mail_sending(engine: Engine, settings: Settings, clock: Clock) -> MailSending:
    """Return the worker's step."""
    secrets = MailSecrets(identity_secret(settings.runtime))
    sender = Sender(settings.mail.sender, settings.public_url)
    composing = Composing(JinjaTexts(sender.public_url), sender, secrets)
    open_uow = partial(SqlUnitOfWork, engine)
    return MailSending(open_uow, carrier(settings), composing, secrets, clock)


def carrier(settings: Settings) -> Carrier:
    """Return what takes letters away: a folder unless a mail server is named."""
    return OutboxFolder(settings.runtime.data_dir / "mail")
