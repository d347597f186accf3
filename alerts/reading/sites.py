"""Which places does a text name, and which of several places with one name is meant?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from alerts.geography.atlas import Atlas
from alerts.geography.distances import Point
from alerts.geography.gazetteer import PRIORITY as FURTHER
from alerts.geography.model import Place, Region
from alerts.geography.spelling import key, sound
from alerts.reading.index import HEARD, HOME, by_name, by_sound, by_spelling, is_tamasheq, on_road
from alerts.reading.lexicon import Hits, load
from alerts.reading.namesakes import NEAR_KM, NEIGHBOURS_KM, apart, is_by, is_further, lies_in, nearest, which, within
from alerts.reading.roads import road_refs
from alerts.reading.text import Text, flatten

REGION_KINDS = frozenset({"region", "cercle", "district"})
UNLISTED = "unlisted"
_LONG = 6
_ALIKE = 83.0  # of 100
_CONFUSED = str.maketrans("uejg", "oisk")  # as heard: "-gou" and "-go", "Bazi" and "Badji", "-gourou" and "-kourou"
_REGION_AFTER = re.compile(r" (region|cercle|circle|district|province|regions|cercles)\b")
_AREA_BEFORE = re.compile(r"\b(?:region|cercle|commune|arrondissement) (?:de |d |of )$")
_WORD_BEFORE = re.compile(r"([a-z0-9]+)[ .]*$")
_WORDS_BEFORE = re.compile(r"([a-z0-9]+(?: [a-z0-9]+)?(?: [a-z0-9]+)?) $")
_WORD_AFTER = re.compile(r" ([a-z0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place as named at one spot of a text; `id` is a place's or a region's, or made up for an unlisted village.

    `doubtful` marks a name that is a place's only where the words around it say so.
    """

    start: int
    end: int
    id: str
    name: str
    kind: str
    country: str
    latitude: float | None
    longitude: float | None
    doubtful: bool = False

    @property
    def is_region(self) -> bool:
        """Whether a whole region or cercle is meant."""
        return self.kind in REGION_KINDS

    @property
    def is_on_map(self) -> bool:
        """Whether the atlas knows where it lies; of an unlisted village only its text does."""
        return self.latitude is not None and self.kind != UNLISTED


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    ids: tuple[str, ...]


