"""How does an admin declare that words on fuel grow stale sooner?"""

from handlers.asked import Asked
from handlers.reply import Button, reply


async def crisis(asked: Asked) -> None:
    """Say whether one is declared, and offer the other."""
    await reply(asked, await _said(asked), await _other(asked))


async def tap_crisis(asked: Asked) -> None:
    """The switch was tapped: it is set to what the button says, however often."""
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    pumps = asked.siraba.store.pumps
    if asked.words == "on":
        await pumps.declare_crisis(by=asked.person, now=asked.now)
    elif asked.words == "off":
        await pumps.end_crisis(by=asked.person, now=asked.now)
    await crisis(asked)


async def _said(asked: Asked) -> str:
    declared = await asked.siraba.store.pumps.crisis()
    if declared is None:
        return asked.say("pump.crisis.off")
    return asked.say("pump.crisis.on", age=asked.voice.age(asked.now - declared.at))


async def _other(asked: Asked) -> list[list[Button]]:
    label = asked.voice.label
    if await asked.siraba.store.pumps.crisis() is None:
        return [[(label("pump.crisis.declare"), "c:crisis:on")]]
    return [[(label("pump.crisis.end"), "c:crisis:off")]]
