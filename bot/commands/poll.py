"""`siraba poll SOURCE…`: what is in a feed?"""

import argparse
import asyncio
import sys
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from alerts.reading.model import Item
from alerts.sources.fetch import Fetcher
from alerts.sources.model import Failed
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from bot.cli import UNUSABLE
from bot.clock import utc_now
from bot.commands.lines import print_lines
from bot.settings import Settings, load_settings


def run(options: argparse.Namespace) -> int:
    """Print the usable entries of each source; 3 if any could not be read."""
    return asyncio.run(_poll(options.sources, load_settings()))


async def _poll(sources: list[str], settings: Settings) -> int:
    status = 0
    # Who names an address on the command line means it: private ones are allowed here.
    fetcher = Fetcher(contact=settings.contact, allow_private=True, version=version("siraba"))
    async with fetcher, Parser() as parser:
        reader = SourceReader(fetcher=fetcher, parser=parser, minimum_interval=timedelta(seconds=settings.poll_seconds))
        for source in sources:
            outcome = await reader.read_path_or_url(source, now=utc_now())
            if isinstance(outcome, Failed):
                print(f"siraba poll: {source}: {outcome.reason}", file=sys.stderr)  # noqa: T201 - a word to the terminal
                status = UNUSABLE
            else:
                print_lines(as_json(item) for item in outcome.items)
    return status


def as_json(item: Item) -> dict[str, Any]:
    """The public form of an entry."""
    return {
        "id": item.id,
        "title": item.title,
        "summary": item.summary,
        "url": item.url,
        "published": item.published.isoformat() if item.published else None,
        "lang": item.language,
    }
