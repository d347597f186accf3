"""How does a chat begin: language, then a first road?"""

from dataclasses import replace

from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.language import language_buttons
from handlers.lookup import road_buttons
from handlers.reply import Button, reply

FOLLOW_DIALOG = {"expects": "follow"}


async def start(asked: Asked) -> None:
    """Welcome a newcomer; whoever comes back keeps what they follow."""
    if not await may_choose(asked):
        return
    settled = await settle(asked, lambda chat: chat)
    if settled.chat.subscriptions:
        await reply(settled, settled.voice.count("start.again", len(settled.chat.subscriptions)), _home(settled))
        return
    await expect_road(settled)
    await reply(settled, settled.say("start.hello"), [language_buttons(settled), *road_buttons("c:follow")])


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
    await reply(settled, settled.say("start.road"), road_buttons("c:follow"))


async def expect_road(asked: Asked) -> None:
    """The next free text of a private chat names a road or a town to follow."""
    if asked.is_private:
        await asked.siraba.store.dialogs.open(asked.chat.recipient, FOLLOW_DIALOG)


def _home(asked: Asked) -> list[list[Button]]:
    label = asked.voice.label
    return [[(label("button.now"), "q:now"), (label("button.mine"), "q:mine")], [(label("button.help"), "q:help")]]
