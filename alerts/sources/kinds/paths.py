"""What stands at a path ("data.0.title") in JSON that somebody else wrote?"""

import json
from typing import Any

from alerts.sources.model import Fault
from alerts.sources.parsed import ParseFailed


def json_of(body: bytes) -> Any:
    """What `body` holds, or the failure that it is no JSON."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return ParseFailed(reason="an empty answer", fault=Fault.EMPTY)
    if start[:1] not in {b"{", b"["}:
        page = b"<html" in start[:4096].lower()
        return ParseFailed(reason="a web page, not a list" if page else "not JSON")
    try:
        return json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return ParseFailed(reason="broken JSON, not a list")


def value_at(found: Any, path: str) -> Any:
    """The value at `path`, None where there is none; the empty path is the whole."""
    for step in path.split(".") if path else ():
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def text_at(found: Any, path: str) -> str:
    """The text or whole number at `path`; "" for anything else."""
    value = value_at(found, path)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
