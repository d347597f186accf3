"""How does a stretch look, so that its status reads without colour?

Solid, dashed, crossed or dotted: the pattern says it, the words beside it say it again, and nothing is green.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist

from alerts.incidents.outlook import RoadStatus
from alerts.pictures import svg
from alerts.pictures.svg import Point

GRAVEST_FIRST = (RoadStatus.CLOSED, RoadStatus.RESTRICTED, RoadStatus.UNKNOWN, RoadStatus.OPEN)

ALARM = "#8c1216"
WORD = "#2a62a8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One status: `width` is a share of the line's, `crosses` the distance between crosses, 0 for none."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    cap: str = "butt"
    crosses: float = 0


LOOKS = {
    RoadStatus.OPEN: Look(colour="#2a62a8", width=0.7),
    RoadStatus.RESTRICTED: Look(colour="#a85500", width=1, dashes=(1.4, 0.8)),
    RoadStatus.CLOSED: Look(colour="#a3161b", width=0.5, crosses=2.2),
    RoadStatus.UNKNOWN: Look(colour="#6b6b6b", width=0.6, dashes=(0.01, 1.2), cap="round"),
}


def stretch(points: Sequence[Point], status: RoadStatus, *, width: float) -> list[str]:
    """A stretch through `points`, a full line being `width` wide."""
    look = LOOKS[status]
    dashes = " ".join(f"{part * width:g}" for part in look.dashes)
    shapes = [svg.stroke(points, colour=look.colour, width=look.width * width, dashes=dashes, cap=look.cap)]
    if look.crosses:
        for at in _along(points, step=look.crosses * width):
            shapes += _cross(at, arm=0.65 * width, look=look, width=0.35 * width)
    return shapes


def mark(at: Point, *, alarms: bool, label: str = "", radius: float = 10) -> list[str]:
    """Something was reported here: a danger, or no more than the end of one. `label` is a number, if there is one."""
    x, y = at
    sign = label or ("!" if alarms else "i")
    words = svg.text(sign, (x, y + 0.46 * radius), size=1.3 * radius, bold=True, fill=svg.PAPER, anchor="middle")
    return [svg.diamond(at, radius=1.25 * radius, fill=ALARM if alarms else WORD), words]


def middle(points: Sequence[Point]) -> Point:
    """The point halfway along."""
    return _at(points, _length(points) / 2)


def _cross(at: Point, *, arm: float, look: Look, width: float) -> list[str]:
    x, y = at
    falling = ((x - arm, y - arm), (x + arm, y + arm))
    rising = ((x - arm, y + arm), (x + arm, y - arm))
    return [svg.stroke(line, colour=look.colour, width=width) for line in (falling, rising)]


def _along(points: Sequence[Point], *, step: float) -> Iterator[Point]:
    """Points at even distances, an even number of them: the middle is left to a mark."""
    length = _length(points)
    count = 2 * max(1, round(length / step / 2))
    for number in range(count):
        yield _at(points, length * (number + 0.5) / count)


def _length(points: Sequence[Point]) -> float:
    return sum(dist(one, other) for one, other in pairwise(points))


def _at(points: Sequence[Point], distance: float) -> Point:
    for one, other in pairwise(points):
        part = dist(one, other)
        if part and distance <= part:
            share = distance / part
            return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
        distance -= part
    return points[-1]
