"""How does the way look, from A to B or along one road?"""

from alerts.fuel.state import along
from alerts.geography.model import Area, AreaKind, Resolved
from alerts.incidents.outlook import Outlook, now_active
from handlers.asked import Asked
from handlers.lookup import (
    is_way,
    look_up,
    name_for_button,
    other_ends,
    road_buttons,
    says_twice,
    town_buttons,
    trip_buttons,
)
from handlers.reply import Button, reply
from handlers.ways import leg_data, outlook_of

MOST_LEG_BUTTONS = 4


async def route(asked: Asked) -> None:
    """Status by leg from one place to another."""
    if not asked.words:
        await reply(asked, asked.say("route.example"), town_buttons("q:route"))
    elif found := await look_up(asked, "q:route"):
        if found.kind == "place":
            await _ask_where_to(asked, found)
        else:
            await answer(asked, found)


async def road(asked: Asked) -> None:
    """The same for one road or corridor; what is active around a town or in a region."""
    if not asked.words:
        await reply(asked, asked.say("road.example"), road_buttons("q:road"))
    elif found := await look_up(asked, "q:road"):
        await answer(asked, found)


async def answer(asked: Asked, found: Resolved) -> None:
    """Tell how it looks along or around what was found."""
    assert found.area is not None  # noqa: S101 - `look_up` answers itself where there is none
    if not is_way(found):
        await reply(asked, await _around(asked, found.area), _rows(_follow_button(asked, found)))
        return
    outlook = await outlook_of(asked, found.area)
    stops = outlook.ways[0].way.stops if outlook.ways else ()
    fuel = along(stops, await asked.siraba.store.pumps.states(now=asked.now))
    text = asked.voice.outlook(outlook, fuel=fuel, short=asked.chat.short, now=asked.now)
    await reply(asked, text, _way_buttons(asked, found, outlook))


async def _ask_where_to(asked: Asked, found: Resolved) -> None:
    """One place is no trip yet: the buttons complete it."""
    text = asked.say("route.needs_two", place=found.name, to=other_ends(found.name)[0])
    if says_twice(asked, found):
        text = asked.say("route.same", place=found.name) + "\n" + text
    await reply(asked, text, trip_buttons(start=found.name))


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


def _way_buttons(asked: Asked, found: Resolved, outlook: Outlook) -> list[list[Button]]:
    """Details of the legs that anything is told of, then what leads on. Where no way is known, its ends instead."""
    if not outlook.ways:
        ends = (found.start, found.end)
        return [[(asked.voice.label("button.around", place=end), f"q:road:{end}")] for end in ends if end]
    label, of = asked.voice.label, len(outlook.ways[0].legs)
    legs = asked.voice.legs(outlook)[:MOST_LEG_BUTTONS]
    details = [[(label("button.leg", leg=name), leg_data(outlook.area, number, of=of))] for number, name in legs]
    image = [] if asked.chat.short else [(label("button.image"), f"q:image:{outlook.area.id}")]
    return [*details, *_rows([*image, *_follow_button(asked, found)], _back_button(asked, outlook.area))]


def _rows(*groups: list[Button]) -> list[list[Button]]:
    return [group for group in groups if group]


def _follow_button(asked: Asked, found: Resolved) -> list[Button]:
    name = name_for_button(asked, found)
    if (
        name is None
        or found.area is None
        or any(one.area.target == found.area.target for one in asked.chat.subscriptions)
    ):
        return []
    is_trip = found.area.kind is AreaKind.ROUTE
    label = asked.voice.label("button.follow_trip") if is_trip else asked.voice.label("button.follow", area=name)
    return [(label, f"c:follow:{name}")]


def _back_button(asked: Asked, area: Area) -> list[Button]:
    """The same trip the other way round."""
    if area.kind is not AreaKind.ROUTE:
        return []
    start, _, end = area.id.partition("/")
    name = asked.siraba.atlas.name(Area(kind=AreaKind.ROUTE, id=f"{end}/{start}"))
    return [(asked.voice.label("button.way_back", area=name), f"q:route:{name}")]
