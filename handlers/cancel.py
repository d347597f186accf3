"""How does a person get out of whatever they were asked?"""

from handlers.asked import Asked
from handlers.help import home
from handlers.reply import reply


async def cancel(asked: Asked) -> None:
    """Close the dialogue."""
    await asked.siraba.store.dialogs.close(asked.chat.recipient)
    await reply(asked, asked.say("cancel.done"), home(asked))
