"""How does a feed's text become plain text that can be shown, matched and measured?

Feeds carry markup, markup escaped twice, entities, invisible signs that turn text around, and whole articles.
What leaves here is one line of ordinary characters, capped, with none of that.
"""

import html
import re
import unicodedata
from html.parser import HTMLParser

LONGEST_TITLE = 300
LONGEST_SUMMARY = 2_000

# No headline or summary is longer before its markup is taken out; the rest of an article is of no use here.
_MOST_READ = 50_000
_ROUNDS = 5  # of unescaping; deeper nesting than this is not a feed's mistake any more
_MARKUP = re.compile(r"<(?:[a-zA-Z/][^<>]*|!--.*?--|![^<>]*|\?[^<>]*)>", re.DOTALL)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})
_INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "em", "font", "i", "mark", "q", "s", "small", "span"})
_INLINE_TOO = frozenset({"strong", "sub", "sup", "u", "wbr"})
# What a blog engine appends to every summary: it names the site, and a site may be named after a place.
_SIGNATURE = re.compile(
    r"\s*(?:The post|L['’]article|Cet article)\s.{0,400}?\s(?:appeared first on|est apparu en premier sur)\s.*$",
    re.DOTALL,
)
_SEPARATORS = ("-", "–", "—", "|", ":", "·")
_CUT = "…"


def clean_title(raw: str, *, outlet: str = "") -> str:
    """`raw` as one plain line of at most 300 characters, without `outlet` tagged on to its end."""
    return shorten(without_outlet(plain(raw), outlet), LONGEST_TITLE)


def clean_summary(raw: str) -> str:
    """`raw` as one plain line of at most 2,000 characters, without a blog engine's signature."""
    return shorten(_SIGNATURE.sub("", plain(raw)), LONGEST_SUMMARY)


def plain(raw: str) -> str:
    """Markup taken out, entities decoded, white space collapsed, invisible and control characters removed."""
    text = raw[:_MOST_READ]
    for _ in range(_ROUNDS):
        bare = _without_markup(text)
        if bare == text:
            break
        text = bare
    visible = "".join(_shown(sign) for sign in unicodedata.normalize("NFC", text))
    return " ".join(visible.split())


def _without_markup(text: str) -> str:
    if not _MARKUP.search(text):  # "fewer than < 5" is a text, not a broken tag
        return html.unescape(text)
    stripper = _Stripper()
    stripper.feed(text)
    stripper.close()
    return stripper.text


def _shown(sign: str) -> str:
    """`sign`, a space for any white space, nothing for what has no look of its own."""
    if sign.isspace():
        return " "
    # Every "C" category: control, direction marks and joiners, lone halves of characters, private and unassigned.
    return "" if unicodedata.category(sign).startswith("C") else sign


class _Stripper(HTMLParser):
    """Collects the text between tags, leaving out what a browser would not show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- its signature
        self._unseen += tag in _UNSEEN
        self._break_at(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._break_at(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._break_at(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(data)

    def _break_at(self, tag: str) -> None:
        if tag not in _INLINE and tag not in _INLINE_TOO:
            self._pieces.append(" ")


def without_outlet(title: str, outlet: str) -> str:
    """`title` without " - Outlet" at its end; a title that is nothing else stays as it is."""
    name = outlet.strip()
    if not name or not title.casefold().endswith(name.casefold()):
        return title
    head = title[: -len(name)].rstrip()
    if head.endswith(_SEPARATORS) and (bare := head[:-1].rstrip()) and head[:-1] != bare:
        return bare
    return title


def shorten(text: str, most: int) -> str:
    """`text`, or its beginning up to a word's end with "…", in at most `most` characters."""
    if len(text) <= most:
        return text
    head = text[: most - len(_CUT)]
    words, space, _ = head.rpartition(" ")
    # A word that alone fills a good part of the text is cut like anything else.
    return (words if space and len(words) > most // 2 else head).rstrip() + _CUT
