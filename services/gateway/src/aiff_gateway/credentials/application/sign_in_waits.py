"""Holding back whoever guesses, without locking out whom they guess at."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiff_gateway.credentials.application.ports import CredentialsUnitOfWork
from aiff_gateway.credentials.domain.devices import SignInSecrets
from aiff_gateway.credentials.domain.waits import Counted, Tries
from aiff_gateway.limits.domain.errors import TooManyAttemptsError
from aiff_gateway.shared.networks import subscriber_of


@dataclass(frozen=True, slots=True)
class Trial:
    """A try to sign in: what its failure would be counted for, by key."""

    keys: dict[str, Counted]

    @property
    def forgotten_by_success(self) -> Collection[str]:
        """Return the keys whose failures a right password settles: all but the network's.

        Whoever guesses from there may have an account too.
        """
        return [key for key, counted in self.keys.items() if counted is not Counted.NETWORK]


class SignInWaits:
    """Counts failures and tells who has to wait."""

    def __init__(self, secrets: SignInSecrets) -> None:
        """Keep what names that which is counted."""
        self._secrets = secrets

    def trial(self, email: str, address: str, person: UUID | None, mark: str | None) -> Trial:
        """Return what a try is counted for; on a known device only that device counts."""
        if person is not None and mark is not None and self._secrets.is_of(mark, person):
            return Trial({self._secrets.key("device", mark): Counted.DEVICE})
        network = subscriber_of(address)
        return Trial(
            {
                self._secrets.key("account", email, network): Counted.ACCOUNT_HERE,
                self._secrets.key("account", email): Counted.ACCOUNT,
                self._secrets.key("network", network): Counted.NETWORK,
            }
        )

    def admit(self, uow: CredentialsUnitOfWork, trial: Trial, now: datetime) -> None:
        """Raise TooManyAttemptsError, with the wait, where a try comes too early."""
        known = uow.tries.of(trial.keys)
        longest = max((tries.wait(now).total_seconds() for tries in known.values()), default=0.0)
        if longest > 0:
            raise TooManyAttemptsError("sign-in attempts", math.ceil(longest))

    def failed(self, uow: CredentialsUnitOfWork, trial: Trial, now: datetime) -> bool:
        """Count a failure; tell whether it makes the next try on the account wait."""
        known = uow.tries.of(trial.keys)
        counted = {
            key: known.get(key, Tries(counted=what, failures=0, last_at=now)).failed(now)
            for key, what in trial.keys.items()
        }
        uow.tries.save(counted, now)
        of_account = (one for one in counted.values() if one.counted is not Counted.NETWORK)
        return any(one.begins_to_wait() for one in of_account)

    def forgive(self, uow: CredentialsUnitOfWork, email: str, address: str) -> None:
        """Forget the failures on an account whose holder proved themselves in another way."""
        self.succeeded(uow, self.trial(email, address, None, None))

    def mark(self, person: UUID, shown: str | None) -> str:
        """Return the mark of a person's device: the one that it showed, or a new one."""
        if shown is not None and self._secrets.is_of(shown, person):
            return shown
        return self._secrets.mark(person)

    def succeeded(self, uow: CredentialsUnitOfWork, trial: Trial) -> None:
        """Forget the failures on an account whose holder came in."""
        uow.tries.forget(trial.forgotten_by_success)
