"""Do the documents tell the truth? Each command, setting, target, link, file and warning, and none that isn't there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from alerts.incidents.kinds import kinds
from alerts.reading.model import EventType
from bot.cli import _parser
from bot.settings import Settings, load_settings
from handlers.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
EVENTS = {f"`{event}`" for event in EventType}
LOUD = {"warning", "error", "exception", "critical"}

a_document = pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
a_setting = pytest.mark.parametrize("field", Settings.model_fields)


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table's rows; code spans keep their bars."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def code(text: str) -> str:
    """What stands in code blocks and code spans, a line each."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return "\n".join([*blocks, *spans])


def default_of(field: FieldInfo) -> str:
    """A default as the README words it."""
    if field.default_factory is not None:
        return "the platform's user data folder"
    match field.default:
        case None | frozenset():
            return "none"
        case SecretStr() as secret:
            return secret.get_secret_value()
        case bool(flag):
            return str(flag).lower()
        case plain:
            return str(plain)


def test_the_table_of_commands_is_the_commands():
    told = {(row[0], row[1]) for row in rows(README) if row[0].startswith("`/")}
    assert told == {(f"`/{command.names[0]}`", f"`/{command.names[1]}`") for command in COMMANDS}


def test_the_table_of_settings_names_each_with_its_default():
    told = {row[0].strip("`"): row[-1].replace("`", "") for row in rows(README) if row[0].startswith("`SIRABA_")}
    wanted = {f"SIRABA_{name.upper()}": default_of(field) for name, field in Settings.model_fields.items()}
    assert told.keys() == wanted.keys()
    assert {name for name, default in wanted.items() if told[name].split(" (")[0] != default} == set()


@a_setting
def test_the_example_holds_every_setting_at_its_default(field: str):
    line = re.search(rf"^#?SIRABA_{field.upper()}=(.*)$", EXAMPLE, re.MULTILINE)
    assert line is not None
    assert line[1] in {"", default_of(Settings.model_fields[field])}


def test_the_example_can_be_used_as_it_is(tmp_path: Path):
    copy = tmp_path / ".env"
    copy.write_text(EXAMPLE.replace("#SIRABA_", "SIRABA_"))
    assert load_settings(_env_file=copy) == load_settings(_env_file=None)


def test_the_vocabulary_is_the_event_types_and_their_severity():
    told = {row[0].strip("`"): row[-1] for row in rows((ROOT / "docs/vocabulary.md").read_text()) if row[0] in EVENTS}
    assert told == {str(event): str(kind.severity) for event, kind in kinds().items()}


@a_document
def test_every_make_target_that_is_named_exists(path: Path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)", code(path.read_text()), re.MULTILINE)) - targets == set()


@a_document
def test_every_command_line_that_is_named_exists(path: Path):
    named = set(re.findall(r"(?<![\w./-])siraba ([a-z]+)", code(path.read_text())))
    assert named - command_lines() == set()


def test_the_readme_names_every_command_line():
    assert command_lines() - set(re.findall(r"`siraba ([a-z]+)", README)) == set()


def command_lines() -> set[str]:
    return set(next(action.choices for action in _parser()._actions if action.choices))


@a_document
def test_every_link_into_the_repository_leads_somewhere(path: Path):
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text()) if "://" not in link]
    assert [link for link in links if not leads_somewhere(path, link)] == []


def leads_somewhere(path: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = path.parent / name if name else path
    if not target.exists():
        return False
    return not anchor or anchor in {slug(title) for title in re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE)}


def slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@a_document
def test_every_file_that_is_named_exists(path: Path):
    named = set(re.findall(r"(?<![\w/.])(?:alerts|bot|handlers|tests|docs)/[\w./-]+", code(path.read_text())))
    assert {name for name in named if not (ROOT / name).exists()} == set()


@a_document
def test_no_path_of_the_machine_it_was_written_on(path: Path):
    assert re.findall(r"(?<![\w.])/(?:home|root|work|Users|tmp|mnt)/\S*", path.read_text()) == []


def test_who_is_on_call_finds_every_warning_explained():
    told = (ROOT / "docs/operations.md").read_text()
    assert {event for event in loud_events() if event not in told} == set()


def loud_events() -> Iterator[str]:
    """What the service logs as a warning or an error: the longest piece of it that no value interrupts."""
    files = [file for package in ("alerts", "bot", "handlers") for file in (ROOT / package).rglob("*.py")]
    for file in files:
        if "demo" not in file.parts:
            for call in ast.walk(ast.parse(file.read_text())):
                if isinstance(call, ast.Call) and is_loud(call.func) and isinstance(call.args[0], ast.Constant):
                    yield max(re.split(r"%\w", str(call.args[0].value)), key=len).strip(" :;")


def is_loud(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in LOUD:
        return False
    return isinstance(called.value, ast.Name) and called.value.id in {"log", "_log"}
