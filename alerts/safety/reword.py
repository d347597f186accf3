"""How does a text read without the statements that would help an ambusher?

Whole statements go, never single words: what is left of half a sentence says something that nobody has said.
"""

import re
from collections.abc import Collection

from alerts.safety.screen import Origin, as_screened, screen

_STATEMENTS = re.compile(r"\s*(?:[.;,!?]\s+|\n+|\|)\s*")
_BETWEEN = " | "


def reworded(text: str, *, origin: Origin, tolerated: Collection[str] = ()) -> str | None:
    """What is left of `text` once nothing in it breaks a rule but `tolerated` ones; None where nothing is."""
    statements = [one for one in _STATEMENTS.split(text.strip()) if one]
    while statements:
        hit = screen(_BETWEEN.join(statements), origin=origin)
        if hit is None or hit.rule in tolerated:
            return _BETWEEN.join(statements)
        kept = [one for one in statements if not any(word in as_screened(one) for word in hit.words)]
        if len(kept) == len(statements):
            return None  # it takes several statements together, and there is no telling which
        statements = kept
    return None
