"""When has the service done all that a scene gave it to do? Only then can one say that something did *not* arrive."""

import asyncio

from bot.demo.stage import TICK, Stage

LOOKS_APART = 2.5 * TICK.total_seconds()  # every job of the service has run in between
POLLING = "getUpdates"


async def settle(stage: Stage) -> None:
    """Wait until every feed was read at this time of the story, nothing waits, and no call is made any more.

    What the bot believes of itself only says when to look; what arrived is asked of the stand-in.

    Raises:
        ServiceEndedError: the service ended meanwhile.
    """
    before = -1
    while True:
        stage.check()
        await asyncio.sleep(LOOKS_APART)
        made = await _calls(stage)
        if made == before and await _is_quiet(stage):
            return
        before = made


async def _calls(stage: Stage) -> int:
    counters = await stage.telegram.counters()
    return sum(count for (method, _), count in counters.calls.items() if method != POLLING)


async def _is_quiet(stage: Stage) -> bool:
    store, now = stage.service.store, stage.clock()
    if await stage.telegram.pending_updates() or await store.inbox.waiting():
        return False
    if not await stage.service.delivery.is_idle() or await store.agenda.deletions_due(now=now):
        return False
    marks = await store.feeds.marks(stage.outlets)
    return all(mark.next_check_at is not None and mark.next_check_at > now for mark in marks.values())
