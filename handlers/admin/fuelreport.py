"""How does an admin enter what was seen at the pump: on one line, or by buttons from town to source?"""

from collections.abc import Sequence
from dataclasses import replace

from alerts.desk.fuelling import FuelFault, FuelFaultKind, parse_fuel, report_fuel
from alerts.desk.pumping import OFFERED, Chosen, Fuels, chosen, reports_of
from alerts.desk.towns import town_in
from alerts.fuel.model import FuelReport, FuelSource, Queue
from handlers.admin import crisis
from handlers.asked import Asked
from handlers.help import old_button
from handlers.lookup import did_you_mean, town_buttons
from handlers.reply import Button, in_rows, reply

STEP = "q:pump"
LAST = "c:pump"
CRISIS = frozenset({"crise", "crisis"})


async def fuelreport(asked: Asked) -> None:
    """One line such as "Bamako gasoil rupture attente 60+ officiel"; the answer is what readers now see."""
    if asked.words.lower() in CRISIS:
        await crisis.crisis(asked)
    elif not asked.words:
        await asked.siraba.store.dialogs.open(asked.chat.recipient, {"expects": "pump"})
        await reply(asked, f"{asked.say('pump.desk.where')}\n{asked.say('fuelreport.example')}", town_buttons(STEP))
    else:
        await _take_line(asked)


async def take_town(asked: Asked) -> None:
    """The town was written: the rest is tapped. A whole line is taken as one."""
    siraba = asked.siraba
    found = parse_fuel(asked.words, line_id=str(asked.update.update_id), atlas=siraba.atlas, now=asked.now)
    place = town_in(asked.words, atlas=siraba.atlas, may_guess=True)
    if isinstance(found, FuelFault) and found.kind is FuelFaultKind.NO_STATE and place:
        await _ask(asked, Chosen(place=place))
    else:
        await _take_line(asked)


async def step(asked: Asked) -> None:
    """A button before the last: ask for what comes next."""
    made = _behind(asked)
    if made is None:
        await old_button(asked)
    else:
        await _ask(asked, made)


async def record(asked: Asked) -> None:
    """The last button: store it, once however often it is tapped, and show what readers now see."""
    made, message = _behind(asked), asked.message
    if made is None or message is None:
        await old_button(asked)
        return
    line_id = f"tap:{asked.chat.recipient.key}:{message.message_id}"
    found = reports_of(made, line_id=line_id, now=asked.now)
    if not found:
        await old_button(asked)
        return
    await asked.siraba.store.dialogs.close(asked.chat.recipient)
    await _record(asked, found)


async def _take_line(asked: Asked) -> None:
    siraba = asked.siraba
    found = parse_fuel(asked.words, line_id=str(asked.update.update_id), atlas=siraba.atlas, now=asked.now)
    if isinstance(found, FuelFault):
        await reply(asked, _fault(asked, found))
        return
    await _record(asked, found)


async def _record(asked: Asked, found: Sequence[FuelReport]) -> None:
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    store, place = asked.siraba.store, found[0].place
    await report_fuel(found, by=asked.person, store=store, now=asked.now)
    states = [one for one in await store.pumps.states(now=asked.now) if one.place == place]
    prices = await store.pumps.prices()
    seen = asked.voice.fuel(states, place=place, now=asked.now, short=asked.chat.short, prices=prices)
    await reply(asked, f"{asked.say('fuelreport.done')}\n\n{seen}")


def _behind(asked: Asked) -> Chosen | None:
    """The choices behind the tapped button; the first one carries a town's name."""
    atlas = asked.siraba.atlas
    if found := chosen(asked.words, places=frozenset(atlas.places)):
        return found
    place = town_in(asked.words, atlas=atlas)
    return Chosen(place=place) if place and "|" not in asked.words else None


async def _ask(asked: Asked, made: Chosen) -> None:
    place = asked.siraba.atlas.place_name(made.place)
    if made.fuels is None:
        buttons = [_button(asked, _fuels_label(fuels), replace(made, fuels=fuels)) for fuels in Fuels]
        await reply(asked, asked.say("pump.desk.product", place=place), in_rows(buttons, 2))
        return
    product = asked.voice.label(_fuels_label(made.fuels))
    if made.availability is None:
        options = [_button(asked, f"pump.trend.{one}", replace(made, availability=one)) for one in OFFERED]
        await reply(asked, asked.say("pump.desk.state", place=place, product=product), [options])
    elif made.queue is None and not made.queue_unsaid:
        await reply(asked, asked.say("pump.desk.queue", place=place, product=product), _queue_buttons(asked, made))
    else:
        options = [
            (asked.voice.label(f"where.{source.kind}"), f"{LAST}:{replace(made, source=source).data}")
            for source in FuelSource
        ]
        await reply(asked, asked.say("pump.desk.source", place=place, product=product), [options])


def _queue_buttons(asked: Asked, made: Chosen) -> list[list[Button]]:
    queues = [
        (asked.voice.label("pump.desk.queue_of", queue=str(queue)), f"{STEP}:{replace(made, queue=queue).data}")
        for queue in Queue
    ]
    return [*in_rows(queues, 2), [_button(asked, "pump.desk.no_queue", replace(made, queue_unsaid=True))]]


def _button(asked: Asked, key: str, made: Chosen) -> Button:
    return asked.voice.label(key), f"{STEP}:{made.data}"


def _fuels_label(fuels: Fuels) -> str:
    return "pump.desk.both" if fuels is Fuels.BOTH else f"product.{fuels}"


def _fault(asked: Asked, fault: FuelFault) -> str:
    if fault.kind is FuelFaultKind.HELD:
        return asked.say("fuelreport.held", words=fault.words)
    text = asked.say(f"fuelreport.fault.{fault.kind}")
    if fault.suggestions:
        text += "\n" + did_you_mean(asked, fault.suggestions)
    return text
