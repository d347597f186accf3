"""Which buttons stand under an alert, in which kind of chat?

A channel's readers can do nothing there, so theirs leads into the private chat; a group's change nothing.
"""

from alerts.audience.model import Chat, ChatKind
from alerts.delivery.model import Button
from alerts.incidents.model import Incident, Status
from alerts.wording.words import Words

Rows = tuple[tuple[Button, ...], ...]


def alert_buttons(words: Words, incident: Incident, chat: Chat) -> Rows:
    """Details, text to copy, my other roads, hush this, follow this road; of a retraction, the roads alone."""
    roads = Button(label=words.say("button.other_roads"), data="q:now")
    road = words.atlas.headed_by(incident.location)
    private = Button(label=words.say("button.private"), opens=words.atlas.name(road) if road else "start")
    if chat.kind is ChatKind.CHANNEL:
        return ((private,),)
    about = (
        Button(label=words.say("button.details"), data=f"q:alert:{incident.id}"),
        Button(label=words.say("button.sms"), data=f"q:sms:{incident.id}"),
    )
    if chat.kind is ChatKind.GROUP:
        return (about, (private,))
    if incident.status is Status.RETRACTED:
        return ((roads,),)
    hush = Button(label=words.say("button.hush"), data=f"c:hush:{incident.id}")
    rows = (about, (roads, hush) if incident.status is Status.ACTIVE else (roads,))
    return (*rows, *_follow(words, incident, chat))


def bundle_buttons(words: Words, chat: Chat) -> Rows:
    """Of several alerts none can be meant: all of my roads, or the private chat."""
    if chat.kind is ChatKind.PRIVATE:
        return ((Button(label=words.say("button.other_roads"), data="q:now"),),)
    return ((Button(label=words.say("button.private"), opens="start"),),)


def _follow(words: Words, incident: Incident, chat: Chat) -> Rows:
    """Only where the chat does not follow that road yet."""
    road = words.atlas.headed_by(incident.location)
    if road is None or any(one.area.target == road.target for one in chat.subscriptions):
        return ()
    name = words.atlas.name(road)
    return ((Button(label=words.say("button.follow", area=name), data=f"c:follow:{name}"),),)
