"""What does a picture cost, in milliseconds and in bytes on a slow line?"""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind
from alerts.incidents.outlook import Outlook, look_ahead
from alerts.pictures.draw import PictureKind, draw
from alerts.wording.voice import Voices
from benchmarks.crowd import incidents
from benchmarks.table import show, spread, timed

NOW = datetime(2025, 10, 5, 10, tzinfo=UTC)
KNOWN = 400
ROUTES = (("bamako", "kati"), ("kayes", "bamako"), ("kidal", "bamako"))


def run(*, quick: bool) -> None:
    times = 5 if quick else 25
    atlas = Atlas.load()
    voices = Voices.load(atlas, ZoneInfo("Africa/Bamako"))
    rows = []
    for (start, end), language, kind in product(ROUTES, ("fr", "bm"), PictureKind):
        outlook = _outlook(atlas, start, end)
        picture = partial(draw, outlook, atlas=atlas, voice=voices[language], now=NOW, kind=kind)
        name = f"{atlas.place_name(start)} → {atlas.place_name(end)}, {kind}, {language}"
        rows.append((name, f"{len(picture()) / 1000:.1f}", *spread(timed(picture, times=times))))
    show("Pictures", ("what", "kB", "median ms", "p99 ms", "worst ms"), rows)


def _outlook(atlas: Atlas, start: str, end: str) -> Outlook:
    known = incidents(KNOWN, atlas, now=NOW)
    area = Area(kind=AreaKind.ROUTE, id=f"{start}/{end}")
    read_at = NOW - timedelta(minutes=12)
    return look_ahead(atlas.ways(start, end), area=area, incidents=known, atlas=atlas, now=NOW, sources_read_at=read_at)
