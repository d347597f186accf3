"""Is an item about something that matters on the roads of Mali, and if not, why?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alerts.reading.countries import (
    Signs,
    abroad_named,
    is_headed_abroad,
    mali_words,
    names_only_malians,
    names_only_people,
    sentence_signs,
    signs,
    whole_signs,
)
from alerts.reading.events import Event
from alerts.reading.index import HOME
from alerts.reading.lexicon import Hit, Hits, Lexicon, load
from alerts.reading.model import EventType, Item
from alerts.reading.sites import UNLISTED, Site
from alerts.reading.stance import Stance, is_fresh
from alerts.reading.text import Text
from alerts.reading.told import is_digest

TOPICS = load("topics")
WORDS = Lexicon(TOPICS, "topics")

# These say that a road, vehicles or fuel are concerned whatever else an item is about.
_ON_THE_ROAD = frozenset(
    {
        EventType.ATTACK_ON_CONVOY,
        EventType.AMBUSH,
        EventType.IED,
        EventType.VEHICLE_BURNING,
        EventType.KIDNAPPING,
        EventType.ROAD_CLOSED,
        EventType.BRIDGE_OUT,
        EventType.ACCIDENT,
        EventType.BORDER_CLOSED,
        EventType.FUEL_SHORTAGE,
        EventType.FUEL_ARRIVAL,
        EventType.FUEL_IMPORT_BAN,
        EventType.ESCORT_OR_REOPENING,
        EventType.CHECKPOINT_EXTORTION,
    },
)
_AT_BORDERS = frozenset({EventType.BORDER_CLOSED, EventType.ESCORT_OR_REOPENING})
_OF_SUPPLIES = frozenset({EventType.BLOCKADE, EventType.FUEL_ARRIVAL, EventType.FUEL_IMPORT_BAN})
_OLD_NEWS_DAYS = 60
_VETO_HITS = 2
_BORDER = re.compile("fronti|border")
_ON_THE_WAY = re.compile(r"\b(?:to|from|bound for|heading for|vers|pour|destination de|provenance de|parti de) $")

_FROM = re.compile(r"\b(?:venue?s? de|venant de|(?:en )?provenance de|coming from|sent from) $")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether an item is relevant, why, and the events that make it so."""

    relevant: bool
    reason: str
    facts: tuple[Event, ...] = ()


def judge(text: Text, hits: Hits, sites: Sequence[Site], events: Sequence[Event]) -> Verdict:
    """Weigh the events of a text: only facts in Mali that are its subject make it relevant."""
    facts = [event for event in events if event.is_fact]
    if all(fact.rule.vague for fact in facts):
        facts += _aftermath_as_news(text, events)
    if is_digest(text):
        facts = [fact for fact in facts if not fact.sentence.is_title]
    if not facts:
        return Verdict(relevant=False, reason=_no_facts(events))
    here = _in_mali(text, hits, sites, facts)
    if not here:
        abroad = whole_signs(text, hits, sites)
        where = f"about {abroad_named(hits)}" if abroad.abroad else "nothing places it in Mali"
        return Verdict(relevant=False, reason=f"{where}: {facts[0].why}")
    if topic := _other_subject(text, hits, here):
        return Verdict(relevant=False, reason=f"its subject is {topic}")
    return Verdict(relevant=True, reason=here[0].why, facts=tuple(here))


def _aftermath_as_news(text: Text, events: Sequence[Event]) -> list[Event]:
    """With nothing exact told beside it, the cause is the news ("the town empties after fighting")."""
    causes = (event for event in events if event.stance is Stance.AFTERMATH)
    return [cause for cause in causes if cause.sentence.is_title or is_fresh(text.flat, cause.sentence, cause.at)]


def is_old(item: Item, day: date | None) -> bool:
    """Whether an item looks back on an event of months ago."""
    return item.published is not None and day is not None and (item.published.date() - day).days > _OLD_NEWS_DAYS


def is_of_another_subject(text: Text, hits: Hits) -> bool:
    """Whether a text that tells of no event is of sport, justice, history or the like."""
    return _other_subject(text, hits, ()) is not None


def _no_facts(events: Sequence[Event]) -> str:
    if not events:
        return "no event on a road, at a border or at the pump"
    return f"only {events[0].stance}: {events[0].why}"


def _in_mali(text: Text, hits: Hits, sites: Sequence[Site], facts: Sequence[Event]) -> list[Event]:
    """The facts that happen in Mali, by their own sentence, else by the title or the text as a whole."""
    title, whole = signs(hits, sites, 0, text.summary_at), whole_signs(text, hits, sites)
    if not (title.is_mali or whole.is_mali) or _is_a_namesake(whole, hits):
        return [fact for fact in facts if _is_at_our_border(text, hits, sites, fact)]
    of_people = whole.malian_places > 1 and not whole.foreign_places
    title_abroad = title.is_abroad and not (of_people and names_only_people(hits, 0, text.summary_at))
    comes_from_abroad = whole.malian_places > 1 and _is_only_from_abroad(text, title, sites)
    title_abroad = title_abroad and not comes_from_abroad
    is_crash_abroad = _is_one_name_among_foreign(text, hits, sites, whole)
    of_travellers_abroad = whole.abroad > whole.mali and not whole.malian_places
    is_headed = is_headed_abroad(text, hits)
    here = []
    for fact in facts:
        own = sentence_signs(hits, sites, fact.sentence)
        own_abroad = own.is_abroad and not (
            (of_people or comes_from_abroad) and fact.sentence.is_title and not title_abroad
        )
        is_away = title_abroad or (fact.type is EventType.ACCIDENT and (own.abroad > 0 or of_travellers_abroad))
        is_elsewhere = is_away and _only_drives_through(text, hits, sites, fact)
        is_elsewhere = is_elsewhere or (is_crash_abroad and fact.type is EventType.ACCIDENT)
        is_elsewhere = is_elsewhere or (is_headed and (fact.sentence.is_title or not own.malian_places))
        is_ours = own.is_mali or not (own_abroad or title_abroad)
        if (is_ours and not is_elsewhere) or _is_at_our_border(text, hits, sites, fact):
            here.append(fact)
    return here


