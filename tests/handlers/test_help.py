"""Help, about and sources say who stands behind the service, and name nobody who must not be named."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.sources.model import DayCount, Fault, FeedMarks, Source, Topic
from alerts.store.commit import Batch
from bot.demo.telegram.client import Telegram
from tests.support.builders import NOW
from tests.support.conversation import Conversation, conversing

SOURCES = (
    Source(id="tamani", url="http://127.0.0.1/tamani", grade="B", name="Studio Tamani", terms="open"),
    Source(id="wire", url="http://127.0.0.1/wire", grade="C", name="A wire"),
    Source(id="private", url="http://127.0.0.1/private", grade="B", name="Private list", terms="forbidden"),
    Source(id="banned", url="http://127.0.0.1/banned", grade="B", name="Banned radio", legal="banned"),
    Source(id="off", url="http://127.0.0.1/off", grade="B", name="Switched off", enabled=False),
)
METEO = Source(id="meteo", url="http://127.0.0.1/meteo", grade="A", name="Mali-Météo", covers=(Topic.WEATHER,))


@pytest.mark.parametrize("command", ["/aide", "/apropos", "bonjour"])
async def test_the_contact_is_shown_where_people_look_for_it(telegram: Telegram, redis: Redis, command: str):
    async with conversing(telegram, redis, contact="desk@example.org") as talk:
        assert "desk@example.org" in await talk.answer(command)


async def test_about_says_when_nobody_gave_a_contact(talk: Conversation):
    assert "n'a pas donné d'adresse" in await talk.answer("/apropos")


@pytest.mark.parametrize(
    ("command", "says"),
    [("/apropos", "ne conseille aucune route"), ("/about", "No report does not mean no danger.")],
)
async def test_about_says_what_the_service_does_not_do(talk: Conversation, command: str, says: str):
    language = "en" if command == "/about" else "fr"
    assert says in await talk.answer(command, language_code=language)


async def test_sources_are_told_with_grade_and_age_and_no_forbidden_name(telegram: Telegram, redis: Redis):
    async with conversing(telegram, redis, sources=SOURCES) as talk:
        read = FeedMarks(source_id="tamani", succeeded_at=NOW - timedelta(minutes=12))
        await talk.store.commit(Batch(marks=(read,)), now=NOW)
        text = await talk.answer("/sources")
    assert "Studio Tamani · B · lue il y a 12 min" in text
    assert "A wire · C · pas encore lue" in text
    assert "Et 2 sources qui ne sont pas nommées." in text
    assert [name for name in ("Private", "Banned", "Switched", "http") if name in text] == []


async def test_a_source_says_what_it_brings_and_one_that_is_silent_raises_its_hand_first(
    telegram: Telegram, redis: Redis
):
    async with conversing(telegram, redis, sources=(*SOURCES, METEO)) as talk:
        well = FeedMarks(
            source_id="tamani",
            checked_at=NOW,
            succeeded_at=NOW - timedelta(minutes=12),
            newest_entry_at=NOW - timedelta(hours=3),
            days=(DayCount(day=NOW.date(), entries=40, relevant=10),),
        )
        silent = FeedMarks(
            source_id="meteo",
            checked_at=NOW - timedelta(minutes=50),
            succeeded_at=NOW - timedelta(hours=5),
            failures=4,
            last_failure="a web page, not a feed",
            fault=Fault.NOT_A_FEED,
        )
        await talk.store.commit(Batch(marks=(well, silent)), now=NOW)
        text = await talk.answer("/sources")
    _, first, second, *_ = text.splitlines()
    assert first == (
        "Mali-Météo · A · météo · ⚠ muette, lue il y a 5 h"
        " · essayée il y a 50 min : ne donne plus de nouvelles lisibles"
    )
    assert second == (
        "Studio Tamani · B · lue il y a 12 min · dernière nouvelle il y a 3 h · 40 en 7 jours, dont 25 % sur le Mali"
    )


@pytest.mark.parametrize("fault", Fault)
async def test_every_failure_of_a_source_is_told_in_words(telegram: Telegram, redis: Redis, fault: Fault):
    async with conversing(telegram, redis, sources=(METEO,)) as talk:
        marks = FeedMarks(source_id="meteo", checked_at=NOW, failures=3, last_failure="x", fault=fault)
        await talk.store.commit(Batch(marks=(marks,)), now=NOW)
        text = await talk.answer("/sources")
    assert "⚠ muette, jamais lue · essayée il y a 1 min : " in text
    assert fault.value not in text


async def test_without_sources_it_says_so(talk: Conversation):
    assert "Aucune source n'est lue." in await talk.answer("/sources")
