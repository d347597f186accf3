"""Where does the news come from, and how is each source?"""

from alerts.desk.grades import regraded
from alerts.sources.health import Health, health
from alerts.sources.model import FeedMarks, Source
from alerts.wording.limits import MESSAGE_LIMIT, fit
from handlers.asked import Asked
from handlers.reply import reply


async def sources(asked: Asked) -> None:
    """The sources that may be named, those that raise their hand first; the others are counted."""
    given = await asked.siraba.store.desk.grades()
    read = [source for source in regraded(asked.siraba.sources, given) if source.enabled]
    named = [source for source in read if source.public_name]
    marks = await asked.siraba.store.feeds.marks([source.id for source in named])
    looked_at = [(source, marks[source.id], _health(asked, source, marks[source.id])) for source in named]
    looked_at.sort(key=lambda one: not one[2].is_stale)
    voice = asked.voice
    lines = [voice.source(source, known, how, now=asked.now) for source, known, how in looked_at]
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


def _health(asked: Asked, source: Source, marks: FeedMarks) -> Health:
    return health(source, marks, least=asked.siraba.least_interval, now=asked.now)
