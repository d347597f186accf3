"""When may a source be asked again, and when must it be asked in full?

The server's wishes (Cache-Control, Expires, Retry-After, the feed's own ttl) are honoured up to an hour: a road
closed at noon must not wait until the evening because a cache was set up generously; one that publishes rarely is
asked more rarely, within the same hour. A failing source is asked
less and less often, but never less than hourly, and never given up: its silence would look like peace.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from random import Random

from alerts.sources.model import FeedMarks, Source

LONGEST_WAIT = timedelta(hours=1)
# Some servers answer 304 for ever; now and then the whole feed is asked for.
FULL_READ_EVERY = timedelta(hours=6)
_JITTER = 0.1  # of the wait, only ever added, so that sources drift apart


def is_due(source: Source, marks: FeedMarks, *, now: datetime) -> bool:
    """Whether `source` may be asked at `now`."""
    if marks.next_check_at is None or now >= marks.next_check_at:
        return True
    # The clock was set back: a time this far ahead was never meant.
    return marks.next_check_at - now > 2 * max(LONGEST_WAIT, source.interval)


def needs_full_read(marks: FeedMarks, *, now: datetime) -> bool:
    """Whether to leave the validators out this time."""
    return marks.unconditional_at is None or now - marks.unconditional_at >= FULL_READ_EVERY


def wait_after_success(
    headers: Mapping[str, str],
    *,
    base: timedelta,
    ttl: timedelta | None,
    pace: timedelta,
    now: datetime,
    rng: Random,
) -> timedelta:
    """How long to leave a source alone after it answered; `base` is the operator's interval and the lower bound.

    `pace` is how long its own rhythm of publishing allows.
    """
    wishes = [wish for wish in (freshness(headers, now=now), retry_after(headers, now=now), ttl, pace) if wish]
    return _spread(max(base, min(max(wishes, default=base), LONGEST_WAIT)), rng)


def wait_after_failure(
    headers: Mapping[str, str], *, base: timedelta, failures: int, now: datetime, rng: Random
) -> timedelta:
    """How long after the `failures`-th failure in a row (1 or more): doubling, an hour at most."""
    doublings = min(failures - 1, 16)  # beyond this any interval has long reached the hour
    wish = max(base * 2**doublings, retry_after(headers, now=now) or timedelta(0))
    return _spread(max(base, min(wish, LONGEST_WAIT)), rng)


def _spread(wait: timedelta, rng: Random) -> timedelta:
    return min(wait * (1 + rng.uniform(0, _JITTER)), max(wait, LONGEST_WAIT))


def freshness(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the answer calls itself fresh: Cache-Control's max-age less its Age, else Expires; None if unsaid."""
    directives = _directives(headers.get("Cache-Control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return None
    if (seconds := _seconds(directives.get("max-age", ""))) is not None:
        return max(seconds - (_seconds(headers.get("Age", "")) or timedelta(0)), timedelta(0))
    expires = _http_date(headers.get("Expires", ""))
    # Against the server's own clock where it tells it: its Expires was counted from there.
    return expires - (_http_date(headers.get("Date", "")) or now) if expires else None


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the server asks to be left alone, in seconds or as a date; None if it doesn't."""
    said = headers.get("Retry-After", "")
    if (seconds := _seconds(said)) is not None:
        return seconds
    moment = _http_date(said)
    return moment - (_http_date(headers.get("Date", "")) or now) if moment else None


def _directives(cache_control: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in cache_control.lower().split(","))
    return {name.strip(): value.strip(' "') for name, _, value in pairs}


def _seconds(text: str) -> timedelta | None:
    """A count of seconds; absurdly large ones are as good as the longest wait."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    return timedelta(seconds=int(digits)) if len(digits) < 9 else timedelta(days=365)  # noqa: PLR2004 -- three years


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        # A date without a zone comes back naive; in HTTP all dates are UTC.
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
