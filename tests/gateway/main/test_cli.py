"""The operator's command line on a real database."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.gateway.harness import SECRET
from typer.testing import CliRunner, Result

from aiff_gateway.mail.application.reading import ReturnedMail
from aiff_gateway.mail.domain.tokens import MailSecrets
from aiff_gateway.main.cli import OwnCommands, add_own_commands
from aiff_gateway.main.cli import cli as whole_cli
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.main.wiring.accounts import account_administration
from aiff_gateway.main.wiring.audit import audit_queries
from aiff_gateway.main.wiring.credentials import api_keys
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.clock import utc_now
from aiff_kit.db import open_engine, sqlite_url, upgrade

PASSWORD = "correct horse battery staple\n"
ADD = ["accounts", "add", "ada@example.org", "--role", "partner", "--organisation", "genci"]


@pytest.fixture
def app(tmp_path: Path) -> typer.Typer:
    url = sqlite_url(tmp_path / "gateway.db")
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    document = {"openapi": "3.1.0", "x-missing": ["matching"]}
    cli = typer.Typer()
    add_own_commands(
        cli,
        OwnCommands(
            document=lambda: document,
            accounts=lambda: account_administration(engine, utc_now),
            keys=lambda: api_keys(engine, utc_now),
            audit=lambda: audit_queries(engine),
            mail=lambda: ReturnedMail(partial(SqlUnitOfWork, engine), MailSecrets(SECRET), utc_now),
        ),
    )
    return cli


def run(app: typer.Typer, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=text)


def test_an_account_is_added_with_a_password_from_standard_input(app):
    assert run(app, *ADD, text=PASSWORD).exit_code == 0
    assert run(app, "accounts", "list").stdout == "ada@example.org  partner  genci\n"


def test_a_generated_password_is_shown_once(app):
    shown = run(app, *ADD, "--generate")
    assert re.search(r"password, shown only now: \S{20,}", shown.stdout)


@pytest.mark.parametrize(
    ("arguments", "text", "reason"),
    [
        (["accounts", "add", "ada", "--role", "curator"], PASSWORD, "not an e-mail"),
        (["accounts", "add", "a@b.fr", "--role", "curator"], "short\n", "12 to 256"),
        (["accounts", "add", "a@b.fr", "--role", "partner"], PASSWORD, "name its slug"),
        (["keys", "list", "a@b.fr"], None, "no account a@b.fr"),
        (["keys", "leaked"], f"aiff_k_00000000_{'A' * 43}\n", "no token of ours"),
        (["keys", "leaked"], "nonsense\n", "no token of ours"),
    ],
)
def test_a_refusal_is_one_line_and_a_failure(app, arguments, text, reason):
    refused = run(app, *arguments, text=text)
    assert refused.exit_code != 0
    assert reason in refused.output
    assert "Traceback" not in refused.output


def test_an_account_is_added_once(app):
    run(app, *ADD, text=PASSWORD)
    assert run(app, *ADD, text=PASSWORD).exit_code != 0


def test_a_key_is_made_listed_and_revoked(app):
    run(app, *ADD, text=PASSWORD)
    options = ["--name", "portal", "--scope", "offers:write"]
    made = run(app, "keys", "add", "ada@example.org", *options)
    key_id, prefix = made.stdout.split()[:2]
    assert f"{prefix}  live" in run(app, "keys", "list", "ada@example.org").stdout
    assert run(app, "keys", "revoke", "ada@example.org", key_id).exit_code == 0
    assert f"{prefix}  revoked" in run(app, "keys", "list", "ada@example.org").stdout


def test_a_token_that_was_found_somewhere_is_revoked_and_told_whose_it_is(app):
    run(app, *ADD, text=PASSWORD)
    options = ["--name", "portal", "--scope", "offers:write"]
    made = run(app, "keys", "add", "ada@example.org", *options).stdout
    token = made.split()[-1]
    assert token.startswith("aiff_k_")
    ended = run(app, "keys", "leaked", text=f"{token}\n")
    assert ended.exit_code == 0
    assert ended.stdout.endswith("portal  of genci\n")
    assert token not in ended.stdout
    assert "revoked" in run(app, "keys", "list", "ada@example.org").stdout


def test_an_incomplete_document_is_printed_but_fails(app):
    printed = run(app, "openapi")
    assert printed.exit_code != 0
    assert '"openapi": "3.1.0"' in printed.stdout


def test_the_gateway_has_the_commands_of_every_service_and_its_own():
    group: Any = typer.main.get_command(whole_cli)
    names = set(group.commands)
    every = {"serve", "migrate", "worker", "reconcile", "events"}
    assert names == every | {"accounts", "audit", "keys", "mail", "openapi"}