class Sites:
    """Finds the atlas's places in texts."""

    def __init__(self, atlas: Atlas) -> None:
        self._places = atlas.places
        self._defaults = {flatten(known.spelling): known.default for known in atlas.homonyms.values()}
        self._regions = by_name(atlas)
        self._areas = _areas(atlas)
        self._on_road = on_road(atlas)
        self._automaton = by_spelling(atlas)
        self._sounds = by_sound(atlas)
        self._by_letter: dict[str, list[str]] = {}
        for heard in self._sounds:
            self._by_letter.setdefault(heard[0], []).append(heard)
        rules = load("names")
        self._needs_mali = _flat_set(rules["needs_mali"])
        self._abroad_too = _flat_set(rules["abroad_too"])
        self._never = _flat_set(rules["never_alone"])
        self._only_with_cue = _flat_set(rules["only_with_cue"])
        self._titles = _flat_set([*rules["person"]["titles"], *rules["person"]["first_names"]])
        self._surnames = _flat_set(rules["person"]["surnames"])
        self._company_before = _flat_set(rules["company"]["before"])
        self._company_after = _flat_set(rules["company"]["after"])

    def find(self, text: Text, hits: Hits, *, speaks_of_mali: bool, names_abroad: bool) -> list[Site]:
        """The places of a text in reading order.

        `speaks_of_mali` says whether the text names Mali itself; without it, a name that is also an ordinary word
        counts only beside another Malian place, and one that only an operator's gazetteer has only if it is long.
        Where a text `names_abroad` another country, such a name takes a place that is surely Malian.
        """
        names = [name for name in self._longest(text) if not self._is_other(text, name)]
        names = [name for name in names if not (self._is_further(name) and _is_a_word(text, hits, name.start))]
        if names_abroad and not speaks_of_mali and not any(self._is_sure(text, name) for name in names):
            names = [name for name in names if not self._is_further(name)]
        anchored = (
            speaks_of_mali
            or any(self._is_sure(text, name) for name in names)
            or self._are_neighbours(names)
            or self._are_on_the_road(text, names)
        )
        if not anchored:
            names = [name for name in names if not self._may_be_a_word(text, name) and not self._is_short(name)]
        sure = {place.id: place for name in names if (place := self._surely(text, name))}
        found = ((name, self._which(text, name, names, sure)) for name in names)
        return [self._site(text, name, place, hits) for name, place in found if place is not None]

    def heard(
        self,
        text: Text,
        start: int,
        end: int,
        others: Sequence[Site],
        *,
        point: Point | None = None,
        speaks_of_mali: bool = True,
    ) -> Site | None:
        """The place that sounds like the name at [start, end), or nearly: the one by the `others`, or the only one.

        It lies in the area named with it and by the `point` that the text gives; an operator's gazetteer's must lie
        nearer than the atlas's. Without `speaks_of_mali` only a long name counts that sounds so.
        """
        heard = sound(key(text.plain[start:end]))
        if len(heard) < (HEARD if speaks_of_mali else _LONG):
            return None
        around = [self._places[site.id] for site in others if site.id in self._places]
        area = self._area_of(text, end, others)
        for ids, reach in (
            (self._sounds.get(heard, ()), NEIGHBOURS_KM),
            (self._nearly(heard, or_else=speaks_of_mali), NEAR_KM),
        ):
            candidates = [self._places[place_id] for place_id in ids]
            if area:
                candidates = within(candidates, area)
            if point:
                candidates = [place for place in candidates if is_by(place, point)]
            near = [
                place
                for place in candidates
                if nearest(place, around) < (reach if place.priority == FURTHER else NEIGHBOURS_KM)
            ]
            if near or (len(candidates) == 1 and not around):
                place = min(near or candidates, key=lambda one: nearest(one, area[:1] or around))
                return _site(_Name(start, end, (place.id,)), place.id, place.name, place.kind, place)
        return None

    def is_further(self, site: Site) -> bool:
        """Whether only an operator's gazetteer has the place."""
        return site.id in self._places and self._places[site.id].priority == FURTHER

    def lies_by(self, site: Site, others: Sequence[Site], text: Text, end: int) -> bool:
        """Whether a place lies in the area named with a name that ends at `end`, or close to another one, if any."""
        place = self._places[site.id]
        if area := self._area_of(text, end, others):
            return bool(within([place], area))
        around = [self._places[one.id] for one in others if one.id in self._places and one.id != site.id]
        return not around or nearest(place, around) < NEAR_KM

    def _area_of(self, text: Text, end: int, others: Iterable[Site]) -> Sequence[Place]:
        """The places of the area in which the name lies that ends at `end`, its seat first."""
        area = next((other for other in others if lies_in(text.flat, end, other.start, other.end)), None)
        if area is None or self.is_further(area):
            return ()
        seat = (self._places[area.id],) if area.id in self._places else ()
        return (*self._areas.get(text.flat[area.start : area.end], ()), *seat)

    def as_region(self, site: Site, before: Site) -> Site:
        """The region that is named like the place `site` is, where the one named before it lies in such a region."""
        region, place = self._regions.get(flatten(site.name), {}).get("region"), self._places.get(before.id)
        if site.is_region or region is None or place is None or place.id == site.id:
            return site
        if not within([place], self._areas.get(flatten(site.name), ())):
            return site
        capital = self._places[region.capital or site.id]
        return _site(_Name(site.start, site.end, (site.id,)), region.id, region.name, region.level, capital)

    def as_cercle(self, site: Site) -> Site:
        """The cercle that is named like the place `site` is, where there is one."""
        region = self._regions.get(flatten(site.name), {}).get("cercle")
        if site.is_region or region is None:
            return site
        capital = self._places.get(region.capital or site.id)
        named = _Name(site.start, site.end, (site.id,))
        return _site(named, region.id, region.name, region.level, capital) if capital else site

    def names_a_region(self, site: Site) -> bool:
        """Whether a region has the name that `site` is named by."""
        return "region" in self._regions.get(flatten(site.name), {})

    def _nearly(self, heard: str, *, or_else: bool) -> tuple[str, ...]:
        """The places whose names sound most alike, where a letter or two differ in a long name.

        Letters that are often confused may differ, other ones only if `or_else`.
        """
        if len(heard) < _LONG:
            return ()
        best = process.extract(
            heard, self._by_letter.get(heard[0], ()), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3
        )
        names = [name for name, score, _ in best if score > best[0][1] - 1]
        confused = [name for name in names if name.translate(_CONFUSED) == heard.translate(_CONFUSED)]
        return tuple(place_id for name in (names if or_else else confused) for place_id in self._sounds[name])

    def _longest(self, text: Text) -> list[_Name]:
        """Names on whole words and with a capital, the longest where several overlap."""
        found: list[_Name] = []
        for last, (length, ids) in self._automaton.iter(text.flat):
            start, end = last - length + 1, last + 1
            if _whole(text.flat, start, end) and text.plain[start].isupper():
                found.append(_Name(start, end, ids))
        found.sort(key=lambda name: (name.start, -name.end))
        kept: list[_Name] = []
        for name in found:
            if not kept or name.start >= kept[-1].end:
                kept.append(name)
        return kept

    def _is_sure(self, text: Text, name: _Name) -> bool:
        if self._places[name.ids[0]].country != HOME or self._is_doubtful(text, name):
            return False
        return not self._may_be_a_word(text, name)

    def _is_doubtful(self, text: Text, name: _Name) -> bool:
        """Whether the name is a word of its own, or only an operator's gazetteer has it."""
        return text.flat[name.start : name.end] in self._only_with_cue or self._is_further(name)

    def _is_further(self, name: _Name) -> bool:
        """Whether only an operator's gazetteer has the name."""
        return is_further(self._places[place_id] for place_id in name.ids)

    def _is_short(self, name: _Name) -> bool:
        return self._is_further(name) and name.end - name.start < _LONG

    def _surely(self, text: Text, name: _Name) -> Place | None:
        """The one curated place of the name, whatever a gazetteer has beside it."""
        curated = [place for place_id in name.ids if (place := self._places[place_id]).priority != FURTHER]
        return curated[0] if len(curated) == 1 and not self._is_doubtful(text, name) else None

    def _are_neighbours(self, names: Sequence[_Name]) -> bool:
        """Whether two different doubtful names lie close together, which is no accident."""
        places = list({name.ids[0]: self._places[name.ids[0]] for name in names}.values())
        return any(
            (apart(one, other) < NEIGHBOURS_KM and one.country == other.country == HOME)
            or (apart(one, other) < NEAR_KM and HOME in {one.country, other.country})
            for at, one in enumerate(places)
            for other in places[at + 1 :]
        )

    def _are_on_the_road(self, text: Text, names: Sequence[_Name]) -> bool:
        """Whether a doubtful name lies on a road that the text numbers ("à Bla, sur la RN6")."""
        along = frozenset[str]().union(*(self._on_road.get(ref, frozenset()) for ref in road_refs(text)))
        return any(not along.isdisjoint(name.ids) for name in names)

    def _may_be_a_word(self, text: Text, name: _Name) -> bool:
        word = text.flat[name.start : name.end]
        if word not in self._needs_mali or _AREA_BEFORE.search(text.flat, max(0, name.start - 20), name.start):
            return False
        return text.plain[name.start : name.end].isascii() or word in self._abroad_too

    def _is_other(self, text: Text, name: _Name) -> bool:
        """A word, a person, a company or a club with a place's name."""
        if text.flat[name.start : name.end] in self._never:
            return True
        before = _WORDS_BEFORE.search(text.flat, max(0, name.start - 40), name.start)
        after = _WORD_AFTER.match(text.flat, name.end)
        return bool(
            (before and self._names_something(text, before.group(1), name.start))
            or (after and self._goes_on(text, after.group(1), name.end + 1)),
        )

    def _names_something(self, text: Text, words: str, at: int) -> bool:
        """Whether the capitalised word (or short phrase) before makes it a person or a company."""
        parts = words.split(" ")
        last = parts[-1]
        if " ".join(parts[-2:]) in self._company_before:
            return True
        if text.plain[at - 1] != " " or not text.plain[at - 1 - len(last)].isupper():
            return last in self._titles and text.plain[at - 1] == " " and last != "me" and len(last) > 1
        return last in self._company_before or last in self._titles

    def _goes_on(self, text: Text, word: str, at: int) -> bool:
        capital = text.plain[at].isupper()
        return capital and text.plain[at - 1] in " '" and (word in self._company_after or word in self._surnames)

    def _site(self, text: Text, name: _Name, place: Place, hits: Hits) -> Site:
        region = self._region_of(text.flat, name, place, hits)
        if region:
            capital = self._places.get(region.capital or place.id, place)
            return _site(name, region.id, region.name, region.level, capital)
        found = _site(name, place.id, place.name, place.kind, place)
        return replace(found, doubtful=self._is_doubtful(text, name))

    def _which(self, text: Text, name: _Name, names: Sequence[_Name], known: Mapping[str, Place]) -> Place | None:
        usual = self._defaults.get(text.flat[name.start : name.end])
        candidates = [self._places[place_id] for place_id in name.ids]
        return which(candidates, known, self._area(text, name, names), self._places[usual] if usual else None)

    def _area(self, text: Text, name: _Name, names: Iterable[_Name]) -> Sequence[Place]:
        """The places of the area that is named with a name ("Galou (Douentza, Mopti)"), its seat first."""
        after = (other for other in names if lies_in(text.flat, name.end, other.start, other.end))
        area = next(after, None)
        if area is None:
            return ()
        seats = [place for place_id in area.ids if (place := self._places[place_id]).priority != FURTHER]
        return (*self._areas.get(text.flat[area.start : area.end], ()), *seats)

    def _region_of(self, flat: str, name: _Name, place: Place, hits: Hits) -> Region | None:
        regions = self._regions.get(flat[name.start : name.end]) or self._regions.get(flatten(place.name))
        if not regions:
            return None
        before = hits.last_before("region", max(0, name.start - 30), name.start)
        if before and not flat[before.end : name.start].strip():
            return regions.get("cercle" if "cercle" in flat[before.start : before.end] else "region") or _any(regions)
        after = _REGION_AFTER.match(flat, name.end)
        if after:
            return regions.get("cercle" if after.group(1).startswith("c") else "region") or _any(regions)
        return None


