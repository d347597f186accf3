"""What does the operator see, and what never?

No token, no message text, no chat id beside a place (do-no-harm rule 14).
"""

import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import quote

# httpx logs whole URLs at INFO, bot token included; PTB's request module logs answers that are no JSON, text included.
QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.request": logging.CRITICAL,
    "telegram.ext": logging.WARNING,
    "apscheduler": logging.ERROR,  # it warns at every tick that finds the last one still at work
    "aiohttp.access": logging.WARNING,
    "asyncio": logging.WARNING,
}
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Redacting(logging.Formatter):
    """Formats, then blots out the secrets, wherever they came from: a message, a value, a traceback."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = sorted({form for secret in secrets for form in _forms(secret)}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """One line (or a traceback after it), without secrets."""
        text = self.lay_out(record)
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text

    def lay_out(self, record: logging.LogRecord) -> str:
        """Constant event text, values beside it."""
        stamp = datetime.fromtimestamp(record.created, tz=UTC).strftime("%H:%M:%S")
        values = "".join(f" {name}={value}" for name, value in _values(record).items())
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{stamp} {record.levelname.lower():7} {record.getMessage()}{values}{trace}"


class JsonLines(Redacting):
    """One JSON object a line."""

    def lay_out(self, record: logging.LogRecord) -> str:
        """Time, level, logger, event, then the values."""
        fields: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_values(record),
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)


def set_up_logs(log_format: str | None, *, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send logs to `stream`, stderr unless given; text on a terminal and JSON elsewhere unless `log_format` says."""
    stream = stream or sys.stderr
    chosen = log_format or ("text" if stream.isatty() else "json")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(secrets) if chosen == "json" else Redacting(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)


def _forms(secret: str) -> set[str]:
    """How a secret may stand in a line: as it is, in an address, in JSON, in a Python value."""
    spelled = {secret, quote(secret, safe=""), repr(secret)[1:-1]}
    return (spelled | {json.dumps(text, ensure_ascii=False)[1:-1] for text in spelled}) - {""}


def _values(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in STANDARD}
