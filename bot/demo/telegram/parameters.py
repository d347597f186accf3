"""What did the caller ask? Telegram takes a query string, a form, a multipart body or JSON, all meaning the same."""

import json
from typing import Any, NamedTuple

from aiohttp import web

from bot.demo.telegram.errors import bad_request

Json = dict[str, Any]


class Upload(NamedTuple):
    """A file that came in a multipart body."""

    name: str
    content_type: str
    content: bytes


class Parameters:
    """One call's parameters; in a form every value is text, and nested ones are JSON in text."""

    def __init__(self, values: Json) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Return a text, "" where there is none."""
        value = self._values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number, `default` where there is none or it is no number."""
        try:
            return int(self._values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Return whether a switch is on."""
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:
        """Return a nested value, None where there is none.

        Raises:
            ApiError: 400, it is not JSON.
        """
        value = self._values.get(name)
        if not isinstance(value, str) or not value:
            return None if value == "" else value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def upload(self, name: str) -> Upload | None:
        """Return the file under `name`, following an `attach://` reference."""
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self._values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None


async def read_parameters(request: web.Request) -> Parameters:
    """Read the whole request."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        values |= _object(await request.text())
    else:
        values |= {name: _plain(value) for name, value in (await request.post()).items()}
    return Parameters(values)


def _object(body: str) -> Json:
    try:
        found = json.loads(body or "{}")
    except ValueError as error:
        raise bad_request("can't parse JSON body") from error
    return found if isinstance(found, dict) else {}


def _plain(value: Any) -> str | Upload:
    if isinstance(value, web.FileField):
        return Upload(value.filename, value.content_type, value.file.read())
    return value.decode() if isinstance(value, bytes | bytearray) else str(value)
