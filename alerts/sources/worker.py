"""What runs in the parser's own process, where a hostile body can do no harm but to itself?

The process reads one request at a time from its pipe and answers in JSON, so that nothing it says is ever
unpickled. It ends when the other end closes, and its memory is bounded where the system can do that.
"""

import contextlib
import json
import resource
import signal
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from alerts.reading.model import Item
from alerts.sources.formats import ParsedFeed, ParseFailed, parse_feed

READY = b"ready"
MOST_MEMORY = 256 * 1024 * 1024  # beyond what the process has when it starts
TOO_MUCH = ParseFailed(reason="it takes too much memory to read")


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
    """Limit the address space where /proc tells how large it is already; elsewhere the time limit has to do."""
    sizes = Path("/proc/self/statm")
    if not sizes.exists():
        return
    pages = int(sizes.read_text(encoding="ascii").split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _answer(pipe: Connection) -> None:
    request, body = json.loads(pipe.recv_bytes()), pipe.recv_bytes()
    try:
        answer = encode_answer(_parse(request, body))
    except MemoryError:
        answer = encode_answer(TOO_MUCH)
    pipe.send_bytes(answer)


def _parse(request: Mapping[str, Any], body: bytes) -> ParsedFeed | ParseFailed:
    return parse_feed(
        body,
        content_type=request["content_type"],
        title_only=request["title_only"],
        now=datetime.fromisoformat(request["now"]),
    )


def encode_request(*, content_type: str | None, title_only: bool, now: datetime) -> bytes:
    """What precedes a body on the pipe."""
    return json.dumps({"content_type": content_type, "title_only": title_only, "now": now.isoformat()}).encode()


def encode_answer(answer: ParsedFeed | ParseFailed) -> bytes:
    """An answer as JSON."""
    if isinstance(answer, ParseFailed):
        return json.dumps({"reason": answer.reason}).encode()
    return json.dumps(
        {
            "title": answer.title,
            "language": answer.language,
            "ttl": answer.ttl.total_seconds() if answer.ttl is not None else None,
            "dropped": answer.dropped,
            "items": [asdict(item) | {"published": _iso(item.published)} for item in answer.items],
        }
    ).encode()


def decode_answer(answer: bytes) -> ParsedFeed | ParseFailed:
    """The value that `encode_answer` wrote."""
    told = json.loads(answer)
    if "reason" in told:
        return ParseFailed(reason=told["reason"])
    return ParsedFeed(
        title=told["title"],
        language=told["language"],
        ttl=timedelta(seconds=told["ttl"]) if told["ttl"] is not None else None,
        dropped=told["dropped"],
        items=tuple(_item(fields) for fields in told["items"]),
    )


def _item(fields: Mapping[str, Any]) -> Item:
    moment = fields["published"]
    return Item(**{**fields, "published": datetime.fromisoformat(moment) if moment else None})


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
