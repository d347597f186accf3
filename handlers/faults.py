"""What is a person told when an answer can't be made, or not so fast?"""

import logging

from redis.exceptions import RedisError
from telegram import Message, Update

from handlers.asked import Asked, language_for, recipient_of, understand
from handlers.context import SIRABA, SirabaApplication
from handlers.reply import vanish, vanish_command

log = logging.getLogger(__name__)


async def apologise(update: Update, application: SirabaApplication) -> None:
    """Say that it did not work."""
    await _say(update, application, "fault.later")


async def slow_down(update: Update, application: SirabaApplication) -> None:
    """Say that this chat asks faster than answers may leave."""
    await _say(update, application, "slow.down")


async def leave_unanswered(update: Update, application: SirabaApplication) -> None:
    """What is passed over in silence leaves no more of a trace than what is answered."""
    if (asked := await _asked(update, application)) is not None:
        await vanish_command(asked)


async def _say(update: Update, application: SirabaApplication, key: str) -> None:
    """First without the store, which may be what is out of reach: in the language of the phone."""
    recipient = recipient_of(update)
    if recipient is None:
        return
    siraba = application.bot_data[SIRABA]
    user = update.effective_user
    voice = siraba.voices[language_for(user.language_code if user else None, otherwise=siraba.language)]
    sent = await application.bot.send_message(
        chat_id=recipient.chat_id,
        message_thread_id=recipient.thread_id,
        text=voice.say(key),
        protect_content=True,
    )
    await _let_vanish(update, application, sent)


async def _let_vanish(update: Update, application: SirabaApplication, sent: Message) -> None:
    try:
        if (asked := await _asked(update, application)) is not None:
            await vanish(asked, sent)
    except (RedisError, OSError) as error:
        log.info("when a word is to go can't be noted", extra={"why": type(error).__name__})


async def _asked(update: Update, application: SirabaApplication) -> Asked | None:
    return await understand(update, application.context_types.context.from_update(update, application))
