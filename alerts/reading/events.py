"""What happened? Applies the rules to each sentence and says how sure the text is of each event."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.model import EventType
from alerts.reading.rules import Rule, event_rules
from alerts.reading.stance import Stance, Told, stance
from alerts.reading.text import Sentence, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A type of event in one sentence; `at` is where its first word begins, `words` are what the rule found."""

    type: EventType
    sentence: Sentence
    at: int
    stance: Stance
    why: str
    words: str
    rank: int
    whole: bool

    @property
    def is_fact(self) -> bool:
        """Whether the text says that it happened."""
        return self.stance is Stance.FACT


def find_events(text: Text, hits: Hits, this_year: int | None) -> list[Event]:
    """All events of a text in reading order, at most one per type and sentence, facts or not."""
    rules = [rule for rule in event_rules() if _can_apply(rule, hits)]
    if not rules:
        return []
    past = [s for s in text.sentences if hits.has("background", s.start, s.end) and not s.is_title]
    found: list[Event] = []
    for sentence in text.sentences:
        seen: set[EventType] = set()
        for rule in rules:
            if rule.type in seen:
                continue
            event = _apply(rule, text, hits, sentence, past, this_year)
            if event:
                seen.add(rule.type)
                found.append(event)
    return _all_denied(found)


def _all_denied(events: list[Event]) -> list[Event]:
    """What one rule found denied ("no convoy was attacked"), another can't take for a fact."""
    denied = {event.at: event for event in events if event.stance is Stance.DENIED}
    return [replace(event, stance=Stance.DENIED) if event.at in denied else event for event in events]


def order(events: Iterable[Event]) -> tuple[EventType, ...]:
    """Types, the most important first: what the title says goes before the rest, then the rules' own order."""
    ranked = sorted(events, key=_importance)
    return tuple(dict.fromkeys(event.type for event in ranked))


# What follows from another event does not go before it because a title names it.
_CONSEQUENCES = frozenset({EventType.ROAD_CLOSED, EventType.VEHICLE_BURNING, EventType.FUEL_PRICE})


def _importance(event: Event) -> tuple[bool, bool, bool, int, int]:
    consequence = event.type in _CONSEQUENCES
    return (
        not (event.sentence.is_title and not consequence),
        consequence,
        event.whole,
        event.sentence.number,
        event.rank,
    )


def _can_apply(rule: Rule, hits: Hits) -> bool:
    """Whether the text as a whole has all that a rule needs."""
    if rule.anywhere and not any(hits.has(tag) for tag in rule.anywhere):
        return False
    return all(any(hits.has(tag) for tag in group) for group in rule.groups)


def _apply(
    rule: Rule, text: Text, hits: Hits, sentence: Sentence, past: Sequence[Sentence], this_year: int | None
) -> Event | None:
    start, end = sentence.start, sentence.end
    if any(hits.has(tag, start, end) for tag in rule.never):
        return None
    firsts = _hits_of(hits, rule.groups[0], start, end)
    if not firsts:
        return None
    spread = (0, len(text.flat)) if rule.whole else (start, end)
    others = [_hits_of(hits, group, *spread) for group in rule.groups[1:]]
    if rule.whole:
        others = [[hit for hit in group if not any(s.start <= hit.start < s.end for s in past)] for group in others]
    if not all(others):
        return None
    best: Event | None = None
    for first in firsts:
        nearest = [_nearest(first, group) for group in others]
        if rule.near is not None and any(_apart(first, hit) > rule.near for hit in nearest):
            continue
        event = _event(rule, text, hits, sentence, [first, *nearest], this_year)
        if event.is_fact:
            return event
        best = best or event
    return best


def _event(rule: Rule, text: Text, hits: Hits, sentence: Sentence, words: list[Hit], year: int | None) -> Event:
    told, because = stance(Told(text=text, hits=hits, sentence=sentence, words=words, year=year))
    quoted = " + ".join(text.plain[hit.start : hit.end] for hit in sorted(set(words), key=lambda hit: hit.start))
    return Event(
        type=rule.type,
        sentence=sentence,
        at=words[0].start,
        stance=told,
        why=f"{rule.why}: {quoted}" + (f" ({told}: {because})" if because else ""),
        words=quoted,
        rank=rule.rank,
        whole=rule.whole,
    )


def _hits_of(hits: Hits, group: Iterable[str], start: int, end: int) -> list[Hit]:
    return [hit for tag in group for hit in hits.of(tag, start, end)]


def _nearest(first: Hit, group: list[Hit]) -> Hit:
    return min(group, key=lambda hit: _apart(first, hit))


def _apart(one: Hit, other: Hit) -> int:
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def place_hits(spots: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    """Places where something can happen, as words of the idea `place_at`."""
    for start, end in spots:
        yield Hit(start, end, "place_at")
