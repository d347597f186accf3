"""What makes a text acceptable to Telegram, and which entities does it carry? Offsets count UTF-16 units."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.errors import ApiError, bad_request
from bot.demo.telegram.parameters import Parameters

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
}
# Telegram decodes these names and numbers only; any other "&" stays as it is written.
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
NEXT = re.compile("[<&]")
OPENING = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
CLOSING = re.compile(r"</([a-zA-Z][a-zA-Z0-9-]*)\s*>|</>")
HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)")
# A command ends where no letter of any alphabet follows: "/arrêter" is no command, "/stop@name" is one.
COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}+(?:@[A-Za-z0-9_]{3,32}+)?(?![\w/<>])")


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader sees, and how parts of it are set."""

    plain: str
    entities: list[dict[str, Any]] = field(default_factory=list)


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def read_text(asked: Parameters) -> Text:
    """Return the text of a message.

    Raises:
        ApiError: 400, it is empty, too long or its markup is broken.
    """
    text = _trimmed(_marked_up(asked, "text", "entities"))
    if not text.plain:
        raise bad_request("message text is empty")
    if units(text.plain) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def read_caption(asked: Parameters) -> Text:
    """Return the caption of a picture or document, which may be empty.

    Raises:
        ApiError: 400, it is too long or its markup is broken.
    """
    text = _trimmed(_marked_up(asked, "caption", "caption_entities"))
    if units(text.plain) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text


def commands_in(text: str) -> list[dict[str, Any]]:
    """Return a bot_command entity for each command that a person typed."""
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in COMMAND.finditer(text)
    ]


def _marked_up(asked: Parameters, name: str, entities: str) -> Text:
    match asked.text("parse_mode").lower():
        case "":
            return Text(asked.text(name), list(asked.json(entities) or []))
        case "html":
            return parse_html(asked.text(name))
        case _:
            raise bad_request("unsupported parse_mode")


def _trimmed(text: Text) -> Text:
    start = len(text.plain) - len(text.plain.lstrip())
    plain = text.plain.strip()
    cut, end = units(text.plain[:start]), units(plain)
    kept = []
    for entity in text.entities:
        first = max(entity["offset"] - cut, 0)
        last = min(entity["offset"] - cut + entity["length"], end)
        if last > first:
            kept.append(entity | {"offset": first, "length": last - first})
    return Text(plain, kept)


def parse_html(source: str) -> Text:
    """Read Telegram's subset of HTML.

    Raises:
        ApiError: 400, "can't parse entities: …".
    """
    reader = _HtmlReader(source)
    reader.read()
    return Text(reader.plain, sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"])))


class _HtmlReader:
    """Walks once through a text, keeping the tags that stand open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.plain = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, int, str]] = []

    def read(self) -> None:
        at = 0
        while at < len(self.source):
            at = self._step(at)
        if self._open:
            raise _unreadable(f"""Can't find end tag corresponding to start tag "{self._open[-1][0]}\"""")

    def _step(self, at: int) -> int:
        if self.source[at] == "<":
            return self._close(at) if self.source.startswith("</", at) else self._start(at)
        if found := ENTITY.match(self.source, at):
            self.plain += html.unescape(found.group())
            return found.end()
        end = len(self.source) if (stop := NEXT.search(self.source, at + 1)) is None else stop.start()
        self.plain += self.source[at:end]
        return end

    def _start(self, at: int) -> int:
        found = OPENING.match(self.source, at)
        if found is None:
            raise self._no_start(at)
        tag = found.group(1).lower()
        if tag not in TAGS or (tag == "span" and "tg-spoiler" not in found.group(2)):
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {self._byte(at)}')
        self._open.append((tag, units(self.plain), found.group(2)))
        return found.end()

    def _no_start(self, at: int) -> ApiError:
        if ">" not in self.source[at:]:
            return _unreadable(f"Unclosed start tag at byte offset {self._byte(at)}")
        name = re.split(r"[\s>/\"'=]", self.source[at + 1 :], maxsplit=1)[0]
        return _unreadable(f'Unsupported start tag "{name}" at byte offset {self._byte(at)}')

    def _close(self, at: int) -> int:
        found = CLOSING.match(self.source, at)
        if found is None:
            raise _unreadable(f"Unclosed end tag at byte offset {self._byte(at)}")
        if not self._open:
            raise _unreadable(f"Unexpected end tag at byte offset {self._byte(at)}")
        tag, offset, attributes = self._open.pop()
        if found.group(1) and found.group(1).lower() != tag:
            raise _unreadable(
                f'Unmatched end tag at byte offset {self._byte(at)}, expected "</{tag}>", found "{found.group()}"'
            )
        self._keep(tag, offset, attributes)
        return found.end()

    def _keep(self, tag: str, offset: int, attributes: str) -> None:
        length = units(self.plain) - offset
        link = HREF.search(attributes)
        if not length or (tag == "a" and link is None):
            return
        entity: dict[str, Any] = {"type": TAGS[tag], "offset": offset, "length": length}
        self.entities.append(entity | {"url": html.unescape(link.group(1))} if tag == "a" and link else entity)

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())


def _unreadable(detail: str) -> ApiError:
    return bad_request(f"can't parse entities: {detail}")
