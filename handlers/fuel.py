"""Where is there fuel, and how old is the word?"""

from collections.abc import Iterable

from alerts.fuel.model import FuelState
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind
from handlers.asked import Asked
from handlers.fuel_trend import trend_buttons
from handlers.lookup import look_up
from handlers.reply import reply


async def fuel(asked: Asked) -> None:
    """What is known at the pump of one town, of the towns of a road or region, or of all towns."""
    pumps = asked.siraba.store.pumps
    states = await pumps.states(now=asked.now)
    place: str | None = None
    if asked.words:
        found = await look_up(asked, "q:fuel")
        if found is None or found.area is None:
            return
        states = tuple(_within(states, found.area, asked.siraba.atlas))
        place = found.area.id if found.area.kind is AreaKind.PLACE else None
    prices = await pumps.prices()
    text = asked.voice.fuel(states, place=place, now=asked.now, short=asked.chat.short, prices=prices)
    await reply(asked, text, trend_buttons(asked, states))


def _within(states: Iterable[FuelState], area: Area, atlas: Atlas) -> list[FuelState]:
    """Those of the town itself, or of the towns that the road, route or region holds."""
    if area.kind is AreaKind.PLACE:
        return [one for one in states if one.place == area.id]
    return [one for one in states if atlas.holds(area, atlas.locate(places=[one.place])) is not None]
