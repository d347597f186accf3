"""Where does each name go, so that no two names overlap and none hides a point?

Names are placed in the order given, each at the free spot nearest to its point; beyond a short distance a thin line
leads there. A name that finds no spot is left out, unless it must be told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from alerts.pictures.letters import width
from alerts.pictures.svg import Point

SIZE = 13.5
_AROUND = 16  # directions tried
_NEAR = 10.0
_STEP = 8.0
_RINGS = 14
_CLOSE_RINGS = 1
_GAP = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any paper."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        """Whether all of it lies in `other`."""
        inside = self.left >= other.left and self.right <= other.right
        return inside and self.top >= other.top and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name to be placed beside `at`; one that is not `needed` may be left out."""

    said: str
    at: Point
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Where a name stands: the box of its letters, and whether a line must lead there."""

    name: Name
    box: Box
    is_far: bool


def around(at: Point, radius: float) -> Box:
    """The box around a point."""
    return Box(left=at[0] - radius, top=at[1] - radius, right=at[0] + radius, bottom=at[1] + radius)


def place(names: Iterable[Name], *, paper: Box, taken: Sequence[Box], lines: Sequence[Box]) -> list[Label]:
    """A label for each name that has room on `paper`, clear of `taken` and of each other, and of `lines` if it can."""
    kept = list(taken)
    labels: list[Label] = []
    for name in names:
        label = _best(name, paper, kept, lines)
        if label is not None:
            labels.append(label)
            kept.append(label.box)
    return labels


def _best(name: Name, paper: Box, kept: Sequence[Box], lines: Sequence[Box]) -> Label | None:
    """Near and clear of lines, else near, else, for a name that is needed, wherever there is room."""
    spots = [label for label in _spots(name) if label.box.within(paper) and (name.needed or not label.is_far)]
    free = [label for label in spots if not any(map(label.box.meets, kept))]
    clear = (label for label in free if label.is_far or not any(map(label.box.meets, lines)))
    return next(clear, None) or next(iter(free), None)


def _spots(name: Name) -> Iterator[Label]:
    """Spots around the point, nearest first, to the right before the left and those before above and below."""
    wide = width(name.said, size=SIZE, bold=True) + 2 * _GAP
    for ring in range(_RINGS):
        distance = _NEAR + ring * _STEP
        for turn in sorted(range(_AROUND), key=lambda turn: abs(sin(2 * pi * turn / _AROUND))):
            angle = 2 * pi * turn / _AROUND
            yield Label(name=name, box=_box(name.at, angle, distance, wide), is_far=ring > _CLOSE_RINGS)


def _box(at: Point, angle: float, distance: float, wide: float) -> Box:
    """The letters' box whose nearest edge is `distance` from the point in the direction of `angle`."""
    across, down = cos(angle), sin(angle)
    x = at[0] + across * (distance + wide / 2)
    y = at[1] + down * (distance + SIZE / 2)
    return Box(left=x - wide / 2, top=y - SIZE * 0.6, right=x + wide / 2, bottom=y + SIZE * 0.6)
