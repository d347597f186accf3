"""Which words together make an event? The rules of `data/rules.toml`, checked when they are loaded."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any

from alerts.reading.lexicon import LexiconError, load
from alerts.reading.model import EventType

# Ideas that do not come from a word list but from other steps of a reading.
COMPUTED = frozenset({"place_at", "place_on_road", "place_on_way", "place_bare", "border_town", "dead"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`groups` must all be present: each a set of word lists of which one is enough; `rank` is 0 for the first rule.

    An event by a rule whose first group is among `overrules` gives way to the event by this one.
    """

    type: EventType
    why: str
    groups: tuple[frozenset[str], ...]
    near: int | None
    in_clause: bool
    never: frozenset[str]
    anywhere: frozenset[str]
    overrules: frozenset[str]
    whole: bool
    vague: bool
    rank: int


@cache
def event_rules() -> tuple[Rule, ...]:
    """All rules, the most important first.

    Raises:
        LexiconError: a rule names an event type or a word list that does not exist.
    """
    known = frozenset(load("words")) | frozenset(load("notes")) | COMPUTED
    return tuple(_rule(raw, rank, known) for rank, raw in enumerate(load("rules")["rule"]))


def rules_for(ideas: AbstractSet[str]) -> list[Rule]:
    """The rules that a text with these ideas can meet at all, the most important first."""
    begun = {rule.rank: rule for idea in ideas for rule in _beginning_with().get(idea, ())}
    return [begun[rank] for rank in sorted(begun) if _has_all(begun[rank], ideas)]


def _has_all(rule: Rule, ideas: AbstractSet[str]) -> bool:
    if rule.anywhere and rule.anywhere.isdisjoint(ideas):
        return False
    return not any(group.isdisjoint(ideas) for group in rule.groups)


@cache
def _beginning_with() -> Mapping[str, Sequence[Rule]]:
    """Rules by each idea of their first group: most rules are left aside without a look."""
    begun: dict[str, list[Rule]] = {}
    for rule in event_rules():
        for idea in rule.groups[0]:
            begun.setdefault(idea, []).append(rule)
    return begun


def _rule(raw: Mapping[str, Any], rank: int, known: frozenset[str]) -> Rule:
    where = f"rules.toml rule {rank + 1} ({raw.get('why', 'no why')})"
    if raw.get("type") not in set(EventType):
        raise LexiconError(where, f"unknown event type {raw.get('type')!r}")
    groups = tuple(frozenset(group.split("|")) for group in raw["all"])
    _check(where, [*groups, raw.get("never", ()), raw.get("anywhere", ()), raw.get("overrules", ())], known)
    return Rule(
        type=EventType(raw["type"]),
        why=raw["why"],
        groups=groups,
        near=raw.get("near"),
        in_clause=raw.get("in_clause", False),
        never=frozenset(raw.get("never", ())),
        anywhere=frozenset(raw.get("anywhere", ())),
        overrules=frozenset(raw.get("overrules", ())),
        whole=raw.get("whole", False),
        vague=raw.get("vague", False),
        rank=rank,
    )


def _check(where: str, groups: Iterable[Iterable[str]], known: frozenset[str]) -> None:
    for group in groups:
        for tag in group:
            if tag not in known:
                raise LexiconError(where, f"no word list {tag!r}")
