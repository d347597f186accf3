"""How is everything set in this chat, and where is each changed?"""

from dataclasses import replace

from alerts.audience.model import Occasion
from alerts.audience.timetable import ZONES
from handlers.asked import Asked
from handlers.brief import clock_lines, schedule
from handlers.choices import may_choose, settle
from handlers.follow import followed_areas
from handlers.language import NAMES
from handlers.pause import quiet_lines
from handlers.privacy import how_short
from handlers.reply import Button, reply


async def settings(asked: Asked) -> None:
    """All choices of the chat, each with the button that changes it."""
    lines = [
        asked.say("settings.language", name=NAMES[asked.chat.language]),
        asked.voice.count("settings.roads", len(followed_areas(asked))),
        how_short(asked),
        *quiet_lines(asked),
        *clock_lines(asked),
        asked.say("settings.zone", city=_city(asked.chat.zone or str(asked.siraba.timezone))),
    ]
    await reply(asked, "\n".join(lines), _buttons(asked))


async def set_zone(asked: Asked) -> None:
    """Store whose clock the chat goes by; what is due by the clock moves with it."""
    if not await may_choose(asked):
        return
    zone = next((one for one in ZONES if one == asked.words), asked.chat.zone)
    settled = await settle(asked, lambda chat: replace(chat, zone=zone))
    for kind in (Occasion.BRIEF, Occasion.FUEL):
        await schedule(settled, kind)
    await settings(settled)


def _buttons(asked: Asked) -> list[list[Button]]:
    label = asked.voice.label
    current = asked.chat.zone or str(asked.siraba.timezone)
    zones = [(label("settings.zone", city=_city(one)), f"c:zone:{one}") for one in ZONES if one != current]
    return [
        [(label("button.mine"), "q:mine"), (label("menu.language"), "q:language")],
        [(label("button.short_settings"), "q:short"), (label("button.pause"), "q:pause")],
        [(label("button.brief_hour"), "q:brief_hour")],
        zones,
        [(label("button.forget"), "c:forget:ask")],
    ]


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
