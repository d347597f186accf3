"""How does a chat begin: language, then a first road?"""

from dataclasses import replace

from alerts.geography.model import Area
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.language import language_buttons
from handlers.lookup import corridor_buttons, road_buttons
from handlers.reply import Button, reply

FOLLOW_DIALOG = {"expects": "follow"}


async def start(asked: Asked) -> None:
    """Welcome a newcomer; whoever comes back keeps what they follow, and goes on where they were."""
    if not await may_choose(asked):
        return
    settled = await settle(asked, lambda chat: chat)
    linked = _linked(settled)
    if linked is not None:
        label = settled.voice.label("button.follow", area=settled.voice.area(linked))
        buttons = [[(label, f"c:follow_area:{linked.key}")], language_buttons(settled)]
        await reply(settled, settled.say("start.linked", area=settled.voice.area(linked)), buttons)
    elif settled.chat.subscriptions:
        await reply(settled, settled.voice.count("start.again", len(settled.chat.subscriptions)), _home(settled))
    else:
        await expect_road(settled)
        buttons = [language_buttons(settled), *road_buttons("c:follow"), *corridor_buttons(settled, "c:follow")]
        await reply(settled, settled.say("start.hello"), buttons)


async def change_language(asked: Asked) -> None:
    """Store the language that was tapped; a chat that follows nothing yet is asked for its first road."""
    if not await may_choose(asked):
        return
    language = asked.words if asked.words in asked.siraba.voices else asked.chat.language
    settled = await settle(asked, lambda chat: replace(chat, language=language))
    if settled.chat.subscriptions:
        await reply(settled, settled.say("language.set"))
        return
    await expect_road(settled)
    buttons = [*road_buttons("c:follow"), *corridor_buttons(settled, "c:follow")]
    await reply(settled, settled.say("start.road"), buttons)


async def expect_road(asked: Asked) -> None:
    """The next free text of a private chat names a road or a town to follow."""
    if asked.is_private:
        await asked.siraba.store.dialogs.open(asked.chat.recipient, FOLLOW_DIALOG)


def _linked(asked: Asked) -> Area | None:
    """The road that the link to this chat named ("RN1"), which a channel's button does."""
    found = asked.siraba.atlas.resolve(asked.words) if asked.words else None
    return found.area if found is not None else None


def _home(asked: Asked) -> list[list[Button]]:
    label = asked.voice.label
    return [
        [(label("button.now"), "q:now"), (label("button.mine"), "q:mine")],
        [(label("button.settings"), "q:settings"), (label("button.help"), "q:help")],
    ]
