"""How does the way look, from A to B or along one road?"""

from alerts.fuel.model import FuelState
from alerts.fuel.state import state
from alerts.geography.model import Area, Resolved, Way
from alerts.incidents.outlook import look_ahead, now_active
from handlers.asked import Asked
from handlers.lookup import is_way, look_up, name_for_button, road_buttons
from handlers.reply import Button, reply


async def route(asked: Asked) -> None:
    """Status by leg from one place to another."""
    if not asked.words:
        await reply(asked, asked.say("route.example"))
    elif found := await look_up(asked, "q:route"):
        if found.kind == "place":
            await reply(asked, asked.say("route.needs_two", place=found.name), road_buttons("q:road"))
        else:
            await _answer(asked, found)


async def road(asked: Asked) -> None:
    """The same for one road or corridor; what is active around a town or in a region."""
    if not asked.words:
        await reply(asked, asked.say("road.example"), road_buttons("q:road"))
    elif found := await look_up(asked, "q:road"):
        await _answer(asked, found)


async def _answer(asked: Asked, found: Resolved) -> None:
    assert found.area is not None  # noqa: S101 - `look_up` answers itself where there is none
    text = await (_along(asked, found.area) if is_way(found) else _around(asked, found.area))
    await reply(asked, text, _offer_to_follow(asked, found))


def _offer_to_follow(asked: Asked, found: Resolved) -> list[list[Button]]:
    name = name_for_button(asked, found)
    if name is None or any(one.area == found.area for one in asked.chat.subscriptions):
        return []
    return [[(asked.voice.label("button.follow", area=name), f"c:follow:{name}")]]


async def _along(asked: Asked, area: Area) -> str:
    siraba = asked.siraba
    ways = siraba.atlas.road_way(area)
    outlook = look_ahead(
        ways,
        area=area,
        incidents=await siraba.store.incidents.recent(now=asked.now),
        atlas=siraba.atlas,
        now=asked.now,
        sources_read_at=await siraba.store.feeds.last_read_at(),
    )
    fuel = _on_the_way(ways, state(await siraba.store.feeds.fuel(), now=asked.now))
    return asked.voice.outlook(outlook, fuel=fuel, short=asked.chat.short, now=asked.now)


async def _around(asked: Asked, area: Area) -> str:
    siraba = asked.siraba
    incidents = await siraba.store.incidents.recent(now=asked.now)
    return asked.voice.active(
        now_active(incidents, [area], atlas=siraba.atlas, now=asked.now),
        areas=[area],
        sources_read_at=await siraba.store.feeds.last_read_at(),
        short=asked.chat.short,
        now=asked.now,
    )


def _on_the_way(ways: tuple[Way, ...], states: tuple[FuelState, ...]) -> list[FuelState]:
    """The fuel of the first way's stops, in travelling order."""
    stops = ways[0].stops if ways else ()
    return [one for stop in stops for one in states if one.place == stop]
