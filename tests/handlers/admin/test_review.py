"""Two admins go through what waits, card by card, and never decide twice."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from alerts.incidents.holding import BY_EDITOR, of_one_witness
from alerts.incidents.model import Change, ChangeKind, Credibility, Severity, Status, Trust
from alerts.reading.model import EventType
from alerts.store.commit import Batch
from tests.support.builders import NOW, incident, report
from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN
from tests.support.desk import DeskAtWork, unsure

VAGUE = incident(
    id="0600",
    event_types=(EventType.OTHER,),
    reports=(report(id="r9", title="Quelque chose à Diéma"),),
)


async def test_a_card_tells_what_was_read_from_whom_and_why_it_waits(desk: DeskAtWork):
    await desk.read(unsure())
    [card] = await desk.talk.say("/averifier", chat=ADMIN)
    assert card.text.startswith("À VÉRIFIER · non confirmé")
    assert "C, presse" in card.text
    assert "Embuscade près de Diéma" in card.text
    assert "Lu : embuscade d'hommes armés, RN1 Diangounté Camara–Diéma, 2025-10-05" in card.text
    assert card.button_texts == [
        "Approuver et envoyer",
        "Envoyer comme probable",
        "Corriger le lieu",
        "Corriger le type",
        "Corriger la date",
        "Fusionner avec…",
        "Pas un incident",
        "Historique",
        "Laisser",
    ]


async def test_a_card_comes_by_itself_to_every_admin_with_its_buttons(desk: DeskAtWork):
    await desk.read(unsure())
    for admin in (ADMIN, OTHER_ADMIN):
        assert "Approuver et envoyer" in (await desk.last(admin)).button_texts


async def test_the_queue_comes_gravest_then_newest_first(desk: DeskAtWork):
    later = NOW - timedelta(minutes=5)
    await desk.read(unsure(id="0001", severity=Severity.MODERATE))
    await desk.read(unsure(id="0002"))
    await desk.read(unsure(id="0003", informed_at=later))
    seen = []
    [card] = await desk.talk.say("/review", chat=ADMIN)
    for _ in range(3):
        seen.append((card.buttons[0][0].data or "").removeprefix("c:approve:"))
        [card] = await desk.talk.tap("Suivant (2)", chat=ADMIN)
    assert seen == ["0003", "0002", "0001"]


async def test_an_empty_queue_says_so(desk: DeskAtWork):
    assert await desk.talk.answer("/averifier", chat=ADMIN) == "Rien à vérifier."
    assert await desk.talk.answer("/review", chat=OTHER_ADMIN, language_code="en") == "Nothing to review."


async def test_what_is_approved_goes_to_everyone_concerned_as_probable(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.read(unsure())
    await desk.talk.say("/averifier", chat=ADMIN)
    [done] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert done.text == "Envoyé : probable. Réf. 0512"
    await desk.settle()
    assert "probable" in (await desk.last(DRIVER)).text
    assert await desk.talk.store.desk.waiting_review(until=NOW) == []
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert (stored.approved_by, stored.trust) == (ADMIN, Trust.PROBABLE)


@pytest.mark.parametrize(
    ("button", "trust"),
    [("Approuver et envoyer", Trust.CONFIRMED), ("Envoyer comme probable", Trust.PROBABLE)],
)
async def test_two_sources_may_be_sent_as_confirmed_or_as_probable_only(desk: DeskAtWork, button: str, trust: Trust):
    one = unsure()
    await desk.read(one)
    two = replace(one, version=2, credibility=Credibility.CONFIRMED)
    change = Change(kind=ChangeKind.SURER, incident=two, before=one)
    await desk.talk.store.commit(Batch(changes=(change,)), now=NOW)
    await desk.talk.tap(button, chat=ADMIN)
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.trust is trust


async def test_two_admins_who_tap_at_once_decide_once(desk: DeskAtWork):
    await desk.read(unsure())
    await desk.talk.telegram.tap(ADMIN, "c:approve:0512")
    await desk.talk.telegram.tap(OTHER_ADMIN, "c:reject:0512")
    updates = [update.to_dict() for update in await desk.talk.application.bot.get_updates(timeout=0)]
    updates[1]["callback_query"]["data"] = "c:reject:0512:false"
    desk.talk.updates += updates
    answers = await asyncio.gather(
        *(desk.talk.receive(one, chat=chat) for one, chat in zip(updates, (ADMIN, OTHER_ADMIN), strict=True))
    )
    said = sorted(message.text for [message] in answers)
    decided = [text for text in said if text.startswith(("Envoyé", "Écarté"))]
    refused = [text for text in said if text.startswith(("Déjà décidé par", "900 s'en occupe", "901 s'en occupe"))]
    assert (len(decided), len(refused)) == (1, 1)
    acts = [line["did"] for line in await desk.talk.store.desk.audit() if line["did"] in {"approve", "reject"}]
    assert len(acts) == 1


async def test_a_card_that_was_decided_says_by_whom(desk: DeskAtWork):
    await desk.read(unsure())
    await desk.talk.say("/averifier", chat=ADMIN)
    await desk.talk.say("/averifier", chat=OTHER_ADMIN)
    await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    [late] = await desk.talk.tap("Envoyer comme probable", chat=OTHER_ADMIN)
    assert late.text == "Déjà décidé par 900. Réf. 0512"


async def test_a_decision_that_is_run_again_after_a_crash_is_one_decision(desk: DeskAtWork):
    await desk.read(unsure())
    await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    [again] = await desk.talk.again(chat=ADMIN)
    assert again.text == "Déjà décidé par 900. Réf. 0512"
    assert [line["did"] for line in await desk.talk.store.desk.audit()].count("approve") == 1


async def test_who_corrects_a_card_has_it_to_himself_for_ten_minutes(desk: DeskAtWork):
    await desk.read(unsure())
    [asks] = await desk.talk.tap("Corriger le lieu", chat=ADMIN)
    assert asks.text.startswith("Où ?")
    [taken] = await desk.talk.tap("Approuver et envoyer", chat=OTHER_ADMIN)
    assert taken.text == "900 s'en occupe en ce moment. Réf. 0512"
    desk.talk.clock.now += timedelta(minutes=10)
    [done] = await desk.talk.tap("Approuver et envoyer", chat=OTHER_ADMIN)
    assert done.text.startswith("Envoyé")


@pytest.mark.parametrize(
    ("button", "answer", "stands"),
    [
        pytest.param("Corriger le lieu", "RN7 Loulouni", "RN7 · Loulouni", id="place"),
        pytest.param("Corriger le type", "Engin explosif", "Engin explosif", id="type"),
        pytest.param("Corriger la date", "Hier", "hier", id="day"),
        pytest.param("Corriger la date", "2025-10-02", "2 oct.", id="written-day"),
    ],
)
async def test_what_was_misread_is_set_right_before_anyone_hears_of_it(
    desk: DeskAtWork, button: str, answer: str, stands: str
):
    await desk.talk.say("/suivre RN7")
    await desk.read(unsure())
    [asks] = await desk.talk.tap(button, chat=ADMIN)
    typed = answer not in asks.button_texts
    [card] = await (desk.talk.say(answer, chat=ADMIN) if typed else desk.talk.tap(answer, chat=ADMIN))
    assert card.text.startswith("À VÉRIFIER")
    assert stands in card.text
    await desk.settle()
    [only] = await desk.texts(DRIVER)
    assert only.startswith("C'est noté. Vous suivez : RN7.\nVous recevrez ce qui y est signalé.")
    assert await desk.talk.store.desk.in_review("0512")


async def test_what_an_admin_set_right_outlasts_a_further_report(desk: DeskAtWork):
    await desk.read(unsure())
    await desk.talk.tap("Corriger la date", chat=ADMIN)
    await desk.talk.say("2025-10-03", chat=ADMIN)
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.by_hand.onset == date(2025, 10, 3)
    assert stored.onset == date(2025, 10, 3)


async def test_without_place_or_type_it_cannot_be_sent(desk: DeskAtWork):
    await desk.read(VAGUE)
    [refused] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert refused.text.startswith("Le lieu ou le type manque")
    await desk.talk.tap("Corriger le type", chat=ADMIN)
    await desk.talk.tap("Embuscade d'hommes armés", chat=ADMIN)
    [done] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert done.text == "Envoyé : probable. Réf. 0600"


async def test_a_second_telling_is_merged_into_the_first(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.read(incident(id="0500", announced=True, onset=date(2025, 10, 4), event_types=(EventType.IED,)))
    await desk.read(unsure(reports=(report(id="r7", grade="C", source_id="abamako", title="Autre récit"),)))
    [which] = await desk.talk.tap("c:merge:0512", chat=ADMIN)
    assert which.button_texts == ["Avec 0500"]
    [done] = await desk.talk.tap("Avec 0500", chat=ADMIN)
    assert done.text == "Fusionné avec 0500."
    kept, gone = [await desk.talk.store.incidents.find(one) for one in ("0500", "0512")]
    assert kept is not None
    assert gone is not None
    assert {one.id for one in kept.reports} == {"r1", "r7"}
    assert (gone.status, gone.merged_into) == (Status.RETRACTED, "0500")
    assert await desk.talk.store.desk.waiting_review(until=NOW) == []


async def test_the_reference_to_merge_into_may_be_written(desk: DeskAtWork):
    await desk.read(incident(id="0500", announced=True))
    await desk.read(unsure())
    await desk.talk.tap("c:merge:0512", chat=ADMIN)
    [done] = await desk.talk.say("500", chat=ADMIN)
    assert done.text == "Fusionné avec 0500."


@pytest.mark.parametrize("into", ["9999", "0512", "nonsense"])
async def test_nothing_is_merged_into_what_is_not_there(desk: DeskAtWork, into: str):
    await desk.read(unsure())
    await desk.talk.tap("c:merge:0512", chat=ADMIN)
    [refused] = await desk.talk.say(into, chat=ADMIN)
    assert refused.text.startswith("Je ne connais pas la référence")
    assert await desk.talk.store.desk.in_review("0512")


async def test_what_is_no_incident_is_set_aside_with_a_reason_that_the_audit_keeps(desk: DeskAtWork):
    await desk.read(unsure())
    [why] = await desk.talk.tap("Pas un incident", chat=ADMIN)
    assert why.button_texts == ["Rien sur une route", "Pas au Mali", "Ancien", "Faux", "Invérifiable", "Autre raison"]
    [done] = await desk.talk.tap("Ancien", chat=ADMIN)
    assert done.text == "Écarté : pas un incident. Réf. 0512"
    audit = await desk.talk.store.audit.page(20, incident="0512")
    [kept] = [line for line in audit.lines if line["did"] == "reject"]
    assert (kept["who"], kept["told"]) == (str(ADMIN), "old")
    assert await desk.talk.store.desk.waiting_review(until=NOW) == []


async def test_who_got_an_unconfirmed_report_is_told_that_it_was_none(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.talk.tap("Mes routes")
    await desk.talk.tap("Régler")
    await desk.talk.tap("Tout, même non confirmé")
    await desk.read(unsure(announced=True))
    assert "non confirmé" in (await desk.last(DRIVER)).text
    await desk.talk.tap("Pas un incident", chat=ADMIN)
    await desk.talk.tap("Faux", chat=ADMIN)
    await desk.settle()
    assert "information fausse" in (await desk.last(DRIVER)).text


async def test_what_is_left_stays_and_its_time_begins_anew(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.read(unsure())
    desk.talk.clock.now += timedelta(minutes=15)
    [left] = await desk.talk.tap("Laisser", chat=ADMIN)
    assert left.text == "Laissé. La carte reste dans la file, son délai repart."
    await desk.later(minutes=15)
    assert len(await desk.texts(DRIVER)) == 1
    await desk.later(minutes=5)
    assert len(await desk.texts(DRIVER)) == 2


async def test_a_severe_card_nobody_touched_is_reminded_and_then_goes_out_by_rule(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.read(unsure())
    await desk.later(minutes=10)
    for admin in (ADMIN, OTHER_ADMIN):
        assert (await desk.last(admin)).text.startswith("Toujours à vérifier, personne n'y a touché : 0512")
    await desk.later(minutes=10)
    told = await desk.last(DRIVER)
    assert "non confirmé" in told.text
    assert told.disable_notification
    [made] = [line for line in await desk.talk.store.desk.audit() if line.get("why") == "severe_untouched"]
    assert made["who"] == "rule"


async def test_a_card_in_somebodys_hands_does_not_go_out_by_rule(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.read(unsure())
    desk.talk.clock.now += timedelta(minutes=15)
    await desk.talk.tap("Corriger le lieu", chat=ADMIN)
    await desk.later(minutes=6)
    assert len(await desk.texts(DRIVER)) == 1
    await desk.later(minutes=5)
    assert len(await desk.texts(DRIVER)) == 2


async def test_the_rest_is_reminded_once_and_expires_with_a_note(desk: DeskAtWork):
    await desk.read(unsure(severity=Severity.MODERATE))
    await desk.later(hours=2)
    assert (await desk.last(ADMIN)).text.startswith("Toujours à vérifier")
    count = len(await desk.texts(ADMIN))
    await desk.later(hours=2)
    assert len(await desk.texts(ADMIN)) == count
    await desk.later(hours=68)
    assert (await desk.last(ADMIN)).text.startswith("Sans décision en 72 h")
    assert await desk.talk.store.desk.waiting_review(until=desk.talk.clock.now) == []
    expired = next(line for line in await desk.talk.store.desk.audit() if line["did"] == "expired")
    assert (expired["who"], expired["incident"]) == ("rule", "0512")


async def test_what_is_held_takes_a_second_admin(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.read(incident(reports=(report(held="under_way: convoi"),)))
    [first] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert first.text.startswith("Noté. Un second admin doit être d'accord")
    [same] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert same.text.startswith("Noté. Un second admin")
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 1
    [second] = await desk.talk.tap("Approuver et envoyer", chat=OTHER_ADMIN)
    assert second.text == "Envoyé : probable. Réf. 0512"
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 2


async def test_a_held_report_beside_a_clear_one_stays_with_the_desk_until_a_second_admin_agrees(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    held = report(id="r2", source_id="ortm", held="future_movement: demain", title="Un convoi repartira demain")
    await desk.read(unsure(reports=(*unsure().reports, held)))
    [first] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert first.text == (
        "Envoyé : probable. Réf. 0512\nUn de ses signalements reste retenu : un second admin doit être d'accord."
    )
    await desk.settle()
    assert "probable" in (await desk.last(DRIVER)).text
    [second] = await desk.talk.tap("Approuver et envoyer", chat=OTHER_ADMIN)
    assert second.text == "Envoyé : confirmé. Réf. 0512"
    found = await desk.talk.store.incidents.find("0512")
    assert found is not None
    assert [one.held for one in found.reports] == [None, None]
    [overruled] = [line for line in await desk.talk.store.desk.audit() if line["did"] == "overrule"]
    assert overruled["told"] == "future_movement: demain"


async def test_what_one_witness_knows_is_let_out_by_nobodys_word(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    witness = report(held=of_one_witness(BY_EDITOR), admin_id=902)
    await desk.read(incident(reports=(witness,)))
    assert "Posté par un rédacteur" in (await desk.last(ADMIN)).text
    assert "Un seul témoin peut le savoir" in (await desk.last(ADMIN)).text
    for admin in (ADMIN, OTHER_ADMIN):
        [answer] = await desk.talk.tap("Approuver et envoyer", chat=admin)
        assert answer.text.startswith("Noté. Un seul témoin peut le savoir : rien ne part avant un second signalement")
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 1
    assert await desk.talk.store.desk.in_review("0512")


@pytest.mark.parametrize(
    "data",
    [
        "c:approve:9999",
        "c:probable:",
        "c:fix:0512",
        "c:fix:0512:source",
        "c:merge:9999",
        "c:reject:9999:false",
        "c:leave:x",
        "q:card:9999",
        "q:review:9999",
        "q:log:9999",
        "q:panel:abc",
        "c:change:0512:nosuch:1",
        "c:amend:7",
        "c:answer:7:type:ambush",
        "c:edit:7:where",
        "q:audit:forged",
        "c:resume:now",
        "c:grade:99:A:x",
        "q:grade:-1",
    ],
)
async def test_a_forged_button_changes_nothing_and_is_answered(desk: DeskAtWork, data: str):
    await desk.read(unsure())
    before = await desk.talk.store.incidents.find("0512")
    await desk.talk.telegram.tap(ADMIN, "Laisser")
    [update] = [one.to_dict() for one in await desk.talk.application.bot.get_updates(timeout=0)]
    desk.talk.updates.append(update)
    forged = {"update_id": 7_000_000, "callback_query": {**update["callback_query"], "data": data}}
    assert len(await desk.talk.receive(forged, chat=ADMIN)) == 1
    assert await desk.talk.store.incidents.find("0512") == before
    assert await desk.talk.store.desk.in_review("0512")


async def test_the_queue_in_english(desk: DeskAtWork):
    await desk.talk.say("/start", chat=ADMIN, language_code="en")
    await desk.read(unsure())
    [card] = await desk.talk.say("/review", chat=ADMIN)
    assert card.text.startswith("TO REVIEW · unconfirmed")
    assert "Read: ambush by armed men" in card.text
    [done] = await desk.talk.tap("Send as probable", chat=ADMIN)
    assert done.text == "Sent: probable. Ref. 0512"
