"""What does the bot show of itself: its name, descriptions and command menu, by language and scope?"""

import json
import re

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.state import State

LONGEST = {"name": 64, "description": 512, "short_description": 120}
MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def set_commands(state: State, asked: Parameters) -> bool:
    """Set the menu of a scope and language."""
    commands = asked.json("commands")
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if commands else "commands must be non-empty")
    for command in commands:
        _check_command(command)
    state.profile.commands[_menu(asked)] = commands
    return True


def get_commands(state: State, asked: Parameters) -> list[Json]:
    """Return the menu of exactly this scope and language."""
    return state.profile.commands.get(_menu(asked), [])


def delete_commands(state: State, asked: Parameters) -> bool:
    """Remove the menu of a scope and language."""
    state.profile.commands.pop(_menu(asked), None)
    return True


def set_text(state: State, asked: Parameters, name: str) -> bool:
    """Set the name or a description, in one language or for all others."""
    if len(asked.text(name)) > LONGEST[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    state.profile.texts[name, asked.text("language_code")] = asked.text(name)
    return True


def get_text(state: State, asked: Parameters, name: str) -> Json:
    """Return the name or a description, in this language or else for all."""
    texts = state.profile.texts
    return {name: texts.get((name, asked.text("language_code"))) or texts.get((name, ""), "")}


def _check_command(command: Json) -> None:
    if not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", ""))) <= LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _menu(asked: Parameters) -> tuple[str, str]:
    scope = asked.json("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), asked.text("language_code")
