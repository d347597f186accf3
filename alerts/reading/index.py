"""By which spellings and sounds are the atlas's places and regions looked up in a text?"""

import re
from collections.abc import Iterator
from typing import Any

import ahocorasick

from alerts.geography.atlas import Atlas
from alerts.geography.model import Region
from alerts.geography.spelling import key, sound
from alerts.reading.text import Text, flatten

HOME = "ML"
HEARD = 4  # letters as heard: shorter names sound like half the dictionary

_PEOPLE_OF = re.compile(
    r"[ -](?:dogon|peulh?|hab[eé]|bambara|marka|bozo|rimaib[eé]|foulb[eé]|tamacheck?|kesel|do|na|ba)$", re.IGNORECASE
)
_TAMASHEQ = re.compile(r"(?P<word>t?i) ?n (?=[a-z]{3})")  # "I-n-Tillit", "In Tillit"; "Ti-n-Essako", "Tin Essako"

_TAMASHEQ_NAME = re.compile(r"(?:T?I|Ti)-?n[- ](?=[A-Z])")


def is_tamasheq(text: Text, at: int) -> bool:
    """Whether a name begins with "In-" or "Tin-" at `at`; a sentence's first word "In" is none."""
    begins = _TAMASHEQ_NAME.match(text.plain, at)
    return begins is not None and ("-" in begins[0] or text.sentence_at(at).start < at)


def spellings(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Every way a place may be written in a text, with its id."""
    yield from atlas.names()
    for place in atlas.places.values():
        yield place.name, place.id
        if (short := _PEOPLE_OF.sub("", place.name)) != place.name and len(short) >= HEARD:
            yield short, place.id
        if parts := _TAMASHEQ.match(flatten(place.name)):
            rest = flatten(place.name)[parts.end() :]
            yield from ((parts["word"] + joint + rest, place.id) for joint in ("n ", " n ", "n"))


def by_spelling(atlas: Atlas) -> Any:
    """An automaton over the flat spellings; each gives its length and the ids of its places."""
    ids: dict[str, dict[str, None]] = {}
    for spelling, place_id in spellings(atlas):
        flat = flatten(spelling)
        if len(flat) > 1:
            ids.setdefault(flat, {})[place_id] = None
    automaton = ahocorasick.Automaton()
    for flat, places in ids.items():
        automaton.add_word(flat, (len(flat), tuple(places)))
    automaton.make_automaton()
    return automaton


def by_sound(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The places of Mali by the sound of their names."""
    sounds: dict[str, dict[str, None]] = {}
    for spelling, place_id in spellings(atlas):
        if len(name := key(spelling)) >= HEARD and atlas.places[place_id].country == HOME:
            sounds.setdefault(sound(name), {})[place_id] = None
    return {heard: tuple(places) for heard, places in sounds.items()}


def by_name(atlas: Atlas) -> dict[str, dict[str, Region]]:
    """Regions and cercles by name and level; of 2023 where both divisions have the name."""
    found: dict[str, dict[str, Region]] = {}
    for region in sorted(atlas.regions.values(), key=lambda region: region.former):
        for name in (region.name, *region.alternate_names):
            found.setdefault(flatten(name), {}).setdefault(region.level, region)
    return found


def on_road(atlas: Atlas) -> dict[str, frozenset[str]]:
    """The places of Mali along each numbered road."""
    along: dict[str, set[str]] = {}
    for road in atlas.roads.values():
        if road.ref:
            along.setdefault(road.ref, set()).update(road.waypoints)
    return {
        ref: frozenset(place for place in found if atlas.places[place].country == HOME) for ref, found in along.items()
    }
