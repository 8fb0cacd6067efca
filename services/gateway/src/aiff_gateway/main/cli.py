"""The command line: what every service has, accounts, keys, and the API document."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer
from sqlalchemy import Engine

from aiff_gateway.accounts.application.accounts import AccountAdministration
from aiff_gateway.accounts.entrypoints.cli import account_commands
from aiff_gateway.audit.application import AuditQueries
from aiff_gateway.audit.entrypoints.cli import audit_commands
from aiff_gateway.credentials.application.api_keys import ApiKeys
from aiff_gateway.credentials.entrypoints.cli import key_commands
from aiff_gateway.documents.entrypoints.cli import add_document_command
from aiff_gateway.mail.application.reading import ReturnedMail
from aiff_gateway.mail.entrypoints.cli import mail_commands
from aiff_gateway.main.externals import externals_of
from aiff_gateway.main.service import SERVICE
from aiff_gateway.main.settings import Settings
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.main.wiring.audit import audit_queries
from aiff_gateway.main.wiring.credentials import api_keys
from aiff_gateway.main.wiring.mail import returned_mail
from aiff_kit.clock import utc_now
from aiff_kit.db import open_engine
from aiff_kit.service import command_line, engine_checks, read_settings
from aiff_kit.startup import require


@dataclass(frozen=True, slots=True)
class OwnCommands:
    """What the commands that only the gateway has call; each opens what it needs."""

    document: Callable[[], dict[str, Any]]
    accounts: Callable[[], AccountAdministration]
    keys: Callable[[], ApiKeys]
    audit: Callable[[], AuditQueries]
    mail: Callable[[], ReturnedMail]


def add_own_commands(cli: typer.Typer, commands: OwnCommands) -> None:
    """Add them to what every service has."""
    add_document_command(cli, commands.document)
    cli.add_typer(account_commands(commands.accounts), name="accounts")
    cli.add_typer(key_commands(commands.accounts, commands.keys), name="keys")
    cli.add_typer(audit_commands(commands.audit), name="audit")
    cli.add_typer(mail_commands(commands.mail), name="mail")


def _engine() -> Engine:
    """Return the database, or end the command with one line where it cannot be used."""
    settings = read_settings(Settings)
    require(*engine_checks(SERVICE, settings))
    return open_engine(settings.database_url)


def _returned_mail() -> ReturnedMail:
    return returned_mail(_engine(), read_settings(Settings), utc_now)


def _document() -> dict[str, Any]:
    # Of all commands only this one needs the routes, which take a second to build.
    from aiff_gateway.main.gateway import Gateway  # noqa: PLC0415

    settings = read_settings(Settings)
    return asyncio.run(Gateway(settings, externals_of(settings)).merged_document())


cli = command_line(SERVICE)
add_own_commands(
    cli,
    OwnCommands(
        document=_document,
        accounts=lambda: account_administration(_engine(), utc_now),
        keys=lambda: api_keys(_engine(), utc_now),
        audit=lambda: audit_queries(_engine()),
        mail=_returned_mail,
    ),
)
