"""Which service stands behind which path: the gateway's public map, as data."""

import re
from dataclasses import dataclass
from enum import StrEnum

from aiff_gateway.limits.domain.policies import Cost


class Service(StrEnum):
    """A service that answers behind the gateway; GATEWAY is the gateway itself."""

    CATALOG = "catalog"
    GATEWAY = "gateway"
    MATCHING = "matching"
    PORTAL = "portal"


# Bytes of a request's body; more may be sent only where a route says so, by somebody known.
LARGEST_BODY = 1_048_576
_LARGEST_BATCH = 8 * LARGEST_BODY
_LARGEST_FILE = 32 * LARGEST_BODY


@dataclass(frozen=True, slots=True)
class Route:
    """A path prefix, the service that answers for it, how much may be sent there, what it costs.

    `reading` is what GET costs at the prefix itself, `below` below it (None: the same), `changing`
    what every other method does. A route that is `free` is counted for nobody.
    """

    prefix: str
    service: Service
    largest_body: int = LARGEST_BODY
    reading: Cost = Cost.READ
    below: Cost | None = None
    changing: Cost = Cost.WRITE
    free: bool = False


ROUTES = (
    # Five hundred offers as large as those of the real catalogue.
    Route("/v1/offer-revisions", Service.CATALOG),
    Route("/v1/offers:batch", Service.CATALOG, _LARGEST_BATCH, changing=Cost.IMPORT),
    Route("/v1/offers/search", Service.CATALOG, changing=Cost.SEARCH),
    Route("/v1/offers/suggestions", Service.CATALOG, reading=Cost.SEARCH),
    Route("/v1/offers", Service.CATALOG, reading=Cost.SEARCH, below=Cost.READ),
    Route("/v1/compare", Service.CATALOG, changing=Cost.SEARCH),
    Route("/v1/organisations", Service.CATALOG),
    Route("/v1/partners", Service.CATALOG),
    Route("/v1/imports", Service.CATALOG, _LARGEST_FILE, changing=Cost.IMPORT),
    Route("/v1/vocabularies", Service.CATALOG),
    Route("/v1/territories", Service.CATALOG),
    Route("/v1/changes", Service.CATALOG),
    Route("/v1/exports", Service.CATALOG, below=Cost.PLAN),
    Route("/sitemap.xml", Service.CATALOG),
    Route("/sitemap", Service.CATALOG),
    Route("/v1/compute", Service.MATCHING, changing=Cost.PLAN),
    Route("/v1/listings", Service.CATALOG),
    Route("/v1/reviews", Service.CATALOG),
    Route("/v1/quality", Service.CATALOG),
    Route("/v1/reports", Service.CATALOG),
    Route("/v1/duplicates", Service.CATALOG),
    Route("/v1/statistics", Service.CATALOG),
    Route("/v1/introductions", Service.MATCHING),
    Route("/v1/received-introductions", Service.MATCHING),
    Route("/v1/introduction-tray", Service.MATCHING),
    Route("/v1/exposure", Service.MATCHING),
    Route("/v1/coverage", Service.MATCHING),
    Route("/v1/matches", Service.MATCHING, changing=Cost.MATCH),
    Route("/v1/partner-searches", Service.MATCHING, below=Cost.MATCH),
    Route("/v1/journeys", Service.MATCHING, changing=Cost.PLAN),
    Route("/v1/dossiers", Service.MATCHING, changing=Cost.PLAN),
    Route("/v1/rules", Service.MATCHING, changing=Cost.PLAN),
    Route("/v1/startups", Service.MATCHING),
    Route("/v1/needs", Service.MATCHING, below=Cost.MATCH),
    Route("/v1/accounts:confirm", Service.GATEWAY, changing=Cost.SIGN_IN),
    Route("/v1/accounts", Service.GATEWAY, changing=Cost.MAIL),
    Route("/v1/password-resets:complete", Service.GATEWAY, changing=Cost.SIGN_IN),
    Route("/v1/password-resets", Service.GATEWAY, changing=Cost.MAIL),
    Route("/v1/me/address", Service.GATEWAY, changing=Cost.MAIL),
    Route("/v1/sessions", Service.GATEWAY, changing=Cost.SIGN_IN),
    Route("/v1/me", Service.GATEWAY),
    Route("/v1/mail", Service.GATEWAY),
    Route("/v1/api-keys", Service.GATEWAY),
    Route("/v1/audit", Service.GATEWAY),
    Route("/v1/teams", Service.GATEWAY, changing=Cost.MAIL),
    Route("/v1/team-requests", Service.GATEWAY),
    Route("/openapi.json", Service.GATEWAY),
    Route("/docs", Service.GATEWAY),
    Route("/problems", Service.GATEWAY),
    Route("/health", Service.GATEWAY, free=True),
    Route("/static", Service.PORTAL, free=True),
    Route("/fr", Service.PORTAL, reading=Cost.SEARCH, changing=Cost.MATCH),
    Route("/en", Service.PORTAL, reading=Cost.SEARCH, changing=Cost.MATCH),
)
# Those of the pages; each is where the addresses of its pages begin.
LANGUAGES = ("fr", "en")
METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")

