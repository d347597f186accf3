"""Which outlet or agency does an item itself cite as its source?"""

import re

from alerts.reading.lexicon import load
from alerts.reading.text import Text


def _key(spelling: str) -> str:
    return " ".join(spelling.casefold().split())


_OUTLETS = {_key(spelling): name for name, spellings in load("outlets").items() for spelling in spellings}
_NAME = "(" + "|".join(sorted((re.escape(spelling) for spelling in _OUTLETS), key=len, reverse=True)) + r")\b"
_THE = r"(?:l['’]agence\s+|l['’]|le\s+|la\s+|les\s+|the\s+)?(?:m[ée]dia\s+|news agency\s+)?"
_ACCORDING_TO = (
    r"\b(?:selon|d['’]apr[èe]s|citant|cit[ée]e? par|rapport[ée]e?s? par|relay[ée]e? par|according to|citing"
    r"|reported by|quoted by|via|sources? ?:)\s+"
)
_SAYS = (
    r"\b(?:rapporte|indique|[ée]crit|rel[èe]ve|affirme|a\s+appris|dit\s+[àa]|d[ée]clar[ée]\s+[àa]|confi[ée]\s+[àa]"
    r"|told|reports|tells)\s+"
)
_REPORTS = r"\s+(?:rapporte|indique|annonce|a\s+constat[ée]|pr[ée]cise|reports|reported|said)\b"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[(\[]\s*{_NAME}\s*[)\]]",
        rf"\s[-–—|]\s{_NAME}\s*$",
        rf"^{_NAME}\s*(?:[:|]|[-–—]\s)",
        _ACCORDING_TO + _THE + _NAME,
        _SAYS + _THE + _NAME,
        rf"(?:l['’]|le\s+|the\s+|\b){_NAME}{_REPORTS}",
    )
)


def cited_origin(text: Text) -> tuple[str | None, str]:
    """The outlet's usual name, or None, and the words that cite it."""
    title, body = text.plain[: text.summary_at].rstrip(), text.plain[text.summary_at :]
    for pattern in _PATTERNS:
        for part in (title, body):
            if match := pattern.search(part):
                return _OUTLETS[_key(match.group(1))], match.group().strip()
    return None, ""
