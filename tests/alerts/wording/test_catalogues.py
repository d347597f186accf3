"""The catalogues: complete, alike in every language, nothing left over, and no word that must never be said."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from alerts.delivery.model import Reason
from alerts.errors import DataError
from alerts.fuel.model import Availability, Product, Queue
from alerts.incidents.model import DayPart, RetractionReason, Severity, SourceKind, Trust, Vehicles
from alerts.incidents.outlook import RoadStatus
from alerts.reading.model import EventType
from alerts.wording import catalogue
from alerts.wording.catalogue import FOLDER, LOCALES, forms_of, key_of, load
from alerts.wording.limits import MESSAGE_LIMIT, units
from handlers.commands import COMMANDS
from tests.alerts.wording import scan

FILES = sorted(FOLDER.glob("*/*.po"))
DOMAINS = sorted({path.name for path in FILES})

ENGLISH = {name: command.name_in("en") for command in COMMANDS for name in command.names}

FORBIDDEN = re.compile(
    r"\bsûre?s?\b|\bsécuris|\bsafe|\bsecure|\btout va bien|\ball clear|✅|✔|🟢|🟩|💚|\bvert\b|\bgreen\b"
    r"|\bGANE\b|\bEEI\b|\bIED\b|\bjihad|\bterroris|\bJNIM\b|\bGSIM\b|\bFAMa\b|\bEIGS\b|\bWagner\b|\bAfrica Corps\b"
    r"|\bpeulh?s?\b|\btouareg|\bdogons?\b|https?:|<[a-z/]",
    re.IGNORECASE,
)


def messages(path: Path) -> list[Message]:
    return [message for message in catalog(path) if message.id]


@cache
def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def commands_in(message: Message) -> frozenset[str]:
    """The commands that a sentence names, by their English names."""
    names = re.findall(r"(?<!\S)\(?/(\w+)", " ".join(forms_of(message)))
    return frozenset(ENGLISH[name] for name in names)


def named_in(key: str) -> frozenset[str]:
    """Every fact that any language's sentence of `key` names."""
    texts = [
        form for path in FILES for message in messages(path) if key_of(message) == key for form in forms_of(message)
    ]
    return frozenset().union(*map(placeholders, texts))


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LOCALES)
def test_every_language_has_every_key_of_the_french(language: str, domain: str):
    here, french = ({key_of(one) for one in messages(FOLDER / code / domain)} for code in (language, "fr"))
    assert here == french


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LOCALES)
def test_every_language_names_the_same_facts(language: str, domain: str):
    french = {key_of(one): one for one in messages(FOLDER / "fr" / domain)}
    for message in messages(FOLDER / language / domain):
        named = frozenset().union(*map(placeholders, forms_of(message)))
        expected = frozenset().union(*map(placeholders, forms_of(french[key_of(message)])))
        assert named == expected, key_of(message)
        assert not any(name == "" or re.search(r"\W", name) for name in named), key_of(message)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LOCALES)
def test_every_language_names_the_same_commands(language: str, domain: str):
    french = {key_of(one): commands_in(one) for one in messages(FOLDER / "fr" / domain)}
    here = {key_of(one): commands_in(one) for one in messages(FOLDER / language / domain)}
    assert {key: named for key, named in here.items() if named != french[key]} == {}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_plural_has_the_forms_of_its_language(path: Path):
    assert '"Plural-Forms: nplurals=' in path.read_text(encoding="utf-8")
    forms = {len(forms_of(one)) for one in messages(path) if not isinstance(one.id, str)}
    assert forms <= {catalog(path).num_plurals}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_sentence_says_what_must_never_be_said(path: Path):
    said = [form for message in messages(path) for form in forms_of(message) if FORBIDDEN.search(form)]
    assert said == []


@pytest.mark.parametrize(
    "text",
    ["Route sûre", "The road is safe", "✅ ouvert", "feu vert", "attaque du JNIM", "voir http://x", "<b>Alerte</b>"],
)
def test_the_forbidden_words_are_found(text: str):
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("text", ["Mesure prise", "Sans danger ? Sans info.", "unconfirmed", "sur la route"])
def test_ordinary_words_are_let_through(text: str):
    assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != "bm"], ids=name_of)