def _is_only_from_abroad(text: Text, title: Signs, sites: Sequence[Site]) -> bool:
    """Whether the title names towns abroad only as where goods come from ("le carburant venu de Niamey")."""
    foreign = [site for site in sites if site.start < text.summary_at and site.country != HOME]
    return not title.abroad and all(_FROM.search(text.flat, 0, site.start) for site in foreign)


def _only_drives_through(text: Text, hits: Hits, sites: Sequence[Site], fact: Event) -> bool:
    """Whether nothing of Mali is named but a lorry, its driver, or where they come from or go."""
    start, end = fact.sentence.start, fact.sentence.end
    places = [site for site in sites if start <= site.start < end and site.country == HOME]
    return names_only_malians(text, hits, start, end) and all(
        _ON_THE_WAY.search(text.flat, 0, site.start) for site in places
    )


def _is_a_namesake(whole: Signs, hits: Hits) -> bool:
    """Whether a Malian name belongs to a place abroad: another war is told, and nothing else names Mali."""
    return hits.has("war_elsewhere") and not whole.mali


def _is_one_name_among_foreign(text: Text, hits: Hits, sites: Sequence[Site], whole: Signs) -> bool:
    """Whether all that is named but one place, be it twice, lies abroad: such a place has a namesake there."""
    names = {text.flat[site.start : site.end] for site in sites if site.country == HOME and site.kind != UNLISTED}
    is_alone = len(names) <= 1 and not whole.mali and whole.abroad + whole.foreign_places > 1
    return is_alone and not names_only_people(hits, 0, len(text.flat))


def _is_at_our_border(text: Text, hits: Hits, sites: Sequence[Site], fact: Event) -> bool:
    """Whether a crossing to Mali closes or opens, or goods no longer come in: such news names the neighbours too."""
    if fact.type in _OF_SUPPLIES and signs(hits, sites, 0, text.summary_at).malian_places:
        return not sentence_signs(hits, sites, fact.sentence).foreign_places
    if fact.type is EventType.FUEL_IMPORT_BAN:
        return mali_words(hits) > 0 or whole_signs(text, hits, sites).malian_places > 0
    if fact.type not in _AT_BORDERS:
        return False
    title = signs(hits, sites, 0, text.summary_at)
    start, end = fact.sentence.start, fact.sentence.end
    if fact.type is EventType.BORDER_CLOSED and (
        title.mali > title.abroad + title.foreign_places or _is_border_with_mali(text, hits, fact)
    ):
        return True
    if fact.sentence.is_title and mali_words(hits) > 0 and hits.has("border_town"):
        return True
    return hits.has("border_town", start, end) or hits.has("border_town", 0, text.summary_at)


def _is_border_with_mali(text: Text, hits: Hits, fact: Event) -> bool:
    """Whether a neighbour's border is named as the one with Mali."""
    named = hits.of("not_mali", fact.sentence.start, fact.sentence.end)
    return any(_BORDER.search(text.flat, hit.start, hit.end) for hit in named)


def _other_subject(text: Text, hits: Hits, facts: Sequence[Event]) -> str | None:
    """A topic that makes these facts beside the point."""
    titled = any(fact.sentence.is_title for fact in facts)
    on_the_road = any(fact.type in _ON_THE_ROAD for fact in facts)
    for topic, words in TOPICS.items():
        in_title, anywhere = _times(hits.of(topic, 0, text.summary_at)), _times(hits.of(topic))
        if not anywhere:
            continue
        if words.get("veto") and (in_title or anywhere >= _VETO_HITS or _beside_all(hits, topic, facts)):
            return _named(text, hits, topic)
        if not on_the_road and not titled and (in_title or anywhere >= _VETO_HITS):
            return _named(text, hits, topic)
    return None


def _times(found: Sequence[Hit]) -> int:
    """How often a topic is named: words of one phrase ("a year after", "years after") count once."""
    return sum(at == 0 or hit.start >= found[at - 1].end for at, hit in enumerate(found))


def _beside_all(hits: Hits, topic: str, facts: Sequence[Event]) -> bool:
    return all(hits.has(topic, fact.sentence.start, fact.sentence.end) for fact in facts)


def _named(text: Text, hits: Hits, topic: str) -> str:
    first = hits.of(topic)[0]
    return f"{topic} ({text.plain[first.start : first.end]})"
