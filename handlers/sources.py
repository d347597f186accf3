"""Where does the news come from, and when was each source last read?"""

from collections.abc import Mapping

from alerts.desk.grades import regraded
from alerts.sources.model import FeedMarks, Source
from alerts.wording.limits import MESSAGE_LIMIT, fit
from handlers.asked import Asked
from handlers.reply import reply


async def sources(asked: Asked) -> None:
    """The sources that may be named, with grade and last reading; the others are counted."""
    given = await asked.siraba.store.desk.grades()
    read = [source for source in regraded(asked.siraba.sources, given) if source.enabled]
    named = [source for source in read if source.public_name]
    marks = await asked.siraba.store.feeds.marks([source.id for source in named])
    voice = asked.voice
    lines = [_line(asked, source, marks) for source in named]
    unnamed = len(read) - len(named)
    tail = [voice.count("sources.unnamed", unnamed)] if unnamed else []
    text = fit(
        lines or [asked.say("sources.none")],
        head=[asked.say("sources.head")],
        tail=[*tail, asked.say("sources.field")],
        more=lambda left: voice.count("list.more", left),
        limit=MESSAGE_LIMIT,
    )
    change = [[(voice.label("button.grades"), "q:grades")]] if asked.is_admin and read else []
    await reply(asked, text, change)


def _line(asked: Asked, source: Source, marks: Mapping[str, FeedMarks]) -> str:
    """Its name, its grade, and when it last answered: a source that fails says nothing, which is not good news."""
    name, read_at = source.name or source.id, marks[source.id].succeeded_at
    if read_at is None:
        return asked.voice.label("sources.never", name=name, grade=source.grade)
    return asked.voice.label("sources.line", name=name, grade=source.grade, age=asked.voice.age(asked.now - read_at))
