"""Where does a village lie that a text gives by distance and direction ("Tigui, 70 km northeast of Kidal")?"""

import re
from collections.abc import Sequence
from math import cos, radians, sin

from alerts.geography.distances import Point
from alerts.reading.sites import UNLISTED, Site
from alerts.reading.text import Text

_KM_PER_DEGREE = 111.2
_FARTHEST_KM = 400
_CLOCKWISE = ("n", "ne", "e", "se", "s", "so", "o", "no")  # eighths of a turn from north, as French abbreviates them
_DIRECTION = r"(?P<one>north|south|nord|sud|east|west|est|ouest)[ -]?(?P<two>east|west|est|ouest)?"
_MEASURED = re.compile(
    rf"(?P<km>\d+) ?(?:km|kilometres?|kilometers?) (?:to the |au |a l )?{_DIRECTION}(?: of| from| de| d)"
    r"(?: the town of| la ville de| la ville d| la| le| l)? $"
)
_REACH = 70  # characters of a distance and a direction
_BEFORE = re.compile(
    r"[ ,(]*(?:(?:an?|une?|le|the|village|hameau|hamlet|locality|localite|located|situated|situee?|lying|lies|qui|which"
    r"|se|trouve|is|est|about|approximately|around|some|nearly|roughly|environ|quelque|pres de|at|a)[ ,]+)*"
)
_AFTER = re.compile(r",? \(?(?:coded as|in|near|at|dans|pres de|a) ")


def points_given(text: Text, sites: Sequence[Site]) -> list[tuple[int, int, Point]]:
    """The distances and directions of a text: where each begins, where its town ends, and the point it gives."""
    return [
        (measured.start(), site.end, _from(site, float(measured["km"]), measured["one"], measured["two"]))
        for site in sites
        if site.latitude is not None
        and site.kind != UNLISTED
        and (measured := _before(text, site)) is not None
        and float(measured["km"]) <= _FARTHEST_KM
    ]


def point_of(text: Text, start: int, end: int, given: Sequence[tuple[int, int, Point]]) -> Point | None:
    """The point that is given for the name at [start, end), right after it or before."""
    for opens, closes, point in given:
        if end <= opens and _BEFORE.fullmatch(text.flat, end, opens):
            return point
        if closes <= start and _AFTER.fullmatch(text.flat, closes, start):
            return point
    return None


def _before(text: Text, site: Site) -> re.Match[str] | None:
    return _MEASURED.search(text.flat, max(0, site.start - _REACH), site.start)


def _from(site: Site, km: float, one: str, two: str | None) -> Point:
    turn = radians(45 * _CLOCKWISE.index(_letter(one) + (_letter(two) if two else "")))
    latitude, longitude = site.latitude or 0.0, site.longitude or 0.0
    north, east = km * cos(turn) / _KM_PER_DEGREE, km * sin(turn) / _KM_PER_DEGREE
    return latitude + north, longitude + east / cos(radians(latitude))


def _letter(direction: str) -> str:
    return "o" if direction == "west" else direction[0]
