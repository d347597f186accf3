"""How does one card look: what was read and why it waits, what it resembles, and what may be done with it?"""

from alerts.delivery.model import Alert
from alerts.desk.review import queue
from alerts.incidents.model import Change, ChangeKind, Incident
from alerts.incidents.similar import similar_to
from alerts.safety.decide import decide
from handlers.asked import Asked
from handlers.reply import Button, reply


async def card(asked: Asked) -> None:
    """One card by its reference, whether it still waits or not."""
    incident = await asked.siraba.store.incidents.find(asked.words)
    if incident is None:
        await reply(asked, asked.say("ref.unknown", ref=asked.words))
        return
    await show(asked, incident, len(await queue(asked.siraba.store, now=asked.now)))


async def show(asked: Asked, incident: Incident, waiting: int) -> None:
    """A card: what was read and why, what it resembles, and what may be done with it."""
    siraba = asked.siraba
    change = Change(kind=ChangeKind.NEW, incident=incident)
    alert = Alert.of(change, decide(change, now=asked.now, first_read=False), now=asked.now)
    known = await siraba.store.incidents.recent(now=asked.now)
    names = {source.id: source.name for source in siraba.sources if source.public_name}
    text = asked.voice.card(alert, now=asked.now, similar=similar_to(incident, known, atlas=siraba.atlas), names=names)
    buttons: list[list[Button]] = [*asked.voice.card_buttons(incident)]
    if waiting > 1:
        buttons.append([(asked.voice.label("card.next", count=waiting - 1), f"q:review:{incident.id}")])
    await reply(asked, text, buttons)
