"""What does a news item say about the roads of Mali? Puts the steps of a reading together, in the order they run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alerts.geography.atlas import Atlas
from alerts.reading import countries, counts, dates, relevance
from alerts.reading.asides import without_asides
from alerts.reading.belongings import without_belongings
from alerts.reading.borrowed import without_borrowed
from alerts.reading.cues import place_hits, read_cues, without_doubtful
from alerts.reading.deaths import deaths
from alerts.reading.events import Event, find_events, order
from alerts.reading.language import detect
from alerts.reading.lexicon import Hits, Lexicon, load
from alerts.reading.mishaps import without_deadly_mishaps
from alerts.reading.model import EventType, Item, Reading, Role
from alerts.reading.origin import cited_origin
from alerts.reading.prune import settle
from alerts.reading.relevance import Verdict, is_of_another_subject, is_old, judge
from alerts.reading.roads import road_refs
from alerts.reading.roles import Placed, as_places, find_leg, place_roles
from alerts.reading.setting import told_anyway
from alerts.reading.sites import Site, Sites
from alerts.reading.spots import Cued
from alerts.reading.stance import Stance
from alerts.reading.text import Text, prepare
from alerts.reading.told import Story, story
from alerts.reading.vehicles import vehicles
from alerts.reading.villages import cercles_around, find_capital, find_villages, named_further, regions_after
from alerts.reading.weighing import Weighed, features, weigh

_WORDS = Lexicon.united(
    (
        Lexicon(load("words"), "words"),
        Lexicon(load("notes"), "notes"),
        Lexicon(load("cues"), "cues"),
        Lexicon(load("note_cues"), "note_cues"),
        Lexicon({"capital": {code: load("names")["capital"][code] for code in ("fr", "en")}}, "names"),
        counts.WORDS,
        countries.WORDS,
        dates.WORDS,
        relevance.WORDS,
    )
)
# What somebody decides happens on the day it is announced.
_DECIDED = frozenset(
    {
        EventType.BLOCKADE,
        EventType.BORDER_CLOSED,
        EventType.ESCORT_OR_REOPENING,
        EventType.FUEL_IMPORT_BAN,
        EventType.FUEL_PRICE,
        EventType.FUEL_SHORTAGE,
        EventType.ROAD_CLOSED,
        EventType.STRIKE_PROTEST,
    }
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What every later step starts from."""

    text: Text
    hits: Hits
    cued: tuple[Cued, ...]
    events: tuple[Event, ...]

    @property
    def sites(self) -> tuple[Site, ...]:
        return tuple(one.site for one in self.cued)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the rules say of a text, and what its words say together."""

    verdict: Verdict
    weighed: Weighed


class Reader:
    """Reads one item at a time; holds compiled lexicons and a pyahocorasick automaton over the atlas's names."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._sites = Sites(atlas)
        self._border_towns = frozenset(place.id for place in atlas.places.values() if place.border_town)

    def read(self, item: Item, *, at_home: bool = False) -> Reading:
        """What an item says. Never raises: a text that says nothing is an irrelevant reading with its reason.

        `at_home` is whether who wrote it writes of Mali unless another country is named: names that are also words, or
        towns abroad too, are then Mali's.
        """
        text = prepare(item)
        language, how = detect(text.flat, item.language)
        trail = [f"language {language} ({how})"]
        found = self._find(text, language, item, at_home=at_home)
        trail += [f"sees {event.type} — {event.why}" for event in found.events]
        verdict = judge(text, found.hits, found.sites, found.events)
        weighed = weigh(text, found.hits, found.sites)
        if not verdict.relevant and (not weighed.is_news or _is_unsure(found.events)):
            return self._irrelevant(item, language, found, verdict.reason, trail)
        return self._relevant(item, language, found, _Judged(verdict, weighed), trail)

    def weighable(self, item: Item) -> dict[str, str]:
        """What of an item is weighed (`weighing.features`), for learning the weights."""
        text = prepare(item)
        found = self._find(text, detect(text.flat, item.language)[0], item, at_home=False)
        return features(text, found.hits, found.sites)

    def _find(self, text: Text, language: str, item: Item, *, at_home: bool) -> _Found:
        hits = Hits(_WORDS.find(text.flat, language))
        hits = without_asides(text, without_belongings(text, without_deadly_mishaps(text, hits)))
        mali = countries.may_be_mali(hits)
        abroad = not mali and countries.names_abroad(text, hits)
        mali = mali or (at_home and not abroad)
        sites = self._sites.find(text, hits, speaks_of_mali=mali, names_abroad=abroad)
        hits = hits.replaced({countries.TOWN: countries.towns_abroad(text, hits, sites)})
        sites = find_capital(text, hits, sites, self._atlas, speaks_of_mali=mali)
        sites = find_villages(text, hits, sites, self._sites, speaks_of_mali=mali)
        sites = regions_after(text, cercles_around(text, sites, self._sites), self._sites)
        sites = without_borrowed(text, sites)
        cued = without_doubtful(text, read_cues(text, hits, sites))
        hits = hits.replaced(place_hits(cued, self._border_towns))
        events = find_events(text, hits, dates.newest_year(text, item))
        return _Found(text, hits, tuple(cued), tuple(events))

    def _irrelevant(self, item: Item, language: str, found: _Found, why: str, trail: list[str]) -> Reading:
        placed = place_roles(told_anyway(found.text, found.hits, found.events), found.cued, self._border_towns)
        return Reading(
            id=item.id,
            relevant=False,
            reason=why,
            language=language,
            places=as_places(placed),
            because=(*trail, f"irrelevant: {why}"),
            unread=_is_unread(found),
            maybe=tuple(dict.fromkeys(event.type for event in found.events if event.stance is Stance.MAYBE)),
        )

    def _relevant(self, item: Item, language: str, found: _Found, judged: _Judged, trail: list[str]) -> Reading:
        text, hits, verdict, weighed = found.text, found.hits, judged.verdict, judged.weighed
        tale = story(text, hits, settle(verdict.facts, hits))
        types = weighed.with_rules(order(tale.facts))
        day, day_words = _day(item, tale, types)
        if is_old(item, day):
            return self._irrelevant(item, language, found, f"looks back on {day} ({day_words})", trail)
        placed = place_roles(tale, found.cued, self._border_towns)
        dead, dead_words = _deaths(language, tale, types)
        lost, lost_words = vehicles(text, hits, language, (tale.sentences, tale.halves, tale.others))
        origin, origin_words = cited_origin(text)
        here = {one.cued.site.id for one in placed if one.role is Role.EVENT}
        trail += [f"weighs {kind} {weighed.why(kind)}" for kind in types]
        trail += [f"{one.role} {one.cued.site.name} — {one.why}" for one in placed]
        trail += _said("day", day, day_words) + _said("deaths", dead, dead_words)
        trail += _said("vehicles destroyed", lost, lost_words) + _said("origin", origin, origin_words)
        return Reading(
            id=item.id,
            relevant=True,
            reason=_reason(
                types, placed, verdict.reason if verdict.relevant else f"words together: {weighed.why_news()}"
            ),
            language=language,
            event_types=types,
            places=as_places(placed),
            roads=road_refs(text),
            leg=find_leg(placed, self._atlas.places),
            event_date=day,
            fatalities=dead,
            vehicles_destroyed=lost,
            origin=origin,
            because=tuple(trail),
            named_further=named_further(text, hits, found.sites, here, language),
            weighed_only=None if verdict.relevant else weighed.why_news(),
        )


