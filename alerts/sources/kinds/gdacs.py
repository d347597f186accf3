"""Which floods in Mali does GDACS, the world's disaster alert system, tell of?

Its feed holds every disaster of the world, with elements of its own for kind, country, level and place.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from alerts.sources.formats import field_text, raw_feed, xml_entry
from alerts.sources.parsed import ParseFailed, RawEntry, RawFeed

COUNTRY = "MLI"
FLOOD = "FL"
# Green is GDACS's word for "little impact expected": several a year, and of no use to anyone on a road.
LEVELS = frozenset({"ORANGE", "RED"})


def raw_gdacs(body: bytes, *, content_type: str | None) -> RawFeed | ParseFailed:
    """The floods of the two graver levels in Mali; everything else is left out."""
    return raw_feed(body, content_type=content_type, entry=_flood_in_mali)


def _flood_in_mali(entry: Mapping[str, Any]) -> RawEntry | None:
    if field_text(entry, "gdacs_eventtype").upper() != FLOOD or not _is_in_mali(entry):
        return None
    if field_text(entry, "gdacs_alertlevel").upper() not in LEVELS:
        return None
    event = field_text(entry, "gdacs_eventid")
    raw = xml_entry(entry)
    # One event is told in many episodes, each an entry of its own: the event is what is known by its name.
    return replace(raw, guid=f"FL{event}" if event else raw.guid, point=_point(entry))


def _is_in_mali(entry: Mapping[str, Any]) -> bool:
    """By its code, or where one flood is in several countries, by their names."""
    countries = (name.strip().casefold() for name in field_text(entry, "gdacs_country").split(","))
    return field_text(entry, "gdacs_iso3").upper() == COUNTRY or "mali" in countries


def _point(entry: Mapping[str, Any]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(field_text(entry, "geo_lat")), float(field_text(entry, "geo_long"))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None  # noqa: PLR2004 -- degrees
