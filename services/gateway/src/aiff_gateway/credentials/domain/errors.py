"""What can be wrong with a sign-in or a key."""

from aiff_gateway.shared.errors import GatewayError


class WrongSignInError(GatewayError):
    """E-mail and password do not fit; which of the two is never told."""


class TooManyWaitingError(GatewayError):
    """More people sign in than passwords can be checked; soon there is room again."""


class FreshSignInNeededError(GatewayError):
    """What opens an account is changed only shortly after a sign-in."""


class SessionNotFoundError(GatewayError):
    """No such open session among the caller's own."""


class CredentialNotFoundError(GatewayError):
    """No such key among those that the caller manages."""


class ScopesNotHeldError(GatewayError):
    """A key was asked for with more than its owner may do."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        """Keep the scopes that the owner does not hold."""
        self.missing = missing
        super().__init__(f"you do not hold: {', '.join(missing)}")


class ExpiryInThePastError(GatewayError):
    """A key was asked for that would be expired at once."""


class TooManyKeysError(GatewayError):
    """The organisation, or the person, has as many live keys as it may have."""


class KeyEndedError(GatewayError):
    """A key that opens nothing any more cannot be rotated."""


class NotActingForError(GatewayError):
    """The person may not act for the organisation that they name."""
