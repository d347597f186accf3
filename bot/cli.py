"""What can be typed? One sub-command a row; results go to stdout as JSON lines, messages to stderr."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from alerts.errors import SirabaError

FAULT, WRONG_USE, UNUSABLE = 1, 2, 3

_MODULES = {"import": "take_in"}
"""Where a command cannot be a module's name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 good, 1 a fault, 2 wrong use, 3 the input was not usable."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # else python-telegram-bot warns at each refusal
    options = _parser().parse_args(arguments)
    if options.command is None:
        _parser().print_help(sys.stderr)
        return WRONG_USE
    _speak_utf_8()
    # Each command is imported when it is asked for: `siraba resolve` needs no Telegram.
    name = _MODULES.get(options.command, options.command)
    run: Callable[[argparse.Namespace], int] = import_module(f"bot.commands.{name}").run
    try:
        status = run(options)
        sys.stdout.flush()
    except SirabaError as error:
        print(f"siraba: {error}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        return FAULT
    except BrokenPipeError:
        _let_go_of_stdout()
        return 0
    return status


def _speak_utf_8() -> None:
    """JSON lines are UTF-8 whatever the machine's own habit; half a character is written as JSON escapes it."""
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper) and not stream.closed:
            stream.reconfigure(encoding="utf-8", errors=errors)


def _let_go_of_stdout() -> None:
    """Whoever read our output has left: what is still to be written, also at the exit, goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="siraba", description="Road-risk alerts for the roads of Mali, by Telegram.")
    parser.add_argument("--version", action="version", version=f"siraba {version('siraba')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    commands.add_parser("run", help="the service: reads the sources, answers and alerts")
    commands.add_parser("demo", help="the whole job, offline, with three people in three chats")
    commands.add_parser("check", help="settings, data files, Redis, Bot API and each source, a line each")

    poll = commands.add_parser("poll", help="read feed files or addresses once and print their entries")
    poll.add_argument("sources", nargs="+", metavar="SOURCE", help="a file's path or an address")
    poll.add_argument("--json", action="store_true", help="JSON lines (what it prints anyway)")

    read = commands.add_parser("read", help="items as JSON lines on stdin, a reading each on stdout")
    read.add_argument("--explain", action="store_true", help="add why: each decision with the words behind it")
    commands.add_parser("group", help="items as JSON lines on stdin, an incident each on stdout")

    resolve = commands.add_parser("resolve", help="what a typed name means: place, road, corridor, region or route")
    resolve.add_argument("text", metavar="TEXT", help="free text, such as 'Kayes Bamako' or RN1")

    route = commands.add_parser("route", help="the ways from one place to another, as /route answers")
    route.add_argument("start", metavar="FROM")
    route.add_argument("end", metavar="TO")
    route.add_argument("--json", action="store_true", help="one JSON object instead of the message")
    route.add_argument("--png", metavar="FILE", type=Path, help="also write a picture of the first way there")

    places = commands.add_parser("places", help="further names for the reading").add_subparsers(
        dest="verb", metavar="VERB", required=True
    )
    importing = places.add_parser("import", help="take a GeoNames country dump, or a CSV with names and coordinates")
    importing.add_argument("file", metavar="FILE", type=Path)
    _add_ins_and_outs(commands)
    return parser


def _add_ins_and_outs(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help="a copy of the whole store, also while the service runs")
    backup.add_argument("folder", metavar="DIR", type=Path, help="where it goes; copies older than 7 days leave it")

    export = commands.add_parser("export", help="what readers were told, by day, region, place and kind")
    export.add_argument("--format", choices=("csv", "geojson", "jsonl", "cap"), required=True)
    export.add_argument("--out", metavar="FILE", type=Path, help="write into this file instead of stdout")

    taking = commands.add_parser(
        "import", help="verified incidents from CSV or GeoJSON: looked at, or with --yes stored"
    )
    taking.add_argument("file", metavar="FILE", type=Path)
    taking.add_argument("--yes", action="store_true", help="store them, if no row is bad; nobody is alerted")

    restore = commands.add_parser("restore", help="put the newest backup back into an empty store")
    restore.add_argument("folder", metavar="DIR", type=Path, help="a folder of backups, or one of them")
