"""Who a caller is behind a load balancer, asked of the gateway's own process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from tests.gateway.harness import free_port

pytestmark = pytest.mark.enable_socket

ATTEMPTS = 10


@contextmanager
def gateway(data: Path, trusted: str) -> Iterator[str]:
    """Run the gateway as operators do, on a loopback port; yield its address."""
    port = free_port()
    environment = os.environ | {
        "AIFF_DATA_DIR": str(data),
        "AIFF_GATEWAY_PORT": str(port),
        "GATEWAY_TRUSTED_PROXIES": trusted,
    }
    command = (sys.executable, "-m", "aiff_gateway")
    subprocess.run((*command, "migrate"), env=environment, check=True, capture_output=True)
    with (data / "gateway.log").open("wb") as log:
        process = subprocess.Popen(
            (*command, "serve"), env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the gateway ended"
        try:
            httpx2.get(f"{address}/health/live", timeout=5).raise_for_status()
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the gateway does not answer")


def sign_in(address: str, client: str) -> int:
    answer = httpx2.post(
        f"{address}/v1/sessions",
        json={"email": "ada@example.org", "password": "wrong"},
        headers={"X-Forwarded-For": client},
        timeout=30,
    )
    return answer.status_code


@pytest.mark.parametrize("trusted", ["127.0.0.1", "192.0.2.1, 127.0.0.0/8"])
def test_a_trusted_proxy_names_the_client_so_each_has_a_limit_of_its_own(tmp_path, trusted):
    with gateway(tmp_path, trusted) as address:
        assert {sign_in(address, "203.0.113.1") for _ in range(ATTEMPTS)} == {401}
        assert sign_in(address, "203.0.113.1") == 429
        assert sign_in(address, "203.0.113.2") == 401
        # What a client says of itself stands before what the proxy adds, and changes nothing.
        assert sign_in(address, "198.51.100.9, 203.0.113.1") == 429


@pytest.mark.parametrize("trusted", ["", "192.0.2.0/24"])
def test_anybody_else_is_who_the_connection_says_whatever_the_header_claims(tmp_path, trusted):
    with gateway(tmp_path, trusted) as address:
        answers = {sign_in(address, f"203.0.113.{number}") for number in range(ATTEMPTS)}
        assert answers == {401}
        assert sign_in(address, "203.0.113.99") == 429


@pytest.mark.parametrize("trusted", ["10.0.0.1/8", "ingress", "10.0.0.0/8;::1"])
def test_a_proxy_that_could_never_be_met_ends_the_start_and_is_named(tmp_path, trusted):
    environment = os.environ | {"AIFF_DATA_DIR": str(tmp_path), "GATEWAY_TRUSTED_PROXIES": trusted}
    done = subprocess.run(
        (sys.executable, "-m", "aiff_gateway", "serve"),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("cannot start: wrong setting (GATEWAY_TRUSTED_PROXIES: ")
    assert done.stderr.count("\n") == 1
