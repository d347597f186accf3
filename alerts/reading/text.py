"""What does an item say, once markup, accents and typography no longer matter?

Every later step looks at `flat`, which has exactly one character per character of `plain`: an offset found in one
is good in the other.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from alerts.reading.model import Item

# A feed item is a title and a paragraph. What follows is a whole article, or not news at all.
LONGEST_TITLE = 400
LONGEST_SUMMARY = 6_000

_MARKUP = re.compile(r"<[^<>]{0,2000}>")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"»”')\]]*(?=\s)|;(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:m|mm|mme|mlle|dr|pr|col|gen|lt|cdt|cap|capt|maj|adj|sgt|st|ste|mr|mrs|ms|jr|vs|no|n|env|av|art|km|h"
    r"|jan|janv|feb|fev|fevr|mar|apr|avr|jun|jul|juil|aug|sept|sep|oct|nov|dec|[a-z]|(?:[a-z]\.)+[a-z])$",
)
_LETTERS = {
    "ɛ": "e",
    "Ɛ": "e",
    "ɔ": "o",
    "Ɔ": "o",
    "ŋ": "n",
    "Ŋ": "n",
    "ɲ": "n",
    "Ɲ": "n",
    "œ": "o",
    "Œ": "o",
    "ß": "s",
}
_SPACED = "-'’‘ʼ`´‐‑‒–—―−/·•|_"
_QUOTES = '«»“”„‟"'


def _flattening() -> dict[int, str]:
    """One character for one character, so that offsets survive."""
    table = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        table[code] = base if base.isascii() and base.isalpha() else chr(code)
    table |= {ord(letter): plain for letter, plain in _LETTERS.items()}
    table |= {ord(mark): " " for mark in _SPACED}
    return table | {ord(mark): '"' for mark in _QUOTES}


_FLAT = _flattening()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of `Text.flat`, as offsets."""

    number: int
    start: int
    end: int
    is_title: bool


@dataclass(frozen=True, kw_only=True)
class Text:
    """Title and summary as one text; the title's sentences come first."""

    plain: str
    summary_at: int

    @cached_property
    def flat(self) -> str:
        """Lower case, no accents, hyphens and apostrophes as spaces."""
        return self.plain.translate(_FLAT)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """In reading order; a semicolon ends one too."""
        title = _split(self.flat, 0, self.summary_at)
        body = _split(self.flat, self.summary_at, len(self.flat))
        spans = [(*span, True) for span in title] + [(*span, False) for span in body]
        return tuple(
            Sentence(number=number, start=start, end=end, is_title=is_title)
            for number, (start, end, is_title) in enumerate(spans)
        )

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds `offset`; the last one for what lies between sentences."""
        return next((s for s in self.sentences if s.start <= offset < s.end), self.sentences[-1])


def prepare(item: Item) -> Text:
    """Strip what is not prose from an item's title and summary."""
    title, summary = tidy(item.title, LONGEST_TITLE), tidy(item.summary, LONGEST_SUMMARY)
    if not title:  # a note: its first sentence says what it is about
        title, summary = _first_sentence(summary)
    return Text(plain=f"{title}\n{summary}", summary_at=len(title) + 1)


def _first_sentence(summary: str) -> tuple[str, str]:
    first = next(iter(_split(summary.translate(_FLAT), 0, len(summary))), (0, 0))
    return summary[: first[1]], summary[first[1] :].strip()


def tidy(raw: str, longest: int) -> str:
    """One line of plain text: no markup, entities resolved, composed letters, single spaces."""
    # Markup is allowed to be longer than the prose it wraps, but not without bound.
    text = _MARKUP.sub(" ", html.unescape(_MARKUP.sub(" ", raw[: longest * 4])))
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text)).strip()[:longest]


def flatten(words: str) -> str:
    """`words` as they would stand in `Text.flat`."""
    return unicodedata.normalize("NFC", words).translate(_FLAT)


def _split(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, begin = [], start
    for stop in _SENTENCE_END.finditer(flat, start, end):
        if stop.group()[0] == "." and _ABBREVIATION.search(flat, max(begin, stop.start() - 12), stop.start()):
            continue
        spans.append((begin, stop.end()))
        begin = stop.end()
    if flat[begin:end].strip():
        spans.append((begin, end))
    return spans
