"""`siraba run`: the service."""

import argparse
import asyncio
import signal
import sys
from urllib.parse import parse_qsl, urlsplit

from bot.application import serve
from bot.logs import set_up_logs
from bot.settings import Settings, SettingsError, load_settings

HOW_TO_GET_ONE = (
    "SIRABA_BOT_TOKEN is not set. Talk to @BotFather in Telegram, send /newbot, and put the token it gives into the "
    "environment or into a file named .env. To see the service without one: siraba demo."
)


def run(_: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = load_settings()
    if settings.bot_token is None:
        raise SettingsError(HOW_TO_GET_ONE)
    set_up_logs(settings.log_format, secrets=secrets_of(settings))
    asyncio.run(_serve(settings))
    return 0


def secrets_of(settings: Settings) -> list[str]:
    """What must never stand in a log line."""
    redis = "" if settings.embedded else settings.redis_url.get_secret_value()
    held = [settings.bot_token, settings.webhook_secret]
    parts = urlsplit(redis)
    passwords = [value for name, value in parse_qsl(parts.query) if name.endswith("password")]
    return [redis, parts.password or "", *passwords, *(secret.get_secret_value() for secret in held if secret)]


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, stop=stop)
    print("siraba: stopped", file=sys.stderr)  # noqa: T201 - a word to the terminal
