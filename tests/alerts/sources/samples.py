"""What several tests of the sources start from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.sources.model import FeedMarks, Source

FEEDS = Path(__file__).parents[2] / "data" / "feeds"
NOW = datetime(2025, 10, 6, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def feed_bytes(name: str) -> bytes:
    return (FEEDS / name).read_bytes()


def rss(*titles: str, head: str = "") -> bytes:
    """A small proper feed with one entry per title."""
    items = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid>"
        "<pubDate>Mon, 06 Oct 2025 09:30:00 +0000</pubDate></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>Fil</title>{head}{items}</channel></rss>".encode()


def source(url: str, known_by: str = "essai", **more: object) -> Source:
    return Source(**{"id": known_by, "url": url, "grade": "C", **more})  # type: ignore[arg-type]


def marks(known_by: str = "essai", **more: object) -> FeedMarks:
    return FeedMarks(**{"source_id": known_by, **more})  # type: ignore[arg-type]