def test_french_and_english_are_reviewed(path: Path):
    assert [key_of(one) for one in messages(path) if one.fuzzy] == []


def test_no_sentence_that_the_code_says_is_missing():
    known = load("fr").keys
    assert [f"{call.key} ({call.where})" for call in scan.said() if call.key not in known] == []


def test_no_sentence_is_left_over():
    used, begun = scan.literals(), tuple(scan.prefixes())
    assert sorted(key for key in load("fr").keys if key not in used and not key.startswith(begun)) == []


def test_every_fact_a_sentence_names_is_given_to_it():
    short = [
        f"{call.where}: {call.key} lacks {sorted(named_in(call.key) - call.facts)}"
        for call in scan.said()
        if call.facts is not None and call.key in load("fr").keys and not named_in(call.key) <= call.facts
    ]
    assert short == []


def lower(values: Iterable[StrEnum]) -> set[str]:
    return {value.lower() for value in values}


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("event", set(EventType)),
        ("lifted", set(EventType)),
        ("gravity", lower(Severity)),
        ("short.gravity", lower(Severity)),
        ("trust", {*Trust, "sources"}),
        ("where", set(SourceKind)),
        ("vehicles.hit", set(Vehicles)),
        ("short.vehicles", set(Vehicles)),
        ("when.today", set(DayPart)),
        ("when.yesterday", set(DayPart)),
        ("when.date", set(DayPart)),
        ("passage", {*lower(RoadStatus), "line"}),
        ("status", {*lower(RoadStatus), "danger"}),
        ("retraction", set(RetractionReason)),
        ("product", set(Product)),
        ("fuel.state", set(Availability)),
        ("fuel.brief", set(Availability)),
        ("fuel.short", set(Availability)),
        ("fuel.queue", set(Queue)),
        ("reason", {reason.name.lower() for reason in Reason}),
    ],
)
def test_every_value_has_its_words_and_no_other(prefix: str, expected: set[str]):
    keys = map(key_of, messages(FOLDER / "fr" / "messages.po"))
    found = {key.removeprefix(f"{prefix}.") for key in keys if key.startswith(f"{prefix}.")}
    assert {name for name in found if "." not in name} == {str(value) for value in expected}


PO = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        pytest.param({"a.po": PO + 'msgid "a.b"\nmsgstr ""\n'}, "says nothing", id="an-empty-sentence"),
        pytest.param(
            {"a.po": PO + 'msgid "a.b"\nmsgstr "x"\n', "b.po": PO + 'msgid "a.b"\nmsgstr "y"\n'},
            "two catalogues",
            id="a-key-in-two-files",
        ),
        pytest.param({"a.po": PO + "msgid nonsense\n"}, "a.po", id="a-broken-file"),
    ],
)
def test_a_faulty_catalogue_is_refused(
    files: dict[str, str], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "fr").mkdir()
    for name, text in files.items():
        (tmp_path / "fr" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=complaint):
        load.__wrapped__("fr")


TYPICAL = {
    "area": "RN1",
    "leg": "Sandaré–Diéma",
    "hours": 24,
    "km": 100,
    "place": "Bamako",
    "when": "chaque jour à 06:00",
}
ROOM = {
    "button.": 40,
    "menu.": 256,
    "level.": 38,
    "kind.": 38,
    "loud.": 40,
    "profile.name": 64,
    "profile.short": 120,
    "profile.long": 512,
}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_text_has_room_where_it_is_shown(path: Path):
    long = [
        key_of(message)
        for message in messages(path)
        for form in forms_of(message)
        for prefix, room in ROOM.items()
        if key_of(message).startswith(prefix) and units(form.format_map(Typical())) > room
    ]
    assert long == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_sentence_fills_more_than_half_a_message(path: Path):
    """So that a draft fits with the French beneath it, and with a list beside it."""
    assert [key_of(one) for one in messages(path) for form in forms_of(one) if units(form) > MESSAGE_LIMIT // 2] == []


class Typical(dict[str, object]):
    """Facts of a usual length for any placeholder."""

    def __missing__(self, name: str) -> object:
        return TYPICAL.get(name, "12")
