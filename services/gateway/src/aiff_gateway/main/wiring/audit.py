"""The audit log with its adapters."""

from functools import partial

from sqlalchemy import Engine

from aiff_gateway.audit.application import AuditQueries
from aiff_gateway.main.unit_of_work import SqlUnitOfWork


def audit_queries(engine: Engine) -> AuditQueries:
    """Return what auditors read, for the routes and for the command line."""
    return AuditQueries(partial(SqlUnitOfWork, engine))
