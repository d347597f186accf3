"""Which outlet or agency does an item itself cite as its source?"""

import re

from alerts.reading.lexicon import load
from alerts.reading.text import Text

_OUTLETS = {
    " ".join(spelling.casefold().split()): name for name, spellings in load("outlets").items() for spelling in spellings
}
_NAMES = "|".join(sorted((re.escape(spelling) for spelling in _OUTLETS), key=len, reverse=True))
_CITED = (
    rf"\b(?:selon|d['’]apr[èe]s|citant|cit[ée]e? par|rapport[ée]e?s? par|relay[ée]e? par|according to|citing|reported by|quoted by"
    rf"|via|source ?:|sources ?:)\s+(?:l['’]agence\s+|l['’]|le\s+|la\s+|les\s+|the\s+)?(?:m[ée]dia\s+|news agency\s+)?({_NAMES})\b"
)
_AGENCY_SAYS = rf"(?:l['’]|le\s+|the\s+|\b)({_NAMES})\s+(?:rapporte|indique|annonce|a\s+constat[ée]|pr[ée]cise|reports|reported|said)\b"
_SAYS = rf"\b(?:rapporte|indique|[ée]crit|rel[èe]ve|affirme|a\s+appris|dit\s+[àa]|d[ée]clar[ée]\s+[àa]|confi[ée]\s+[àa]|told|reports|tells)\s+(?:l['’]|le\s+|la\s+|the\s+)?({_NAMES})\b"
_BRACKETS = rf"[(\[]\s*({_NAMES})\s*[)\]]"
_SUFFIX = rf"\s[-–—|]\s({_NAMES})\s*$"
_PREFIX = rf"^({_NAMES})\s*(?:[:|]|[-–—]\s)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in (_BRACKETS, _SUFFIX, _PREFIX, _CITED, _SAYS, _AGENCY_SAYS)
)


def cited_origin(text: Text) -> tuple[str | None, str]:
    """The outlet's usual name, or None, and the words that cite it."""
    title, body = text.plain[: text.summary_at].rstrip("\n"), text.plain[text.summary_at :]
    for pattern in _PATTERNS:
        for part in (title, body):
            if match := pattern.search(part):
                return _OUTLETS[" ".join(match.group(1).casefold().split())], match.group().strip()
    return None, ""
