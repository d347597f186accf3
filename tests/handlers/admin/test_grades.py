"""Admins say how far each source is trusted; what it tells from then on is graded so."""

import pytest
from redis.asyncio import Redis

from alerts.desk.grades import regraded
from alerts.sources.model import Source
from alerts.store.commit import Batch
from bot.demo.telegram.client import Telegram
from tests.support.builders import NOW, alert, change, incident
from tests.support.conversation import ADMIN, DRIVER, Conversation, conversing

SOURCES = (
    Source(id="tamani", url="https://tamani.example/feed", grade="B", name="Tamani"),
    Source(id="hidden", url="https://hidden.example/feed", grade="C", name="Secret Gazette", terms="forbidden"),
)


async def choose(talk: Conversation, source: str, letter: str) -> str:
    await talk.say("/sources", chat=ADMIN)
    await talk.tap("Changer les notes", chat=ADMIN)
    await talk.tap(source, chat=ADMIN)
    [done] = await talk.tap(letter, chat=ADMIN)
    return done.text


async def test_an_admin_gives_a_source_another_grade(telegram: Telegram, redis: Redis):
    async with conversing(telegram, redis, sources=SOURCES) as talk:
        assert await choose(talk, "Tamani · B", "D") == "Noté. Tamani : D"
        assert "Tamani · D" in await talk.answer("/sources", chat=DRIVER)
        [line] = await talk.store.desk.audit()
        assert (line["who"], line["did"], line["source"], line["from"], line["to"]) == (
            str(ADMIN),
            "grade",
            "tamani",
            "B",
            "D",
        )


async def test_a_grade_given_twice_is_given_once(telegram: Telegram, redis: Redis):
    async with conversing(telegram, redis, sources=SOURCES) as talk:
        await choose(talk, "Tamani · B", "A")
        await talk.again(chat=ADMIN)
        assert len(await talk.store.desk.audit()) == 1


async def test_a_source_that_must_not_be_named_is_graded_by_its_place(telegram: Telegram, redis: Redis):
    async with conversing(telegram, redis, sources=SOURCES) as talk:
        said = await choose(talk, "№ 2 · C", "F") if SOURCES[1].enabled else ""
        assert "Secret" not in said
        assert all("Secret" not in message.text for message in await talk.telegram.messages(ADMIN))


async def test_readers_are_offered_no_grades(telegram: Telegram, redis: Redis):
    async with conversing(telegram, redis, sources=SOURCES) as talk:
        [message] = await talk.say("/sources", chat=DRIVER)
        assert message.button_texts == []


@pytest.mark.parametrize(("given", "expected"), [({}, "B"), ({"tamani": "E"}, "E"), ({"other": "A"}, "B")])
def test_what_an_admin_said_stands_above_the_file(given: dict[str, str], expected: str):
    assert regraded(SOURCES[:1], given)[0].grade == expected


async def test_the_audit_names_no_source_in_a_chat_that_must_not_be_named(telegram: Telegram, redis: Redis):
    async with conversing(telegram, redis, sources=SOURCES) as talk:
        for number, cause in enumerate(("tamani", "hidden", "gone"), start=1):
            told = incident(id=f"000{number}")
            batch = Batch(changes=(change(id=told.id),), alerts=(alert(incident=told),), cause=cause)
            await talk.store.commit(batch, now=NOW)
        await choose(talk, "№ 2 · C", "D")
        text = await talk.answer("/registre", chat=ADMIN)
        assert "Tamani · alerte créée · 0001.1" in text
        assert "№ 2 · alerte créée · 0002.1" in text
        assert "une source qui n'est pas nommée · alerte créée · 0003.1" in text
        assert "№ 2 · C · D" in text
        for one in (text, await talk.answer("/registre 0002", chat=ADMIN)):
            assert not any(word in one for word in ("hidden", "Secret", "gone"))
        assert {line["who"] for line in await talk.store.desk.audit()} >= {"tamani", "hidden", "gone"}
