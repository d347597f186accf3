"""Where does a row of a sheet say that something happened: on a stretch, in a town, on a road or in a region?

A cell is a place's name rather than a sentence, so "Sandaré–Diéma" is the stretch, and a region is no town of its name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from alerts.desk.fields import Desk
from alerts.desk.line import Fault, FaultKind, is_abroad, located
from alerts.geography.model import AreaKind, Location, Region
from alerts.incidents.kinds import kind_of
from alerts.incidents.words import fold
from alerts.reading.model import EventType

_ENDS = re.compile(r"\s*[–—→]\s*|\s+-\s+")
_SEVERAL = re.compile(r"\s*[;,]\s*")
_LEVELS = ("region", "district", "cercle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells that may say where; "" where there is none."""

    place: str
    road: str
    region: str

    @classmethod
    def of(cls, cells: Mapping[str, str]) -> "Cells":
        """Those of a row."""
        return cls(place=cells.get("place", ""), road=cells.get("road", ""), region=cells.get("region", ""))


def place_in(cells: Cells, event_type: EventType, desk: Desk) -> Location | Fault:
    """The most exact thing that the cells name."""
    if (stretch := _stretch(cells, desk)) is not None:
        return Fault(kind=FaultKind.ABROAD) if is_abroad(stretch, desk.atlas) else stretch
    if not cells.place and cells.region:
        return _wide(cells, event_type, desk)
    words = f"{cells.road} {cells.place}".strip()
    return located(words, event_type, atlas=desk.atlas, reader=desk.reader, now=desk.now)


def _stretch(cells: Cells, desk: Desk) -> Location | None:
    """The way between two places, where the cell is two names with a dash or an arrow between them."""
    areas = [desk.atlas.resolve(end).area for end in _ENDS.split(cells.place)]
    ends = [area.id for area in areas if area is not None and area.kind is AreaKind.PLACE]
    if len(areas) != 2 or len(ends) != 2:  # noqa: PLR2004 - as it says
        return None
    return desk.atlas.locate(leg=(ends[0], ends[1]), roads=_SEVERAL.split(cells.road))


def _wide(cells: Cells, event_type: EventType, desk: Desk) -> Location | Fault:
    """A whole region, for what can hold for one."""
    regions = [_region(name, desk) for name in _SEVERAL.split(cells.region)]
    known = [region.id for region in regions if region is not None]
    if len(known) < len(regions) or not kind_of(event_type).may_be_wide:
        return Fault(kind=FaultKind.NO_PLACE)
    return desk.atlas.locate(regions=known, roads=_SEVERAL.split(cells.road))


def _region(name: str, desk: Desk) -> Region | None:
    """The widest area of this name, as it is now."""
    named = [one for one in desk.atlas.regions.values() if fold(one.name) == fold(name) and one.level in _LEVELS]
    return min(named, key=lambda one: (_LEVELS.index(one.level), one.former), default=None)
