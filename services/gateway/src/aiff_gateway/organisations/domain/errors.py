"""What can be wrong with an organisation and with belonging to it."""

from aiff_gateway.shared.errors import GatewayError


class TeamNotFoundError(GatewayError):
    """There is no such organisation, or the caller does not belong to it."""


class MemberNotFoundError(GatewayError):
    """Nobody with this id belongs to the organisation."""


class InvalidOrganisationError(GatewayError):
    """An organisation cannot be made like this; the text says what to correct."""


class AlreadyMemberError(GatewayError):
    """The person belongs already, or nobody else can."""


class LastAdministratorError(GatewayError):
    """Without this person nobody would administer the organisation."""


class InvalidSuccessorError(GatewayError):
    """Keys can only pass to somebody who administers the organisation."""


class InvitationNotFoundError(GatewayError):
    """There is no such invitation, or it is not open any more."""


class NotInvitedError(GatewayError):
    """The invitation is for another address."""


class TooManyInvitationsError(GatewayError):
    """As many invitations as may be in a day were sent."""


class NotAdvisableError(GatewayError):
    """An adviser cannot be given these rights for this organisation."""

    def __init__(self, excess: tuple[str, ...]) -> None:
        """Keep the scopes that cannot be given."""
        self.excess = excess
        super().__init__(f"an adviser of this organisation cannot hold: {', '.join(excess)}")


class AdviserNotFoundError(GatewayError):
    """Nobody with this id advises the organisation."""


class NotListedError(GatewayError):
    """The catalogue lists no organisation under this slug."""


class RequestNotFoundError(GatewayError):
    """There is no such request that the caller may see."""


class RequestDecidedError(GatewayError):
    """The request is decided, or one like it is open."""


class StaleRequestError(GatewayError):
    """The request has another version than the decision was made on."""


class OwnRequestError(GatewayError):
    """Nobody decides about their own request."""


class SlugTakenError(GatewayError):
    """The slug belongs to an organisation that is no partner."""
