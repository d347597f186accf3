import ipaddress
import socket
from collections.abc import AsyncIterator, Mapping

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from alerts.sources import addresses
from alerts.sources.addresses import AddressRefusedError, CheckedResolver, is_public, why_not
from alerts.sources.fetch import Body, Fetcher, FetchFailed
from tests.alerts.sources.feed_server import FeedServer
from tests.alerts.sources.samples import rss

PRIVATE = [
    pytest.param("127.0.0.1", id="loopback"),
    pytest.param("127.8.9.10", id="loopback-elsewhere"),
    pytest.param("0.0.0.0", id="unspecified"),  # noqa: S104 -- refused, never bound
    pytest.param("10.1.2.3", id="private-10"),
    pytest.param("172.16.0.1", id="private-172"),
    pytest.param("192.168.1.1", id="private-192"),
    pytest.param("100.64.0.1", id="carrier-nat"),
    pytest.param("169.254.169.254", id="link-local-metadata"),
    pytest.param("198.18.0.1", id="benchmarking"),
    pytest.param("203.0.113.5", id="documentation"),
    pytest.param("224.0.0.1", id="multicast"),
    pytest.param("233.252.1.1", id="multicast-global"),
    pytest.param("240.0.0.1", id="reserved"),
    pytest.param("255.255.255.255", id="broadcast"),
    pytest.param("::", id="v6-unspecified"),
    pytest.param("::1", id="v6-loopback"),
    pytest.param("fe80::1", id="v6-link-local"),
    pytest.param("fc00::1", id="v6-unique-local"),
    pytest.param("fd12:3456::1", id="v6-unique-local-random"),
    pytest.param("ff02::1", id="v6-multicast"),
    pytest.param("ff0e::1", id="v6-multicast-global"),
    pytest.param("2001:db8::1", id="v6-documentation"),
    pytest.param("::ffff:127.0.0.1", id="v4-mapped-loopback"),
    pytest.param("::ffff:10.0.0.1", id="v4-mapped-private"),
    pytest.param("2002:7f00:1::", id="6to4-loopback"),
    pytest.param("64:ff9b::7f00:1", id="nat64-loopback"),
    pytest.param("64:ff9b::a9fe:a9fe", id="nat64-metadata"),
    pytest.param("64:ff9b:1::a00:1", id="nat64-local-private"),
    pytest.param("2001:0:7f00:1::", id="teredo-loopback"),
]


class Names(AbstractResolver):
    """A name server of our own; `asked` is every look-up."""

    def __init__(self, known: Mapping[str, tuple[str, ...]]) -> None:
        self._known = known
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        self.asked.append(host)
        if host not in self._known:
            raise OSError("no such name")
        return [_result(host, address, port) for address in self._known[host]]

    async def close(self) -> None:
        pass


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)


def literal(address: str) -> str:
    return f"http://[{address}]/feed" if ":" in address else f"http://{address}/feed"


@pytest.fixture
async def guarded() -> AsyncIterator[Fetcher]:
    async with Fetcher(contact=None, allow_private=False, version="1.2") as opened:
        yield opened


async def ask(fetcher: Fetcher, url: str) -> object:
    return await fetcher.fetch(url, etag=None, last_modified=None)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"])
def test_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_private_address_is_refused_when_written_out(guarded: Fetcher, address: str) -> None:
    assert await ask(guarded, literal(address)) == FetchFailed(reason="its address is not public")


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_private_address_is_refused_behind_a_name(address: str) -> None:
    names = Names({"feeds.example": (address,)})
    async with Fetcher(contact=None, allow_private=False, version="1", resolver=names) as fetcher:
        answer = await ask(fetcher, "http://feeds.example/feed")

    assert answer == FetchFailed(reason="its name leads to an address that is not public")


async def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    names = Names({"feeds.example": ("93.184.215.14", "127.0.0.1")})

    with pytest.raises(AddressRefusedError):
        await CheckedResolver(allow_private=False, inner=names).resolve("feeds.example", 80)


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0177.0.0.1", "127.0.0.1.", "0x7f.1", "0x7f000001", "localhost", "１２７.0.0.1"]
)
async def test_no_spelling_of_loopback_gets_through(guarded: Fetcher, server: FeedServer, host: str) -> None:
    answer = await ask(guarded, f"http://{host}:{server.port}/feed")

    assert isinstance(answer, FetchFailed)
    assert server.log == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://feeds.example/feed",
        "gopher://feeds.example/",
        "data:text/xml,<rss/>",
        "http:///feed",
        "/etc/passwd",
        "feeds.example/feed",
        "",
    ],
)
def test_only_web_addresses_are_asked(url: str) -> None:
    assert why_not(URL(url), allow_private=True) is not None


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("http://127.0.0.2/feed", id="loopback"),
        pytest.param("http://169.254.169.254/latest/meta-data/", id="metadata"),
        pytest.param("http://[::ffff:10.0.0.1]/", id="v4-mapped"),
        pytest.param("//192.168.1.1/", id="without-scheme"),
        pytest.param("http://inside.example/", id="by-name"),
        pytest.param("file:///etc/passwd", id="file"),
    ],
)
async def test_a_redirect_is_checked_like_the_first_address(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    # The one public host these tests can reach is a server on loopback, so that address alone counts as public.
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.1" or real(address))
    server.redirect("/feed", target, status=302)
    names = Names({"inside.example": ("10.0.0.1",)})
    async with Fetcher(contact=None, allow_private=False, version="1", resolver=names) as fetcher:
        answer = await ask(fetcher, server.url("/feed"))

    assert isinstance(answer, FetchFailed)
    assert "not public" in answer.reason or "neither http nor https" in answer.reason
    assert len(server.log) == 1


async def test_the_connection_goes_to_the_address_that_was_checked(server: FeedServer) -> None:
    server.put("/feed", rss("Pont coupé"))
    names = Names({"feeds.example": ("127.0.0.1",)})
    async with Fetcher(contact=None, allow_private=True, version="1", resolver=names) as fetcher:
        answer = await ask(fetcher, f"http://feeds.example:{server.port}/feed")

    assert isinstance(answer, Body)
    assert names.asked == ["feeds.example"]
    assert server.log[0].headers["Host"] == f"feeds.example:{server.port}"


async def test_a_name_nobody_knows_is_a_plain_failure() -> None:
    async with Fetcher(contact=None, allow_private=False, version="1", resolver=Names({})) as fetcher:
        answer = await ask(fetcher, "http://feeds.example/feed")

    assert answer == FetchFailed(reason="its name could not be looked up")