_READING = frozenset(("GET", "HEAD", "OPTIONS"))
_DOTTED = frozenset((".", ".."))
# An offer by its slug or id. What lies below it, and what helps while typing, is for programs.
_DOCUMENTATION = "/docs"
_PROBLEM = re.compile(r"/problems(/[0-9a-z-]+)?")
_OFFER = re.compile(r"/v1/offers/(?!suggestions$)([0-9a-z-]+)")


def service_of(raw_path: str, routes: tuple[Route, ...] = ROUTES) -> Service | None:
    """Return the service for a path, None where there is none; see `route_of`."""
    route = route_of(raw_path, routes)
    return route.service if route else None


def largest_body(raw_path: str, *, known: bool) -> int:
    """Return how many bytes a caller, known by a credential or not, may send to a path."""
    route = route_of(raw_path) if known else None
    return route.largest_body if route else LARGEST_BODY


def route_of(raw_path: str, routes: tuple[Route, ...] = ROUTES) -> Route | None:
    """Return the route for a path as it was sent (not decoded), None where there is none.

    A prefix covers whole segments and custom verbs (`/v1/offers:batch`). A path with dot
    segments in any spelling has no service: the one behind would read it differently.
    """
    if has_dot_segments(raw_path):
        return None
    return next((route for route in routes if covers(route.prefix, raw_path)), None)


def cost_of(method: str, raw_path: str) -> Cost | None:
    """Return what a request costs, None where it is counted for nobody.

    Signing out costs nothing that is worth an attack; what has no service is read at most.
    """
    route = route_of(raw_path)
    if route is None:
        return Cost.READ
    if route.free:
        return None
    if method not in _READING:
        return Cost.WRITE if method == "DELETE" else route.changing
    at_itself = raw_path == route.prefix or route.below is None
    return route.reading if at_itself else route.below


def page_of(raw_path: str, language: str) -> str | None:
    """Return the page in which people read what an address of the API names, None without one.

    Only letters, digits and hyphens are taken over: no address can lead elsewhere.
    """
    if raw_path == _DOCUMENTATION:
        return f"/{language}/api"
    named = _OFFER.fullmatch(raw_path) or _PROBLEM.fullmatch(raw_path)
    return f"/{language}/{named[0].removeprefix('/v1/').lstrip('/')}" if named else None


def language_of(raw_path: str) -> str | None:
    """Return the language of a page's address, None where it is no page's."""
    return next((language for language in LANGUAGES if covers(f"/{language}", raw_path)), None)


def covers(prefix: str, path: str) -> bool:
    """Tell whether a path is the prefix, below it, or a custom verb on it."""
    return path == prefix or path.startswith((f"{prefix}/", f"{prefix}:"))


def has_dot_segments(raw_path: str) -> bool:
    """Tell whether `.` or `..` is a segment, also when percent-encoded or behind a backslash."""
    if "." not in raw_path and "%" not in raw_path:
        return False
    plain = raw_path.lower().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/")
    return not _DOTTED.isdisjoint(plain.replace("\\", "/").split("/"))
