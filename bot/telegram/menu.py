"""What does Telegram show of the bot: its menus of commands, its name, what it says of itself?

All of it may be read over somebody's shoulder, so it is neutral; nobody's menu shows the desk's commands, since they
would tell whose phone it is. A picture can't be set from here without a file of its own: @BotFather does that.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError  # noqa: TID251 - where foreign errors stop

from alerts.wording.voice import Voice, Voices
from handlers.commands import menu

log = logging.getLogger(__name__)

# Telegram has no clients in Bambara: who reads the bot in it sees the menu of the phone's language, else French.
MENUS = {None: "fr", "fr": "fr", "en": "en"}

# In a group its members may ask, its administrators choose as well.
SCOPES: tuple[tuple[BotCommandScope, bool], ...] = (
    (BotCommandScopeDefault(), False),
    (BotCommandScopeAllGroupChats(), True),
    (BotCommandScopeAllChatAdministrators(), False),
)


async def furnish(bot: Bot, voices: Voices) -> None:
    """Tell Telegram all of it; without it everything works, so a failure is only logged."""
    steps = (_set_menus, _set_profile)
    await asyncio.gather(*(_try(step, bot, code, voices[lang]) for code, lang in MENUS.items() for step in steps))


async def _try(
    step: Callable[[Bot, str | None, Voice], Awaitable[None]], bot: Bot, code: str | None, voice: Voice
) -> None:
    try:
        await step(bot, code, voice)
    except TelegramError as error:
        log.warning("the command menus could not be set", extra={"why": type(error).__name__})


async def _set_menus(bot: Bot, code: str | None, voice: Voice) -> None:
    for scope, only_questions in SCOPES:
        commands = [BotCommand(name, text) for name, text in menu(voice, only_questions=only_questions)]
        await bot.set_my_commands(commands, scope=scope, language_code=code)


async def _set_profile(bot: Bot, code: str | None, voice: Voice) -> None:
    """Only what differs: Telegram takes few changes a day, and refuses the rest for hours."""
    name, short, long = (voice.label(key) for key in ("profile.name", "profile.short", "profile.long"))
    if (await bot.get_my_name(code)).name != name:
        await bot.set_my_name(name, language_code=code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, language_code=code)
