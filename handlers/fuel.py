"""Where is there fuel, and how old is the word?"""

from alerts.fuel.state import within
from alerts.geography.model import AreaKind
from handlers.asked import Asked
from handlers.brief import names_an_hour, set_fuel
from handlers.fuel_trend import trend_buttons
from handlers.lookup import look_up
from handlers.reply import reply


async def fuel(asked: Asked) -> None:
    """What is known at the pump of one town, of the towns of a road or region, or of all towns; or when to tell it."""
    if names_an_hour(asked.words):
        await set_fuel(asked)
        return
    pumps = asked.siraba.store.pumps
    states = await pumps.states(now=asked.now)
    place: str | None = None
    if asked.words:
        found = await look_up(asked, "q:fuel")
        if found is None or found.area is None:
            return
        states = within(states, found.area, asked.siraba.atlas)
        place = found.area.id if found.area.kind is AreaKind.PLACE else None
    prices = await pumps.prices()
    text = asked.voice.fuel(states, place=place, now=asked.now, short=asked.chat.short, prices=prices)
    at_an_hour = [(asked.voice.label("button.fuel_hour"), "q:brief_hour")]
    await reply(asked, text, [*trend_buttons(asked, states), at_an_hour])
