"""Accounts with their adapters."""

from functools import partial

from sqlalchemy import Engine

from aiff_gateway.accounts.adapters.passwords import ArgonPasswords
from aiff_gateway.accounts.application.accounts import AccountAdministration
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_kit.clock import Clock


def account_administration(engine: Engine, clock: Clock) -> AccountAdministration:
    """Return the use cases of the command line."""
    return AccountAdministration(partial(SqlUnitOfWork, engine), ArgonPasswords(), clock)
