"""Which sentences tell the event itself, and which something else?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alerts.reading.events import Event
from alerts.reading.lexicon import Hit, Hits
from alerts.reading.model import EventType
from alerts.reading.text import Sentence, Text

_ARRIVALS = frozenset({EventType.FUEL_ARRIVAL, EventType.ESCORT_OR_REOPENING})
_ON_VEHICLES = frozenset({EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED, EventType.VEHICLE_BURNING})
# Once an event is known, these ideas show that a further sentence still tells it.
_ATTACKED = ("attack", "ambush", "ied", "blast", "burning", "destroyed", "dead")
_CARRIES_ON = {
    EventType.ATTACK_ON_CONVOY: (*_ATTACKED, "attackers"),
    EventType.AMBUSH: (*_ATTACKED, "attackers"),
    EventType.IED: _ATTACKED,
    EventType.VEHICLE_BURNING: _ATTACKED,
    EventType.TOWN_ATTACK: (*_ATTACKED, "capture"),
    EventType.ARMED_CLASH: (*_ATTACKED, "clash"),
    EventType.AIRSTRIKE: ("strike_from_air", "dead", "blast"),
    EventType.KIDNAPPING: ("kidnap", "intercept"),
    EventType.ACCIDENT: ("accident", "dead"),
    EventType.ROAD_CLOSED: ("closed", "flood", "rain", "collapse_of_houses"),
    EventType.FLOOD: ("closed", "flood", "rain", "collapse_of_houses"),
    EventType.BRIDGE_OUT: ("bridge", "broken"),
    EventType.BLOCKADE: ("blockade",),
    EventType.FUEL_SHORTAGE: ("shortage", "queueing", "price"),
    EventType.FUEL_PRICE: ("price",),
    EventType.FUEL_ARRIVAL: ("back", "on_sale"),
    EventType.STRIKE_PROTEST: ("strike", "protest", "queueing", "held_up"),
    EventType.ESCORT_OR_REOPENING: ("entered", "reopened", "lifted", "departed"),
    EventType.OTHER: ("dead", "attack"),
}
_OPENING = 60
_AFTER = re.compile("after|apres|depuis|since")
_SINCE = re.compile(r"\b(?:depuis|since|apres|after|following)\b[^,.;:\n]*$")
_OPENS = 25  # "after the attack" further on only dates what the sentence tells
# Where an earlier event only dates this one: "…, a day after six were hurt", "…, plus d'un mois après l'arrêt".
_LATER = re.compile(
    r", (?:(?:plus d|plus de|moins d|pres d|pres de|more than|less than|nearly|almost|over|just|barely|a peine) )?"
    r"(?:le lendemain d|[a-z\d]+ (?:jours?|semaines?|mois|ans?|days?|weeks?|months?|years?) (?:apres|after)) "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A text with the facts it tells and the numbers of the sentences that tell them, the title's among them.

    `parts` are what tells the event in sentences that look back as well.
    """

    text: Text
    hits: Hits
    facts: tuple[Event, ...]
    told: frozenset[int]
    parts: tuple[Sentence, ...] = ()

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences that tell the event, in reading order."""
        return [sentence for sentence in self.text.sentences if sentence.number in self.told]

    @property
    def others(self) -> list[Sentence]:
        """The rest, but for those that look back on something else."""
        rest = (sentence for sentence in self.text.sentences if sentence.number not in self.told)
        return [sentence for sentence in rest if not looks_back(self.hits, sentence)]

    @property
    def afloat(self) -> list[Sentence]:
        """Of the sentences that look back, those that do so only because they name a boat or an aircraft."""
        rest = (sentence for sentence in self.text.sentences if sentence.number not in self.told)
        return [one for one in rest if _tells_of_a_craft(self.hits, one) and not _looks_on_the_past(self.hits, one)]

    @property
    def halves(self) -> list[Sentence]:
        """Of sentences that look back on an earlier event, the part that does not ("two were shot, a day after …")."""
        rest = (sentence for sentence in self.text.sentences if sentence.number not in self.told)
        return [half for sentence in rest if (half := half_told(self.text, self.hits, sentence))]

    def tells(self, at: int) -> bool:
        """Whether what stands at `at` belongs to the event."""
        return self.text.sentence_at(at).number in self.told or any(part.start <= at < part.end for part in self.parts)


def story(text: Text, hits: Hits, facts: Sequence[Event]) -> Story:
    """Find the sentences that go with `facts`."""
    own = _without_arrivals(facts)
    words = {word for fact in own for word in _CARRIES_ON.get(fact.type, ())} | {"happened"}
    told = {fact.sentence.number for fact in own}
    told |= {sentence.number for sentence in text.sentences if _goes_on(text, hits, sentence, words)}
    first = (one for one in text.sentences if one.start == text.summary_at and one.number not in told and own)
    parts = tuple(half for one in first if (half := _dated_half(text, hits, one)))
    return Story(text=text, hits=hits, facts=tuple(facts), told=frozenset(told), parts=parts)


def _goes_on(text: Text, hits: Hits, sentence: Sentence, words: set[str]) -> bool:
    """The title, the sentence after it, and every later one that carries the event on."""
    if sentence.is_title:
        return not is_digest(text)
    if looks_back(hits, sentence) and not _opens_with_a_craft(text, hits, sentence):
        return False
    return sentence.start <= text.summary_at or any(hits.has(word, sentence.start, sentence.end) for word in words)


def looks_back(hits: Hits, sentence: Sentence) -> bool:
    """Whether a sentence tells of something else: an earlier event, or an aircraft."""
    return _looks_on_the_past(hits, sentence) or _tells_of_a_craft(hits, sentence)


def _looks_on_the_past(hits: Hits, sentence: Sentence) -> bool:
    start, end = sentence.start, sentence.end
    if hits.has("background", start, end) or any(not _sets_off(hits, one) for one in hits.of("earlier", start, end)):
        return True
    return hits.has("after", start, start + _OPENS)


def _tells_of_a_craft(hits: Hits, sentence: Sentence) -> bool:
    start, end = sentence.start, sentence.end
    fought = any(hits.has(tag, start, end) for tag in ("attack", "clash", "capture"))
    return hits.has("not_road_accident", start, end) and not fought


def _opens_with_a_craft(text: Text, hits: Hits, sentence: Sentence) -> bool:
    """Whether the summary opens with a boat or an aircraft that met with no accident ("Helicopters brought food …")."""
    opens = sentence.start <= text.summary_at and not hits.has("accident", sentence.start, sentence.end)
    return opens and not _looks_on_the_past(hits, sentence)


def _sets_off(hits: Hits, earlier: Hit) -> bool:
    """Whether "had left" tells of a departure, not of an attack that had left ten dead."""
    dead = any(hits.has(tag, earlier.end, earlier.end + _OPENS) for tag in ("dead", "wounded"))
    return hits.has("departed", earlier.start, earlier.end) and not dead


def half_told(text: Text, hits: Hits, sentence: Sentence) -> Sentence | None:
    """What stands before "after the attack", or after the comma that closes it where it opens the sentence."""
    if half := _dated_half(text, hits, sentence):
        return half
    start, end = sentence.start, sentence.end
    back = [hit for tag in ("background", "earlier", "after") for hit in hits.of(tag, start, end)]
    if not back or not all(_AFTER.search(text.flat, hit.start, hit.end) or _is_since(text, hit) for hit in back):
        return None
    first = min(back, key=lambda hit: hit.start)
    if first.start > start + _OPENS:
        return replace(sentence, end=first.start)
    comma = text.flat.find(",", first.end, end)
    return replace(sentence, start=comma + 1) if comma >= 0 else None


def _is_since(text: Text, back: Hit) -> bool:
    """Whether what it looks back on is only since when something goes on ("stranded since last week's attack, …")."""
    return _SINCE.search(text.flat, max(0, back.start - _OPENING), back.start) is not None


def _dated_half(text: Text, hits: Hits, sentence: Sentence) -> Sentence | None:
    """What stands before ", a day after …", where all that looks back comes behind it."""
    later = _LATER.search(text.flat, sentence.start + _OPENS, sentence.end)
    if later is None or any(
        hits.has(tag, sentence.start, later.start()) for tag in ("background", "earlier", "after", "not_road_accident")
    ):
        return None
    return replace(sentence, end=later.start())


def is_digest(text: Text) -> bool:
    """A summary that opens with its own day and area is one entry of a report: the title is the report's."""
    opening = text.plain[text.summary_at : text.summary_at + _OPENING]
    return opening[:1].isdigit() and ":" in opening and any(dash in opening for dash in "-–—")


def _without_arrivals(facts: Sequence[Event]) -> Sequence[Event]:
    """Where lorries were attacked is where it happened, not where the others got to."""
    others = [fact for fact in facts if fact.type not in _ARRIVALS]
    return others if any(fact.type in _ON_VEHICLES for fact in others) else facts
