"""How is the service, in numbers that say nothing about anyone?"""

from alerts.desk.posting import FEWEST_TOLD
from handlers.asked import Asked
from handlers.reply import reply


async def status(asked: Asked) -> None:
    """What waits, what was read and when, whether sending is halted."""
    store, say = asked.siraba.store, asked.say
    read_at, halted = await store.feeds.last_read_at(), await store.desk.halted()
    lines = [
        say("service.head", version=asked.siraba.version),
        say("service.halted") if halted else say("service.sending"),
        say("service.waiting", count=len(await store.outbox.waiting())),
        say("service.review", count=len(await store.desk.waiting_review(until=asked.now))),
        say("service.read", age=asked.voice.age(asked.now - read_at)) if read_at else say("service.never_read"),
        _chats(asked, await store.chats.count()),
        say("service.parked", count=await store.inbox.parked()),
    ]
    await reply(asked, "\n".join(lines))


def _chats(asked: Asked, count: int) -> str:
    """Counts below five would be about people, and exact ones tell when somebody left."""
    if count < FEWEST_TOLD:
        return asked.say("service.few_chats")
    return asked.say("service.chats", count=count if count < 20 else round(count, -1))  # noqa: PLR2004
