"""Help, about and sources say who stands behind the service, and name nobody who must not be named."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.sources.model import FeedMarks, Source
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


async def test_without_sources_it_says_so(talk: Conversation):
    assert "Aucune source n'est lue." in await talk.answer("/sources")
