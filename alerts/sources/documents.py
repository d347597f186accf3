"""Which warnings does an index lead to that were not read yet?

A warning is a document of its own, and never changes: each is asked for once. Its address is text from outside, and
checked like any other. What could not be had is left for the next time, and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.reading.model import Item
from alerts.sources.fetch import Body, Fetcher, FetchFailed, NotModified
from alerts.sources.forms import Form, Wanted
from alerts.sources.model import Fault, Source
from alerts.sources.parse import Parser
from alerts.sources.parsed import ParsedFeed, ParseFailed

MOST_AT_ONCE = 20
"""Documents of one read; an index that leads to more is read on the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the documents say; `read` are those that need not be asked for again.

    `reason` and `fault` are why the last of the others could not be read, None where nothing is left.
    """

    items: tuple[Item, ...]
    ended: tuple[str, ...]
    read: tuple[str, ...]
    reason: str | None = None
    fault: Fault = Fault.UNREACHABLE


class Documents:
    """Reads the documents of an index one after the other, like everything of one host."""

    def __init__(self, fetcher: Fetcher, parser: Parser) -> None:
        self._fetcher = fetcher
        self._parser = parser

    async def read(self, source: Source, index: ParsedFeed, *, known: Sequence[str], now: datetime) -> Found:
        """Read what `index` leads to, oldest first, but for the addresses in `known`."""
        addresses = list(dict.fromkeys(item.url for item in reversed(index.items) if item.url))
        read = [address for address in addresses if address in known]
        new = [address for address in addresses if address not in known]
        items: list[Item] = []
        ended: list[str] = []
        failed = _left_out(index, new)
        for address in new[:MOST_AT_ONCE]:
            found = await self._one(source, address, now=now)
            if isinstance(found, ParseFailed):
                failed = found
                continue
            read.append(address)
            items += found.items
            ended += found.ended
        return Found(
            items=tuple(items),
            ended=tuple(ended),
            read=tuple(read),
            reason=failed.reason if failed else None,
            fault=failed.fault if failed else Fault.UNREACHABLE,
        )

    async def _one(self, source: Source, address: str, *, now: datetime) -> ParsedFeed | ParseFailed:
        match await self._fetcher.fetch(address, etag=None, last_modified=None):
            case Body(content=content):
                wanted = Wanted(form=Form.CAP, title_only=source.title_only, language=source.language, now=now)
                return await self._parser.parse(content, wanted)
            case NotModified():
                return ParseFailed(reason="an answer without content", fault=Fault.EMPTY)
            case FetchFailed(reason=reason, fault=fault):
                return ParseFailed(reason=f"a warning of it: {reason}", fault=fault)


def _left_out(index: ParsedFeed, new: Sequence[str]) -> ParseFailed | None:
    """Why not everything that the index names is read, before anything was asked."""
    if any(not item.url for item in index.items):
        return ParseFailed(reason="a warning of it has no usable address")
    return ParseFailed(reason="more warnings than are read at once") if new[MOST_AT_ONCE:] else None