def _is_a_word(text: Text, hits: Hits, at: int) -> bool:
    return hits.any_at(at) and not is_tamasheq(text, at)


def unlisted(text: Text, start: int, end: int, point: Point | None = None) -> Site:
    """A village that the atlas does not know, as the text writes it; `point` is where the text puts it."""
    slug = "-".join(re.findall(r"[a-z0-9]+", text.flat[start:end]))
    return Site(
        start=start,
        end=end,
        id=f"{UNLISTED}:{slug}",
        name=text.plain[start:end],
        kind=UNLISTED,
        country=HOME,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


def at_place(start: int, end: int, place: Place) -> Site:
    """`place`, named at [start, end) by other words than its name ("the capital")."""
    return _site(_Name(start, end, (place.id,)), place.id, place.name, place.kind, place)


def _site(name: _Name, site_id: str, label: str, kind: str, point: Place) -> Site:
    return Site(
        start=name.start,
        end=name.end,
        id=site_id,
        name=label,
        kind=kind,
        country=point.country,
        latitude=point.latitude,
        longitude=point.longitude,
    )


def _any(regions: Mapping[str, Region]) -> Region:
    return next(iter(regions.values()))


def _whole(flat: str, start: int, end: int) -> bool:
    return not (start and flat[start - 1].isalnum()) and not (end < len(flat) and flat[end].isalnum())


def _flat_set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(flatten(word) for word in words)


def _areas(atlas: Atlas) -> dict[str, tuple[Place, ...]]:
    """The places of every region and cercle of a name, of either division, the seat first."""
    found: dict[str, dict[str, Place]] = {}
    for region in sorted(atlas.regions.values(), key=lambda region: region.level != "cercle"):
        ids = (*([region.capital] if region.capital else ()), *region.places)
        for name in (region.name, *region.alternate_names):
            found.setdefault(flatten(name), {}).update((place_id, atlas.places[place_id]) for place_id in ids)
    return {name: tuple(places.values()) for name, places in found.items()}
