"""Which error of the catalogue is which answer."""

from aiff_catalog.application.ports import DatabaseUnavailableError
from aiff_catalog.domain import errors
from aiff_kit.http.app import ErrorTable
from aiff_kit.outbox import EventTooLargeError
from aiff_kit.problems import (
    CONFLICT,
    GONE,
    NOT_FOUND,
    PRECONDITION_FAILED,
    TOO_LARGE,
    UNAVAILABLE,
    problem_type,
)

SLUG_TAKEN = problem_type(
    "slug-taken",
    409,
    ("Nom d'adresse déjà pris", "Slug already taken"),
    ("Choisissez un autre slug.", "Choose another slug."),
)

ERRORS: ErrorTable = {
    errors.OfferNotFoundError: NOT_FOUND,
    errors.OrganisationNotFoundError: NOT_FOUND,
    errors.SlugTakenError: SLUG_TAKEN,
    errors.StaleVersionError: PRECONDITION_FAILED,
    errors.AlreadyPublishedError: CONFLICT,
    errors.NotPublishedError: CONFLICT,
    errors.OfferWithdrawnError: GONE,
    DatabaseUnavailableError: UNAVAILABLE,
    EventTooLargeError: TOO_LARGE,
}
