"""A test that does not say that it needs the network has none."""

import asyncio
import socket

import pytest
from pytest_socket import SocketBlockedError

# The plugin also warns of an attempt, for tests that catch every error.
pytestmark = pytest.mark.filterwarnings("ignore:A test tried to use socket")


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_test_without_the_mark_opens_no_socket(family):
    with pytest.raises(SocketBlockedError):
        socket.socket(family, socket.SOCK_STREAM)


def test_a_test_without_the_mark_reaches_nobody_through_the_standard_library():
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", 9), timeout=1)


@pytest.mark.enable_socket
def test_a_test_with_the_mark_does():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))


def test_an_event_loop_needs_no_mark():
    asyncio.run(asyncio.sleep(0))
