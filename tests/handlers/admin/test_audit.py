"""The audit accounts for every alert ever sent: who or what caused it, when, to how many, how it ended."""

from datetime import datetime

from alerts.delivery.model import Scope
from tests.support.builders import incident, report
from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN, Conversation
from tests.support.desk import DeskAtWork, unsure


async def followers(talk: Conversation, count: int) -> None:
    for chat in range(1000, 1000 + count):
        await talk.say("/suivre RN1", chat=chat)
    await talk.say("/suivre RN7", chat=DRIVER)


async def a_day_at_the_desk(desk: DeskAtWork) -> None:
    """A feed, the rule, both admins, a correction, a drop."""
    await followers(desk.talk, 6)
    await desk.read(incident(id="0101", announced=True, reports=(report(id="a"),)))
    await desk.read(unsure(id="0102", reports=(report(id="b", grade="C", source_id="abamako"),)))
    await desk.later(minutes=20)
    await desk.read(unsure(id="0103", reports=(report(id="c", grade="C", source_id="abamako"),)))
    await desk.talk.tap("c:approve:0103", chat=OTHER_ADMIN)
    await desk.talk.say("/incident embuscade RN7 Loulouni", chat=ADMIN)
    await desk.talk.tap("Envoyer", chat=ADMIN)
    await desk.settle()
    await desk.talk.say("/dementir 0101 faux", chat=ADMIN)
    await desk.settle()
    await desk.talk.say("/halt", chat=ADMIN)
    await desk.read(incident(id="0104", announced=True, reports=(report(id="d"),)))
    await desk.talk.say("/resume", chat=OTHER_ADMIN)
    await desk.talk.tap("Abandonner ce qui attend", chat=OTHER_ADMIN)
    await desk.talk.tap("Oui, abandonner", chat=OTHER_ADMIN)
    await desk.settle()


async def test_every_alert_that_was_ever_made_is_accounted_for(desk: DeskAtWork):
    await a_day_at_the_desk(desk)
    redis = desk.talk.store.redis
    alerts = [str(key).removeprefix("siraba:alert:") async for key in redis.scan_iter("siraba:alert:*")]
    lines = await desk.talk.store.desk.audit(1000)
    for alert_id in alerts:
        alert = await desk.talk.store.outbox.alert(alert_id)
        assert alert is not None
        [made] = [line for line in lines if line.get("alert") == alert_id and line["did"] in {"alert", "card"}]
        assert (made["did"] == "card") is (alert.decision.scope is Scope.DESK)
        assert made["who"]
        assert datetime.fromisoformat(made["at"])
        ends = [line["did"] for line in lines if line.get("alert") == alert_id and line is not made]
        assert ends in (["delivered"], ["overtaken"], ["dropped"])


async def test_it_names_who_or_what_caused_each(desk: DeskAtWork):
    await a_day_at_the_desk(desk)
    lines = await desk.talk.store.desk.audit(1000)
    causes = {line["alert"]: (line["who"], line["why"]) for line in lines if line["did"] == "alert"}
    assert causes["0101.1"] == ("tamani", "probable")
    assert causes["0102.2"] == ("rule", "severe_untouched")
    assert causes["0103.2"] == (str(OTHER_ADMIN), "admin")
    assert causes["0101.2"] == (str(ADMIN), "retracted")


async def test_the_chat_shows_to_how_many_and_how_it_ended(desk: DeskAtWork):
    await a_day_at_the_desk(desk)
    log = await desk.talk.answer("/registre 0101", chat=ADMIN)
    assert "alerte créée · 0101.1 · Alert · probable" in log
    assert "distribuée · 0101.1 · reçu par environ 6 chats" in log
    assert "900 · dément · 0101 · faux" in log
    log = await desk.talk.answer("/audit 104", chat=OTHER_ADMIN)
    assert "901 · abandonnée · 0104.1 · reçu par moins de 5 chats" in log


async def test_the_audit_is_read_page_by_page(desk: DeskAtWork):
    for number in range(45):
        await desk.talk.store.desk.note(who=ADMIN, did="fuel", now=desk.talk.clock.now, place=f"p{number}")
    [first] = await desk.talk.say("/audit", chat=ADMIN)
    [second] = await desk.talk.tap("Plus ancien", chat=ADMIN)
    [third] = await desk.talk.tap("Plus ancien", chat=ADMIN)
    assert "p44" in first.text
    assert "p25" in first.text
    assert "p24" in second.text
    assert "p0" in third.text
    assert third.button_texts == []


async def test_the_audit_in_english(desk: DeskAtWork):
    await desk.talk.say("/start", chat=ADMIN, language_code="en")
    await desk.talk.say("/halt", chat=ADMIN)
    assert "900 · halts all" in await desk.talk.answer("/audit", chat=ADMIN)


async def test_an_incident_nobody_knows_has_no_history(desk: DeskAtWork):
    assert (await desk.talk.answer("/registre 9999", chat=ADMIN)) == "Je ne connais pas la référence 9999."
