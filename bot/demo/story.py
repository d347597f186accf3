"""What is told in the demo? Scenes with a time, what feeds publish, what people type, and what must come of it.

The story is data (`story.toml`); this file reads and checks it. An expectation that names nobody, or a fact without
a source, stops the demo before it begins.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from typing import Any

from alerts.errors import DataError

INVENTED = "invented"
"""The source of what never happened: a football match, an admin's slip."""

LEAST_STEP = timedelta(minutes=2)  # between two scenes: every feed is then due again


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the three: `chat` is the number of their private chat, `name` what the transcript calls them."""

    id: str
    chat: int
    name: str
    about: str
    is_admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A feed of the story, with its Admiralty grade; no real outlet, since its words are ours."""

    id: str
    name: str
    grade: str
    source_kind: str = "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. `source` is where the fact was read, or INVENTED."""

    outlet: str
    title: str
    summary: str
    published: datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one person types, or the button they tap; `{ref}` is the last reference they were shown."""

    who: str
    types: str = ""
    taps: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One message that must arrive at `who`, holding every one of `says` and none of `never`.

    `alert` names the alert it belongs to, for the table at the end; a reply has none. `silent` is whether it may
    not sound; None: either.
    """

    who: str
    says: tuple[str, ...]
    never: tuple[str, ...] = ()
    alert: str = ""
    silent: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Feeds publish, or a person types, or time alone does its work; then exactly the expected must arrive.

    `empty` are people in whose chats no message of the bot may stand any more.
    """

    note: str = ""
    entries: tuple[Entry, ...] = ()
    line: Line | None = None
    expects: tuple[Expected, ...] = ()
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What happens at one time of the story."""

    at: datetime
    title: str
    note: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole; people and outlets by id. `opening` is what each feed holds before anyone reads it."""

    title: str
    note: str
    people: Mapping[str, Person]
    outlets: Mapping[str, Outlet]
    opening: tuple[Entry, ...]
    scenes: tuple[Scene, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the facts were read, each once, in the order of the story."""
        told = [entry for scene in self.scenes for step in scene.steps for entry in step.entries]
        return tuple(dict.fromkeys(entry.source for entry in (*self.opening, *told) if entry.source != INVENTED))


def load_story() -> Story:
    """The story that ships with the project.

    Raises:
        DataError: it is not as it must be.
    """
    return parse_story(files("bot.demo").joinpath("story.toml").read_text(encoding="utf-8"))


def parse_story(text: str) -> Story:
    """Read and check a story.

    Raises:
        DataError: as it says.
    """
    try:
        story = _story(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"story.toml: {error!r}") from error
    for fault in _faults(story):
        raise DataError(f"story.toml: {fault}")
    return story


def _story(rows: Mapping[str, Any]) -> Story:
    people = [Person(**row) for row in rows["person"]]
    outlets = [Outlet(**row) for row in rows["outlet"]]
    return Story(
        title=rows["title"],
        note=rows["note"],
        people={person.id: person for person in people},
        outlets={outlet.id: outlet for outlet in outlets},
        opening=tuple(_entry(row) for row in rows["opening"]),
        scenes=tuple(_scene(row) for row in rows["scene"]),
    )


def _scene(row: Mapping[str, Any]) -> Scene:
    steps = tuple(_step(step) for step in row["step"])
    return Scene(at=_utc(row["at"]), title=row["title"], note=row["note"], steps=steps)


def _step(row: Mapping[str, Any]) -> Step:
    typed = {key: row[key] for key in ("who", "types", "taps") if key in row}
    return Step(
        note=row.get("note", ""),
        entries=tuple(_entry(entry) for entry in row.get("entry", ())),
        line=Line(**typed) if typed else None,
        expects=tuple(_expected(expected) for expected in row.get("expect", ())),
        empty=tuple(row.get("empty", ())),
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(**{**row, "published": _utc(row["published"])})


def _expected(row: Mapping[str, Any]) -> Expected:
    texts = {key: tuple(row.get(key, ())) for key in ("says", "never")}
    return Expected(**{**row, **texts})


def _utc(moment: datetime) -> datetime:
    """Mali keeps UTC all year, so a time without a zone is both."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _faults(story: Story) -> Iterable[str]:
    for before, after in pairwise(story.scenes):
        if after.at - before.at < LEAST_STEP:
            yield f"{after.title!r} must come at least {LEAST_STEP} after {before.title!r}"
    yield from (
        f"{outlet} opens without an entry" for outlet in story.outlets.keys() - {e.outlet for e in story.opening}
    )
    for scene in story.scenes:
        if any(step.entries for step in scene.steps[1:]):
            yield f"{scene.title!r} publishes after its first step, when no feed is due"
        for step in scene.steps:
            yield from (f"{scene.title!r}: {fault}" for fault in _faults_of(step, scene, story))


def _faults_of(step: Step, scene: Scene, story: Story) -> Iterable[str]:
    people = [*step.empty, *(one.who for one in step.expects), *([step.line.who] if step.line else [])]
    yield from (f"nobody is called {who!r}" for who in people if who not in story.people)
    yield from (f"no outlet is called {one.outlet!r}" for one in step.entries if one.outlet not in story.outlets)
    yield from (f"{one.title!r} names no source" for one in step.entries if not one.source)
    yield from (f"{one.title!r} comes from the future" for one in step.entries if one.published > scene.at)
    yield from (f"a message to {one.who!r} may say anything" for one in step.expects if not one.says)
    if step.line and bool(step.line.types) == bool(step.line.taps):
        yield f"{step.line.who!r} must either type or tap"
