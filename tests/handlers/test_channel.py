"""Posts of a channel that is a source are read as its entries; any other channel's are read by nobody."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from alerts.incidents.model import Status, Vehicles
from alerts.sources.model import Fault, FeedMarks, Kind, Source
from bot.demo.telegram.client import Telegram
from tests.support.contents import contents, mentions
from tests.support.conversation import Conversation, conversing

NAMED, NUMBERED, STRANGER = -1007, -1001234567890, -1009
SOURCES = (
    Source(id="named", url="https://t.me/route_mali", grade="C", kind=Kind.CHANNEL, language="fr"),
    Source(id="numbered", url="https://t.me/c/1234567890", grade="C", kind=Kind.CHANNEL, language="fr"),
)
AMBUSH = (
    "Embuscade entre Diangounté Camara et Diéma\n"
    "Des hommes armés ont attaqué des camions ce matin entre Diangounté Camara et Diéma."
)
MARKET = "Le marché aux zébus a rouvert dimanche"


@pytest.fixture
async def talk(telegram: Telegram, redis: Redis) -> AsyncIterator[Conversation]:
    await telegram.open_chats(NAMED, kind="channel", username="route_mali")
    await telegram.open_chats(STRANGER, kind="channel", username="another")
    for channel in (NAMED, NUMBERED, STRANGER):
        await telegram.join(channel, kind="channel", status="administrator")
    async with conversing(telegram, redis, sources=SOURCES) as conversation:
        await conversation.take()
        yield conversation


async def marks(talk: Conversation, known_by: str) -> FeedMarks:
    return (await talk.store.feeds.marks([known_by]))[known_by]


@pytest.mark.parametrize(("channel", "known_by"), [(NAMED, "named"), (NUMBERED, "numbered")])
async def test_a_post_is_an_entry_of_its_source(talk: Conversation, channel: int, known_by: str):
    assert await talk.say(AMBUSH, chat=channel) == []
    (incident,) = await talk.store.incidents.recent(now=talk.clock.now)
    assert [report.source_id for report in incident.reports] == [known_by]
    assert (await marks(talk, known_by)).succeeded_at == talk.clock.now


async def test_an_edited_post_is_an_update_of_what_it_told(talk: Conversation):
    message = await talk.telegram.say(NAMED, AMBUSH)
    await talk.take()
    await talk.telegram.edit(NAMED, message, f"{AMBUSH} Un bus de passagers a aussi été touché.")
    await talk.take()
    (incident,) = await talk.store.incidents.recent(now=talk.clock.now)
    assert len(incident.reports) == 1
    assert Vehicles.BUSES in incident.vehicles
    assert incident.status is Status.ACTIVE


async def test_a_post_that_tells_of_no_event_leaves_no_word_behind(talk: Conversation, redis: Redis):
    await talk.say(MARKET, chat=NAMED)
    assert await mentions(redis, "zébus") == []
    assert (await marks(talk, "named")).days[0].entries == 1


async def test_the_same_post_twice_is_told_once(talk: Conversation):
    await talk.say(AMBUSH, chat=NAMED)
    await talk.again(chat=NAMED)
    (incident,) = await talk.store.incidents.recent(now=talk.clock.now)
    assert len(incident.reports) == 1


async def test_a_channel_that_no_source_names_is_read_by_nobody(talk: Conversation, redis: Redis):
    before = await contents(redis)
    message = await talk.telegram.say(STRANGER, AMBUSH)
    await talk.telegram.edit(STRANGER, message, MARKET)
    await talk.take()
    assert await contents(redis) == before


@pytest.mark.expects_warnings
async def test_nothing_is_ever_written_into_a_channel_that_is_a_source(talk: Conversation):
    await talk.say(AMBUSH, chat=NAMED)
    await talk.telegram.remove(NAMED)
    await talk.take()
    assert await talk.telegram.messages(NAMED) == []


@pytest.mark.expects_warnings
async def test_a_channel_that_sends_the_bot_away_raises_its_hand(talk: Conversation):
    await talk.telegram.join(NAMED, kind="channel", status="left")
    await talk.take()
    assert (await marks(talk, "named")).fault is Fault.NOT_ADMIN
    await talk.telegram.join(NAMED, kind="channel", status="administrator")
    await talk.take()
    assert (await marks(talk, "named")).failures == 0


async def test_a_command_in_a_channel_is_a_command_still(talk: Conversation):
    assert await talk.say("/suivre RN1", chat=NAMED) != []
    assert await talk.follows(NAMED) == ["road:RN1"]


@pytest.mark.parametrize(
    "post",
    [
        pytest.param({"caption": AMBUSH, "photo": [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]}),
        pytest.param(
            {
                "text": AMBUSH,
                "forward_origin": {
                    "type": "channel",
                    "date": 1759654800,
                    "message_id": 4,
                    "chat": {"id": -1005, "type": "channel", "title": "Studio Tamani"},
                },
            }
        ),
    ],
    ids=["a-caption", "a-forward"],
)
async def test_words_below_a_picture_and_forwarded_ones_are_read(talk: Conversation, post: dict[str, object]):
    chat = {"id": NAMED, "type": "channel", "title": "Route", "username": "route_mali"}
    known = {"message_id": 90, "date": 1759654800, "chat": chat, "sender_chat": chat}
    await talk.receive({"update_id": 6_000_000, "channel_post": known | post}, chat=NAMED)
    (incident,) = await talk.store.incidents.recent(now=talk.clock.now)
    (report,) = incident.reports
    assert report.origin == ("studiotamani" if "forward_origin" in post else None)


async def test_a_post_without_words_is_only_a_sign_of_life(talk: Conversation):
    chat = {"id": NAMED, "type": "channel", "title": "Route", "username": "route_mali"}
    post = {"message_id": 91, "date": 1759654800, "chat": chat}
    await talk.receive({"update_id": 6_000_001, "channel_post": post}, chat=NAMED)
    assert (await marks(talk, "named")).succeeded_at == talk.clock.now
