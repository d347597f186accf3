"""How far is one point from another, or from a stretch between two points?

Points are (latitude, longitude) in WGS 84 degrees, answers kilometres. A stretch is taken as straight: there is
no road geometry, so a village beside a bend may come out a few kilometres off.
"""

from math import asin, cos, hypot, radians, sin, sqrt

Point = tuple[float, float]
Stretch = tuple[Point, Point]

_EARTH_KM = 6371.0
_KM_PER_DEGREE = 111.2


def between(a: Point, b: Point) -> float:
    """Great-circle distance."""
    south, north = radians(a[0]), radians(b[0])
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def to_stretch(point: Point, stretch: Stretch) -> float:
    """Distance from a point to the nearest point of a stretch, on a plane laid through it (good to 1 % here)."""
    scale = cos(radians(point[0])) * _KM_PER_DEGREE
    ax, ay = (stretch[0][1] - point[1]) * scale, (stretch[0][0] - point[0]) * _KM_PER_DEGREE
    bx, by = (stretch[1][1] - point[1]) * scale, (stretch[1][0] - point[0]) * _KM_PER_DEGREE
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
    return hypot(ax + along * dx, ay + along * dy)


def apart(one: Stretch, other: Stretch) -> float:
    """Distance between two stretches that do not cross: the least from an end of either to the other."""
    ends = [to_stretch(end, other) for end in one] + [to_stretch(end, one) for end in other]
    return min(ends)
