"""Which error of matching is which answer."""

from aiff_kit.http.app import ErrorTable
from aiff_kit.problems import CONFLICT, FORBIDDEN, NOT_FOUND, PRECONDITION_FAILED, problem_type
from aiff_matching.shared import errors

BY_RECOMMENDATION = problem_type(
    "by-recommendation",
    409,
    ("Sur recommandation seulement", "By recommendation only"),
    (
        "Demandez à un organisme qui peut vous recommander.",
        "Ask an organisation that can recommend you.",
    ),
)
OFFER_CLOSED = problem_type(
    "offer-closed",
    409,
    ("Offre fermée", "Offer closed"),
    (
        "Attendez l'ouverture nommée dans detail, ou choisissez une autre offre.",
        "Wait for the opening named in detail, or choose another offer.",
    ),
)
ALREADY_REQUESTED = problem_type(
    "already-requested",
    409,
    ("Demande déjà en cours", "Already requested"),
    (
        "Suivez la demande ouverte, ou retirez-la d'abord.",
        "Follow the open request, or withdraw it first.",
    ),
)
WORDING_OUTDATED = problem_type(
    "wording-outdated",
    409,
    ("Texte du consentement changé", "Consent wording changed"),
    (
        "Relisez l'aperçu et envoyez la version du texte qu'il donne.",
        "Read the preview again and send the version of the wording that it gives.",
    ),
)

ERRORS: ErrorTable = {
    errors.StartUpNotFoundError: NOT_FOUND,
    errors.NeedNotFoundError: NOT_FOUND,
    errors.IntroductionNotFoundError: NOT_FOUND,
    errors.SearchNotFoundError: NOT_FOUND,
    errors.NoCoverageError: NOT_FOUND,
    errors.NoDossierError: NOT_FOUND,
    errors.NotAllowedError: FORBIDDEN,
    errors.StateError: CONFLICT,
    errors.ByRecommendationError: BY_RECOMMENDATION,
    errors.OfferClosedError: OFFER_CLOSED,
    errors.AlreadyRequestedError: ALREADY_REQUESTED,
    errors.WordingOutdatedError: WORDING_OUTDATED,
    errors.StaleVersionError: PRECONDITION_FAILED,
}
