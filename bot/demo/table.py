"""Who got each alert, how often, how fast? The facts of the stand-in, beside what should have been."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.demo.ear import Heard
from bot.demo.story import Expected, Person
from bot.demo.telegram.seen import Counters

TOO_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One copy of an alert: whom it was for, the message that came, and the seconds from its cause to its arrival."""

    alert: str
    who: str
    heard: Heard
    seconds: float


def rows_of(met: Iterable[tuple[Expected, Heard]], started: float) -> list[Row]:
    """The alerts among what was met; replies are no alerts. `started` is on the stand-in's clock."""
    return [
        Row(alert=expected.alert, who=expected.who, heard=heard, seconds=heard.at - started)
        for expected, heard in met
        if expected.alert
    ]


def times(row: Row, counters: Counters, people: Mapping[str, Person]) -> int:
    """How often this text was put into this chat; an edit puts nothing there, and counts as what it is: one."""
    return 1 if row.heard.edited else counters.sends[people[row.who].chat, row.heard.text]


def table(rows: Sequence[Row], counters: Counters, people: Mapping[str, Person]) -> list[str]:
    """The lines of the table, a line an alert and reader."""
    width = max((len(row.alert) for row in rows), default=0)
    longest = max(len(person.name) for person in people.values())
    head = f"{'alert':{width}}  {'reached':{longest}}  times  seconds"
    lines = [head, "─" * len(head)]
    previous = ""
    for row in rows:
        name = row.alert if row.alert != previous else ""
        count = times(row, counters, people)
        lines.append(f"{name:{width}}  {people[row.who].name:{longest}}  {count:>5}  {row.seconds:>7.2f}")
        previous = row.alert
    return [*lines, "", _load(counters)]


def _load(counters: Counters) -> str:
    """How Telegram took it: a refusal would be a flood of ours."""
    sent, refused = sum(counters.sends.values()), counters.statuses[TOO_MANY]
    return f"Telegram took {sent} messages, replies included, and refused {refused or 'no'} calls as too many."


def count_faults(
    rows: Sequence[Row], heard: Sequence[Heard], counters: Counters, people: Mapping[str, Person]
) -> list[str]:
    """What the totals say against the transcript: a repeated alert, or a message that nobody saw arrive."""
    faults = [
        f"{people[row.who].name} got “{row.alert}” {count} times"
        for row in rows
        if (count := times(row, counters, people)) != 1
    ]
    sent, seen = sum(counters.sends.values()), sum(not one.edited for one in heard)
    if sent != seen:
        faults.append(f"the stand-in counted {sent} messages, the transcript shows {seen}")
    return faults
