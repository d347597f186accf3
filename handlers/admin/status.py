"""How is the service, in numbers that say nothing about anyone?"""

from dataclasses import asdict

from alerts.delivery.figures import figures
from alerts.desk.posting import FEWEST_TOLD
from handlers.asked import Asked
from handlers.reply import reply


async def status(asked: Asked) -> None:
    """What waits, what was read and when, whether sending is halted, what came of the sends."""
    store, say = asked.siraba.store, asked.say
    read_at, halted = await store.feeds.last_read_at(), await store.desk.halted()
    lines = [
        say("service.head", version=asked.siraba.version),
        say("service.halted") if halted else say("service.sending"),
        *await _delivery(asked),
        say("service.review", count=len(await store.desk.waiting_review(until=asked.now))),
        say("service.read", age=asked.voice.age(asked.now - read_at)) if read_at else say("service.never_read"),
        _chats(asked, await store.chats.count()),
        say("service.parked", count=await store.inbox.parked()),
    ]
    await reply(asked, "\n".join(lines))


async def _delivery(asked: Asked) -> list[str]:
    """What waits, since when and until when; what came of the sends since the start; how Telegram holds us back."""
    say, voice, counts, pace = asked.say, asked.voice, asked.siraba.counts, asked.siraba.pace
    outbox = asked.siraba.store.outbox
    if pace is None:
        return [say("service.waiting", count=len(await outbox.waiting()))]
    now = await figures(outbox, pace, now=asked.now)
    lines = [say("service.waiting", count=now.alerts)]
    if now.waiting_for is not None:
        few = say("service.few_messages") if now.messages < FEWEST_TOLD else now.messages
        waited, left = voice.age(now.waiting_for), voice.age(now.through_in)
        lines.append(say("service.depth", messages=few, age=waited, left=left))
    sent = asdict(counts) | {"failed": counts.unreachable + counts.rejected}
    lines.append(say("service.counts", **{name: sent[name] for name in ("sent", "failed", "retried", "ambiguous")}))
    if now.halts:
        lines.append(say("service.halts", count=now.halts))
    if now.halted_for:
        lines.append(say("service.halted_for", left=voice.age(now.halted_for)))
    return lines


def _chats(asked: Asked, count: int) -> str:
    """Counts below five would be about people, and exact ones tell when somebody left."""
    if count < FEWEST_TOLD:
        return asked.say("service.few_chats")
    return asked.say("service.chats", count=count if count < 20 else round(count, -1))  # noqa: PLR2004
