"""Would this text help an ambusher, or name what must not be named?

A hit holds the text for an admin, with the words that caused it. Texts from feeds and from admins pass one check;
an admin's own words are looked at more strictly, since nobody else words them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

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
_CLOSE, _APART, _FOLLOWS = 4, 8, 5  # words between a mover and what is said of it: its own, perhaps, its own verb
_NEXT_STATEMENT = re.compile(r"[;:]\s")
_FAR = 99  # words: in another statement
_LOOKED_AT = 12  # words of a kind in one sentence; longer ones are no sentences
_AFTERTHOUGHT, _BARE_TIME = 7, 4  # words of a sentence that only adds a time to the one before


def screen(text: str, *, origin: Origin, is_barrier: bool = False) -> Hit | None:
    """The first rule that `text` breaks, gravest first; None when it is clear.

    `is_barrier` is whether readers would be told of an unofficial barrier: one of the state's own forces is none.
    """
    lexicon = rules()
    plain = as_screened(text)
    barrier = (("position", _official_barrier),) if is_barrier else ()
    for rule, check in (*_CHECKS[origin], *barrier):
        if found := check(plain, lexicon):
            words = tuple(dict.fromkeys(word.strip() for word in found))
            return Hit(rule=rule, words=words, reason=f"{_REASONS[rule]}: {', '.join(words)}.")
    return None


def as_screened(text: str) -> str:
    """Lower case, composed accents, straight apostrophes; sentences stay apart."""
    composed = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return "\n".join(" ".join(line.split()) for line in composed.splitlines())


def _sentences(text: str) -> Iterator[str]:
    return (part for part in _SENTENCES.split(text) if part)


def _future_movement(text: str, lexicon: Rules) -> _Found:
    past = lexicon.events.search(text) is not None
    mover: _Found = ()  # the last one named
    waiting: _Found = ()  # the one the sentence before spoke of, if nothing happened to it
    for sentence in _sentences(text):
        told = lexicon.foregone.sub(" ", sentence) if past else sentence
        named = _first(lexicon.movers, told)
        if found := _foretold(told, named, mover, lexicon) or _afterthought(told, waiting, lexicon):
            return found
        if found := _shut_for_passage(told, lexicon):
            return found
        mover, waiting = named or mover, () if lexicon.events.search(told) else named
    return ()


def _foretold(sentence: str, named: _Found, before: _Found, lexicon: Rules) -> _Found:
    """What the sentence foretells of a mover it names, or of the one named before it that it points back to."""
    if named:
        return _plan(sentence, named, lexicon) or _plan_beside_others(sentence, named, lexicon)
    if before and (lexicon.pointing.search(sentence) or lexicon.back.match(sentence)):
        return _plan(sentence, before, lexicon)
    return _plan_of_plain(sentence, lexicon)


def _afterthought(sentence: str, mover: _Found, lexicon: Rules) -> _Found:
    """A few words that add a time to what was said before: "Tomorrow at dawn."."""
    length = len(sentence.split())
    if not mover or length > _AFTERTHOUGHT or lexicon.events.search(sentence) or _is_elsewhere(sentence, lexicon):
        return ()
    time = _first(lexicon.times_ahead, sentence) or (length <= _BARE_TIME and _first(lexicon.days, sentence)) or ()
    return (*mover, *time) if time else ()


def _plan_of_plain(sentence: str, lexicon: Rules) -> _Found:
    """Plain traffic or fuel that will go somewhere, at a time that is given."""
    plain = _first(lexicon.plain_movers, sentence)
    if not plain or _is_elsewhere(sentence, lexicon) or lexicon.denials.search(sentence):
        return ()
    going = _first(lexicon.going, sentence) or _first(lexicon.weak_going, sentence)
    present, ahead = _first(lexicon.present, sentence), _first(lexicon.times_ahead, sentence)
    happened = lexicon.events.search(sentence) is not None  # then "announces" is who tells of it, and no plan
    planned = going or (() if happened else _first(lexicon.kept, sentence))
    time = ahead or (planned and (_first(lexicon.days, sentence) or _first(lexicon.counts, sentence)))
    if time and (planned or present):
        return (*plain, *planned, *present, *time)
    return _plain_in_present(sentence, lexicon)


def _plain_in_present(sentence: str, lexicon: Rules) -> _Found:
    """A statement on plain traffic that goes somewhere on a day that may lie ahead, and tells of nothing that was."""
    for clause in lexicon.breaks.split(sentence):
        plain, going = _first(lexicon.plain_movers, clause), _first(lexicon.present_soon, clause)
        is_past = any(words.search(clause) for words in (lexicon.told, lexicon.over, lexicon.events))
        if plain and going and not is_past:
            return (*plain, *going)
    return ()


def _shut_for_passage(sentence: str, lexicon: Rules) -> _Found:
    """A road that is shut for somebody to pass: who waits for it knows that somebody will, and when."""
    shut, passes = _first(lexicon.shut, sentence), _first(lexicon.passes, sentence)
    return (*shut, *passes) if shut and passes and not lexicon.events.search(sentence) else ()


def _plan_beside_others(sentence: str, mover: _Found, lexicon: Rules) -> _Found:
    """A statement on the mover within a sentence that also tells of an attack, a strike, a meeting."""
    clauses = lexicon.breaks.split(sentence)
    if len(clauses) == 1:
        return _soon(sentence, mover, lexicon)
    for clause in clauses:
        named = _first(lexicon.movers, clause)
        about_it = named or (mover if lexicon.back.match(clause) or lexicon.present.match(clause) else ())
        if about_it and (found := _plan(clause, about_it, lexicon) or _soon(clause, about_it, lexicon)):
            return found
    return ()


def _soon(clause: str, mover: _Found, lexicon: Rules) -> _Found:
    """A verb of going in the present and a time right after it, whatever happened before."""
    return () if _is_elsewhere(clause, lexicon) else (soon := _first(lexicon.present_soon, clause)) and (*mover, *soon)


def _plan(part: str, mover: _Found, lexicon: Rules) -> _Found:
    """What `part`, a sentence or a statement within one, foretells of `mover`."""
    time = _first(lexicon.times_ahead, part)
    when = time or _first(lexicon.days, part)
    if not when and (lexicon.denials.search(part) or _is_vague(part, lexicon)):
        return ()
    about_else, happened = _is_elsewhere(part, lexicon), _tells_of_event(part, lexicon)
    if found := _foretelling(part, lexicon, timed=bool(time), about_else=about_else, happened=happened):
        return (*mover, *found, *time)
    if about_else or happened:
        return ()
    said = _first(lexicon.present, part) or _first(lexicon.kept, part)
    is_past = any(words.search(part) for words in (lexicon.told, lexicon.over, lexicon.events))
    return (*mover, *said, *when) if time or (when and (said or not is_past)) else ()


def _foretelling(part: str, lexicon: Rules, *, timed: bool, about_else: bool, happened: bool) -> _Found:
    """Words for a plan; beside other matters those that the mover itself is said to do."""
    if not about_else and not happened:
        going = lexicon.going, lexicon.weak_going, lexicon.announced, lexicon.plans
        return next(filter(None, (_first(words, part) for words in going)), ()) or _will(part, lexicon)
    if timed and not _acts_itself(part, lexicon):
        return _first(lexicon.going, part) or _first(lexicon.announced, part)
    near = _CLOSE if about_else else _APART
    said = _beside_mover(part, lexicon.going, near, lexicon) or _is_to(part, lexicon)
    return said or (_beside_mover(part, lexicon.announced, _CLOSE, lexicon) if lexicon.days.search(part) else ())


def _acts_itself(part: str, lexicon: Rules) -> bool:
    """Whether a minister or a delegation is said to go, not the mover."""
    actor, going = lexicon.actors.search(part), lexicon.going.search(part)
    return bool(actor and going and _words_between(part, actor, going) <= _CLOSE)


def _beside_mover(part: str, words: re.Pattern[str], near: int, lexicon: Rules) -> _Found:
    """What `words` finds at most `near` words from a mover, or from the start where `part` only points back to one."""
    said = list(islice(words.finditer(part), _LOOKED_AT))
    movers = list(islice(lexicon.movers.finditer(part), _LOOKED_AT)) if said else []
    for match in said:
        gaps = [_words_between(part, mover, match) for mover in movers] or [len(part[: match.start()].split())]
        if min(gaps) <= near:
            return (match[0],)
    return ()


def _is_to(part: str, lexicon: Rules) -> _Found:
    """What it is to do ("tankers to leave"), but not "they burn tankers to reach", where the mover only suffers."""
    if not lexicon.weak_going.search(part):
        return ()
    events = list(islice(lexicon.events.finditer(part), _LOOKED_AT))
    for mover in islice(lexicon.movers.finditer(part), _LOOKED_AT):
        suffers = any(0 < event.start() < mover.start() and _words_between(part, event, mover) <= 1 for event in events)
        if not suffers and (found := lexicon.weak_going.match(part, mover.end() + 1)):
            return (found[0],)
    return ()


def _tells_of_event(part: str, lexicon: Rules) -> bool:
    """Whether something happened by it, and is not only recalled: "after the ambush"."""
    return lexicon.events.search(part) is not None and lexicon.events.search(lexicon.asides.sub(" ", part)) is not None


def _words_between(part: str, one: re.Match[str], other: re.Match[str]) -> int:
    first, last = sorted((one, other), key=lambda match: match.start())
    between = part[first.end() : last.start()]
    return _FAR if _NEXT_STATEMENT.search(between) else len(between.split())


def _will(part: str, lexicon: Rules) -> _Found:
    """Any verb in the future that follows a mover closely: whatever it will do lies ahead."""
    return _beside_mover(part, lexicon.future, _FOLLOWS, lexicon)


def _under_way(text: str, lexicon: Rules) -> _Found:
    past = lexicon.events.search(text) is not None
    for sentence in _sentences(text):
        told = lexicon.foregone.sub(" ", sentence) if past else sentence
        if not lexicon.movers.search(told):
            continue
        if found := _moves(told, lexicon) or _moves_beside_others(told, lexicon):
            return found
    return ()


def _moves(part: str, lexicon: Rules) -> _Found:
    mover = _first(lexicon.movers, part)
    if not mover and (back := lexicon.back.match(part)):
        mover = (back[0],)
    moving = _first(lexicon.moving, part) if mover else ()
    return (*mover, *moving) if moving and not lexicon.events.search(part) else ()


def _moves_beside_others(sentence: str, lexicon: Rules) -> _Found:
    """One that moves on, in a sentence that also tells of an attack: a statement of its own, not an apposition."""
    for clause in lexicon.strong_breaks.split(sentence):
        if found := _moves(clause, lexicon):
            return found
    for clause in lexicon.breaks.split(sentence):
        recalled = lexicon.asides.sub(" ", clause)
        if lexicon.finite.search(clause) and (found := _moves(recalled, lexicon)):
            return found
    return ()


def _unexplained(text: str, lexicon: Rules) -> _Found:
    """A convoy to which nothing happened and which has not arrived: whatever is said of it may be a plan."""
    mover = next(
        filter(None, (_carrier(part, part, lexicon) for part in _sentences(lexicon.people.sub(" ", text)))), ()
    )
    excuses = lexicon.events, lexicon.over, lexicon.other_plans, lexicon.denials, lexicon.vague, lexicon.general
    return () if not mover or any(excuse.search(text) for excuse in excuses) else mover


def _position_in_feed(text: str, lexicon: Rules) -> _Found:
    """An item about something that happened may name a checkpoint; one about nothing else must not."""
    return () if lexicon.events.search(text) else _position(text, lexicon)


def _position(text: str, lexicon: Rules) -> _Found:
    for sentence in _sentences(text):
        post, force = lexicon.posts.search(sentence), lexicon.forces.search(sentence)
        if not (post or force) or lexicon.events.search(sentence):
            continue
        found = (post and _first(lexicon.checkpoint, sentence)) or (force and _first(lexicon.position, sentence))
        if found:
            return found
    return ()


def _official_barrier(text: str, lexicon: Rules) -> _Found:
    """The state's own forces search travellers or make them pay, by the text, and nobody else does."""
    told = (part for part in _sentences(text) if not lexicon.takers.search(part))
    return next((found for part in told if (found := _first(lexicon.official_takers, part))), ())


