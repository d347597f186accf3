"""Where did it happen, when what is told is no road news?

An arrest, a sermon or a robbed office concerns no driver, but it happened somewhere: its place is one of an event all
the same, so that whoever reads the item, or corrects it, finds it on the map. No alert comes of it.
"""

from alerts.reading.events import Event
from alerts.reading.lexicon import Hits
from alerts.reading.relevance import TOPICS
from alerts.reading.stance import Stance
from alerts.reading.text import Sentence, Text
from alerts.reading.told import Story, half_told

# Any of these ideas shows that a sentence reports an incident, be it of a kind that no rule knows.
_INCIDENT = (
    "accident",
    "ambush",
    "armed",
    "armed_actor",
    "army",
    "attack",
    "barrier",
    "blast",
    "blew_up",
    "burning",
    "clash",
    "dead",
    "destroyed",
    "drone",
    "extorter",
    "extortion",
    "gunfire",
    "ied",
    "incident",
    "intercept",
    "kidnap",
    "loots",
    "mined",
    "protest",
    "stones",
    "strike_from_air",
    "suspects",
    "sure_vehicle_taken",
    "taken",
)
_ARMED = ("armed", "armed_actor", "army", "extorter")
# Of these nothing is known to have happened.
_UNTOLD = frozenset({Stance.DENIED, Stance.MAYBE})
# What was prevented happened nowhere else.
_FOILED = ("foil", "dejou")
_PAST = ("background", "earlier")
_VETO_HITS = 2


def told_anyway(text: Text, hits: Hits, events: tuple[Event, ...]) -> Story:
    """The sentences that report an incident, of an item that is no road news; none where it is of sport or opinion."""
    if _is_of_something_else(hits):
        return Story(text=text, hits=hits, facts=(), told=frozenset())
    reported = [sentence for sentence in text.sentences if _reports(text, hits, sentence, events)]
    past = [sentence for sentence in reported if _is_past(hits, sentence)]
    halves = [half for sentence in past if (half := half_told(text, hits, sentence))]
    told = frozenset(sentence.number for sentence in reported if sentence not in past)
    if not told and not halves:
        told = frozenset(sentence.number for sentence in past[:1])
    return Story(text=text, hits=hits, facts=(), told=told, parts=tuple(halves))


def _is_of_something_else(hits: Hits) -> bool:
    """Whether it is of sport, culture, opinion or a drill, and of nobody armed."""
    if hits.has("exercise"):
        return True
    heard = any(words.get("veto") and len(hits.of(topic)) >= _VETO_HITS for topic, words in TOPICS.items())
    return heard and not any(hits.has(tag) for tag in _ARMED)


def _is_past(hits: Hits, sentence: Sentence) -> bool:
    """Whether a sentence tells of an earlier event, in part at least."""
    return any(hits.has(tag, sentence.start, sentence.end) for tag in _PAST)


def _reports(text: Text, hits: Hits, sentence: Sentence, events: tuple[Event, ...]) -> bool:
    denials = hits.of("denied", sentence.start, sentence.end)
    if denials:
        return all(text.flat.startswith(_FOILED, hit.start) for hit in denials)
    here = [event for event in events if event.sentence is sentence]
    if here and all(event.stance in _UNTOLD for event in here):
        return False
    return any(hits.has(tag, sentence.start, sentence.end) for tag in _INCIDENT)
