"""Which way is a question or a button about, and how does it look now?

A button of an answer carries an `Area.id` ("kayes/bamako", "RN1"); that of a leg adds which of how many it is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from alerts.geography.model import Area, AreaKind, Resolved
from alerts.incidents.outlook import Outlook, look_ahead
from handlers.asked import Asked

_LEG = re.compile(r"(?P<area>.+)/(?P<number>[0-9a-f])(?P<of>[0-9a-f])")  # no way has more than 15 legs


@dataclass(frozen=True, slots=True, kw_only=True)
class TappedLeg:
    """A leg as its button names it: `number` counts from 0, and is less than `of`."""

    area_id: str
    number: int
    of: int


def leg_data(area: Area, number: int, *, of: int) -> str:
    """What the button of a leg sends back."""
    return f"q:leg:{area.id}/{number:x}{of:x}"


def leg_behind(words: str) -> TappedLeg | None:
    """The leg that the words of a button name; None if no answer ever made such a button."""
    match = _LEG.fullmatch(words)
    if match is None or match["number"] >= match["of"]:
        return None
    return TappedLeg(area_id=match["area"], number=int(match["number"], 16), of=int(match["of"], 16))


async def outlook_of(asked: Asked, area: Area) -> Outlook:
    """How the ways of a route, road or corridor look now."""
    siraba = asked.siraba
    return look_ahead(
        siraba.atlas.road_way(area),
        area=area,
        incidents=await siraba.store.incidents.recent(now=asked.now),
        atlas=siraba.atlas,
        now=asked.now,
        sources_read_at=await siraba.store.feeds.last_read_at(),
    )


def behind(asked: Asked, area_id: str) -> Resolved | None:
    """The way whose `Area.id` a button carries; None where there is no such way, or none any more."""
    atlas = asked.siraba.atlas
    kind = _kind(area_id, corridors=atlas.corridors.keys())
    area = Area(kind=kind, id=area_id)
    if not atlas.road_way(area):
        return None
    return Resolved(kind=kind, name=area_id if kind is AreaKind.ROAD else atlas.name(area), area=area)


def _kind(area_id: str, *, corridors: Collection[str]) -> AreaKind:
    if "/" in area_id:
        return AreaKind.ROUTE
    return AreaKind.CORRIDOR if area_id in corridors else AreaKind.ROAD
