"""How is the fuel of the last weeks drawn: a line of days for each town and product?

Height and pattern say what the colour says, and the word of today stands beside it. Nothing is green: fuel on sale
is no promise that it lasts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from alerts.fuel.model import Availability, Product
from alerts.fuel.trend import DAYS, Trend
from alerts.geography.atlas import Atlas
from alerts.pictures import svg
from alerts.pictures.draw import HEAVIEST, PIXELS, png
from alerts.pictures.letters import BOUND
from alerts.pictures.sheet import MARGIN, SMALL, WIDTH, Sheet
from alerts.pictures.tongues import Tongues
from alerts.wording.times import day_name
from alerts.wording.words import Words, sentence

TREND_PRODUCTS = (Product.DIESEL, Product.PETROL)
"""What vehicles burn."""

MOST_TOWNS = 6
ROW = 24
"""How tall a day of fuel on sale stands."""

STEP = (WIDTH - 2 * MARGIN) / DAYS
BAR = 0.68 * STEP
WEEK = 7
COLOURS = {
    Availability.AVAILABLE: "#2a62a8",
    Availability.LIMITED: "#a85500",
    Availability.OUT: "#a3161b",
    Availability.UNKNOWN: "#8a8780",
}
SHOWN = (Availability.AVAILABLE, Availability.LIMITED, Availability.OUT, Availability.UNKNOWN)


def draw_trend(found: Sequence[Trend], *, language: str, atlas: Atlas, now: datetime) -> bytes:
    """The picture as PNG, as sharp as 60 kB allow. Its dates are written in the zone of `now`, which is aware."""
    picture = trend_svg(found, tongues=Tongues(language, atlas=atlas), atlas=atlas, now=now)
    for pixels in PIXELS:
        drawn = png(picture, pixels=pixels)
        if len(drawn) <= HEAVIEST:
            return drawn
    return drawn


def trend_svg(found: Sequence[Trend], *, tongues: Tongues, atlas: Atlas, now: datetime) -> str:
    """The same as SVG: the towns most is known of, in the order of `found`."""
    sheet, towns = Sheet(), _by_town(found)
    at = f"{now:%d/%m/%Y %H:%M}".replace(" ", BOUND)
    sheet.write(tongues.say(lambda words: words.say("pump.trend.title").upper()), size=20, bold=True)
    sheet.write(tongues.say(lambda words: words.say("picture.made", date=at)), fill=svg.FAINT)
    sheet.gap(6)
    _legend(sheet, tongues)
    for place, town in list(towns.items())[: _room(tongues)]:
        _town(sheet, atlas.place_name(place), town, tongues=tongues, now=now)
    if hidden := len(towns) - _room(tongues):
        _hidden(sheet, hidden, tongues)
    sheet.rule()
    sheet.gap(4)
    sheet.write(tongues.say(lambda words: words.say("pump.trend.caution")))
    return sheet.finished()


def _room(tongues: Tongues) -> int:
    return tongues.room(MOST_TOWNS)


def _hidden(sheet: Sheet, number: int, tongues: Tongues) -> None:
    if number > 0:
        sheet.write(tongues.say(lambda words: words.count("pump.trend.more", number)), fill=svg.FAINT)
        sheet.gap(4)


def _by_town(found: Sequence[Trend]) -> Mapping[str, Sequence[Trend]]:
    towns: defaultdict[str, list[Trend]] = defaultdict(list)
    for trend in found:
        towns[trend.place].append(trend)
    return towns


def _legend(sheet: Sheet, tongues: Tongues) -> None:
    """What each mark means, above the first of them."""
    for availability in SHOWN:
        base = sheet.y + 1.15 * SMALL
        _day(sheet, MARGIN + 6, base, availability, tall=0.75 * ROW)
        words = tongues.say(partial(_meant, availability=availability))
        sheet.write(words, x=MARGIN + 24, bold=True, fill=_ink(availability))
    sheet.gap(6)


def _meant(words: Words, *, availability: Availability) -> str:
    return words.say(f"pump.trend.{availability}")


def _ink(availability: Availability) -> str:
    return svg.FAINT if availability is Availability.UNKNOWN else COLOURS[availability]


def _town(sheet: Sheet, name: str, town: Sequence[Trend], *, tongues: Tongues, now: datetime) -> None:
    sheet.rule()
    sheet.gap(6)
    sheet.write((name,), size=17, bold=True)
    for trend in town:
        last = trend.days[-1]
        sheet.write(tongues.say(partial(_today, trend=trend)), bold=True, fill=_ink(last))
        sheet.gap(ROW + 3)
        for number, availability in enumerate(trend.days):
            _day(sheet, MARGIN + (number + 0.5) * STEP, sheet.y, availability, tall=ROW)
        _weeks(sheet)
        sheet.gap(7)
    _dates(sheet, tongues, now)
    sheet.gap(6)


def _today(words: Words, *, trend: Trend) -> str:
    product = sentence(words.say(f"product.{trend.product}"))
    return words.say("pump.trend.line", product=product, state=words.say(f"pump.trend.{trend.days[-1]}"))


def _day(sheet: Sheet, x: float, base: float, availability: Availability, *, tall: float) -> None:
    """One day: a full bar, half a bar, a cross, or a dot where nothing is known."""
    colour, half = COLOURS[availability], BAR / 2
    match availability:
        case Availability.AVAILABLE:
            shapes = [svg.stroke(((x, base), (x, base - tall)), colour=colour, width=BAR)]
        case Availability.LIMITED:
            shapes = [svg.stroke(((x, base), (x, base - 0.5 * tall)), colour=colour, width=BAR, dashes="3 1.6")]
        case Availability.OUT:
            low, high = base - 1, base - 1 - 2 * half
            cross = (((x - half, low), (x + half, high)), ((x - half, high), (x + half, low)))
            shapes = [svg.stroke(line, colour=colour, width=2.6) for line in cross]
        case Availability.UNKNOWN:
            shapes = [svg.stroke(((x, base - 2), (x, base)), colour=colour, width=2)]
    sheet.draw(shapes)


def _weeks(sheet: Sheet) -> None:
    """The line the days stand on, with a tick where each week begins."""
    y = sheet.y + 1.5
    sheet.draw([svg.stroke(((MARGIN, y), (WIDTH - MARGIN, y)), colour=svg.FAINT, width=1)])
    for number in range(0, DAYS + 1, WEEK):
        x = MARGIN + number * STEP
        sheet.draw([svg.stroke(((x, y), (x, y + 4)), colour=svg.FAINT, width=1)])


def _dates(sheet: Sheet, tongues: Tongues, now: datetime) -> None:
    """The first day and the last."""
    first, last = now.date() - timedelta(days=DAYS - 1), now.date()
    sheet.gap(SMALL * 1.2)
    for day, x, anchor in ((first, MARGIN, "start"), (last, WIDTH - MARGIN, "end")):
        said = tongues.say(partial(_named, day=day, now=now))[0]
        sheet.draw([svg.text(said, (x, sheet.y), size=SMALL, fill=svg.FAINT, anchor=anchor)])


def _named(words: Words, *, day: date, now: datetime) -> str:
    return day_name(words, day, today=now.date())
