"""What is a person told when an answer can't be made, or not so fast?"""

from telegram import Update

from handlers.asked import language_for, recipient_of
from handlers.context import SIRABA, SirabaApplication


async def apologise(update: Update, application: SirabaApplication) -> None:
    """Say that it did not work."""
    await _say(update, application, "fault.later")


async def slow_down(update: Update, application: SirabaApplication) -> None:
    """Say that this chat asks faster than answers may leave."""
    await _say(update, application, "slow.down")


async def _say(update: Update, application: SirabaApplication, key: str) -> None:
    """Without the store, which may be what is out of reach: in the language of the phone."""
    recipient = recipient_of(update)
    if recipient is None:
        return
    siraba = application.bot_data[SIRABA]
    user = update.effective_user
    voice = siraba.voices[language_for(user.language_code if user else None, otherwise=siraba.language)]
    await application.bot.send_message(
        chat_id=recipient.chat_id,
        message_thread_id=recipient.thread_id,
        text=voice.say(key),
        protect_content=True,
    )
