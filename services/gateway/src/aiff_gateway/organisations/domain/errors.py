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
