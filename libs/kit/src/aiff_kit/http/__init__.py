"""HTTP as every service speaks it: problems, strict input, ETags, cursors, idempotency."""

from aiff_kit.http.admission import Admission
from aiff_kit.http.app import service_app
from aiff_kit.http.cursor import (
    MOST_ITEMS,
    NOT_FILTERED,
    CursorSigner,
    PageParameters,
    Paging,
)
from aiff_kit.http.description import (
    CREATE_IF_ABSENT,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    IF_MATCH_WHERE_SENT,
    IF_NONE_MATCH,
    answered_with,
    sent_with,
)
from aiff_kit.http.etag import if_none_match, match_version, versioned_etag
from aiff_kit.http.health import Health
from aiff_kit.http.idempotency import IdempotencyStore, idempotency_table, idempotent
from aiff_kit.http.negotiation import negotiated
from aiff_kit.http.parameters import NoParameters, refuse_parameters
from aiff_kit.http.query import QueryRoute
from aiff_kit.http.server import run_server
from aiff_kit.http.strict import StrictRoute, strict_json

__all__ = [
    "CREATE_IF_ABSENT",
    "IDEMPOTENCY_KEY",
    "IF_MATCH",
    "IF_MATCH_WHERE_SENT",
    "IF_NONE_MATCH",
    "MOST_ITEMS",
    "NOT_FILTERED",
    "Admission",
    "CursorSigner",
    "Health",
    "IdempotencyStore",
    "NoParameters",
    "PageParameters",
    "Paging",
    "QueryRoute",
    "StrictRoute",
    "answered_with",
    "idempotency_table",
    "idempotent",
    "if_none_match",
    "match_version",
    "negotiated",
    "refuse_parameters",
    "run_server",
    "sent_with",
    "service_app",
    "strict_json",
    "versioned_etag",
]
