"""What can go wrong, in the gateway's own terms."""


class GatewayError(Exception):
    """The base of every expected refusal; its text may be shown to the caller."""


class UpstreamUnavailableError(GatewayError):
    """The service behind a route could not be reached."""


class UpstreamTimeoutError(GatewayError):
    """The service behind a route did not answer in time."""


class WrongSignInError(GatewayError):
    """E-mail and password do not fit; which of the two is never told."""


class TooManySignInsError(GatewayError):
    """Sign-in was tried too often; `retry_after` seconds must pass."""

    def __init__(self, retry_after: int) -> None:
        """Keep the wait in whole seconds."""
        self.retry_after = retry_after
        super().__init__(f"too many sign-in attempts; try again in {retry_after} seconds")


class CredentialNotFoundError(GatewayError):
    """No such key among the caller's own."""


class ScopesNotHeldError(GatewayError):
    """A key was asked for with more than its owner may do."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        """Keep the scopes that the owner does not hold."""
        self.missing = missing
        super().__init__(f"you do not hold: {', '.join(missing)}")


class ExpiryInThePastError(GatewayError):
    """A key was asked for that would be expired at once."""


class TooManyKeysError(GatewayError):
    """The account has as many live keys as it may have."""


class AccountExistsError(GatewayError):
    """There is an account with this e-mail already."""


class AccountNotFoundError(GatewayError):
    """There is no account with this e-mail."""


class InvalidAccountError(GatewayError):
    """An account cannot be made like this; the text says what to correct."""


class StorageUnavailableError(GatewayError):
    """The gateway's own database did not answer."""
