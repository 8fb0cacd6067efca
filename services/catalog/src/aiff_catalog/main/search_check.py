"""Whether the search engine that the settings name can be used, when a command starts."""

from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    OpenSearchException,
    SSLError,
)

from aiff_catalog.main.settings import OpenSearchSettings
from aiff_catalog.main.wiring.search_engine import opensearch_server
from aiff_catalog.search.adapters.opensearch.client import OpenSearchServer, writing_client
from aiff_kit.startup import Check, UnusableError


def search_engine(settings: OpenSearchSettings) -> Check:
    """Return the check that OpenSearch answers, where one is named."""
    server = opensearch_server(settings)
    return _opensearch(server) if server else _nothing


def _nothing() -> None:
    """Need nothing: the embedded index is made where it is missing."""


def _opensearch(server: OpenSearchServer) -> Check:
    def check() -> None:
        client = writing_client(server)
        try:
            _look(client.info())
        except (OpenSearchException, ValueError) as error:
            named = f"OPENSEARCH_URL={server.shown}"
            raise UnusableError(named, _reason(error), _mend(error)) from error
        finally:
            client.close()

    return check


def _mend(error: Exception) -> str:
    if isinstance(error, AuthenticationException | AuthorizationException):
        return "correct OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD, or what this user may do"
    if isinstance(error, SSLError):
        return "correct scheme, host, port or OPENSEARCH_CA_FILE"
    return "start the server, or correct scheme, host, port, user or password"


def _look(info: object) -> None:
    """Another server may answer too, and with JSON; OpenSearch names itself."""
    version = info.get("version") if isinstance(info, dict) else None
    if not isinstance(version, dict) or version.get("distribution") != "opensearch":
        message = "what answers there is not OpenSearch"
        raise ValueError(message)


def _reason(error: Exception) -> str:
    return " ".join(str(part) for part in error.args[:2]) or type(error).__name__
