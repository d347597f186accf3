"""How is a way drawn as a strip: its stops from top to bottom, and each stretch between them?"""

from collections.abc import Mapping
from itertools import pairwise

from alerts.geography.model import Place
from alerts.pictures import patterns, svg
from alerts.pictures.facts import Mark, Stretch, Told
from alerts.pictures.letters import width
from alerts.pictures.sheet import MARGIN, SMALL, WIDTH, Sheet

LINE_X = 34
WORDS_X = 62
LINE_WIDTH = 12
STOP_RADIUS = 8
NAME_SIZE = 17
STATE_SIZE = 14.5
SHORTEST = 56  # words of a stretch on paper, so that every pattern shows


def strip(told: Told, places: Mapping[str, Place]) -> str:
    """The strip map of the first way as SVG."""
    sheet = Sheet()
    sheet.open_with(told, ways=1)
    sheet.gap(12)
    stretches = told.ways[0] if told.ways else ()
    centres = [_stop(sheet, places[stretch.through[0]], told) for stretch in stretches[:1]]
    for stretch in stretches:
        _words(sheet, stretch)
        centres.append(_stop(sheet, places[stretch.through[-1]], told))
    for stretch, (top, bottom) in zip(stretches, pairwise(centres), strict=True):
        _line(sheet, stretch, top, bottom)
    sheet.gap(14)
    sheet.close_with(told)
    return sheet.finished()


def _stop(sheet: Sheet, stop: Place, told: Told) -> float:
    """A stop, and beneath its name what happened there; gives the height of its circle."""
    centre = (LINE_X, sheet.y + 0.72 * NAME_SIZE)
    sheet.draw_on_top([svg.circle(centre, radius=STOP_RADIUS, fill=svg.PAPER, width=3)])
    sheet.write((stop.name,), x=WORDS_X, size=NAME_SIZE, bold=True)
    _mark(sheet, told.towns.get(stop.id), centre)
    return centre[1]


def _words(sheet: Sheet, stretch: Stretch) -> None:
    top = sheet.y
    sheet.gap(5)
    km = svg.text(stretch.km, (WIDTH - MARGIN, sheet.y + SMALL), size=SMALL, fill=svg.FAINT, anchor="end")
    sheet.draw([km])
    colour = patterns.LOOKS[stretch.status].colour
    kept = width(stretch.km, size=SMALL) + 8
    sheet.write(stretch.state, x=WORDS_X, size=STATE_SIZE, bold=True, fill=colour, kept=kept)
    if stretch.old:
        sheet.boxed(stretch.old, x=WORDS_X)
    for said in stretch.mark.lines if stretch.mark else ():
        sheet.write(said, x=WORDS_X)
    sheet.gap(max(7, SHORTEST - (sheet.y - top)))


def _line(sheet: Sheet, stretch: Stretch, top: float, bottom: float) -> None:
    points = ((LINE_X, top + STOP_RADIUS + 3), (LINE_X, bottom - STOP_RADIUS - 2))
    sheet.draw(patterns.stretch(points, stretch.status, width=LINE_WIDTH))
    if stretch.mark:
        sheet.draw_on_top(patterns.mark(patterns.middle(points), alarms=stretch.mark.alarms))


def _mark(sheet: Sheet, mark: Mark | None, at: svg.Point) -> None:
    if mark is None:
        return
    sheet.draw_on_top(patterns.mark(at, alarms=mark.alarms))
    for said in mark.lines:
        sheet.write(said, x=WORDS_X)
