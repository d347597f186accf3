"""What happened? Applies the rules to each sentence and says how sure the text is of each event."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.model import EventType
from alerts.reading.rules import Rule, rules_for
from alerts.reading.stance import Stance, Told, clause, stance
from alerts.reading.text import Sentence, Text

# What follows from another event does not go before it because a title names it.
_CONSEQUENCES = frozenset({EventType.ROAD_CLOSED, EventType.VEHICLE_BURNING, EventType.FUEL_PRICE})
# Nor does what follows from a closed road that the title names, nor the siege that a convoy in the title got through.
_BEHIND = {
    EventType.ROAD_CLOSED: frozenset({EventType.FUEL_SHORTAGE}),
    EventType.ESCORT_OR_REOPENING: frozenset({EventType.BLOCKADE}),
}

_DAY_AFTER = re.compile(r"\b(?:days?|hours|weeks?|jours?|heures|semaines?) (?:after|apres)\b|\blendemain d[eu']?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A type of event in one sentence; `at` is where its first word begins, `words` are what the rule found.

    `reach` is how far the rule's words stand from the first of them.
    `gives_way` is whether another fact of the text is the news rather than this one, even where the title names it.
    """

    type: EventType
    sentence: Sentence
    at: int
    stance: Stance
    why: str
    words: str
    rule: Rule
    reach: int = 0
    gives_way: bool = False

    @property
    def is_fact(self) -> bool:
        """Whether the text says that it happened."""
        return self.stance is Stance.FACT


def find_events(text: Text, hits: Hits, this_year: int | None) -> list[Event]:
    """All events of a text in reading order, at most one per type and sentence, facts or not.

    `this_year` is the year the text is written in, if that is known.
    """
    search = _Search(text, hits, this_year)
    found = [event for sentence in text.sentences for event in search.events_in(sentence)]
    return _with_the_overruled(_all_denied(found))


def order(events: Iterable[Event]) -> tuple[EventType, ...]:
    """Types, the most important first: what the title says goes before the rest, then the rules' own order."""
    told = list(events)
    titled = {event.type for event in told if event.sentence.is_title}
    consequences = _CONSEQUENCES.union(*(behind for type_, behind in _BEHIND.items() if type_ in titled))
    ranked = sorted(told, key=lambda event: _importance(event, consequences))
    return tuple(dict.fromkeys(event.type for event in ranked))


def _importance(event: Event, consequences: AbstractSet[EventType]) -> tuple[bool, bool, bool, int, int]:
    consequence = event.gives_way or event.type in consequences
    leads = event.sentence.is_title and not consequence
    return not leads, consequence, event.rule.whole, event.sentence.number, event.rule.rank


def _all_denied(events: list[Event]) -> list[Event]:
    """What one rule found denied ("no convoy was attacked"), another can't take for a fact."""
    denied = {event.at for event in events if event.stance is Stance.DENIED}
    return [replace(event, stance=Stance.DENIED) if event.at in denied else event for event in events]


def _with_the_overruled(events: list[Event]) -> list[Event]:
    """The events, those marked that give way to a fact ("long queues" to "petrol is on sale again")."""
    overruled = frozenset[str]().union(*(event.rule.overrules for event in events if event.is_fact))
    return [replace(event, gives_way=event.rule.groups[0] <= overruled) for event in events] if overruled else events


class _Search:
    """Applies the rules a text can meet at all to its sentences."""

    def __init__(self, text: Text, hits: Hits, this_year: int | None) -> None:
        self._text, self._hits, self._year = text, hits, this_year
        self._rules = rules_for(hits.tags)
        self._past = [s for s in text.sentences if hits.has("background", s.start, s.end) and not s.is_title]

    def events_in(self, sentence: Sentence) -> Iterator[Event]:
        """The first event of each type in a sentence."""
        seen: set[EventType] = set()
        for rule in self._rules:
            if rule.type not in seen and (event := self._apply(rule, sentence)):
                seen.add(rule.type)
                yield event

    def _apply(self, rule: Rule, sentence: Sentence) -> Event | None:
        """The rule's event, a fact if there is one."""
        if any(self._hits.has(tag, sentence.start, sentence.end) for tag in rule.never):
            return None
        firsts = self._of(rule.groups[0], sentence.start, sentence.end)
        others = [self._others(rule, group, sentence) for group in rule.groups[1:]] if firsts else []
        if not firsts or not all(others):
            return None
        chains = ([first, *(_nearest(first, group) for group in others)] for first in firsts)
        events = [
            self._event(rule, sentence, words) for words in chains if self._may_go_together(rule, sentence, words)
        ]
        return next((event for event in events if event.is_fact), events[0] if events else None)

    def _others(self, rule: Rule, group: frozenset[str], sentence: Sentence) -> list[Hit]:
        if not rule.whole:
            return self._of(group, sentence.start, sentence.end)
        anywhere = self._of(group, 0, len(self._text.flat))
        return [hit for hit in anywhere if not any(past.start <= hit.start < past.end for past in self._past)]

    def _may_go_together(self, rule: Rule, sentence: Sentence, words: list[Hit]) -> bool:
        if not _are_near(rule, words) or (rule.in_clause and self._are_torn(sentence, words)):
            return False
        return rule.whole or not self._are_of_two_days(words)

    def _are_of_two_days(self, words: list[Hit]) -> bool:
        """Whether one of the words stands behind "a day after", where another event is told."""
        first, last = min(word.start for word in words), max(word.start for word in words)
        return _DAY_AFTER.search(self._text.flat, first, last) is not None

    def _are_torn(self, sentence: Sentence, words: list[Hit]) -> bool:
        """Whether words stand in another order than the rule's, or some beyond the clause of the first."""
        _, end = clause(self._text.flat, sentence, words[0].start)
        return any(after.start < before.end for before, after in pairwise(words)) or words[-1].start >= end

    def _of(self, group: frozenset[str], start: int, end: int) -> list[Hit]:
        return [hit for tag in sorted(group) for hit in self._hits.of(tag, start, end)]

    def _event(self, rule: Rule, sentence: Sentence, words: list[Hit]) -> Event:
        told = Told(text=self._text, hits=self._hits, sentence=sentence, words=words, year=self._year)
        how, because = stance(told)
        quoted = " + ".join(told.quote(hit) for hit in sorted(set(words), key=lambda hit: (hit.start, hit.end)))
        return Event(
            type=rule.type,
            sentence=sentence,
            at=words[0].start,
            stance=how,
            why=f"{rule.why}: {quoted}" + (f" ({how}: {because})" if because else ""),
            words=quoted,
            rule=rule,
            reach=max((_apart(words[0], word) for word in words[1:]), default=0),
        )


def _are_near(rule: Rule, words: list[Hit]) -> bool:
    return rule.near is None or all(_apart(words[0], word) <= rule.near for word in words[1:])


def _nearest(first: Hit, group: list[Hit]) -> Hit:
    return min(group, key=lambda hit: _apart(first, hit))


def _apart(one: Hit, other: Hit) -> int:
    return max(0, max(one.start, other.start) - min(one.end, other.end))
