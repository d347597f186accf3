"""What do the buttons under an alert do: details, a text to copy, no more of this?"""

from alerts.audience.choices import hush as hushed
from alerts.incidents.model import Incident, Status
from alerts.incidents.telling import is_public
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.help import home, old_button
from handlers.reply import close_tap, popup, reply, reply_to_copy


async def details(asked: Asked) -> None:
    """How the incident behind the button stands now; a pop-up in short mode and in groups. Answers the tap itself."""
    incident = await _told(asked)
    if incident is None:
        await old_button(asked)
        await close_tap(asked)
    elif asked.chat.short or not asked.is_private:
        await popup(asked, asked.voice.details_popup(incident, now=asked.now))
    else:
        await reply(asked, asked.voice.details(incident, now=asked.now))
        await close_tap(asked)


async def sms(asked: Asked) -> None:
    """The incident as one SMS, to pass on by another way or to read out: so it may be copied in short mode too."""
    incident = await _told(asked)
    if incident is None:
        await old_button(asked)
    else:
        await reply_to_copy(asked, asked.voice.sms(incident, short=asked.chat.short, now=asked.now))


async def hush(asked: Asked) -> None:
    """Nothing further of this incident but its end."""
    if not await may_choose(asked):
        return
    incident = await _told(asked)
    if incident is None:
        await old_button(asked)
        return
    settled = await settle(asked, lambda chat: hushed(chat, incident.id))
    await reply(settled, settled.say("hush.done", ref=incident.id), home(settled))


async def _told(asked: Asked) -> Incident | None:
    """The incident behind the button, if readers were told of it: a forged number leads to nothing that waits.

    A drill is shown to chats that take part in drills, and to no other that an alert was forwarded to.
    """
    incident = await asked.siraba.store.incidents.find(asked.words) if asked.words else None
    if incident is None or not incident.announced:
        return None
    if incident.exercise and not asked.chat.wants_exercises:
        return None
    is_told = is_public(incident) or incident.exercise or incident.status is Status.RETRACTED
    return incident if is_told else None
