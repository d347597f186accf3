"""Where do the demo's news come from? A small RSS server on this machine, polite to conditional requests."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from types import TracebackType
from typing import Self
from xml.etree import ElementTree as ET

from aiohttp import web

from bot.demo.telegram.bell import Bell

HOST = "127.0.0.1"
PATIENCE = 10.0
LOGIN_PAGE = b"<!doctype html><html><head><title>Connexion</title></head><body><form></form></body></html>"


class FeedFault(StrEnum):
    """How a feed lets its readers down."""

    SERVER_ERROR = "server_error"
    NOT_FOUND = "not_found"
    HTML_PAGE = "html_page"
    HANG = "hang"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed."""

    title: str
    summary: str
    link: str
    guid: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """One request that was answered; `status` 0 where the answer was held back."""

    feed_id: str
    status: int
    etag: str | None
    user_agent: str


@dataclass(slots=True)
class _Feed:
    """A feed: its items, or `body` if its bytes were given whole."""

    items: list[Item] = field(default_factory=list)
    body: bytes | None = None
    fault: FeedFault | None = None
    times: int | None = None


class FeedServer:
    """Serves `/feeds/<id>.xml` while the `async with` lasts. An unknown id is an empty feed."""

    def __init__(self, port: int = 0) -> None:
        self.requests: list[FeedRequest] = []
        self._port = port
        self._feeds: dict[str, _Feed] = {}
        self._asked = Bell()
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/feeds/{id}.xml", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def url(self, feed_id: str) -> str:
        """Return the address of a feed."""
        return f"http://{HOST}:{self._port}/feeds/{feed_id}.xml"

    def publish(
        self,
        feed_id: str,
        *,
        title: str,
        summary: str,
        published: datetime,
        link: str | None = None,
        guid: str | None = None,
    ) -> Item:
        """Put an item on top of a feed; one with the guid of an earlier item takes its place."""
        feed = self._feed(feed_id)
        link = link or f"{self.url(feed_id)}#{len(feed.items) + 1}"
        item = Item(title=title, summary=summary, link=link, guid=guid or link, published=published)
        feed.items = [item, *(old for old in feed.items if old.guid != item.guid)]
        return item

    def serve_bytes(self, feed_id: str, body: bytes) -> None:
        """Serve exactly `body` as this feed."""
        self._feed(feed_id).body = body

    def fail(self, feed_id: str, fault: FeedFault, *, times: int | None = None) -> None:
        """Let a feed fail so many times, None for until it is healed."""
        feed = self._feed(feed_id)
        feed.fault, feed.times = fault, times

    def heal(self, feed_id: str) -> None:
        """Let a feed work again."""
        self._feed(feed_id).fault = None

    async def wait_requests(
        self,
        holds: Callable[[list[FeedRequest]], bool],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - whoever waits says for how long
    ) -> None:
        """Wait until the requests so far are as `holds` says.

        Raises:
            TimeoutError: they were not within `timeout` seconds.
        """
        if not await self._asked.wait_until(lambda: holds(self.requests), timeout):
            raise TimeoutError(f"the feeds were asked {len(self.requests)} times")

    def _feed(self, feed_id: str) -> _Feed:
        return self._feeds.setdefault(feed_id, _Feed())

    async def _serve(self, request: web.Request) -> web.Response:
        feed_id = request.match_info["id"]
        feed = self._feed(feed_id)
        fault = _strike(feed)
        body = feed.body if feed.body is not None else _rss(feed_id, feed.items)
        response = _answer(request, feed, body) if fault is None else _fault_answer(fault, body)
        self._note(request, feed_id, 0 if fault is FeedFault.HANG else response.status)
        if fault is FeedFault.HANG:
            await self._closing.wait()
        return response

    def _note(self, request: web.Request, feed_id: str, status: int) -> None:
        headers = request.headers
        self.requests.append(
            FeedRequest(
                feed_id=feed_id,
                status=status,
                etag=headers.get("If-None-Match"),
                user_agent=headers.get("User-Agent", ""),
            )
        )
        self._asked.ring()


def _strike(feed: _Feed) -> FeedFault | None:
    if feed.fault is None or feed.times == 0:
        return None
    if feed.times is not None:
        feed.times -= 1
    return feed.fault


def _answer(request: web.Request, feed: _Feed, body: bytes) -> web.Response:
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
    if feed.items and feed.body is None:
        headers["Last-Modified"] = format_datetime(max(item.published for item in feed.items), usegmt=True)
    if _unchanged(request, headers):
        return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    return web.Response(body=body, content_type="application/rss+xml", charset="utf-8", headers=headers)


def _unchanged(request: web.Request, headers: dict[str, str]) -> bool:
    if known := request.headers.get("If-None-Match"):
        return known == headers["ETag"]
    since, modified = request.headers.get("If-Modified-Since"), headers.get("Last-Modified")
    return bool(since and modified and parsedate_to_datetime(since) >= parsedate_to_datetime(modified))


def _fault_answer(fault: FeedFault, body: bytes) -> web.Response:
    match fault:
        case FeedFault.SERVER_ERROR:
            return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR, text="Internal Server Error")
        case FeedFault.NOT_FOUND:
            return web.Response(status=HTTPStatus.NOT_FOUND, text="Not Found")
        case FeedFault.HTML_PAGE:
            return web.Response(body=LOGIN_PAGE, content_type="text/html")
        case FeedFault.TRUNCATED | FeedFault.HANG:
            return web.Response(body=body[: len(body) * 2 // 3], content_type="application/rss+xml", charset="utf-8")


def _rss(feed_id: str, items: list[Item]) -> bytes:
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    for name, text in (("title", feed_id), ("link", f"http://{HOST}/"), ("description", feed_id)):
        ET.SubElement(channel, name).text = text
    for item in items:
        entry = ET.SubElement(channel, "item")
        for name, text in (("title", item.title), ("description", item.summary), ("link", item.link)):
            ET.SubElement(entry, name).text = text
        ET.SubElement(entry, "guid", isPermaLink="false").text = item.guid
        ET.SubElement(entry, "pubDate").text = format_datetime(item.published)
    written: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return written
