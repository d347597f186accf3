"""How does an admin set and see the official ceiling prices?"""

from alerts.desk.pricing import PriceFault, parse_prices
from handlers.asked import Asked
from handlers.reply import reply


async def price(asked: Asked) -> None:
    """One line such as "essence 800 gasoil 750 2024-10-11"; without one, the prices in force."""
    pumps = asked.siraba.store.pumps
    if not asked.words:
        shown = asked.voice.ceilings(await pumps.prices(), now=asked.now)
        await reply(asked, f"{shown}\n{asked.say('pump.price_example')}")
        return
    today = asked.now.astimezone(asked.siraba.timezone).date()
    found = parse_prices(asked.words, today=today)
    if isinstance(found, PriceFault):
        await reply(asked, f"{asked.say(f'pump.price_fault.{found}')}\n{asked.say('pump.price_example')}")
        return
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    await pumps.set_official(found, by=asked.person, now=asked.now)
    shown = asked.voice.ceilings(await pumps.prices(), now=asked.now)
    await reply(asked, f"{asked.say('pump.price_done')}\n{shown}")
