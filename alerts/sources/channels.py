"""Which source is a Telegram channel, and what does one of its posts say?

A channel is a source where its owner made the bot an admin of it: its posts then arrive by themselves. The address
names it as Telegram does: `https://t.me/<name>`, or `https://t.me/c/<number>`, which no other channel can take over.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from yarl import URL

from alerts.reading.model import Item
from alerts.sources.entries import clean_link
from alerts.sources.model import Source
from alerts.sources.text import LONGEST_TITLE, clean_summary, plain, shorten

_NAME = re.compile(r"/(?P<name>[A-Za-z]\w{3,31})/?")
_NUMBER = re.compile(r"/c/(?P<number>\d{5,15})/?")
_HOSTS = frozenset({"t.me", "telegram.me"})


def is_channel_address(url: str) -> bool:
    """Whether `url` names a channel."""
    parts = URL(url)
    return parts.host in _HOSTS and bool(_NAME.fullmatch(parts.path) or _NUMBER.fullmatch(parts.path))


def source_of(chat_id: int, username: str | None, sources: Iterable[Source]) -> Source | None:
    """The source that is this channel; None for a channel nobody declared."""
    return next((one for one in sources if one.enabled and one.is_pushed and _is(one, chat_id, username)), None)


def _is(source: Source, chat_id: int, username: str | None) -> bool:
    path = URL(source.url).path
    if number := _NUMBER.fullmatch(path):
        return chat_id == int(f"-100{number['number']}")
    name = _NAME.fullmatch(path)
    return name is not None and username is not None and name["name"].casefold() == username.casefold()


def post_item(
    *, source: Source, message_id: int, text: str, published: datetime, username: str | None, outlet: str = ""
) -> Item | None:
    """A post as an entry: its first line is the title. None for one without words.

    `outlet` is the channel it was forwarded from. An edited post has the same id, so that it is an update.
    """
    head, _, rest = text.strip().partition("\n")
    title = shorten(plain(head), LONGEST_TITLE)
    if not title:
        return None
    summary = clean_summary(f"{head} {rest}" if title.endswith("…") else rest)
    link = clean_link(f"https://t.me/{username}/{message_id}", base="") if username else ""
    return Item(
        id=str(message_id),
        title=title,
        summary="" if source.title_only else summary,
        url=link,
        published=published,
        language=source.language,
        outlet=plain(outlet),
    )
