"""How does a file that a person sent come to us? What is asked for here, bot/telegram/files.py does."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

LARGEST_FILE = 1_000_000  # bytes; a sheet of incidents has a hundredth of it


class NoFile(StrEnum):
    """Why a file was not fetched: it has more than LARGEST_FILE bytes, or Telegram gives it no more."""

    TOO_LARGE = "too_large"
    GONE = "gone"


Fetch = Callable[[str], Awaitable[bytes | NoFile]]
"""The content of the file with this file_id."""
