"""From an admin's word on the pump to the phones of those who follow the town, through the running service."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from alerts.pump_watch import PumpWatch
from alerts.reading.model import Item
from alerts.store.binaries import ServerBinary, find_server
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.seen import SentMessage
from tests.alerts.test_pipeline import Bench
from tests.support.builders import NOW
from tests.support.service import atlas
from tests.support.stack import ADMIN, PATIENCE, stack_on

FOLLOWER, ELSEWHERE = 11, 12


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """What servers differ in is the store's business."""
    return find_server()


def _held() -> list[str]:
    """Every text of a feed that the do-no-harm check must hold."""
    listed = Path(__file__).parents[1] / "alerts" / "safety" / "held.txt"
    rows = (
        line.split("\t", 1) for line in listed.read_text(encoding="utf-8").splitlines() if line[:1] not in {"#", ""}
    )
    return [text for origin, text in rows if origin == "feed"]


def _says(words: str) -> Callable[[SentMessage], bool]:
    return lambda message: words in message.text


@pytest.mark.timeout(300)
async def test_a_change_at_the_pump_reaches_who_follows_the_town_and_the_next_one_answers_it(
    telegram: Telegram, tmp_path: Path
):
    async with stack_on(telegram, tmp_path) as stack:
        await stack.start()
        await stack.logged("the service runs")
        for chat, town in ((FOLLOWER, "Kayes"), (ELSEWHERE, "Gao")):
            await telegram.say(chat, f"/suivre {town}")
            await telegram.wait_for(chat, 1, timeout=PATIENCE)
        await telegram.say(ADMIN, "/dispo Kayes gasoil rupture attente 60+ officiel")
        [dry] = await telegram.wait_for(FOLLOWER, _says("gasoil non"), timeout=PATIENCE)

        await telegram.say(ADMIN, "/dispo Kayes gasoil limité officiel")
        [back] = await telegram.wait_for(FOLLOWER, _says("gasoil un peu"), timeout=PATIENCE)

        assert dry.text == "Kayes : gasoil non · probable · 1 min"
        assert back.reply_to == dry.message_id
        assert len(await telegram.messages(ELSEWHERE)) == 1


async def test_no_text_that_must_be_held_speaks_through_the_pump(redis: Redis):
    bench = Bench(redis)
    for number, text in enumerate(_held()):
        title, _, summary = text.partition(". ")
        item = Item(id=f"held-{number}", title=title, summary=summary, published=NOW - timedelta(hours=1))
        await bench.publish(item)
    before = await bench.store.outbox.waiting()

    await PumpWatch(bench.store, atlas(), wake=lambda: None).look(now=NOW)

    assert await bench.store.outbox.waiting() == before
