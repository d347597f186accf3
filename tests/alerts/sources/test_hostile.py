"""Everything a feed has been seen, or could be made, to answer with: none brings the parser down, or opens anything.

Time and memory are bounded by the product itself: whatever is not parsed in 5 seconds or within 200 MB is given up.
"""

import gzip
import os
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import brotli
import pytest
import pytest_asyncio

from alerts.sources.forms import Form, Wanted
from alerts.sources.model import JsonShape
from alerts.sources.parse import PARSE_LIMIT, Parser
from alerts.sources.parsed import ParsedFeed, ParseFailed
from alerts.sources.worker import MOST_MEMORY
from tests.alerts.sources.feed_server import FeedServer, feed_server
from tests.alerts.sources.samples import FEEDS, NOW, rss

GOOD = rss("Pont coupé")
SECRET = "canary-of-a-local-file"
MB = 1024 * 1024

pytestmark = pytest.mark.asyncio(loop_scope="module")


def inside(text: bytes) -> bytes:
    """A feed with `text` in the title of its one entry."""
    return GOOD.replace(b"Pont", text)


def entity(declared: str, used: str) -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]>'
    return head.encode() + inside(used.encode())


def laughs() -> str:
    rows = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)]
    return '<!ENTITY l0 "ha">' + "".join(rows)


