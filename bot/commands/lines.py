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
    number = 0
    try:
        for number, line in enumerate(stream, start=1):  # noqa: B007 - the number is for who gets the error
            if written := line.removeprefix("\ufeff").strip():
                yield item_from_json(written)
    except UnicodeDecodeError as error:
        raise UnusableLineError(f"the input is not UTF-8, after line {number}") from error
    except ValueError as error:
        raise UnusableLineError(f"line {number}: {error}") from error


def print_lines(rows: Iterable[object]) -> None:
    """One JSON object a line, UTF-8."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
