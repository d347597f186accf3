"""What did a person mean by what they typed?"""

from collections.abc import Mapping

from alerts.geography.model import (
    DEFAULT_RADIUS_KM,
    Area,
    AreaKind,
    Corridor,
    Place,
    Region,
    Resolved,
    Road,
)
from alerts.geography.names import Names
from alerts.geography.spelling import visible, words


class Resolver:
    """First version: exact names."""

    def __init__(
        self,
        *,
        places: Mapping[str, Place],
        roads: Mapping[str, Road],
        corridors: Mapping[str, Corridor],
        regions: Mapping[str, Region],
        names: Names,
    ) -> None:
        self._places, self._names = places, names
        self._roads, self._corridors, self._regions = roads, corridors, regions
        self._refs = {road.ref.lower(): road.ref for road in roads.values() if road.ref}

    def resolve(self, text: str) -> Resolved:
        """What `text` means."""
        typed = words(visible(text)[:200])
        joined = "".join(typed)
        if joined in self._refs:
            ref = self._refs[joined]
            return Resolved(kind="road", name=ref, area=Area(kind=AreaKind.ROAD, id=ref))
        if found := self._names.exact(joined):
            area = Area(kind=AreaKind.PLACE, id=found[0], radius_km=DEFAULT_RADIUS_KM)
            return Resolved(kind="place", name=self._places[found[0]].name, area=area)
        for cut in range(1, len(typed)):
            start, end = self._names.exact("".join(typed[:cut])), self._names.exact("".join(typed[cut:]))
            if start and end and start != end:
                area = Area(kind=AreaKind.ROUTE, id=f"{start[0]}/{end[0]}")
                one, other = self._places[start[0]].name, self._places[end[0]].name
                return Resolved(kind="route", name=f"{one} → {other}", area=area, start=one, end=other)
        return Resolved(kind="unknown", unknown=text[:40])
