"""How does an admin stop all sending at once, and let it go on?"""

from alerts.desk.halting import halt_all, resume_all, waiting_alerts
from handlers.asked import Asked
from handlers.reply import reply


async def halt(asked: Asked) -> None:
    """Stop everything but retractions; a second one changes nothing."""
    siraba = asked.siraba
    await halt_all(by=asked.member, first_owners=siraba.admin_ids, store=siraba.store, now=asked.now)
    await reply(asked, asked.voice.count("halt.done", await _waiting(asked)))


async def resume(asked: Asked) -> None:
    """Say how much waits, and ask what becomes of it."""
    if await asked.siraba.store.desk.halted() is None:
        await reply(asked, asked.say("resume.not_halted"))
        return
    label = asked.voice.label
    buttons = [
        [(label("button.resume_send"), "c:resume:send"), (label("button.resume_drop"), "c:resume:drop")],
        [(label("button.cancel"), "c:cancel")],
    ]
    await reply(asked, asked.voice.count("resume.which", await _waiting(asked)), buttons)


async def tap_resume(asked: Asked) -> None:
    """What becomes of what waits: asked once more, then done."""
    choice, _, sure = asked.words.partition(":")
    if choice not in {"send", "drop"}:
        await reply(asked, asked.say("post.gone"))
        return
    if sure != "yes":
        label = asked.voice.label
        buttons = [[(label(f"button.{choice}_yes"), f"c:resume:{choice}:yes"), (label("button.cancel"), "c:cancel")]]
        await reply(asked, asked.voice.count(f"resume.sure.{choice}", await _waiting(asked)), buttons)
        return
    resumed = await resume_all(by=asked.member, drops=choice == "drop", store=asked.siraba.store, now=asked.now)
    await reply(asked, asked.say("resume.done") if resumed else asked.say("resume.not_halted"))


async def _waiting(asked: Asked) -> int:
    return len(await waiting_alerts(asked.siraba.store))
