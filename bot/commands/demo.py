"""`siraba demo`: the whole job, offline, with three people in three chats."""

import argparse

from bot.demo.run import main


def run(_: argparse.Namespace) -> int:
    """Tell the story; 1 if anything in it went otherwise than it should."""
    return main()
