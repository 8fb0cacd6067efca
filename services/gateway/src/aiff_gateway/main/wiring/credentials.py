"""Sessions, keys and the recognising of callers with their adapters."""

from functools import partial

from sqlalchemy import Engine

from aiff_gateway.accounts.adapters.passwords import ArgonPasswords
from aiff_gateway.accounts.application.links import Links
from aiff_gateway.accounts.application.sign_up import SignUp
from aiff_gateway.credentials.adapters.pool import PasswordThreads
from aiff_gateway.credentials.adapters.store import SqlCredentialLookup
from aiff_gateway.credentials.application.acting import Acting
from aiff_gateway.credentials.application.api_keys import ApiKeys
from aiff_gateway.credentials.application.authentication import Authenticator
from aiff_gateway.credentials.application.opening import SessionOpening
from aiff_gateway.credentials.application.own_account import OwnAccountParts, OwnAccounts
from aiff_gateway.credentials.application.sessions import Sessions, SignInParts
from aiff_gateway.credentials.application.sign_in_waits import SignInWaits
from aiff_gateway.credentials.domain.devices import SignInSecrets
from aiff_gateway.credentials.entrypoints.http.routes import CredentialUseCases
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.organisations.adapters.standings import SqlBelongings, SqlStandings
from aiff_kit.clock import Clock


def credential_use_cases(engine: Engine, clock: Clock, secret: str) -> CredentialUseCases:
    """Return the use cases of the routes."""
    open_uow = partial(SqlUnitOfWork, engine)
    waits = SignInWaits(SignInSecrets(secret))
    passwords, links, opening = ArgonPasswords(), Links(clock), SessionOpening(clock)
    signing_in = SignInParts(passwords, waits, opening)
    own = OwnAccountParts(passwords, links, opening, waits)
    return CredentialUseCases(
        sessions=Sessions(open_uow, signing_in, clock),
        sign_up=SignUp(open_uow, passwords, links, clock),
        own_accounts=OwnAccounts(open_uow, own, clock),
        acting=Acting(open_uow, SqlBelongings(engine), opening, clock),
        keys=api_keys(engine, clock),
        authenticator=Authenticator(SqlCredentialLookup(engine, SqlStandings), open_uow, clock),
        slow=PasswordThreads(),
    )


def api_keys(engine: Engine, clock: Clock) -> ApiKeys:
    """Return the keys, for the routes and for the command line."""
    return ApiKeys(partial(SqlUnitOfWork, engine), clock)
