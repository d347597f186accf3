"""How does a feed's text become plain text that can be shown, matched and measured?

Feeds carry markup, markup escaped twice, entities, invisible signs that turn text around, and whole articles.
What leaves here is one line of ordinary characters, capped, with none of that.
"""

import html
import re
import unicodedata

LONGEST_TITLE = 300
LONGEST_SUMMARY = 2_000

# No headline or summary is longer before its markup is taken out; the rest of an article is of no use here.
_MOST_READ = 20_000
_ROUNDS = 5  # of unescaping; deeper nesting than this is not a feed's mistake any more
# Possessive throughout, and never past the next "<": the time taken grows with the text and not with its square,
# which html.parser can't promise (and it refuses some broken declarations with an exception).
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z!?][^\s<>/]*+)(?>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>|[^<>]*+>)""",
)
# Taken out first, up to the end where it is left open, as browsers do.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub"}
    | {"sup", "u", "wbr"}
)
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


def _without_markup(marked: str) -> str:
    """The text between tags, with entities decoded once and without what a browser would not show."""
    text = _COMMENT.sub(" ", marked)
    pieces: list[str] = []
    shown_from, unseen = 0, None
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if unseen is None:
            pieces += (text[shown_from : tag.start()], "" if name in _INLINE else " ")
            unseen = name if name in _UNSEEN and not tag["end"] and not tag[0].endswith("/>") else None
        elif tag["end"] and name == unseen:
            unseen = None
        shown_from = tag.end()
    return html.unescape("".join(pieces) + ("" if unseen else text[shown_from:]))


def _shown(sign: str) -> str:
    """`sign`, a space for any white space, nothing for what has no look of its own."""
    if sign.isspace():
        return " "
    # Every "C" category: control, direction marks and joiners, lone halves of characters, private and unassigned.
    return "" if unicodedata.category(sign).startswith("C") else sign


def without_outlet(title: str, outlet: str) -> str:
    """`title` without " - Outlet" at its end; a title that is nothing else stays as it is."""
    name = outlet.strip()
    if not name or not title.casefold().endswith(name.casefold()):
        return title
    head = title[: -len(name)].rstrip()
    if head.endswith(_SEPARATORS) and (bare := head[:-1].rstrip()) and head[:-1] != bare:
        return bare
    return title


def tagged_outlet(title: str) -> tuple[str, str]:
    """A title and what stands behind its last " - " or the like, which may be its outlet; ("…", "") where nothing."""
    cut = max((title.rfind(f" {separator} ") for separator in _SEPARATORS), default=-1)
    return (title[:cut].rstrip(), title[cut + 3 :].strip()) if cut > 0 else (title, "")


def shorten(text: str, most: int) -> str:
    """`text`, or its beginning up to a word's end with "…", in at most `most` characters."""
    if len(text) <= most:
        return text
    head = text[: most - len(_CUT)]
    words, space, _ = head.rpartition(" ")
    # A word that alone fills a good part of the text is cut like anything else.
    return (words if space and len(words) > most // 2 else head).rstrip() + _CUT
