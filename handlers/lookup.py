"""What place or road do these words mean, and what is asked back when that is not clear?"""

from alerts.geography.model import AreaKind, Resolved
from alerts.wording.limits import clip
from handlers.asked import Asked
from handlers.reply import Button, reply

LONGEST_ECHO = 40  # of what a person typed, said back to them
MOST_SUGGESTIONS = 6
ASKED_MOST = ("RN1", "RN6", "RN7", "Kayes", "Nioro", "Sikasso", "Bamako", "Ségou", "Mopti")


async def look_up(asked: Asked, verb: str) -> Resolved | None:
    """What `asked.words` mean; None when the person was asked back.

    `verb` is what a suggestion's button does with its text, such as "q:route".
    """
    found = asked.siraba.atlas.resolve(asked.words)
    if found.area is not None:
        return found
    key = "place.ambiguous" if found.kind == "ambiguous" else "place.unknown"
    suggestions = found.suggestions[:MOST_SUGGESTIONS]
    text = asked.say(key, words=clip(found.unknown or asked.words, LONGEST_ECHO))
    if suggestions:
        text += "\n" + asked.say("place.suggestions")
    buttons = [[(suggestion.name, f"{verb}:{suggestion.text}")] for suggestion in suggestions]
    await reply(asked, text, buttons or road_buttons(verb))
    return None


def name_for_button(asked: Asked, found: Resolved) -> str | None:
    """Words that mean the same when a button sends them back; None where a name has several owners."""
    return found.name if asked.siraba.atlas.resolve(found.name).area == found.area else None


def is_way(found: Resolved) -> bool:
    """Whether there is something to drive along, from stop to stop."""
    return found.area is not None and found.area.kind in {AreaKind.ROUTE, AreaKind.ROAD, AreaKind.CORRIDOR}


def road_buttons(verb: str) -> list[list[Button]]:
    """The roads and towns most people ask for, three in a row."""
    buttons = [(name, f"{verb}:{name}") for name in ASKED_MOST]
    return [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
