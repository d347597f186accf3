"""What happened on a chat's roads since yesterday, now or at an hour of its own; and the fuel there, likewise?"""

from dataclasses import replace

from babel.dates import format_time, get_day_names

from alerts.audience.model import Chat, Occasion, Timetable
from alerts.audience.timetable import read_timetable, time_of
from alerts.delivery.clocked import next_time_of
from alerts.geography.spelling import fold
from alerts.wording.catalogue import load
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.follow import followed_areas
from handlers.lookup import road_buttons
from handlers.reply import Button, reply

OFF = frozenset({"non", "off", "no", "stop", "jamais", "never"})
OFFERED = ("6h", "18h", "lundi 7h")


async def brief(asked: Asked) -> None:
    """My roads since yesterday; with an hour, each day or week at that hour."""
    if asked.words:
        await set_brief(asked)
    elif followed_areas(asked):
        text = await asked.siraba.digest.brief(asked.chat, now=asked.now)
        await reply(asked, text, [[(asked.voice.label("button.brief_hour"), "q:brief_hour")]])
    else:
        await reply(asked, asked.say("now.follows_nothing"), road_buttons("c:follow"))


async def choose_hour(asked: Asked) -> None:
    """When the brief comes by itself, and the fuel summary, with buttons to change both."""
    await reply(asked, "\n".join([*clock_lines(asked), asked.say("brief.example")]), _buttons(asked))


async def set_brief(asked: Asked) -> None:
    """Store the hour of the brief that `asked.words` name."""
    await _set(asked, Occasion.BRIEF)


async def set_fuel(asked: Asked) -> None:
    """Store the hour of the fuel summary that `asked.words` name."""
    await _set(asked, Occasion.FUEL)


def names_an_hour(words: str) -> bool:
    """Whether words after a command choose an hour, or none any more: that changes something."""
    return fold(words) in OFF or read_timetable(words) is not None


def clock_lines(asked: Asked) -> list[str]:
    """When the chat is told by the clock, a line each."""
    chat = asked.chat
    return [
        asked.say("brief.at", when=spoken(asked, chat.brief_at)) if chat.brief_at else asked.say("brief.off"),
        asked.say("fuel.at", when=spoken(asked, chat.fuel_at)) if chat.fuel_at else asked.say("fuel.off"),
    ]


def spoken(asked: Asked, timetable: Timetable) -> str:
    """As in "chaque jour à 06:00", "chaque semaine, lundi à 07:00"."""
    locale = load(asked.chat.language).locale
    at = format_time(time_of(timetable), format="short", locale=locale)
    if timetable.weekday is None:
        return asked.voice.label("brief.daily", at=at)
    return asked.voice.label("brief.weekly", day=get_day_names(locale=locale)[timetable.weekday], at=at)


async def _set(asked: Asked, kind: Occasion) -> None:
    timetable = read_timetable(asked.words)
    if timetable is None and fold(asked.words) not in OFF:
        await reply(asked, asked.say("brief.example"), _buttons(asked))
    elif await may_choose(asked):
        settled = await settle(asked, lambda chat: _with(chat, kind, timetable))
        await schedule(settled, kind)
        await choose_hour(settled)


async def schedule(asked: Asked, kind: Occasion) -> None:
    """Note when this chat is told next."""
    siraba, chat = asked.siraba, asked.chat
    due = next_time_of(kind, chat, now=asked.now, timezone=siraba.timezone)
    await siraba.store.occasions.set(kind, chat.recipient, due)


def _with(chat: Chat, kind: Occasion, timetable: Timetable | None) -> Chat:
    return replace(chat, fuel_at=timetable) if kind is Occasion.FUEL else replace(chat, brief_at=timetable)


def _buttons(asked: Asked) -> list[list[Button]]:
    label = asked.voice.label
    rows = []
    for verb, name, chosen in (("c:brief", "brief", asked.chat.brief_at), ("c:fuel_at", "fuel", asked.chat.fuel_at)):
        offered = [(label(f"button.{name}_at", when=_offer(asked, typed)), f"{verb}:{typed}") for typed in OFFERED]
        rows += [[one] for one in offered]
        rows += [[(label(f"button.{name}_off"), f"{verb}:non")]] if chosen else []
    return rows


def _offer(asked: Asked, typed: str) -> str:
    timetable = read_timetable(typed)
    assert timetable is not None  # noqa: S101 - OFFERED holds times
    return spoken(asked, timetable)
