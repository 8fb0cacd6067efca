"""The client of the search engine on Pythons other than the one that runs the tests."""

import pytest
from opensearchpy.exceptions import ConnectionError as NotConnectedError

from aiff_catalog.search.adapters.opensearch.client import (
    OpenSearchServer,
    searching_client,
)


@pytest.mark.enable_socket
@pytest.mark.parametrize("needs_workaround", [True, False])
async def test_a_python_without_the_mended_fault_and_one_with_it_connect_without_a_warning(
    monkeypatch, needs_workaround
):
    monkeypatch.setattr("aiohttp.connector.NEEDS_CLEANUP_CLOSED", needs_workaround)
    client = searching_client(OpenSearchServer(url="http://127.0.0.1:9"))
    with pytest.raises(NotConnectedError):
        await client.info()
    await client.close()
