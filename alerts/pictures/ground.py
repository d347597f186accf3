"""Where on the paper do places lie?

An equirectangular sketch: degrees of longitude shrunk by the cosine of the middle latitude, as large as the paper
allows. Only places of the atlas are ever put on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians

from alerts.geography.model import Place
from alerts.pictures.svg import Point

_LEAST_SPAN = 0.4  # degrees: a short way is not blown up to fill the paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The sketch: `points` holds the places that have coordinates, `height` how much paper it takes."""

    points: Mapping[str, Point]
    height: float

    def path(self, places: Iterable[str]) -> list[Point]:
        """The points of those of `places` that have one."""
        return [self.points[place] for place in places if place in self.points]


def sketch(places: Iterable[Place], *, left: float, top: float, width: float, tallest: float, lowest: float) -> Ground:
    """Put `places` on paper of this `width`, from `lowest` to `tallest` high, its corner at `left`, `top`."""
    degrees = {
        place.id: (place.longitude, place.latitude)
        for place in places
        if place.longitude is not None and place.latitude is not None
    }
    if not degrees:
        return Ground(points={}, height=0)
    west, east = _span(longitude for longitude, _ in degrees.values())
    south, north = _span(latitude for _, latitude in degrees.values())
    shrink = cos(radians((south + north) / 2))
    scale = min(width / ((east - west) * shrink), tallest / (north - south))
    height = max(lowest, (north - south) * scale)
    middle, centre = left + width / 2, top + height / 2
    points = {
        place: (
            middle + (longitude - (west + east) / 2) * shrink * scale,
            centre - (latitude - (south + north) / 2) * scale,
        )
        for place, (longitude, latitude) in degrees.items()
    }
    return Ground(points=points, height=height)


def _span(values: Iterable[float]) -> tuple[float, float]:
    found = sorted(values)
    missing = max(0.0, _LEAST_SPAN - (found[-1] - found[0])) / 2
    return found[0] - missing, found[-1] + missing
