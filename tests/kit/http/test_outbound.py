"""Requests to strangers' addresses: they reach the public internet and nothing else."""

import asyncio
import ipaddress
import socket
from contextlib import closing

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from aiff_kit.outbound import (
    Reach,
    RefusedAddressError,
    SafeClient,
    UnresolvedError,
    is_public,
    vet,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "fd00:ec2::254",
    ],
)
def test_what_is_not_public_is_refused_in_every_dress(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::8.8.8.8"])
def test_what_is_public_may_be_asked(address):
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_as_public_inside_an_ipv6_one(address):
    for dressed in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ipaddress.ip_address(dressed)) is is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///nothing",
        "https://user:secret@example.org/",
        "https://example.org:22/",
        "https://example.org:99999/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data",
        "//example.org/",
        "not an address",
        "https://[broken/",
        "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
        "http://127\u30020\u30020\u30021/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://\u0661\u0662\u0667.0.0.1/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://example.org.0x7f000001/",
        "http://[fe80::1%25eth0]/",
        "http://localhost/",
        "http://api.localhost/",
        "http://intranet/",
        "http://printer.local./",
        "http://metadata.google.internal/",
    ],
)
def test_an_address_that_nothing_is_sent_to_is_refused_where_it_is_written(url):
    with pytest.raises(RefusedAddressError):
        vet(url)


def test_an_address_of_the_web_is_kept_as_it_is():
    for url in ("https://example.org/a?b#c", "https://xn--caf-dma.example/", "http://8.8.8.8/"):
        assert str(vet(url)) == url
    assert vet("https://caf\u00e9.example/").raw_host == "xn--caf-dma.example"


@given(st.ip_addresses(v=4), st.sampled_from([0x660, 0x966, 0xFF10, 0x1D7CE]))
def test_an_address_in_other_digits_is_that_address_or_nothing(address, zero):
    other = "".join(chr(zero + int(one)) if one.isdigit() else one for one in str(address))
    try:
        assert vet(f"http://{other}/").raw_host == str(address)
    except RefusedAddressError:
        return
    assert is_public(address)


class Server:
    """A server on loopback that says what it is told to, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self._serving = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader, writer):
        self._serving.append(asyncio.current_task())
        with closing(writer):
            await self._answer(reader, writer)

    async def _answer(self, reader, writer):
        self.asked.append(await reader.readuntil(b"\r\n\r\n"))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        try:
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
        except ConnectionError:
            return

    @property
    def reach(self):
        """Allow this server, beside what is public."""
        return Reach(
            ports=frozenset((80, 443, self.port)),
            allows=lambda address: str(address) == "127.0.0.1" or is_public(address),
        )

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    async def asks(self, url=None, seconds=5.0):
        return await SafeClient(self.reach, seconds).ask("GET", url or self.url)


def redirect(location):
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.fixture
def names(monkeypatch):
    """Names that lead where a test says, and how often each was asked for."""
    leading, asked = {}, []

    async def getaddrinfo(_loop, host, port, **_):
        asked.append(host)
        if host not in leading:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        found = leading[host].pop(0) if len(leading[host]) > 1 else leading[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    return leading, asked


pytestmark = pytest.mark.enable_socket


async def test_an_answer_is_its_status():
    async with Server(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") as server:
        assert (await server.asks()).status == 404
        (asked,) = server.asked
        assert b"Cookie" not in asked
        assert b"Authorization" not in asked


async def test_redirects_are_followed_within_reach():
    async with Server(redirect("/there"), OK) as server:
        assert (await server.asks()).url.endswith("/there")
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    "location", ["http://127.0.0.2/", "http://10.0.0.1/", "file:///etc/passwd", "http://[::1]/"]
)
async def test_a_redirect_to_somewhere_private_is_not_followed(location):
    async with Server(redirect(location)) as server:
        with pytest.raises(RefusedAddressError):
            await server.asks()
        assert len(server.asked) == 1


async def test_redirects_that_never_end_are_left():
    async with Server(redirect("/again")) as server:
        with pytest.raises(RefusedAddressError, match="redirects"):
            await server.asks()
        assert len(server.asked) == 6


async def test_a_name_that_leads_somewhere_private_is_refused_at_the_connection(names):
    leading, _ = names
    async with Server(OK) as server:
        leading["inside.example"] = [["10.0.0.1"]]
        leading["half.example"] = [["127.0.0.1", "10.0.0.1"]]
        for host in ("inside.example", "half.example"):
            with pytest.raises(RefusedAddressError, match="leads to"):
                await server.asks(f"http://{host}:{server.port}/")
        assert server.asked == []


async def test_a_name_is_resolved_once_and_the_vetted_address_is_the_one_connected_to(names):
    leading, asked = names
    async with Server(OK) as server:
        leading["rebinding.example"] = [["127.0.0.1"], ["10.0.0.1"]]
        assert (await server.asks(f"http://rebinding.example:{server.port}/")).status == 200
        assert asked == ["rebinding.example"]
        assert b"Host: rebinding.example" in server.asked[0]


async def test_a_name_that_nobody_has_is_told_from_an_outage(names):
    async with Server(OK) as server:
        with pytest.raises(UnresolvedError) as told:
            await server.asks(f"http://nobody.example:{server.port}/")
    assert not told.value.passing


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.1", "\u2460\u2461\u2466.0.0.1"])
async def test_other_spellings_of_an_address_lead_nowhere(host, monkeypatch):
    # Whatever the parser lets through, no socket is opened to a private address.
    monkeypatch.setattr("aiff_kit.outbound.client.vet", lambda url, _: URL(url))
    async with Server(OK) as server:
        reach = Reach(ports=frozenset((server.port,)))
        with pytest.raises((RefusedAddressError, UnresolvedError, OSError, ValueError)):
            await SafeClient(reach, 5.0).ask("GET", f"http://{host}:{server.port}/")
        assert server.asked == []


async def test_proxies_of_the_environment_are_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with Server(OK) as server:
        assert (await server.asks()).status == 200


async def drip(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(100):
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless_headers(writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200_000):
        writer.write(b"X-%d: %s\r\n" % (number, b"a" * 1_000))
        await writer.drain()


async def huge_body(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    for _ in range(1_000):
        writer.write(b"x" * 100_000)
        await writer.drain()


async def test_a_server_that_drips_is_left_in_time():
    async with Server(drip) as server:
        with pytest.raises(TimeoutError):
            await server.asks(seconds=0.5)


async def test_headers_without_end_are_not_read_to_the_end():
    async with Server(endless_headers) as server:
        with pytest.raises((aiohttp.ClientError, TimeoutError)):
            await server.asks(seconds=3.0)


async def test_a_body_of_any_size_is_not_read():
    async with Server(huge_body) as server:
        assert (await server.asks()).status == 200
