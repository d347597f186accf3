"""How does an admin post an incident: on one line, or guided from type to place to day?"""

from datetime import timedelta

from alerts.desk.line import Fault
from alerts.reading.model import EventType
from handlers.admin import drafts
from handlers.asked import Asked
from handlers.reply import Button, reply

OFFERED = (
    EventType.AMBUSH,
    EventType.IED,
    EventType.ATTACK_ON_CONVOY,
    EventType.VEHICLE_BURNING,
    EventType.KIDNAPPING,
    EventType.TOWN_ATTACK,
    EventType.ARMED_CLASH,
    EventType.BLOCKADE,
    EventType.CHECKPOINT_EXTORTION,
    EventType.ROAD_CLOSED,
    EventType.BRIDGE_OUT,
    EventType.FLOOD,
    EventType.ACCIDENT,
    EventType.BORDER_CLOSED,
)
DAYS = ("today", "yesterday")


async def incident(asked: Asked) -> None:
    """Offer the post that the line makes; without one, ask for its parts one by one."""
    if asked.words:
        await drafts.offer(asked, asked.words)
    else:
        await reply(asked, asked.say("post.which_type"), _type_buttons(asked))


async def take_type(asked: Asked) -> None:
    """The type was tapped: the next message names the place."""
    if asked.words not in set(EventType):
        await reply(asked, asked.say("post.which_type"), _type_buttons(asked))
        return
    await asked.siraba.store.dialogs.open(asked.chat.recipient, {"expects": "where", "type": asked.words})
    await reply(asked, asked.say("post.where"))


async def take_place(asked: Asked, state: dict[str, str]) -> None:
    """The place was written: now the day, by a button or in words. A place nobody knows is asked for again."""
    found = drafts.read_line(asked, f"{state['type']} | {asked.words}", at=asked.now)
    if isinstance(found, Fault):
        await drafts.ask_back(asked, found)
        return
    known = {"expects": "when", "type": state["type"], "where": asked.words}
    await asked.siraba.store.dialogs.open(asked.chat.recipient, known)
    label = asked.voice.label
    await reply(asked, asked.say("post.when"), [[(label(f"button.{day}"), f"c:when:{day}") for day in DAYS]])


async def take_day(asked: Asked, state: dict[str, str]) -> None:
    """The last part: the line is whole, and read like any other."""
    if await drafts.offer(asked, f"{state['type']} | {state['where']} | {_as_date(asked)}"):
        await asked.siraba.store.dialogs.close(asked.chat.recipient)


async def tap_day(asked: Asked) -> None:
    """The day was tapped; a button of a dialogue that ended says so."""
    state = await asked.siraba.store.dialogs.find(asked.chat.recipient)
    if state is None or state.get("expects") != "when":
        await reply(asked, asked.say("post.gone"))
        return
    await take_day(asked, state)


def _as_date(asked: Asked) -> str:
    """A tapped day as a date, so that it stays that day; written words as they are."""
    if asked.words not in DAYS:
        return asked.words
    today = asked.now.astimezone(asked.siraba.timezone).date()
    return (today - timedelta(days=DAYS.index(asked.words))).isoformat()


def _type_buttons(asked: Asked) -> list[list[Button]]:
    """Two in a row, in the words readers get."""
    buttons = [(asked.voice.label(f"event.{kind}"), f"c:type:{kind}") for kind in OFFERED]
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
