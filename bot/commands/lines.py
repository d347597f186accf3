"""How do items come in and results go out? JSON lines, a bad line named by its number."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO

from alerts.errors import SirabaError
from alerts.reading.jsonl import item_from_json
from alerts.reading.model import Item


class UnusableLineError(SirabaError):
    """A line of the input is not what the command takes."""


def items(stream: TextIO) -> Iterator[Item]:
    """The items of a stream of JSON lines; blank lines are passed over.

    Raises:
        UnusableLineError: names the line and what is wrong with it.
    """
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            yield item_from_json(line)
        except ValueError as error:
            raise UnusableLineError(f"line {number}: {error}") from error


def print_lines(rows: Iterable[object]) -> None:
    """One JSON object a line, UTF-8."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
