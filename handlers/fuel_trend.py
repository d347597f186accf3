"""How is the fuel of the last weeks shown as a picture, to whoever asks for one?

Never in short mode: a picture stays in a phone's gallery and is read from across a table.
"""

import asyncio
import logging
from collections.abc import Sequence

from alerts.fuel.model import FuelState
from alerts.fuel.state import within
from alerts.fuel.trend import Trend, trends
from alerts.pictures.fuel import TREND_PRODUCTS, draw_trend
from handlers.asked import Asked
from handlers.reply import Button, close_tap, reply, reply_photo

log = logging.getLogger(__name__)


def trend_buttons(asked: Asked, states: Sequence[FuelState]) -> list[list[Button]]:
    """The button to the picture of what was asked for; none in short mode, nor where nothing is known."""
    if asked.chat.short or not states:
        return []
    return [[(asked.voice.label("pump.trend.button"), f"q:trend:{asked.words}")]]


async def trend(asked: Asked) -> None:
    """Send the picture of the towns behind the button; the tap is answered here."""
    if asked.chat.short:
        await reply(asked, asked.say("image.short_mode"))
    else:
        await _send(asked)
    await close_tap(asked)


async def _send(asked: Asked) -> None:
    here, store = asked.now.astimezone(asked.siraba.timezone), asked.siraba.store
    states = _asked_for(asked, await store.pumps.states(now=asked.now))
    towns = {one.place for one in states}
    reports = [one for one in await store.feeds.fuel() if one.place in towns]
    found = trends(reports, now=here, products=TREND_PRODUCTS)
    picture = await _drawn(asked, found) if found else None
    if picture is None:
        await reply(asked, asked.say("image.failed" if found else "pump.trend.none"))
        return
    shown = [one for one in states if _is_of(one.place, found)]
    caption = asked.voice.fuel_caption(shown, prices=await store.pumps.prices(), now=asked.now)
    await reply_photo(asked, picture, caption)


def _asked_for(asked: Asked, states: Sequence[FuelState]) -> Sequence[FuelState]:
    """Those of the place, road or region that the button names; all of them where it names none."""
    if not asked.words:
        return states
    area = asked.siraba.atlas.resolve(asked.words).area
    return within(states, area, asked.siraba.atlas) if area else ()


def _is_of(place: str, found: Sequence[Trend]) -> bool:
    return any(one.place == place for one in found)


async def _drawn(asked: Asked, found: Sequence[Trend]) -> bytes | None:
    """The picture, drawn beside the event loop: others must not wait for it. None where that fails."""
    here = asked.now.astimezone(asked.siraba.timezone)
    try:
        return await asyncio.to_thread(
            draw_trend, found, language=asked.voice.language, atlas=asked.siraba.atlas, now=here
        )
    except Exception as error:  # noqa: BLE001 - whatever a drawing stumbles over, the person gets a word
        log.error("a picture could not be drawn", extra={"why": type(error).__name__})  # noqa: TRY400 - a trace could name the town
        return None
