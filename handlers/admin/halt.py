"""How does an admin stop all sending at once, and let it go on?"""

from handlers.asked import Asked
from handlers.reply import reply


async def halt(asked: Asked) -> None:
    """Stop everything but corrections; a second one changes nothing."""
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    desk = asked.siraba.store.desk
    if await desk.halted() is None:
        await desk.halt(by=asked.person, now=asked.now)
    await reply(asked, asked.voice.count("halt.done", await _waiting(asked)))


async def resume(asked: Asked) -> None:
    """Say how much waits, and ask once more."""
    if await asked.siraba.store.desk.halted() is None:
        await reply(asked, asked.say("resume.not_halted"))
        return
    label = asked.voice.label
    buttons = [[(label("button.resume"), "c:resume:yes"), (label("button.cancel"), "c:cancel")]]
    await reply(asked, asked.voice.count("resume.sure", await _waiting(asked)), buttons)


async def tap_resume(asked: Asked) -> None:
    """The second word: sending goes on."""
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    desk = asked.siraba.store.desk
    if await desk.halted() is not None:
        await desk.resume(by=asked.person, now=asked.now)
    await reply(asked, asked.say("resume.done"))


async def _waiting(asked: Asked) -> int:
    return len(await asked.siraba.store.outbox.waiting())
