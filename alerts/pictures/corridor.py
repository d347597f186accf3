"""How is a corridor drawn as a map: every way, its stops where they lie, its stretches by status?

All ways have one look: none is recommended. Where two share a road, the gravest status is on top.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from math import dist

from alerts.geography.model import Place
from alerts.incidents.outlook import RoadStatus
from alerts.pictures import patterns, svg
from alerts.pictures.facts import Mark, Stretch, Told
from alerts.pictures.ground import Ground, sketch
from alerts.pictures.labels import SIZE as NAME_SIZE
from alerts.pictures.labels import Box, Label, Name, around, place
from alerts.pictures.sheet import MARGIN, SMALL, WIDTH, Sheet
from alerts.pictures.svg import Point
from alerts.pictures.tongues import Tongues
from alerts.wording.words import Words

LINE_WIDTH = 9
STOP_RADIUS = 5.5
MARK_RADIUS = 8
EDGE = 30  # paper around the outermost places, for their names
TALLEST = 400
LOWEST = 60
SAMPLE = 46  # of a pattern in the legend
MARKS_TOLD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A mark on the paper; `where` names the stretch or the town it tells of."""

    at: Point
    where: str
    mark: Mark


def corridor(told: Told, places: Mapping[str, Place], *, tongues: Tongues) -> str:
    """The map of all ways as SVG."""
    sheet = Sheet()
    sheet.open_with(told, ways=len(told.ways) or 1)
    stretches = list(chain.from_iterable(told.ways))
    ground = _ground(stretches, places, top=sheet.y)
    spots = list(_spots(told, stretches, ground, places))
    _lines(sheet, stretches, ground)
    _stops(sheet, told, ground, spots, places)
    sheet.gap(ground.height + 2 * EDGE)
    numbers = _numbered(sheet, spots)
    _legend(sheet, stretches, tongues)
    _told_marks(sheet, spots, numbers, tongues)
    sheet.gap(8)
    sheet.close_with(told)
    return sheet.finished()


def _ground(stretches: Iterable[Stretch], places: Mapping[str, Place], *, top: float) -> Ground:
    along = dict.fromkeys(stop for stretch in stretches for stop in stretch.through)
    across = WIDTH - 2 * (MARGIN + EDGE)
    corner = MARGIN + EDGE
    return sketch(
        (places[stop] for stop in along), left=corner, top=top + EDGE, width=across, tallest=TALLEST, lowest=LOWEST
    )


def _spots(told: Told, stretches: Iterable[Stretch], ground: Ground, places: Mapping[str, Place]) -> Iterator[Spot]:
    for stretch in stretches:
        path = ground.path(stretch.through)
        if stretch.mark and path:
            yield Spot(at=patterns.middle(path), where=stretch.name, mark=stretch.mark)
    for stop, mark in told.towns.items():
        if stop in ground.points:
            yield Spot(at=ground.points[stop], where=places[stop].name, mark=mark)


def _lines(sheet: Sheet, stretches: Iterable[Stretch], ground: Ground) -> None:
    by_weight = sorted(stretches, key=lambda one: patterns.GRAVEST_FIRST.index(one.status), reverse=True)
    for stretch in by_weight:
        path = ground.path(stretch.through)
        if len(path) > 1:
            sheet.draw([svg.stroke(path, colour=svg.PAPER, width=LINE_WIDTH + 3)])
            sheet.draw(patterns.stretch(path, stretch.status, width=LINE_WIDTH))


def _stops(sheet: Sheet, told: Told, ground: Ground, spots: list[Spot], places: Mapping[str, Place]) -> None:
    paper = Box(left=MARGIN / 2, top=sheet.y + 4, right=WIDTH - MARGIN / 2, bottom=sheet.y + ground.height + 2 * EDGE)
    names = _names(told, ground, places)
    taken = [around(name.at, STOP_RADIUS) for name in names] + [around(spot.at, 1.2 * MARK_RADIUS) for spot in spots]
    lines = [around(at, LINE_WIDTH / 2) for way in told.ways for at in _sampled(way, ground)]
    for label in place(names, paper=paper, taken=taken, lines=lines):
        sheet.draw_on_top([svg.circle(label.name.at, radius=STOP_RADIUS, fill=svg.PAPER, width=2.5)])
        sheet.draw(_leader(label))
        centre = (label.box.left + label.box.right) / 2, label.box.bottom - 0.35 * NAME_SIZE
        said = svg.text(label.name.said, centre, size=NAME_SIZE, bold=label.name.needed, anchor="middle", halo=4)
        sheet.draw_on_top([said])


