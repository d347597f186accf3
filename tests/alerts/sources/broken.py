"""Ways a feed fails, each with the words in which its failure is told, and shapes a good feed has."""

import asyncio
import gzip
import json
from collections.abc import Callable, Mapping
from random import Random

import brotli
from aiohttp import web

from tests.alerts.sources.feed_server import FeedServer
from tests.alerts.sources.samples import feed_bytes

DATE = "Mon, 06 Oct 2025 09:30:00 +0000"
MB = 1024 * 1024
Fault = Callable[[FeedServer, str], None]


def titles_of(number: int) -> tuple[str, str]:
    return f"Le marché du quartier {number} a rouvert ce matin", f"Une soirée de musique au village {number}"


def _rss(number: int, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>', extra: str = "") -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://fil-{number}.example/{place}</link>"
        f"<guid isPermaLink='false'>{number}-{place}</guid><pubDate>{DATE}</pubDate>{extra}</item>"
        for place, title in enumerate(titles_of(number))
    )
    return f"{head}<rss version='2.0'><channel><title>Fil {number}</title>{items}</channel></rss>"


def _without_guid(number: int) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://fil-{number}.example/{place}?utm_source=rss</link></item>"
        for place, title in enumerate(titles_of(number))
    )
    return f"<rss version='2.0'><channel><title>Fil {number}</title>{items}</channel></rss>"


def _atom(number: int) -> str:
    entries = "".join(
        f"<entry><id>urn:{number}:{place}</id><title>{title}</title><updated>2025-10-06T09:30:00Z</updated></entry>"
        for place, title in enumerate(titles_of(number))
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Fil {number}</title>{entries}</feed>"


def _rdf(number: int) -> str:
    items = "".join(
        f"<item rdf:about='urn:{number}:{place}'><title>{title}</title><link>https://fil-{number}.example/{place}</link></item>"
        for place, title in enumerate(titles_of(number))
    )
    spaces = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
    return f"<rdf:RDF {spaces}><channel><title>Fil {number}</title></channel>{items}</rdf:RDF>"


def _json_feed(number: int) -> str:
    items = [{"id": f"{number}-{place}", "title": title} for place, title in enumerate(titles_of(number))]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": f"Fil {number}", "items": items})


def put_good(server: FeedServer, host: str, number: int) -> None:
    """One of the shapes that good feeds have, whole or damaged in a way that costs no entry."""
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    lie = '<?xml version="1.0" encoding="UTF-8"?>'
    script = "<description>&lt;script&gt;x()&lt;/script&gt;</description>"
    french = "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>lun., 06 oct. 2025 09:30</dc:date>"
    shapes: list[tuple[bytes, dict[str, str]]] = [
        (_rss(number).encode(), {"ETag": f'"{number}"', "Last-Modified": DATE}),
        (_rss(number, head=latin).encode("latin-1"), {}),
        (_rss(number, head=lie).encode("latin-1"), {}),
        (_rss(number, head="\n\n\ufeff").encode(), {}),
        (_rss(number, extra=script).encode(), {"Content-Type": "text/html"}),
        (_rss(number, extra=french).replace(f"<pubDate>{DATE}</pubDate>", "").encode(), {}),
        (_rss(number).replace("</channel>", "<item><title>à moitié").encode()[:-6], {}),
        (_rss(number, extra="<description>Riz & mil</description>").encode(), {}),
        (_without_guid(number).encode(), {}),
        (_atom(number).encode(), {"Content-Type": "application/atom+xml"}),
        (_rdf(number).encode(), {}),
        (_json_feed(number).encode(), {"Content-Type": "application/feed+json"}),
        (gzip.compress(_rss(number).encode()), {"Content-Encoding": "gzip"}),
        (brotli.compress(_rss(number).encode()), {"Content-Encoding": "br"}),
        (_rss(number).encode("utf-16"), {}),
    ]
    body, headers = shapes[number % len(shapes)]
    if number % 31 == 5:
        server.put(f"//{host}/moved", body, **{name.replace("-", "_"): value for name, value in headers.items()})
        server.redirect(f"//{host}/feed", "/moved", status=301)
        return
    server.put(f"//{host}/feed", body, **{name.replace("-", "_"): value for name, value in headers.items()})


def _answer(body: bytes, *, status: int = 200, **headers: str) -> Fault:
    return lambda server, path: server.put(path, body, status=status, **headers)


def _leads_to(target: str) -> Fault:
    return lambda server, path: server.redirect(path, target, status=302)


def _behaves(answer: Callable[[web.Request], object]) -> Fault:
    def put(server: FeedServer, path: str) -> None:
        server.answers[path] = answer  # type: ignore[assignment]

    return put


async def _hang(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def _trickle(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"<")
        await asyncio.sleep(0.05)


async def _break_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "5000"})
    await response.prepare(request)
    await response.write(b"<rss version='2.0'><channel>")
    assert request.transport is not None
    request.transport.close()
    return response


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x" * 65_536)


