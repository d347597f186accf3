"""How does an admin say how far a source is trusted?"""

from alerts.desk.grades import GRADES, regraded
from alerts.sources.model import Source
from handlers.asked import Asked
from handlers.reply import reply


async def grades(asked: Asked) -> None:
    """Which source?"""
    sources = regraded(_read(asked), await asked.siraba.store.desk.grades())
    buttons = [[(f"{_name(one, number)} · {one.grade}", f"q:grade:{number}")] for number, one in enumerate(sources)]
    await reply(asked, asked.say("grades.which"), buttons)


async def letters(asked: Asked) -> None:
    """Which grade?"""
    source = _numbered(asked, asked.words)
    if source is None:
        await reply(asked, asked.say("post.gone"))
        return
    buttons = [[(letter, f"c:grade:{asked.words}:{letter}:{source.id[:20]}") for letter in GRADES]]
    await reply(asked, asked.say("grades.letter", source=_name(source, int(asked.words))), buttons)


async def tap_grade(asked: Asked) -> None:
    """The grade of its reports from now on."""
    number, _, rest = asked.words.partition(":")
    letter, _, begins = rest.partition(":")
    source = _numbered(asked, number)
    if source is None or letter not in tuple(GRADES) or not begins or not source.id.startswith(begins):
        await reply(asked, asked.say("post.gone"))
        return
    store = asked.siraba.store
    before = (await store.desk.grades()).get(source.id, source.grade)
    if before != letter:
        await store.desk.grade(source.id, letter, before=before, by=asked.member, now=asked.now)
    await reply(asked, asked.say("grades.done", source=_name(source, int(number)), grade=letter))


def name_of(asked: Asked, source_id: str) -> str:
    """A source as the desk's chat may name it: one that must not be named by its number among those that are read."""
    for number, source in enumerate(_read(asked)):
        if source.id == source_id:
            return _name(source, number)
    others = {source.id: source.name for source in asked.siraba.sources if source.public_name}
    return others.get(source_id) or asked.voice.label("watch.unnamed")


def _read(asked: Asked) -> list[Source]:
    return [source for source in asked.siraba.sources if source.enabled]


def _numbered(asked: Asked, number: str) -> Source | None:
    """The source behind a button; its name stands there too, since the list may have changed."""
    sources = _read(asked)
    known = number.isascii() and number.isdecimal() and int(number) < len(sources)
    return sources[int(number)] if known else None


def _name(source: Source, number: int) -> str:
    """A source whose name must reach no chat is told by its place in the list alone."""
    return source.name if source.public_name else f"№ {number + 1}"
