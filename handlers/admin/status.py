"""How is the service, in numbers that say nothing about anyone?"""

from datetime import datetime

from alerts.delivery.figures import figures, rounded
from alerts.store.health import health_of
from alerts.store.outbox import FEWEST_TOLD
from handlers.asked import Asked
from handlers.reply import reply

LINES_LOOKED_AT = 200  # of the audit, for the last alert that ended


async def status(asked: Asked) -> None:
    """Sending, outbox, queue, sources, chats, Redis."""
    store, say = asked.siraba.store, asked.say
    lines = [
        say("service.head", version=asked.siraba.version),
        await _sending(asked),
        *await _delivery(asked),
        await _last_sent(asked),
        say("service.review", count=len(await store.desk.waiting_review(until=asked.now))),
        *await _sources(asked),
        _chats(asked, await store.chats.count()),
        say("service.parked", count=_few(asked, await store.inbox.parked())),
        await _redis(asked),
    ]
    await reply(asked, "\n".join(lines))


async def _sending(asked: Asked) -> str:
    halt = await asked.siraba.store.desk.halted()
    if halt is None:
        return asked.say("service.sending")
    return asked.say("service.halted", who=halt.by, age=asked.voice.age(asked.now - halt.at))


async def _last_sent(asked: Asked) -> str:
    page = await asked.siraba.store.audit.page(LINES_LOOKED_AT)
    ended = [one["at"] for one in page.lines if one["did"] == "delivered" and not one["alert"].startswith("desk.")]
    if not ended:
        return asked.say("service.never_sent")
    return asked.say("service.last_sent", age=asked.voice.age(asked.now - datetime.fromisoformat(ended[0])))


async def _sources(asked: Asked) -> list[str]:
    """When any was last read, and how many can't be: their silence is not peace."""
    store, say = asked.siraba.store, asked.say
    read_at = await store.feeds.last_read_at()
    enabled = [source.id for source in asked.siraba.sources if source.enabled]
    failing = sum(1 for marks in (await store.feeds.marks(enabled)).values() if marks.failures)
    age = say("sources.read", age=asked.voice.age(asked.now - read_at)) if read_at else say("sources.unread")
    return [age, say("service.sources", count=len(enabled), failing=failing)]


async def _redis(asked: Asked) -> str:
    health = await health_of(asked.siraba.store.redis)
    key = "service.redis" if health.writes else "service.redis_fails"
    return asked.say(key, version=health.version, memory=health.memory)


async def _delivery(asked: Asked) -> list[str]:
    """What waits, since when and until when; what came of the sends since the start; how Telegram holds us back."""
    say, voice, counts, pace = asked.say, asked.voice, asked.siraba.counts, asked.siraba.pace
    now = await figures(asked.siraba.store.outbox, pace, now=asked.now)
    lines = [say("service.waiting", count=now.alerts)]
    if now.waiting_for is not None:
        few = say("service.few_messages") if now.messages < FEWEST_TOLD else now.messages
        waited, left = voice.age(now.waiting_for), voice.age(now.through_in)
        lines.append(say("service.depth", messages=few, age=waited, left=left))
    sent = {
        "sent": counts.sent,
        "failed": counts.unreachable + counts.rejected,
        "retried": counts.retried,
        "ambiguous": counts.ambiguous,
    }
    lines.append(say("service.counts", **{name: _few(asked, count) for name, count in sent.items()}))
    if now.halts:
        lines.append(say("service.halts", count=now.halts))
    if now.halted_for:
        lines.append(say("service.halted_for", left=voice.age(now.halted_for)))
    return lines


def _few(asked: Asked, count: int) -> str:
    """A count that may be about people; nobody stands behind none."""
    shown = rounded(count) if count else 0
    return asked.say("service.few_messages") if shown is None else str(shown)


def _chats(asked: Asked, count: int) -> str:
    """Counts below five would be about people, and exact ones tell when somebody left."""
    shown = rounded(count)
    return asked.say("service.few_chats") if shown is None else asked.say("service.chats", count=shown)
