"""The stand-in for Telegram that crash trials share."""

from tests.support.telegram import telegram, telegram_process

__all__ = ["telegram", "telegram_process"]