FAULTS: Mapping[str, tuple[Fault, str]] = {
    "not-found": (_answer(b"", status=404), "the server answered 404 Not Found"),
    "gone": (_answer(b"", status=410), "the server answered 410 Gone"),
    "forbidden": (_answer(b"no", status=403), "the server answered 403 Forbidden"),
    "broken-server": (_answer(b"", status=500), "the server answered 500 Internal Server Error"),
    "asks-for-patience": (
        _answer(b"", status=429, Retry_After="1800"),
        "the server answered 429 Too Many Requests",
    ),
    "a-304-nobody-asked-for": (_answer(b"", status=304), "the server answered 304 Not Modified"),
    "a-web-page": (_answer(feed_bytes("login_page.html")), "a web page, not a feed"),
    "an-xhtml-page": (_answer(feed_bytes("xhtml_page.html")), "a web page, not a feed"),
    "a-site-map": (_answer(feed_bytes("sitemap.xml")), "XML, but not a feed"),
    "empty": (_answer(b""), "an empty answer"),
    "white-space": (_answer(b" \n\n "), "an empty answer"),
    "no-entries": (_answer(feed_bytes("channel_without_entries.xml")), "a feed with no entries"),
    "entries-without-text": (_answer(feed_bytes("entries_without_any_text.xml")), "a feed with no usable entries"),
    "cut-in-its-first-entry": (
        _answer(feed_bytes("truncated_in_only_entry.xml")),
        "a feed that broke off in its first entry",
    ),
    "random-bytes": (_answer(Random(5).randbytes(4_000)), "not a feed"),
    "broken-json": (_answer(b'{"version": '), "broken JSON, not a feed"),
    "other-json": (_answer(b'{"error": "no"}'), "JSON, but not a JSON Feed"),
    "a-local-path": (_answer(b"/etc/passwd"), "not a feed"),
    "packed-twice": (_answer(gzip.compress(b"<rss/>")), "a packed file, not a feed"),
    "packed-wrongly": (
        _answer(b"<rss/>", Content_Encoding="gzip"),
        "the answer broke off or was packed wrongly",
    ),
    "a-bomb-of-gzip": (_answer(gzip.compress(b"\0" * 60 * MB), Content_Encoding="gzip"), "larger than 2 MB"),
    "a-bomb-of-brotli": (_answer(brotli.compress(b"\0" * 60 * MB), Content_Encoding="br"), "larger than 2 MB"),
    "too-large": (_answer(b"x" * (2 * MB + 1)), "larger than 2 MB"),
    "endless": (_behaves(_endless), "larger than 2 MB"),
    "hangs": (_behaves(_hang), "no complete answer within 5 s"),
    "trickles": (_behaves(_trickle), "no complete answer within 5 s"),
    "breaks-off": (_behaves(_break_off), "the answer broke off or was packed wrongly"),
    "leads-in-circles": (_leads_to("/feed"), "more than 3 redirects"),
    "leads-to-a-file": (_leads_to("file:///etc/passwd"), "its address is neither http nor https"),
    "leads-nowhere": (_leads_to(""), "it redirects without saying where"),
    "leads-to-the-machine-itself": (_leads_to("http://127.0.0.1:1/"), "its address is not public"),
    "leads-to-a-neighbour": (
        _leads_to("http://inside.example/"),
        "its name leads to an address that is not public",
    ),
}
"""Forty broken feeds are made of these: each once, the first eight twice."""
