"""How is one address asked, politely and without trusting what answers?

One GET under one time limit, with the validators of the last answer, a cap on the decoded bytes, and redirects
followed by hand so that each stop is checked. Every failure comes back as a value with a plain reason.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from alerts.sources.addresses import AddressRefusedError, CheckedResolver, why_not
from alerts.sources.model import Fault

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
ACCEPT_ENCODING = "gzip, deflate, br"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_WITH_CONTENT = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
_LONGEST_VALIDATOR = 512
_CHUNK = 64 * 1024
# What politeness.py reads to decide when to ask again.
_CACHE_HEADERS = ("Cache-Control", "Expires", "Date", "Age", "Retry-After")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long one fetch may take in all, how many decoded bytes and how many redirects it may have."""

    total: timedelta = timedelta(seconds=20)
    most_bytes: int = 2 * 1024 * 1024
    redirects: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Content was sent. `headers` are the caching ones; `moved_to` is the address to use from now on, or None."""

    content: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """Nothing changed since the validators were given; new ones may come with that answer."""

    etag: str | None = None
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """Nothing usable came. `reason` is a short English sentence without the address, which alone tells failures apart.

    `headers` may ask for patience.
    """

    reason: str
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Fault = field(default=Fault.UNREACHABLE, compare=False)


Fetched = Body | NotModified | FetchFailed


class Fetcher:
    """Asks addresses over one HTTP session; use it as an async context manager."""

    def __init__(
        self,
        *,
        contact: str | None,
        allow_private: bool,
        version: str,
        limits: FetchLimits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._user_agent = user_agent(version=version, contact=contact)
        self._allow_private = allow_private
        self._limits = limits or FetchLimits()
        self._inner_resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        resolver = CheckedResolver(allow_private=self._allow_private, inner=self._inner_resolver)
        self._session = aiohttp.ClientSession(
            # No DNS cache: an address is used right after its check, and never a later one.
            connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit_per_host=1),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING},
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(
        self, url: str, *, etag: str | None, last_modified: str | None, most_bytes: int | None = None
    ) -> Fetched:
        """Ask `url` once, unconditionally if both validators are None; `most_bytes` is the cap where it is not ours.

        Raises:
            RuntimeError: the fetcher is not open.
        """
        validators = _validators(etag, last_modified)
        try:
            async with asyncio.timeout(self._limits.total.total_seconds()):
                return await self._follow(url, validators, most_bytes or self._limits.most_bytes)
        except TimeoutError:
            reason = f"no complete answer within {self._limits.total.total_seconds():g} s"
            return FetchFailed(reason=reason, fault=Fault.SLOW)
        except (aiohttp.ClientError, ValueError, OSError) as error:
            return _failure(error)

    async def _follow(self, address: str, validators: Mapping[str, str], most_bytes: int) -> Fetched:
        """Go from stop to stop; `moved_to` follows only as long as every redirect so far was permanent."""
        url, moved_to, permanent = URL(address), None, True
        for _ in range(self._limits.redirects + 1):
            if refusal := why_not(url, allow_private=self._allow_private):
                return FetchFailed(reason=refusal, fault=Fault.FORBIDDEN_ADDRESS)
            async with self._open.get(url, headers=validators, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await self._answer(response, moved_to, most_bytes, conditional=bool(validators))
                target = response.headers.get("Location")
                permanent = permanent and response.status in _PERMANENT
            if not target:
                return FetchFailed(reason="it redirects without saying where")
            before, url = url, url.join(URL(target))
            # Away from encryption is never for good.
            permanent = permanent and (before.scheme, url.scheme) != ("https", "http")
            moved_to = str(url) if permanent else moved_to
        return FetchFailed(reason=f"more than {self._limits.redirects} redirects")

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("a Fetcher is used inside 'async with'")
        return self._session

    async def _answer(
        self, response: aiohttp.ClientResponse, moved_to: str | None, most_bytes: int, *, conditional: bool
    ) -> Fetched:
        headers = {name: response.headers[name] for name in _CACHE_HEADERS if name in response.headers}
        etag, last_modified = (_kept(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
        if response.status == HTTPStatus.NOT_MODIFIED and conditional:
            return NotModified(etag=etag, last_modified=last_modified, headers=headers, moved_to=moved_to)
        if response.status not in _WITH_CONTENT:
            return FetchFailed(reason=_status_reason(response.status), headers=headers, fault=Fault.REFUSED)
        content = await _content(response, most_bytes)
        if not isinstance(content, bytes):
            return content
        return Body(
            content=content,
            content_type=response.headers.get("Content-Type"),
            etag=etag,
            last_modified=last_modified,
            headers=headers,
            moved_to=moved_to,
        )


async def _content(response: aiohttp.ClientResponse, most_bytes: int) -> bytes | FetchFailed:
    """The decoded body, counted while it streams: neither Content-Length nor the packed size is to be believed."""
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > most_bytes:
            response.close()
            return FetchFailed(reason=f"larger than {most_bytes / 1024 / 1024:g} MB", fault=Fault.TOO_LARGE)
    return bytes(content) if content.strip() else FetchFailed(reason="an empty answer", fault=Fault.EMPTY)


def user_agent(*, version: str, contact: str | None) -> str:
    """Who asks, and whom to write to: ``Siraba/1.2 (+contact)``."""
    told = "".join(sign for sign in contact or "" if sign.isascii() and sign.isprintable()).strip()
    return f"Siraba/{version} (+{told})" if told else f"Siraba/{version}"


def _validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value}


def _kept(validator: str | None) -> str | None:
    """A validator worth sending back: anything odd would only break the next request."""
    if not validator or len(validator) > _LONGEST_VALIDATOR:
        return None
    return validator if validator.isascii() and validator.isprintable() else None


def _status_reason(status: int) -> str:
    try:
        return f"the server answered {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"the server answered {status}"


def _failure(error: Exception) -> FetchFailed:
    """One sentence per kind of failure; the library's own text may hold the address, with a password in it."""
    match error:
        case aiohttp.ClientConnectorDNSError(os_error=AddressRefusedError()):
            reason = "its name leads to an address that is not public"
            return FetchFailed(reason=reason, fault=Fault.FORBIDDEN_ADDRESS)
        case aiohttp.ClientConnectorDNSError():
            return FetchFailed(reason="its name could not be looked up")
        case aiohttp.ClientSSLError():
            return FetchFailed(reason="its certificate or encryption was not accepted")
        case aiohttp.ClientConnectorError():
            return FetchFailed(reason="no connection could be made")
        case aiohttp.ClientPayloadError():
            return FetchFailed(reason="the answer broke off or was packed wrongly")
        case aiohttp.InvalidURL() | ValueError():
            return FetchFailed(reason="its address is not a valid one")
        case aiohttp.ClientResponseError():
            return FetchFailed(reason="the answer is not proper HTTP")
        case _:
            return FetchFailed(reason="the connection broke")
