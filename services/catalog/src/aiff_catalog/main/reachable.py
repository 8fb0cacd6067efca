"""Whether the engines that the settings name answer, said in one line when a command starts."""

import sys

from opensearchpy.exceptions import OpenSearchException
from sqlalchemy import make_url

from aiff_catalog.adapters.database import open_database
from aiff_catalog.adapters.opensearch_client import shown, writing_client
from aiff_catalog.application.ports import DatabaseUnavailableError
from aiff_catalog.main.settings import CatalogSettings


def require_database(settings: CatalogSettings) -> None:
    """End the process where a database server is named and does not answer."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return
    engine = open_database(settings.database_url)
    try:
        engine.connect().close()
    except DatabaseUnavailableError as error:
        reason = str(getattr(error.__cause__, "orig", error.__cause__)).splitlines()[0]
        sys.exit(f"cannot start: CATALOG_DATABASE_URL={url} does not answer ({reason})")
    finally:
        engine.dispose()


def require_search(settings: CatalogSettings) -> None:
    """End the process where a search engine is named and does not answer."""
    url = settings.opensearch_url
    if url is None:
        return
    client = writing_client(url)
    try:
        client.info()
    except OpenSearchException as error:
        reason = " ".join(str(part) for part in error.args[:2]).splitlines()[0]
        sys.exit(f"cannot start: OPENSEARCH_URL={shown(url)} does not answer ({reason})")
    finally:
        client.close()
