"""Is an item French or English?"""

import re

from alerts.reading.lexicon import load

_SUPPORTED = ("fr", "en")
_WORD = re.compile(r"[a-z]+")
_FUNCTION_WORDS = {code: frozenset(words) for code, words in load("language").items()}
_ENOUGH = 400


def detect(flat: str, declared: str | None) -> tuple[str, str]:
    """The language and why; a declared language is trusted, and "und" stands for one that can't be told."""
    if declared:
        return declared.strip().lower()[:2] or "und", "declared"
    words = _WORD.findall(flat)[:_ENOUGH]
    counts = {code: sum(word in known for word in words) for code, known in _FUNCTION_WORDS.items()}
    best = max(_SUPPORTED, key=lambda code: counts[code])
    if not counts[best]:
        return "und", "no function words"
    return best, f"{counts[best]} function words"
