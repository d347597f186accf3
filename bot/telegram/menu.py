"""Which commands does Telegram offer while someone types? Readers' ones only, and none that would look odd."""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError  # noqa: TID251 - where foreign errors stop

from alerts.wording.voice import Voices
from handlers.commands import menu

log = logging.getLogger(__name__)

# Telegram has no clients in Bambara: who reads the bot in it sees the menu of the phone's language, else French.
MENUS = {None: "fr", "fr": "fr", "en": "en"}


async def set_menus(bot: Bot, voices: Voices) -> None:
    """Tell Telegram the menus; without them everything works, so a failure is only logged."""
    try:
        for code, language in MENUS.items():
            commands = [BotCommand(name, description) for name, description in menu(voices[language])]
            await bot.set_my_commands(commands, language_code=code)
    except TelegramError as error:
        log.warning("the command menus could not be set", extra={"why": type(error).__name__})