def _official_search(text: str, lexicon: Rules) -> _Found:
    """The same in an item that tells of nothing else: whatever it is taken for, no reader is warned of that."""
    found = _official_barrier(text, lexicon)
    return () if found and lexicon.events.search(text.replace(found[0], " ")) else found


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
        for clause in lexicon.breaks.split(sentence):
            mover = _carrier(clause, sentence, lexicon)
            if mover and not lexicon.events.search(clause):
                return mover
    return ()


def _carrier(part: str, sentence: str, lexicon: Rules) -> _Found:
    """A mover in `part`; where `sentence` says that supplies lack, these alone are none."""
    found = (match[0] for match in lexicon.movers.finditer(part))
    if lexicon.lacks.search(sentence):
        found = (words for words in found if not lexicon.goods.fullmatch(words))
    mover = next(found, None)
    return (mover,) if mover else ()


def _is_elsewhere(sentence: str, lexicon: Rules) -> bool:
    """Whether it speaks of a meeting, a strike, a minister's visit, which may well lie ahead."""
    return bool(lexicon.other_plans.search(sentence) or lexicon.actors.search(sentence))


def _is_vague(part: str, lexicon: Rules) -> bool:
    """Whether it only threatens convoys, or promises to protect them, and says how many of none."""
    return lexicon.vague.search(part) is not None and not lexicon.counts.search(part)


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
    Origin.FEED: (
        *_EVERYONE,
        ("position", _position_in_feed),
        ("position", _official_search),
        ("under_way", _unexplained),
    ),
    Origin.ADMIN: (
        *_EVERYONE,
        ("position", _position),
        ("position", _official_barrier),
        ("supply", _supply),
        ("under_way", _mentioned),
        ("counts", _counts),
        ("names", _names),
    ),
}
