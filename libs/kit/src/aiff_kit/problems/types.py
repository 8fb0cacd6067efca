"""The kinds of error that any service may answer with. A service adds its own."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error: its slug (the page `/problems/<slug>` explains it), status and titles."""

    slug: str
    status: int
    title_fr: str
    title_en: str
    mend_fr: str = ""
    mend_en: str = ""


REGISTRY: dict[str, ProblemType] = {}


def problem_type(
    slug: str, status: int, titles: tuple[str, str], mend: tuple[str, str]
) -> ProblemType:
    """Register a kind of error; `titles` and `mend` are in French and in English."""
    entry = ProblemType(slug, status, titles[0], titles[1], mend[0], mend[1])
    REGISTRY[slug] = entry
    return entry


def nearest(
    table: Mapping[type[Exception], ProblemType], error: type[Exception]
) -> ProblemType | None:
    """Return the entry of an error's class or of its nearest base that has one, else None."""
    return next((table[base] for base in error.__mro__ if base in table), None)


MALFORMED = problem_type(
    "malformed",
    400,
    ("Requête illisible", "Unreadable request"),
    (
        "Envoyez un JSON valide, en UTF-8, sans clé répétée.",
        "Send valid JSON, in UTF-8, without repeated keys.",
    ),
)
UNKNOWN_PARAMETER = problem_type(
    "unknown-parameter",
    400,
    ("Paramètre refusé", "Parameter refused"),
    (
        "Retirez ou corrigez les paramètres listés dans errors.",
        "Remove or correct the parameters listed in errors.",
    ),
)
CURSOR_MISMATCH = problem_type(
    "cursor-mismatch",
    400,
    ("Curseur inutilisable", "Cursor not usable"),
    (
        "Reprenez à la première page avec les mêmes filtres.",
        "Start again from the first page with the same filters.",
    ),
)
UNAUTHENTICATED = problem_type(
    "unauthenticated",
    401,
    ("Identification requise", "Authentication required"),
    (
        "Envoyez une clé d'API ou connectez-vous.",
        "Send an API key or sign in.",
    ),
)
NOT_THROUGH_GATEWAY = problem_type(
    "not-through-gateway",
    401,
    ("Appel hors passerelle", "Call outside the gateway"),
    (
        "Appelez l'adresse publique de la passerelle.",
        "Call the public address of the gateway.",
    ),
)
FORBIDDEN = problem_type(
    "forbidden",
    403,
    ("Droit insuffisant", "Not allowed"),
    (
        "Demandez le droit indiqué à un administrateur.",
        "Ask an administrator for the scope named in detail.",
    ),
)
NOT_FOUND = problem_type(
    "not-found",
    404,
    ("Introuvable", "Not found"),
    ("Vérifiez l'adresse ou l'identifiant.", "Check the address or the identifier."),
)
METHOD_NOT_ALLOWED = problem_type(
    "method-not-allowed",
    405,
    ("Méthode non permise", "Method not allowed"),
    ("Utilisez une méthode de l'en-tête Allow.", "Use a method of the Allow header."),
)
CONFLICT = problem_type(
    "conflict",
    409,
    ("Conflit", "Conflict"),
    (
        "Relisez l'objet, puis recommencez.",
        "Read the object again, then repeat.",
    ),
)
GONE = problem_type(
    "gone",
    410,
    ("Retirée", "Withdrawn"),
    ("La raison figure dans detail.", "The reason is in detail."),
)
PRECONDITION_FAILED = problem_type(
    "precondition-failed",
    412,
    ("Version dépassée", "Stale version"),
    (
        "Relisez l'objet et reportez votre changement sur la version actuelle.",
        "Read the object again and repeat your change on the current version.",
    ),
)
TOO_LARGE = problem_type(
    "too-large",
    413,
    ("Corps trop grand", "Body too large"),
    ("Envoyez moins de données par requête.", "Send less data in one request."),
)
NOT_ACCEPTABLE = problem_type(
    "not-acceptable",
    406,
    ("Aucun format acceptable", "No acceptable format"),
    (
        "Demandez dans Accept un des formats listés dans detail.",
        "Ask in Accept for one of the formats listed in detail.",
    ),
)
UNSUPPORTED_MEDIA_TYPE = problem_type(
    "unsupported-media-type",
    415,
    ("Format non pris en charge", "Unsupported media type"),
    ("Envoyez Content-Type: application/json.", "Send Content-Type: application/json."),
)
INVALID = problem_type(
    "invalid",
    422,
    ("Données invalides", "Invalid data"),
    (
        "Corrigez les champs listés dans errors.",
        "Correct the fields listed in errors.",
    ),
)
IDEMPOTENCY_KEY_REUSED = problem_type(
    "idempotency-key-reused",
    422,
    ("Clé d'idempotence déjà utilisée", "Idempotency key already used"),
    (
        "Prenez une nouvelle clé pour un autre corps.",
        "Use a new key for another body.",
    ),
)
PRECONDITION_REQUIRED = problem_type(
    "precondition-required",
    428,
    ("Version attendue", "Version required"),
    (
        "Envoyez If-Match avec l'ETag que vous avez lu.",
        "Send If-Match with the ETag that you read.",
    ),
)
TOO_MANY_REQUESTS = problem_type(
    "too-many-requests",
    429,
    ("Trop de requêtes", "Too many requests"),
    ("Attendez la durée de Retry-After.", "Wait for the time in Retry-After."),
)
HEADERS_TOO_LARGE = problem_type(
    "headers-too-large",
    431,
    ("En-têtes trop grands", "Headers too large"),
    ("Envoyez moins d'en-têtes.", "Send fewer headers."),
)
INTERNAL = problem_type(
    "internal",
    500,
    ("Erreur interne", "Internal error"),
    (
        "Recommencez, et signalez le request_id si l'erreur persiste.",
        "Try again, and report the request_id if it persists.",
    ),
)
UNAVAILABLE = problem_type(
    "unavailable",
    503,
    ("Service momentanément indisponible", "Service unavailable for the moment"),
    ("Recommencez après la durée de Retry-After.", "Try again after the time in Retry-After."),
)
TIMEOUT = problem_type(
    "timeout",
    504,
    ("Délai dépassé", "Timed out"),
    ("Recommencez plus tard.", "Try again later."),
)
