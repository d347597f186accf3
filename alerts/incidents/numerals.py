"""Which numbers in a report may tell one event from another?"""

import re

from alerts.reading.numbers import numbers
from alerts.reading.text import flatten

TELLING = 4
"""Below, a number is in every other report."""

_MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|"
    "may|june|july|august|september|october|november|december|jan|feb|apr|aug|sept?|oct|nov|dec"
)
_NO_COUNT = re.compile(
    rf"\b\d{{1,2}}(?:er|st|nd|rd|th)? (?:{_MONTHS})\b|\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?\b|"
    r"\b(?:19|20)\d\d\b|\b\d{1,2} ?h(?:eures)? ?\d{0,2}\b|\b\d{1,2}(?: \d\d)? ?[ap]\.?m\b|"
    r"\b(?:rn|rr|n|nationale|highway|road|route) ?\d+\b|\b\d+ ?%"
)
_MEASURED = re.compile(
    r" ?(?:de |d |of )?(?:km|kilomet|miles?\b|metres?\b|heures?\b|hours?\b|jours?\b|days?\b|semaines?\b|weeks?\b|"
    r"mois\b|months?\b|ans?\b|annees?\b|years?\b|minutes?\b|%|pour cent|percent)"
)


def numbers_in(text: str, language: str) -> tuple[int, ...]:
    """Numbers that `text` counts something with, in figures or in words, and no day, distance or span of time."""
    flat = _NO_COUNT.sub(" . ", flatten(text))
    found = numbers(flat, 0, len(flat), language)
    told = {one.value for one in found if one.value is not None and not _MEASURED.match(flat, one.end)}
    return tuple(sorted(number for number in told if number >= TELLING))
