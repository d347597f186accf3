"""What place or road do these words mean, and what is asked back when that is not clear?"""

import re
from collections.abc import Sequence
from itertools import pairwise

from alerts.geography.model import AreaKind, Resolved, Suggestion
from alerts.wording.limits import clip
from handlers.asked import Asked
from handlers.reply import Button, in_rows, reply

LONGEST_ECHO = 40  # of what a person typed, said back to them
MOST_SUGGESTIONS = 6
MOST_STRETCHES = 3  # offered of a trip through several places; where there are more, some may have been left out
TOWNS_ASKED_MOST = ("Kayes", "Nioro", "Sikasso", "Bamako", "Ségou", "Mopti")
DESTINATIONS = ("Bamako", "Ségou", "Sikasso", "Mopti", "Kayes", "Nioro")
ASKED_MOST = ("RN1", "RN6", "RN7", *TOWNS_ASKED_MOST)
CORRIDORS_ASKED_MOST = ("dkr-bko-n", "abj-bko", "nkc-bko", "cky-bko", "bko-gao", "kay-nio")
IN_A_ROW = 3
_ARROW = " → "
_BRACKETS = re.compile(r"\([^)]*\)")


async def look_up(asked: Asked, verb: str, *, then: str = "") -> Resolved | None:
    """What `asked.words` mean; None when the person was asked back.

    `verb` is what a suggestion's button does with its text, such as "q:route"; `then` follows the text there.
    """
    found = asked.siraba.atlas.resolve(asked.words)
    if found.area is not None:
        return found
    suggestions = [*_whole_trip(found.suggestions), *found.suggestions][:MOST_SUGGESTIONS]
    buttons = [[(suggestion.name, f"{verb}:{suggestion.text}{then}")] for suggestion in suggestions]
    await reply(
        asked, _asked_back(asked, found), buttons or _half_known(asked, found, verb) or road_buttons(verb, then=then)
    )
    return None


def did_you_mean(asked: Asked, suggestions: Sequence[Suggestion]) -> str:
    """The names that were perhaps meant, on one line."""
    return asked.say("post.meant", names=", ".join(one.name for one in suggestions[:MOST_SUGGESTIONS]))


def name_for_button(asked: Asked, found: Resolved) -> str | None:
    """Words that mean the same when a button sends them back; None where a name has several owners."""
    return found.name if asked.siraba.atlas.resolve(found.name).area == found.area else None


def is_way(found: Resolved) -> bool:
    """Whether there is something to drive along, from stop to stop."""
    return found.area is not None and found.area.kind in {AreaKind.ROUTE, AreaKind.ROAD, AreaKind.CORRIDOR}


def says_twice(asked: Asked, found: Resolved) -> bool:
    """Whether the words name the one place that was found as start and as end."""
    resolve = asked.siraba.atlas.resolve
    typed = _BRACKETS.sub(" ", asked.words).split()  # they tell a name from its namesakes
    halves = ((" ".join(typed[:cut]), " ".join(typed[cut:])) for cut in range(1, len(typed)))
    return any(resolve(start).area == found.area == resolve(end).area for start, end in halves)


def road_buttons(verb: str, *, then: str = "") -> list[list[Button]]:
    """The roads and towns most people ask for."""
    return in_rows([(name, f"{verb}:{name}{then}") for name in ASKED_MOST], IN_A_ROW)


def corridor_buttons(asked: Asked, verb: str) -> list[list[Button]]:
    """The corridors most people drive, a row each: their names are long."""
    names = [asked.siraba.atlas.corridors[one].name for one in CORRIDORS_ASKED_MOST]
    return [[(name.removeprefix("Corridor "), f"{verb}:{name}")] for name in names]


def town_buttons(verb: str) -> list[list[Button]]:
    """The towns most people start from."""
    return in_rows([(name, f"{verb}:{name}") for name in TOWNS_ASKED_MOST], IN_A_ROW)


def trip_buttons(*, start: str = "", end: str = "") -> list[list[Button]]:
    """Trips between the one place that is known and the towns most people go to or come from."""
    towns = other_ends(start or end)
    if start:
        return in_rows([(f"→ {town}", f"q:route:{start}{_ARROW}{town}") for town in towns], IN_A_ROW)
    return in_rows([(f"{town} →", f"q:route:{town}{_ARROW}{end}") for town in towns], IN_A_ROW)


def other_ends(place: str) -> list[str]:
    """The towns most people go to, without `place` itself."""
    return [town for town in DESTINATIONS if not place.startswith(town)]


def _asked_back(asked: Asked, found: Resolved) -> str:
    if found.kind == "ambiguous" and not found.unknown:
        return asked.say("place.several")
    key = "place.ambiguous" if found.kind == "ambiguous" else "place.unknown"
    text = asked.say(key, words=clip(found.unknown or asked.words, LONGEST_ECHO))
    return f"{text}\n{asked.say('place.suggestions')}" if found.suggestions else text


def _half_known(asked: Asked, found: Resolved, verb: str) -> list[list[Button]]:
    """Trips from or to the one end that was understood, where the other means nothing."""
    if verb != "q:route" or not found.unknown:
        return []
    before, _, after = asked.words.partition(found.unknown)
    start, end = (asked.siraba.atlas.resolve(words) for words in (before, after))
    if start.kind == "place" and not after.strip():
        return trip_buttons(start=start.name)
    return trip_buttons(end=end.name) if end.kind == "place" and not before.strip() else []


def _whole_trip(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """From the first place to the last where stretches between are offered: what most people mean by three places."""
    stretches = [suggestion.text.split(_ARROW) for suggestion in suggestions]
    is_chain = all(len(stretch) == len(("from", "to")) for stretch in stretches) and all(
        before[1] == after[0] for before, after in pairwise(stretches)
    )
    if not is_chain or not 1 < len(stretches) <= MOST_STRETCHES:
        return []
    whole = f"{stretches[0][0]}{_ARROW}{stretches[-1][1]}"
    return [Suggestion(name=whole, text=whole)]
