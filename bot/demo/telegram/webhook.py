"""How do updates reach a bot that set a webhook? One at a time, each again until it was taken."""

import asyncio
from collections.abc import Callable

import aiohttp

from bot.demo.telegram.parameters import Json
from bot.demo.telegram.state import State

AGAIN_AFTER = 0.1
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
PATIENCE = aiohttp.ClientTimeout(total=10)


async def push_updates(current: Callable[[], State]) -> None:
    """Push for ever, whenever the current state has a webhook and updates wait."""
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        while True:
            await _push_next(session, current())


async def _push_next(session: aiohttp.ClientSession, state: State) -> None:
    updates = state.updates
    if not await updates.bell.wait_until(lambda: bool(updates.webhook and len(updates)), AGAIN_AFTER):
        return
    update = updates.waiting()[0]
    if await _taken(session, updates.webhook, updates.secret, update):
        updates.confirm(update["update_id"] + 1)
    else:
        await asyncio.sleep(AGAIN_AFTER)


async def _taken(session: aiohttp.ClientSession, url: str, secret: str, update: Json) -> bool:
    headers = {SECRET_HEADER: secret} if secret else {}
    try:
        async with session.post(url, json=update, headers=headers, allow_redirects=False) as response:
            return response.ok
    except (aiohttp.ClientError, TimeoutError):
        return False
