"""The pages of a need over matching."""

import httpx2
import pytest
from tests.portal.backend import SECRET, Backend
from tests.portal.needs.forms import Screen

from aiff_matching.main.matching import Matching
from aiff_matching.main.web import application


@pytest.fixture
def backend(matching: Matching) -> Backend:
    return Backend(application(matching, SECRET), "matching")


@pytest.fixture
def screen(client: httpx2.AsyncClient) -> Screen:
    """What a reader without scripts does: open, fill in, press."""
    return Screen(client)
