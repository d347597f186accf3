"""How sure must news be for one followed road?"""

from dataclasses import replace

from alerts.audience.model import Chat, Level, Subscription
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.reply import Button, reply


async def level(asked: Asked) -> None:
    """Offer the levels for the area behind the button."""
    found = _followed(asked.chat, asked.words)
    if found is None:
        await reply(asked, asked.say("stop.already"))
        return
    area = asked.voice.area(found.area)
    await reply(asked, asked.say("level.which", area=area), [[_button(asked, found, one)] for one in Level])


async def set_level(asked: Asked) -> None:
    """Store the level that was tapped: "confirmed:road:RN1"."""
    if not await may_choose(asked):
        return
    name, _, key = asked.words.partition(":")
    found = _followed(asked.chat, key)
    if found is None or name not in set(Level):
        await reply(asked, asked.say("stop.already"))
        return
    settled = await settle(asked, lambda chat: _with_level(chat, key, Level(name)))
    text = settled.say("level.set", area=settled.voice.area(found.area), level=settled.voice.label(f"level.{name}"))
    await reply(settled, text)


def _followed(chat: Chat, key: str) -> Subscription | None:
    return next((one for one in chat.subscriptions if one.area.key == key), None)


def _with_level(chat: Chat, key: str, level: Level) -> Chat:
    changed = [replace(one, level=level) if one.area.key == key else one for one in chat.subscriptions]
    return replace(chat, subscriptions=tuple(changed))


def _button(asked: Asked, subscription: Subscription, level: Level) -> Button:
    """The level in force is marked."""
    label = asked.voice.label(f"level.{level}")
    return (f"• {label}" if level is subscription.level else label, f"c:level:{level}:{subscription.area.key}")
