"""Would this text help an ambusher, or name what must not be named?

A hit holds the text for an admin, with the words that caused it. Texts from feeds and from admins pass one check;
an admin's own words are looked at more strictly, since nobody else words them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from alerts.safety.rules import Rules, rules


class Origin(StrEnum):
    """Who wrote the text. Of a feed's only place, type and date ever reach a reader."""

    FEED = "feed"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Which `rule` a text breaks, the `words` that show it, and the `reason` as a short sentence for the desk."""

    rule: str
    words: tuple[str, ...]
    reason: str


_Found = tuple[str, ...]
_Check = Callable[[str, Rules], _Found]

_REASONS = {
    "future_movement": "It may announce a coming movement of a convoy, escort, tanker or aid",
    "under_way": "It may tell where a convoy, escort or tanker is or is going",
    "position": "It may tell where state forces or official checkpoints are",
    "coordinates": "It gives exact coordinates",
    "supply": "It tells how fuel comes, how much there is, or which station has it",
    "counts": "It tells how many vehicles",
    "names": "It names a group, a unit or a people, or praises or blames",
}
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
_PRONOUNS = re.compile(
    r"(?<!\w)(?:ils?|elles?|they|it|d[ée]parts?|departures?|arriv[ée]es?|arrivals?|passage|eta|etd)(?!\w)"
)


def screen(text: str, *, origin: Origin) -> Hit | None:
    """The first rule that `text` breaks, gravest first; None when it is clear."""
    lexicon = rules()
    plain = _plain(text)
    for rule, check in _CHECKS[origin]:
        if found := check(plain, lexicon):
            words = tuple(dict.fromkeys(word.strip() for word in found))
            return Hit(rule=rule, words=words, reason=f"{_REASONS[rule]}: {', '.join(words)}.")
    return None


def _plain(text: str) -> str:
    """Lower case, composed accents, straight apostrophes; sentences stay apart."""
    composed = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return "\n".join(" ".join(line.split()) for line in composed.splitlines())


def _sentences(text: str) -> Iterator[str]:
    return (part for part in _SENTENCES.split(text) if part)


def _future_movement(text: str, lexicon: Rules) -> _Found:
    mover: _Found = ()
    for sentence in _sentences(text):
        named = _first(lexicon.movers, sentence)
        if found := _foretold(sentence, named, mover, lexicon):
            return found
        mover = named or mover
    return ()


def _foretold(sentence: str, named: _Found, before: _Found, lexicon: Rules) -> _Found:
    """What the sentence foretells of a mover it names, or of the one named before it that it points back to."""
    if named:
        return _plan(sentence, named, lexicon)
    if before and _PRONOUNS.search(sentence):
        return _plan(sentence, before, lexicon)
    return _plan_of_plain(sentence, lexicon)


def _plan_of_plain(sentence: str, lexicon: Rules) -> _Found:
    """Plain traffic or fuel that will go somewhere, at a time that is given."""
    plain, ahead = _first(lexicon.plain_movers, sentence), _first(lexicon.times_ahead, sentence)
    going, present = _first(lexicon.going, sentence), _first(lexicon.present, sentence)
    time = ahead or ((_first(lexicon.present_times, sentence) or _first(lexicon.counts, sentence)) if going else ())
    about_else = _is_elsewhere(sentence, lexicon) or lexicon.denials.search(sentence)
    return (*plain, *going, *present, *time) if plain and time and (going or present) and not about_else else ()


def _plan(sentence: str, mover: _Found, lexicon: Rules) -> _Found:
    time, going = _first(lexicon.times_ahead, sentence), _first(lexicon.going, sentence)
    if going and not (_is_elsewhere(sentence, lexicon) and not time) and not _is_denied(sentence, time, lexicon):
        return (*mover, *going, *time)
    if time and not _is_elsewhere(sentence, lexicon) and not lexicon.events.search(sentence):
        return (*mover, *time)
    present, hour = _first(lexicon.present, sentence), _first(lexicon.present_times, sentence)
    if present and hour and not lexicon.events.search(sentence) and not _is_elsewhere(sentence, lexicon):
        return (*mover, *present, *hour)
    return ()


def _under_way(text: str, lexicon: Rules) -> _Found:
    for sentence in _sentences(text):
        mover, moving = _first(lexicon.movers, sentence), _first(lexicon.moving, sentence)
        if mover and moving and not lexicon.events.search(sentence):
            return (*mover, *moving)
    return ()


def _unexplained(text: str, lexicon: Rules) -> _Found:
    """A convoy to which nothing happened and which has not arrived: whatever is said of it may be a plan."""
    explained = (lexicon.events, lexicon.over, lexicon.other_plans, lexicon.denials)
    return () if any(pattern.search(text) for pattern in explained) else _first(lexicon.movers, text)


def _position_in_feed(text: str, lexicon: Rules) -> _Found:
    """An item about something that happened may name a checkpoint; one about nothing else must not."""
    return () if lexicon.events.search(text) else _position(text, lexicon)


def _position(text: str, lexicon: Rules) -> _Found:
    for sentence in _sentences(text):
        if lexicon.events.search(sentence):
            continue
        if found := _first(lexicon.checkpoint, sentence) or _first(lexicon.position, sentence):
            return found
    return ()


def _coordinates(text: str, lexicon: Rules) -> _Found:
    return _first(lexicon.coordinates, text)


def _names(text: str, lexicon: Rules) -> _Found:
    return _all(lexicon.names, text)


def _supply(text: str, lexicon: Rules) -> _Found:
    return _first(lexicon.supply, text)


def _counts(text: str, lexicon: Rules) -> _Found:
    return _first(lexicon.counts, text)


def _mentioned(text: str, lexicon: Rules) -> _Found:
    """Of an admin's words: a convoy or an escort where nothing happened to it is its position."""
    for sentence in _sentences(text):
        mover = _first(lexicon.movers, sentence)
        if mover and not lexicon.events.search(sentence):
            return mover
    return ()


def _is_elsewhere(sentence: str, lexicon: Rules) -> bool:
    """Whether it speaks of a meeting, a strike, a minister's visit, which may well lie ahead."""
    return bool(lexicon.other_plans.search(sentence) or lexicon.actors.search(sentence))


def _is_denied(sentence: str, time: _Found, lexicon: Rules) -> bool:
    return not time and lexicon.denials.search(sentence) is not None


def _first(pattern: re.Pattern[str], text: str) -> _Found:
    match = pattern.search(text)
    return (match[0],) if match else ()


def _all(pattern: re.Pattern[str], text: str) -> _Found:
    return tuple(match[0] for match in pattern.finditer(text))


_EVERYONE: tuple[tuple[str, _Check], ...] = (
    ("future_movement", _future_movement),
    ("under_way", _under_way),
    ("coordinates", _coordinates),
)
_CHECKS: dict[Origin, tuple[tuple[str, _Check], ...]] = {
    Origin.FEED: (*_EVERYONE, ("position", _position_in_feed), ("under_way", _unexplained)),
    Origin.ADMIN: (
        *_EVERYONE,
        ("position", _position),
        ("supply", _supply),
        ("under_way", _mentioned),
        ("counts", _counts),
        ("names", _names),
    ),
}
