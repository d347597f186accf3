"""What is a place, a road, a leg, a corridor, a region; and what can a person follow?

Identifiers are slugs ("diangounte-camara"), road references are those people quote ("RN1"), coordinates are
WGS 84 degrees, lengths are kilometres. Values are plain and frozen; everything that looks something up is
`alerts.geography.atlas.Atlas`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum


class AreaKind(StrEnum):
    """The five things a person can follow or ask about."""

    PLACE = "place"
    ROAD = "road"
    CORRIDOR = "corridor"
    REGION = "region"
    ROUTE = "route"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town, village, border post or junction; `latitude` and `longitude` are None where no source has a point.

    `priority` is 1 (corridors, seats, reported attacks) to 3, and 9 for names of an operator's gazetteer.
    `stop` marks the places drivers count a long way by; `region` is that of 2023, `former_region` the one before.
    """

    id: str
    name: str
    kind: str
    country: str
    latitude: float | None
    longitude: float | None
    region: str = ""
    cercle: str = ""
    alternate_names: tuple[str, ...] = ()
    border_town: bool = False
    priority: int = 3
    stop: bool = False
    former_region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A road as people name it. `id` tells rows with one `ref` apart (RN1 by the official list and by the press)."""

    id: str
    ref: str | None
    name: str
    waypoints: tuple[str, ...]
    surface: str = ""
    alternate_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A stretch between two neighbouring places of the graph; `cost_km` weighs its surface (what routing minimises)."""

    start: str
    end: str
    road_ref: str | None
    km: float
    cost_km: float
    surface: str
    core: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """Its two ends in alphabetical order: the same leg in either direction."""
        return (self.start, self.end) if self.start <= self.end else (self.end, self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """A trade corridor: `stops` are what a driver counts by, `waypoints` every place of the graph on it."""

    id: str
    name: str
    stops: tuple[str, ...]
    waypoints: tuple[str, ...]
    alternate_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region or cercle, in the 2023 division or the former one (`former`)."""

    id: str
    level: str
    name: str
    places: tuple[str, ...]
    former: bool = False
    capital: str | None = None
    parent: str | None = None
    alternate_names: tuple[str, ...] = ()


DEFAULT_RADIUS_KM = 50  # an hour's drive or less: what a person who follows a town wants to hear of


@dataclass(frozen=True, slots=True, kw_only=True)
class Homonym:
    """One spelling that several places share; `default` is what it means without further words, None if nothing."""

    spelling: str
    places: tuple[str, ...]
    default: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What someone follows or asks about; equal areas have equal `key`s.

    `id` is a place id, a road ref, a corridor id, a region id, or "from-id/to-id" for a route.
    `radius_km` belongs to places only.
    """

    kind: AreaKind
    id: str
    radius_km: int = 0

    @property
    def key(self) -> str:
        """Text form, such as "road:RN1", "place:kayes:50", "route:kayes/bamako"."""
        return f"{self.kind}:{self.id}:{self.radius_km}" if self.kind is AreaKind.PLACE else f"{self.kind}:{self.id}"

    @property
    def target(self) -> tuple[AreaKind, str]:
        """What it is about, whatever the radius: a chat follows a town once."""
        return (self.kind, self.id)

    @classmethod
    def parse(cls, key: str) -> "Area":
        """Read `key` back.

        Raises:
            ValueError: `key` was not made by `Area.key`.
        """
        kind, _, rest = key.partition(":")
        if AreaKind(kind) is AreaKind.PLACE:
            place, _, radius = rest.rpartition(":")
            return cls(kind=AreaKind.PLACE, id=place, radius_km=int(radius))
        return cls(kind=AreaKind(kind), id=rest)


class Precision(StrEnum):
    """How exactly a location is known (ACLED's geo-precision 1, 2, 3, and not at all)."""

    TOWN = "town"
    NEAR = "near"
    REGION = "region"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where something happened, as coarse as the service ever says it: a leg, a town or a region.

    `leg` holds the two ends a report names ("between Diangounté and Diéma"), neighbours in the graph or not.
    """

    places: tuple[str, ...] = ()
    leg: tuple[str, str] | None = None
    roads: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    precision: Precision = Precision.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """How a location opens a message, in display names.

    "RN1 · Sandaré–Diéma" is `road`, `start` and `end`, and `name` is all of it; a town is a `start` alone, a region
    or a whole road has neither end.
    """

    road: str | None
    start: str | None
    end: str | None
    name: str


class Directness(StrEnum):
    """How directly a followed area holds an event, most directly first; the order of a delivery."""

    ON_IT = "on_it"
    NEAR = "near"
    WIDE = "wide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way from A to B: its legs in travelling order and the stops a driver counts by (both ends included)."""

    stops: tuple[str, ...]
    legs: tuple[Leg, ...]
    roads: tuple[str, ...]
    via: str | None = None

    @property
    def km(self) -> float:
        """Length by road, to the hectometre, so that there and back are the same."""
        return round(fsum(leg.km for leg in self.legs), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a typed text means. `area` is None when `kind` is "unknown" or "ambiguous"; then `suggestions` may help.

    `kind` is place, road, corridor, region, route, unknown or ambiguous; `name` is how to say it back.
    `start` and `end` are place names, of a route only. `unknown` is the piece of text that was not understood.
    """

    kind: str
    name: str = ""
    area: Area | None = None
    start: str | None = None
    end: str | None = None
    unknown: str = ""
    suggestions: tuple["Suggestion", ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A "did you mean": a name for a button, and the whole text to look up if it is tapped."""

    name: str
    text: str
