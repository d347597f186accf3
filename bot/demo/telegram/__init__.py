"""A stand-in for Telegram: a Bot API server in a process of its own, on this machine only.

It contacts nobody and keeps everything in memory. A bot is pointed at it by its base URL; people's messages
come from the control API, which `client.Telegram` speaks. What it enforces is what is publicly reported of
Telegram; the real service does not publish its limits.
"""
