"""What runs in the parser's own process, where a hostile body can do no harm but to itself?

The process reads one request at a time from its pipe and answers in JSON, so that nothing it says is ever
unpickled. A long answer comes in pieces: taking one apart at once would hold up the service for longer than a reader
may wait. The process ends when the other end closes, and its memory is bounded where the system can do that.
"""

import contextlib
import json
import resource
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from alerts.reading.model import Item
from alerts.sources.forms import Form, Wanted, parse_body
from alerts.sources.model import Fault, JsonShape, MarketPrice
from alerts.sources.parsed import ParsedFeed, ParseFailed

READY = b"ready"
MOST_MEMORY = 200 * 1024 * 1024
"""What the process may hold in memory, itself included."""

AT_ONCE = 100
"""Items or prices in one piece of an answer: taken apart in well under a millisecond."""

TOO_MUCH = ParseFailed(reason="it takes too much memory to read", fault=Fault.TOO_LARGE)


def serve(pipe: Connection) -> None:
    """Answer requests until the other end closes."""
    # Ctrl-C and a service's stop go to the whole group; whoever owns this process decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _bound_memory()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send_bytes(READY)
        while True:
            _answer(pipe)


def _bound_memory() -> None:
    """Limit the address space to what may still be added; elsewhere than on Linux the time limit has to do.

    Only address space can be limited, and much of what a process has of it is never touched: so the bound is what
    it has already, and as much more as memory may grow.
    """
    sizes = Path("/proc/self/statm")
    if not sizes.exists():
        return
    space, held = (int(pages) * resource.getpagesize() for pages in sizes.read_text(encoding="ascii").split()[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = space + max(MOST_MEMORY - held, 0)
    bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def _answer(pipe: Connection) -> None:
    request, body = pipe.recv_bytes(), pipe.recv_bytes()
    try:
        pieces = list(encode_answer(parse_body(body, decode_request(request))))
    except MemoryError:
        pieces = list(encode_answer(TOO_MUCH))
    for piece in pieces:
        pipe.send_bytes(piece)


def encode_request(wanted: Wanted) -> bytes:
    """What precedes a body on the pipe."""
    shape = asdict(wanted.shape) if wanted.shape else None
    return json.dumps(asdict(replace(wanted, shape=None)) | {"now": wanted.now.isoformat(), "shape": shape}).encode()


def decode_request(request: bytes) -> Wanted:
    """The value that `encode_request` wrote."""
    told = json.loads(request)
    return Wanted(
        **told
        | {
            "now": datetime.fromisoformat(told["now"]),
            "form": Form(told["form"]),
            "shape": JsonShape(**told["shape"]) if told["shape"] else None,
        }
    )


def encode_answer(answer: ParsedFeed | ParseFailed) -> Iterator[bytes]:
    """An answer as JSON: first what it is and how many pieces follow, then its items, then its prices."""
    if isinstance(answer, ParseFailed):
        yield json.dumps({"reason": answer.reason, "fault": answer.fault}).encode()
        return
    items, prices = list(_pieces(answer.items)), list(_pieces(answer.prices))
    yield json.dumps(
        {
            "title": answer.title,
            "language": answer.language,
            "ttl": _seconds(answer.ttl),
            "dropped": answer.dropped,
            "gap": _seconds(answer.gap),
            "newest": _iso(answer.newest),
            "ended": answer.ended,
            "items": len(items),
            "prices": len(prices),
        }
    ).encode()
    for piece in items:
        yield json.dumps([asdict(item) | {"published": _iso(item.published)} for item in piece]).encode()
    for listed in prices:
        yield json.dumps([asdict(price) | {"date": price.date.isoformat()} for price in listed]).encode()


def decode_answer(pieces: Iterator[bytes]) -> ParsedFeed | ParseFailed:
    """The value that `encode_answer` wrote; takes as many pieces as the first one says."""
    told = json.loads(next(pieces))
    if "reason" in told:
        return ParseFailed(reason=told["reason"], fault=Fault(told["fault"]))
    items = [_item(fields) for _ in range(told["items"]) for fields in json.loads(next(pieces))]
    prices = [_price(fields) for _ in range(told["prices"]) for fields in json.loads(next(pieces))]
    return ParsedFeed(
        title=told["title"],
        language=told["language"],
        items=tuple(items),
        ttl=_duration(told["ttl"]),
        dropped=told["dropped"],
        gap=_duration(told["gap"]),
        newest=_moment(told["newest"]),
        ended=tuple(told["ended"]),
        prices=tuple(prices),
    )


def _pieces(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _item(fields: Mapping[str, Any]) -> Item:
    point = fields["point"]
    return Item(
        **{
            **fields,
            "published": _moment(fields["published"]),
            "point": (point[0], point[1]) if point else None,
            "replaces": tuple(fields["replaces"]),
        }
    )


def _price(fields: Mapping[str, Any]) -> MarketPrice:
    return MarketPrice(**{**fields, "date": date.fromisoformat(fields["date"])})


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _seconds(duration: timedelta | None) -> float | None:
    return duration.total_seconds() if duration is not None else None


def _duration(seconds: float | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds is not None else None
