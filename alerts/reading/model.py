"""What goes into reading and what comes out of it.

The field names of `Reading.as_json` are the public ones of `siraba read`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class EventType(StrEnum):
    """What happened, in the vocabulary's terms (ACLED and WFP names in docs/vocabulary.md)."""

    ATTACK_ON_CONVOY = "attack_on_convoy"
    AMBUSH = "ambush"
    IED = "ied"
    VEHICLE_BURNING = "vehicle_burning"
    KIDNAPPING = "kidnapping"
    TOWN_ATTACK = "town_attack"
    ARMED_CLASH = "armed_clash"
    AIRSTRIKE = "airstrike"
    BLOCKADE = "blockade"
    CHECKPOINT_EXTORTION = "checkpoint_extortion"
    ROAD_CLOSED = "road_closed"
    BRIDGE_OUT = "bridge_out"
    FLOOD = "flood"
    ACCIDENT = "accident"
    STRIKE_PROTEST = "strike_protest"
    BORDER_CLOSED = "border_closed"
    FUEL_SHORTAGE = "fuel_shortage"
    FUEL_ARRIVAL = "fuel_arrival"
    FUEL_PRICE = "fuel_price"
    FUEL_IMPORT_BAN = "fuel_import_ban"
    ESCORT_OR_REOPENING = "escort_or_reopening"
    OTHER = "other"


class Role(StrEnum):
    """Whether the event happened at a place, or the place is only named."""

    EVENT = "event"
    MENTION = "mention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed as plain text; `published` is aware UTC or None, `language` a two-letter code or None.

    `published_month_only` says that just the month of `published` is known: no day is counted back from it.
    `outlet` is whose entry it is where the feed says so, `point` where its source puts it (latitude, longitude), and
    `replaces` are the ids of earlier entries that it takes the place of.
    """

    id: str
    title: str
    summary: str = ""
    url: str = ""
    published: datetime | None = None
    language: str | None = None
    published_month_only: bool = False
    outlet: str = ""
    point: tuple[float, float] | None = None
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRead:
    """A place named in an item; `kind` is that of the place, or "region" or "cercle"."""

    id: str
    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an item says, as far as it can be told from its text alone.

    `leg` holds two place *ids*; `event_types` the most important first; numbers are None rather than a guess.
    `origin` names the outlet or agency the item itself cites as its source ("AFP"), for telling reprints apart.
    `because` is the trail of an explanation: each decision with the words that caused it.
    `weighed_only` are the words that speak for road news, taken together, where no rule found an event.
    `named_further` is a place of the event with the word its name goes on with ("Sandaré Koura"): perhaps another one.
    Of an item that is not relevant, `unread` says that no event was recognised as a fact and that it is of no other
    subject, and `maybe` are types that it tells of as a plan, a threat or a rumour.
    """

    id: str
    relevant: bool
    reason: str
    language: str
    event_types: tuple[EventType, ...] = ()
    places: tuple[PlaceRead, ...] = ()
    roads: tuple[str, ...] = ()
    leg: tuple[str, str] | None = None
    event_date: date | None = None
    fatalities: int | None = None
    vehicles_destroyed: int | None = None
    origin: str | None = None
    because: tuple[str, ...] = ()
    named_further: str | None = None
    unread: bool = False
    maybe: tuple[EventType, ...] = ()
    weighed_only: str | None = None

    def as_json(self, leg_names: tuple[str, str] | None) -> dict[str, Any]:
        """The public form; `leg_names` are the names of `leg`'s ends, which an atlas knows."""
        return {
            "id": self.id,
            "relevant": self.relevant,
            "reason": self.reason,
            "event_types": [str(kind) for kind in self.event_types],
            "places": [
                {
                    "id": place.id,
                    "name": place.name,
                    "kind": place.kind,
                    "lat": place.latitude,
                    "lon": place.longitude,
                    "role": str(place.role),
                }
                for place in self.places
            ],
            "roads": list(self.roads),
            "leg": list(leg_names) if leg_names else None,
            "event_date": self.event_date.isoformat() if self.event_date else None,
            "fatalities": self.fatalities,
            "vehicles_destroyed": self.vehicles_destroyed,
            "lang": self.language,
        }
