"""Which error of the catalogue is which answer."""

from aiff_catalog.shared import errors
from aiff_kit.http.app import ErrorTable
from aiff_kit.outbox import EventTooLargeError
from aiff_kit.problems import (
    CONFLICT,
    FORBIDDEN,
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

ILLEGAL_TRANSITION = problem_type(
    "illegal-transition",
    409,
    ("Étape impossible dans cet état", "Step not possible in this state"),
    (
        "Relisez l'offre (working-copy) et suivez les étapes du guide.",
        "Read the offer again (working-copy) and follow the steps of the guide.",
    ),
)
OUTDATED_REVISION = problem_type(
    "outdated-revision",
    409,
    ("Le texte publié a changé entre-temps", "The published text has changed meanwhile"),
    (
        "Comparez les deux textes, puis enregistrez de nouveau la révision.",
        "Compare the two texts, then save the revision again.",
    ),
)
OWN_TEXT = problem_type(
    "own-text",
    403,
    ("On n'approuve pas son propre texte", "Nobody approves their own text"),
    ("Demandez à un autre curateur.", "Ask another curator."),
)
TEXT_NOT_KEPT = problem_type(
    "text-not-kept",
    404,
    ("Texte non conservé", "Text not kept"),
    ("Choisissez un autre numéro de l'historique.", "Choose another number of the history."),
)
RESYNC_REQUIRED = problem_type(
    "resync-required",
    410,
    ("Synchronisation à reprendre", "Synchronisation must start again"),
    (
        "Lisez l'export complet (dump), puis reprenez au curseur de son en-tête Link.",
        "Read the full export (dump), then go on at the cursor of its Link header.",
    ),
)
CODE_IN_USE = problem_type(
    "code-in-use",
    409,
    ("Code encore utilisé", "The code is still in use"),
    (
        "Gardez le code, ou faites-en un alias de l'entrée qui le remplace.",
        "Keep the code, or make it an alias of the entry that takes its place.",
    ),
)
STILL_NAMED = problem_type(
    "still-named",
    409,
    ("D'autres offres la nomment encore", "Other offers still name it"),
    (
        "Nommez-y la fiche qui reste, puis fusionnez.",
        "Name the listing that stays there, then merge.",
    ),
)
PAST_INSTANT = problem_type(
    "past-instant",
    422,
    ("Date déjà passée", "The date has passed"),
    ("Choisissez une date à venir.", "Choose a date that is still to come."),
)

ERRORS: ErrorTable = {
    errors.OfferNotFoundError: NOT_FOUND,
    errors.OrganisationNotFoundError: NOT_FOUND,
    errors.ExternalIdUnknownError: NOT_FOUND,
    errors.OfferLinkedError: CONFLICT,
    errors.PairNotFoundError: NOT_FOUND,
    errors.MergedIntoItselfError: CONFLICT,
    errors.StillNamedError: STILL_NAMED,
    errors.ImportNotFoundError: NOT_FOUND,
    errors.MappingNotFoundError: NOT_FOUND,
    errors.TooManyImportsError: CONFLICT,
    errors.ClaimedError: CONFLICT,
    errors.ReportNotFoundError: NOT_FOUND,
    errors.ReportResolvedError: CONFLICT,
    errors.TooManyReportsError: CONFLICT,
    errors.NoStatisticsError: NOT_FOUND,
    errors.SlugTakenError: SLUG_TAKEN,
    errors.StaleVersionError: PRECONDITION_FAILED,
    errors.IllegalTransitionError: ILLEGAL_TRANSITION,
    errors.NothingPendingError: ILLEGAL_TRANSITION,
    errors.NoDraftError: ILLEGAL_TRANSITION,
    errors.VocabularyNotFoundError: NOT_FOUND,
    errors.CodeInUseError: CODE_IN_USE,
    errors.OutdatedBaseError: OUTDATED_REVISION,
    errors.OwnTextError: OWN_TEXT,
    errors.PastInstantError: PAST_INSTANT,
    errors.ReviewersOnlyError: FORBIDDEN,
    errors.TextNotKeptError: TEXT_NOT_KEPT,
    errors.DatabaseUnavailableError: UNAVAILABLE,
    errors.SearchIndexUnavailableError: UNAVAILABLE,
    EventTooLargeError: TOO_LARGE,
}
