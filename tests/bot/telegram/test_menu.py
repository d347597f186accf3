"""What Telegram shows of the bot: per language and role, neutral, and set only where it differs."""

import json
from collections.abc import Iterator

import pytest
from telegram import Bot

from bot.demo.telegram.client import Telegram
from bot.telegram.menu import furnish
from handlers.commands import COMMANDS
from tests.support.service import voices

ODD_ON_A_SEARCHED_PHONE = ("attaque", "attack", "arm", "danger", "alert", "incident", "sécurit", "secur")


async def menus(telegram: Telegram) -> dict[tuple[str, str], dict[str, str]]:
    """Names and descriptions by scope and language."""
    return {
        (json.loads(scope)["type"], language): {one["command"]: one["description"] for one in commands}
        for scope, language, commands in (await telegram.profile())["commands"]
    }


def desk() -> Iterator[str]:
    for command in COMMANDS:
        if command.needs:
            yield from command.names


async def test_each_role_and_language_has_its_menu(telegram: Telegram, bot: Bot):
    await furnish(bot, voices())
    shown = await menus(telegram)
    scopes = ("default", "all_group_chats", "all_chat_administrators")
    assert set(shown) == {(scope, language) for scope in scopes for language in ("", "fr", "en")}
    assert "suivre" in shown["default", "fr"]
    assert "subscribe" in shown["default", "en"]
    assert shown["default", ""] == shown["default", "fr"]
    assert "suivre" not in shown["all_group_chats", "fr"]
    assert "encours" in shown["all_group_chats", "fr"]
    assert shown["all_chat_administrators", "fr"] == shown["default", "fr"]


async def test_no_menu_shows_a_command_of_the_desk_or_an_odd_word(telegram: Telegram, bot: Bot):
    await furnish(bot, voices())
    told = [text for menu in (await menus(telegram)).values() for pair in menu.items() for text in pair]
    texts = [text for _, _, text in (await telegram.profile())["texts"]]
    assert not set(desk()) & set(told)
    assert [text for text in [*told, *texts] for odd in ODD_ON_A_SEARCHED_PHONE if odd in text.lower()] == []


async def test_name_and_descriptions_are_set_once(telegram: Telegram, bot: Bot):
    await furnish(bot, voices())
    await furnish(bot, voices())
    texts = {(what, language): text for what, language, text in (await telegram.profile())["texts"]}
    assert texts["name", ""] == "Siraba"
    assert texts["description", "en"].startswith("What is reported on the roads you choose")
    calls = (await telegram.counters()).calls
    assert calls["setMyDescription", 200] == len({language for _, language in texts})


@pytest.mark.expects_warnings
async def test_without_telegram_the_service_goes_on(telegram: Telegram, bot: Bot):
    unknown = Bot("1:unknown", base_url=telegram.base_url, request=bot.request, get_updates_request=bot.request)
    await furnish(unknown, voices())
    assert (await telegram.profile())["texts"] == []