WRITTEN = {
    # things that are no feed
    "nothing": b"",
    "nul-bytes": b"\0" * 10_000,
    "random-bytes": Random(1).randbytes(100_000),
    "random-after-a-declaration": b'<?xml version="1.0"?>' + Random(2).randbytes(50_000),
    "a-picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "a-zip": b"PK\x03\x04" + Random(3).randbytes(1_000),
    "a-pdf": b"%PDF-1.7\n" + Random(4).randbytes(1_000),
    "packed-twice": gzip.compress(GOOD),
    "zlib": zlib.compress(GOOD),
    "brotli": brotli.compress(GOOD),
    "a-number": b"7",
    "a-sentence": "Trop de requêtes".encode(),
    "only-brackets": b"<" * MB,
    "only-ampersands": b"&" * MB,
    # a body that could be taken for something to open
    "a-path": b"/etc/passwd",
    "a-file-address": b"file:///etc/passwd",
    "a-device": b"/dev/zero",
    "a-pipe": b"/dev/stdin",
    "an-address-in-latin": "http://127.0.0.1/é".encode("latin-1"),
    "a-path-with-nul": b"/etc/passwd\0.xml",
    # entities
    "billion-laughs": entity(laughs(), "&l11;"),
    "quadratic-blow-up": entity(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 5_000),
    "entity-loop": entity('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"),
    "external-entity": entity('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"),
    "parameter-entity": entity('<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;', "Pont"),
    "external-document-type": b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss.dtd">' + GOOD,
    "stylesheet": b'<?xml-stylesheet href="file:///etc/passwd"?>' + GOOD,
    "includes": inside(b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    "no-such-entity": inside(b"&nosuch;" * 10_000),
    # depth and length
    "nested-for-ever": b"<rss><channel>" + b"<a>" * 100_000,
    "nested-and-closed": inside(b"<b>" * 2_000 + b"</b>" * 2_000),
    "many-attributes": inside(b"<b " + b" ".join(b"a%d='1'" % n for n in range(3_000)) + b"/>"),
    "one-long-attribute": inside(b"<b a='" + b"x" * MB + b"'/>"),
    "one-long-name": inside(b"<" + b"x" * MB + b"/>"),
    "one-long-title": inside(b"x" * MB),
    "many-namespaces": inside(b"".join(b"<a xmlns:n%d='u:%d'/>" % (n, n) for n in range(20_000))),
    "comments-left-open": inside(b"<![CDATA[" + b"<!--" * 200_000 + b"]]>"),
    "sections-left-open": inside(b"<![CDATA[" * 50_000),
    "tags-left-open": inside(b"<![CDATA[" + b"<a href='" * 100_000 + b"]]>"),
    "scripts-left-open": inside(b"<![CDATA[" + b"<script>" * 100_000 + b"]]>"),
    "declarations-left-open": inside(b"<![CDATA[" + b"<!DOCTYPE " * 100_000 + b"]]>"),
    "entities-for-ever": inside(b"&amp;" * 200_000),
    "entities-in-entities": inside(b"&amp;amp;amp;amp;" * 50_000),
    "accents-piled-up": inside("e\u0301".encode() + "\u0301".encode() * 200_000),
    "white-space": inside(b" \t\r\n" * 200_000),
    "ten-thousand-entries": GOOD.replace(b"</channel>", b"<item><title>x</title></item>" * 10_000 + b"</channel>"),
    "a-date-of-a-megabyte": GOOD.replace(b"Mon, 06", b"Mon, " + b"0" * MB),
    "a-date-beyond-time": GOOD.replace(b"2025", b"999999999"),
    "a-link-of-a-megabyte": inside(b"</title><link>http://a.example/" + b"x" * MB + b"</link><title>x"),
    "half-an-address": inside(b"</title><link>http://[::1</link><title>x"),
    "rest-for-ever": GOOD.replace(b"<title>Fil", b"<ttl>" + b"9" * 10_000 + b"</ttl><title>Fil"),
    # encodings
    "utf-7": b'<?xml version="1.0" encoding="utf-7"?>' + GOOD,
    "no-such-encoding": b'<?xml version="1.0" encoding="klingon"?>' + GOOD,
    "an-encoding-that-is-none": b'<?xml version="1.0" encoding="zlib"?>' + GOOD,
    "utf-32": GOOD.decode().encode("utf-32"),
    "half-of-utf-16": GOOD.decode().encode("utf-16")[:-1],
    "surrogates": inside(b"\xed\xa0\x80" * 1_000),
    "marks-everywhere": b"\xef\xbb\xbf" * 10_000 + GOOD,
    # JSON
    "json-without-a-floor": b"[" * MB,
    "json-nested-and-closed": b"[" * 200_000 + b"]" * 200_000,
    "json-of-a-huge-number": b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"9" * 100_000 + b"]}",
    "json-of-empty-lists": b"[" + b"[]," * (MB // 2) + b"[]]",
    "json-feed-of-numbers": b'{"version": "https://jsonfeed.org/version/1", "items": [1, null, {"id": {}}]}',
}
CAPTURED = sorted(path.name for path in FEEDS.iterdir())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[Parser]:
    async with Parser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def neighbour() -> AsyncIterator[FeedServer]:
    """A private server that nobody has any business to ask."""
    async with feed_server() as running:
        running.put("/feed", GOOD)
        yield running


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A local feed that a body may name."""
    file = tmp_path_factory.mktemp("local") / "feed.xml"
    file.write_bytes(inside(SECRET.encode()))
    return file


def within_bounds(parser: Parser) -> bool:
    """Whether the process, if it lives still, never held more than it may."""
    if parser._worker is None or not parser._worker.process.is_alive():
        return True
    status = Path(f"/proc/{parser._worker.process.pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) * 1024 <= MOST_MEMORY


def is_bounded(pid: int | None) -> bool:
    limits = Path(f"/proc/{pid}/limits").read_text()
    return "unlimited" not in next(line for line in limits.splitlines() if line.startswith("Max address space"))


async def survives(parser: Parser, body: bytes, form: Form = Form.FEED) -> ParsedFeed | ParseFailed:
    """What comes of `body`; afterwards a good feed is read as ever."""
    wanted = Wanted(now=NOW, form=form, shape=JsonShape(fields={"title": "title"}))
    found = await parser.parse(body, wanted)
    assert within_bounds(parser)
    assert isinstance(await parser.parse(GOOD, Wanted(now=NOW)), ParsedFeed)
    return found


@pytest.mark.parametrize("name", WRITTEN)
async def test_no_body_brings_the_parser_down(parser: Parser, name: str):
    match await survives(parser, WRITTEN[name]):
        case ParsedFeed(items=items):
            assert items
        case ParseFailed(reason=reason):
            assert reason


@pytest.mark.parametrize("name", CAPTURED)
async def test_no_oddity_ever_met_brings_the_parser_down(parser: Parser, name: str):
    await survives(parser, (FEEDS / name).read_bytes())


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.FEED])
async def test_no_form_is_brought_down_by_what_belongs_to_another(parser: Parser, form: Form):
    for body in WRITTEN.values():
        if len(body) < MB // 8:
            await survives(parser, body, form)


async def test_no_local_file_is_opened_because_a_body_names_it(parser: Parser, canary: Path):
    path = os.fsencode(canary)
    entity_of_it = entity(f'<!ENTITY x SYSTEM "{canary.as_uri()}">', "Pont &x;")
    for body in (path, canary.as_uri().encode(), b"file://" + path, entity_of_it):
        for form in Form:
            assert SECRET not in repr(await survives(parser, body, form))


async def test_no_neighbour_is_asked_because_a_body_names_it(parser: Parser, neighbour: FeedServer):
    url = neighbour.url("/feed")
    bodies = (
        url.encode(),
        f" {url}\n".encode(),
        entity(f'<!ENTITY x SYSTEM "{url}">', "&x;"),
        entity(f'<!ENTITY % x SYSTEM "{url}"> %x;', "Pont"),
        f'<!DOCTYPE rss SYSTEM "{url}">'.encode() + GOOD,
        f'<?xml-stylesheet href="{url}"?>'.encode() + GOOD,
    )
    for body in bodies:
        for form in Form:
            await survives(parser, body, form)
    assert neighbour.log == []


async def test_the_bounds_are_those_that_are_promised(parser: Parser):
    await parser.parse(GOOD, Wanted(now=NOW))
    assert parser._worker is not None
    assert is_bounded(parser._worker.process.pid)
    assert timedelta(seconds=5) == PARSE_LIMIT
    assert MOST_MEMORY == 200 * MB
