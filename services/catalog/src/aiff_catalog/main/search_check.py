"""Whether the search engine that the settings name can be used, when a command starts."""

from opensearchpy.exceptions import OpenSearchException

from aiff_catalog.adapters.opensearch_client import shown, writing_client
from aiff_catalog.main.settings import CatalogSettings
from aiff_kit.startup import Check, UnusableError


def search_engine(settings: CatalogSettings) -> Check:
    """Return the check that OpenSearch answers, where one is named."""
    url = settings.opensearch_url
    return _opensearch(url) if url else _nothing


def _nothing() -> None:
    """Need nothing: the embedded index is made where it is missing."""


def _opensearch(url: str) -> Check:
    def check() -> None:
        client = writing_client(url)
        try:
            _look(client.info())
        except (OpenSearchException, ValueError) as error:
            mend = "start the server, or correct scheme, host, port, user or password"
            raise UnusableError(f"OPENSEARCH_URL={shown(url)}", _reason(error), mend) from error
        finally:
            client.close()

    return check


def _look(info: object) -> None:
    """Another server may answer too, and with JSON; OpenSearch names itself."""
    version = info.get("version") if isinstance(info, dict) else None
    if not isinstance(version, dict) or version.get("distribution") != "opensearch":
        message = "what answers there is not OpenSearch"
        raise ValueError(message)


def _reason(error: Exception) -> str:
    return " ".join(str(part) for part in error.args[:2]) or type(error).__name__
