"""The gateway's transaction, composed of the stores of its capabilities."""

from sqlalchemy import Connection

from aiff_gateway.accounts.adapters.links import SqlLinks
from aiff_gateway.accounts.adapters.store import SqlAccounts
from aiff_gateway.audit.adapters import SqlAuditLog
from aiff_gateway.credentials.adapters.store import SqlCredentials
from aiff_gateway.credentials.adapters.tries import SqlTries
from aiff_gateway.mail.adapters.store import SqlLetters, SqlStops
from aiff_gateway.organisations.adapters.advisers import SqlAdvisers
from aiff_gateway.organisations.adapters.invitations import SqlInvitations
from aiff_gateway.organisations.adapters.requests import SqlRequests
from aiff_gateway.organisations.adapters.standings import SqlStandings
from aiff_gateway.organisations.adapters.stores import SqlJoining, SqlMemberships, SqlOrganisations
from aiff_gateway.shared.errors import StorageUnavailableError
from aiff_kit.service import UnitOfWork


class SqlUnitOfWork(UnitOfWork):
    """A transaction on the gateway's database; a use case sees the stores of its capability."""

    unavailable = StorageUnavailableError
    accounts: SqlAccounts
    audit: SqlAuditLog
    credentials: SqlCredentials
    letters: SqlLetters
    links: SqlLinks
    mail_stops: SqlStops
    organisations: SqlOrganisations
    memberships: SqlMemberships
    advisers: SqlAdvisers
    invitations: SqlInvitations
    representation_requests: SqlRequests
    joining: SqlJoining
    standings: SqlStandings
    tries: SqlTries

    def _open(self, connection: Connection) -> None:
        self.accounts = SqlAccounts(connection)
        self.audit = SqlAuditLog(connection)
        self.credentials = SqlCredentials(connection)
        self.letters = SqlLetters(connection)
        self.links = SqlLinks(connection)
        self.mail_stops = SqlStops(connection)
        self.organisations = SqlOrganisations(connection)
        self.memberships = SqlMemberships(connection)
        self.advisers = SqlAdvisers(connection)
        self.invitations = SqlInvitations(connection)
        self.representation_requests = SqlRequests(connection)
        self.joining = SqlJoining(connection)
        self.standings = SqlStandings(connection)
        self.tries = SqlTries(connection)
