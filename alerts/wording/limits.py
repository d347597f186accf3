"""Does a message fit into Telegram, and what is left out when it does not?

Telegram counts UTF-16 code units: an emoji is two. A message is cut between items, never inside one, and says how
many it leaves out.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
POPUP_LIMIT = 200


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def clip(text: str, limit: int) -> str:
    """`text`, or its beginning and "…" within `limit` units: for one name, never for a sentence."""
    if units(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore").rstrip() + "…"


def fit(
    items: Sequence[str],
    *,
    head: Sequence[str] = (),
    tail: Sequence[str] = (),
    more: Callable[[int], str],
    limit: int,
    separator: str = "\n",
) -> str:
    """Head, as many whole items as go into `limit` units, `more(number left out)` if any, and tail.

    Head and tail are kept whole: they are what a reader must not miss.
    """
    kept = fitting(items, head=head, tail=tail, more=more, limit=limit, separator=separator)
    left = [more(len(items) - kept)] if kept < len(items) else []
    return separator.join([*head, *items[:kept], *left, *tail])


def fitting(
    items: Sequence[str],
    *,
    head: Sequence[str] = (),
    tail: Sequence[str] = (),
    more: Callable[[int], str],
    limit: int,
    separator: str = "\n",
) -> int:
    """How many whole items go in."""
    if units(separator.join([*head, *items, *tail])) <= limit:
        return len(items)
    gap = units(separator)
    frame = units(separator.join([*head, more(len(items)), *tail]))
    ends = accumulate(units(item) + gap for item in items)
    return sum(1 for end in ends if frame + end <= limit)
