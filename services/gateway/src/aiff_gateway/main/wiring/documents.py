"""The documents with what they are gathered from."""

from collections.abc import Callable

from fastapi import APIRouter

from aiff_gateway.documents.application import ApiDocument
from aiff_gateway.documents.domain import Document
from aiff_gateway.documents.entrypoints.http import document_routes
from aiff_gateway.edge.application.ports import Upstream


def api_document(
    upstream: Upstream, own: Callable[[], Document], monotonic: Callable[[], float]
) -> ApiDocument:
    """Return the document of the whole API; `own` describes the gateway's own routes."""
    return ApiDocument(upstream, own, monotonic)


def routes_of(document: ApiDocument) -> APIRouter:
    """Return the routes."""
    return document_routes(document)
