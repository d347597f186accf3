"""How does a text read without the statements that would help an ambusher?

Whole statements go, never single words: what is left of half a sentence says something that nobody has said.
"""

import re
from collections.abc import Collection, Sequence

from alerts.safety.screen import Origin, as_screened, screen

_BETWEEN = re.compile(r"(\s*(?:[.;,!?]\s+|\n+|\|)\s*)")
_Statement = tuple[str, str]
"""What parts it from the one before, and its words."""


def reworded(text: str, *, origin: Origin, tolerated: Collection[str] = ()) -> str | None:
    """What is left of `text` once nothing in it breaks a rule but `tolerated` ones; None where nothing is."""
    statements = _statements(text)
    while statements:
        left = _joined(statements)
        hit = screen(left, origin=origin)
        if hit is None or hit.rule in tolerated:
            return left
        kept = [one for one in statements if not any(word in as_screened(one[1]) for word in hit.words)]
        if len(kept) == len(statements):
            return None  # it takes several statements together, and there is no telling which
        statements = kept
    return None


def _statements(text: str) -> list[_Statement]:
    pieces = ["", *_BETWEEN.split(text.strip())]
    return [(between, words) for between, words in zip(pieces[::2], pieces[1::2], strict=True) if words]


def _joined(statements: Sequence[_Statement]) -> str:
    """Parted as they were: two numbers side by side are coordinates only while they are side by side."""
    return statements[0][1] + "".join(between + words for between, words in statements[1:])
