"""How does an admin enter what was seen at the pump?"""

from alerts.desk.fuelling import FuelFault, FuelFaultKind, parse_fuel, report_fuel
from alerts.fuel.state import state
from handlers.asked import Asked
from handlers.reply import reply


async def fuelreport(asked: Asked) -> None:
    """One line such as "Bamako gasoil rupture attente 60+ officiel"; the answer is what readers now see."""
    if not asked.words:
        await reply(asked, asked.say("fuelreport.example"))
        return
    siraba = asked.siraba
    found = parse_fuel(asked.words, line_id=str(asked.update.update_id), atlas=siraba.atlas, now=asked.now)
    if isinstance(found, FuelFault):
        await reply(asked, _fault(asked, found))
        return
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    await report_fuel(found, by=asked.person, store=siraba.store, now=asked.now)
    place = found[0].place
    states = [one for one in state(await siraba.store.feeds.fuel(), now=asked.now) if one.place == place]
    seen = asked.voice.fuel(states, place=place, now=asked.now, short=asked.chat.short)
    await reply(asked, f"{asked.say('fuelreport.done')}\n\n{seen}")


def _fault(asked: Asked, fault: FuelFault) -> str:
    if fault.kind is FuelFaultKind.HELD:
        return asked.say("fuelreport.held", words=fault.words)
    text = asked.say(f"fuelreport.fault.{fault.kind}")
    if fault.suggestions:
        names = ", ".join(suggestion.name for suggestion in fault.suggestions[:6])
        text += "\n" + asked.say("post.meant", names=names)
    return text
