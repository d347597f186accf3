from datetime import timedelta

from redis.asyncio import Redis

from alerts.audience.model import Recipient
from alerts.store import keys
from alerts.store.dialogs import Dialogs

CHAT = Recipient(7)


async def test_a_dialogue_outlives_a_restart_and_ends(redis: Redis):
    await Dialogs(redis).open(CHAT, {"expects": "follow"})
    assert await Dialogs(redis).find(CHAT) == {"expects": "follow"}
    assert await Dialogs(redis).find(Recipient(7, 2)) is None
    await Dialogs(redis).close(CHAT)
    assert await Dialogs(redis).find(CHAT) is None


async def test_a_new_dialogue_takes_the_place_of_the_last(redis: Redis):
    dialogs = Dialogs(redis)
    await dialogs.open(CHAT, {"expects": "where", "what": "ambush"})
    await dialogs.open(CHAT, {"expects": "follow"})
    assert await dialogs.find(CHAT) == {"expects": "follow"}


async def test_a_dialogue_nobody_goes_on_with_is_forgotten_in_three_days(redis: Redis):
    await Dialogs(redis).open(CHAT, {"expects": "follow"})
    assert timedelta(days=2) < timedelta(seconds=await redis.ttl(keys.dialog("7"))) <= timedelta(days=3)