def _is_unsure(events: Sequence[Event]) -> bool:
    """Whether something is told as feared, planned or denied: the words of a threat are those of an attack."""
    return any(event.stance in {Stance.MAYBE, Stance.DENIED} for event in events)


def _is_unread(found: _Found) -> bool:
    """Whether no event was recognised, or only denied ones, and no other subject either."""
    seen = any(event.stance is not Stance.DENIED for event in found.events)
    return not seen and not is_of_another_subject(found.text, found.hits)


def _day(item: Item, tale: Story, kinds: Sequence[EventType]) -> tuple[date | None, str]:
    """The day the event's own sentences tell, else the others; of a decision, else the day it was announced."""
    tellings = (tale.sentences, tale.others, tale.halves, tale.afloat)
    for sentences, late in [*((one, False) for one in tellings), *((one, True) for one in tellings)]:
        day, words = dates.event_day(tale.text, tale.hits, item, sentences, late=late)
        if day is not None:
            return day, words
    types = {fact.type for fact in tale.facts} or set(kinds)
    if types - _DECIDED:
        begins = [fact.at for fact in tale.facts if fact.type == order(tale.facts)[0]]
        for day, words in (
            dates.day_of_name(tale.text, tale.hits, item),
            dates.day_before_another(tale.text, tale.hits, item),
            dates.day_counted_from(tale.text, tale.hits, item, begins),
        ):
            if day is not None:
                return day, words
    if _DECIDED & types:
        return dates.day_announced(tale.text, tale.hits, item, tale.text.sentences)
    return None, ""


def _deaths(language: str, tale: Story, types: Sequence[EventType]) -> tuple[int | None, str]:
    """The dead of an event that can kill. A strike or a closure only names the dead of another one.

    Where a further event of the text can kill, they are told with it or right after it.
    """
    deadly = {fact.sentence.number for fact in tale.facts if fact.type not in _DECIDED}
    is_titled = any(sentence.is_title and sentence.number in deadly for sentence in tale.sentences)
    if not types or types[0] not in _DECIDED or is_titled:
        return deaths(tale.text, tale.hits, language, (tale.sentences, tale.halves, tale.others))
    beside = [one for one in tale.sentences if not one.is_title and {one.number, one.number - 1} & deadly]
    return deaths(tale.text, tale.hits, language, (beside,)) if beside else (None, "")


def _said(what: str, value: date | int | str | None, words: str) -> list[str]:
    return [f"{what} {value} — {words}"] if value is not None else []


def _reason(types: Sequence[EventType], placed: Sequence[Placed], why: str) -> str:
    where = list(dict.fromkeys(one.cued.site.name for one in placed if one.role == "event"))
    main = types[0] if types else EventType.OTHER
    return f"{main} at {', '.join(where)} ({why})" if where else f"{main} ({why})"