def _names(told: Told, ground: Ground, places: Mapping[str, Place]) -> list[Name]:
    """Both ends first, then the stops of each way; those of the first way are needed."""
    ways = [[way[0].through[0], *(stretch.through[-1] for stretch in way)] for way in told.ways]
    ordered = [stop for way in ways for stop in (way[0], way[-1], *way)]
    first = set(ways[0]) if ways else set()
    stops = [stop for stop in dict.fromkeys(ordered) if stop in ground.points]
    return [Name(said=places[stop].name, at=ground.points[stop], needed=stop in first) for stop in stops]


def _sampled(way: Iterable[Stretch], ground: Ground) -> Iterator[Point]:
    for stretch in way:
        for (x, y), (to_x, to_y) in pairwise(ground.path(stretch.through)):
            count = max(1, round(max(abs(to_x - x), abs(to_y - y)) / LINE_WIDTH))
            for step in range(count):
                yield x + (to_x - x) * step / count, y + (to_y - y) * step / count


def _leader(label: Label) -> list[str]:
    if not label.is_far:
        return []
    x = min(max(label.name.at[0], label.box.left), label.box.right)
    y = min(max(label.name.at[1], label.box.top), label.box.bottom)
    return [svg.stroke((label.name.at, (x, y)), colour=svg.FAINT, width=1)]


def _numbered(sheet: Sheet, spots: Iterable[Spot]) -> dict[Mark, int]:
    """One number for what is told alike: two ways that share a road share the mark, and need it once at one spot.

    What the list below has no room for is on the map without a number.
    """
    numbers: dict[Mark, int] = {}
    drawn: list[Spot] = []
    for spot in spots:
        number = numbers.setdefault(spot.mark, len(numbers) + 1)
        if any(other.mark == spot.mark and dist(other.at, spot.at) < 4 * MARK_RADIUS for other in drawn):
            continue
        drawn.append(spot)
        label = f"{number}" if number <= MARKS_TOLD else ""
        sheet.draw_on_top(patterns.mark(spot.at, alarms=spot.mark.alarms, label=label, radius=MARK_RADIUS))
    return numbers


def _legend(sheet: Sheet, stretches: Iterable[Stretch], tongues: Tongues) -> None:
    sheet.rule()
    sheet.gap(6)
    used = {stretch.status for stretch in stretches}
    for status in (status for status in patterns.GRAVEST_FIRST if status in used):
        height = sheet.y + 0.75 * SMALL
        sheet.draw(patterns.stretch(((MARGIN, height), (MARGIN + SAMPLE, height)), status, width=LINE_WIDTH))
        words = tongues.say(partial(_named, status=status))
        sheet.write(words, x=MARGIN + SAMPLE + 12, size=14, bold=True, fill=patterns.LOOKS[status].colour)
    sheet.write(tongues.say(lambda words: words.say("picture.sketch")), fill=svg.FAINT)
    sheet.gap(6)


def _named(words: Words, status: RoadStatus) -> str:
    return words.say(f"status.{status.lower()}")


def _told_marks(sheet: Sheet, spots: Iterable[Spot], numbers: Mapping[Mark, int], tongues: Tongues) -> None:
    """What each number on the map says."""
    names: dict[Mark, dict[str, None]] = {}
    for spot in spots:
        names.setdefault(spot.mark, {})[spot.where] = None
    shown = list(names.items())[:MARKS_TOLD]
    for mark, where in shown:
        sheet.tell(mark, where=", ".join(where), label=f"{numbers[mark]}")
    if hidden := len(names) - len(shown):
        sheet.write(tongues.say(lambda words: words.more(hidden)), x=MARGIN + 30)
