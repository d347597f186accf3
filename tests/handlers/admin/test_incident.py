"""An admin posts: looked at first, sent once, and never in their own words."""

from datetime import timedelta

import pytest

from alerts.delivery.model import MsgType
from alerts.incidents.model import Severity, SourceKind, Trust, Vehicles
from alerts.reading.model import EventType
from bot.demo.telegram.seen import SentMessage
from handlers.admin.drafts import MOST_PER_HOUR
from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN, Conversation
from tests.support.desk import DeskAtWork

LINE = "/incident ambush RN7 Loulouni 2025-10-05 several trucks burned near the blue bridge | source: field B"


def send_button(message: SentMessage) -> str:
    [data] = [one.data for row in message.buttons for one in row if (one.data or "").startswith("c:post:")]
    assert data is not None
    return data


async def preview(talk: Conversation, line: str = LINE) -> SentMessage:
    [message] = await talk.say(line, chat=ADMIN)
    return message


async def follow_rn7(talk: Conversation, chats: int) -> None:
    for chat in range(1000, 1000 + chats):
        await talk.say("/suivre RN7", chat=chat)


async def test_a_post_is_shown_in_the_readers_words_before_anything_leaves(talk: Conversation):
    message = await preview(talk)
    assert "TRÈS GRAVE · RN7 · Loulouni" in message.text
    assert "RN7 Loulouni : très perturbé 3/3, camions" in message.text
    assert message.button_texts == ["Envoyer", "Modifier", "Annuler"]
    assert await talk.store.outbox.waiting() == []
    assert await talk.store.incidents.recent(now=talk.clock.now) == ()


async def test_what_is_sent_says_nothing_in_the_admins_own_words(talk: Conversation):
    await preview(talk)
    [sent] = await talk.tap("Envoyer", chat=ADMIN)
    assert sent.text == "Envoyé. Réf. 0001"
    [alert_id] = await talk.store.outbox.waiting()
    alert = await talk.store.outbox.alert(alert_id)
    assert alert is not None
    assert (alert.msg_type, alert.incident.event_type) == (MsgType.ALERT, EventType.AMBUSH)
    assert alert.incident.vehicles == (Vehicles.TRUCKS,)
    assert alert.incident.announced
    assert not any("blue bridge" in value for key, value in (await talk.stored()).items() if "incident" in key)


@pytest.mark.parametrize(
    ("followers", "says"),
    [
        pytest.param(0, "Moins de 5 chats", id="nobody"),
        pytest.param(4, "Moins de 5 chats", id="hidden-below-five"),
        pytest.param(6, "Environ 6 chats", id="a-few"),
        pytest.param(23, "Environ 20 chats", id="rounded"),
    ],
)
async def test_a_preview_says_about_how_many_it_reaches(talk: Conversation, followers: int, says: str):
    await follow_rn7(talk, followers)
    assert says in (await preview(talk)).text


async def test_a_double_tap_posts_once(talk: Conversation):
    message = await preview(talk)
    await talk.tap(send_button(message), chat=ADMIN)
    [again] = await talk.tap(send_button(message), chat=ADMIN)
    assert again.text == "Envoyé. Réf. 0001"
    assert await talk.store.outbox.waiting() == ["0001.1"]


async def test_a_tap_that_is_run_again_after_a_crash_posts_once(talk: Conversation):
    message = await preview(talk)
    await talk.tap(send_button(message), chat=ADMIN)
    [again] = await talk.again(chat=ADMIN)
    assert again.text == "Envoyé. Réf. 0001"
    assert await talk.store.outbox.waiting() == ["0001.1"]
    assert [line["did"] for line in await talk.store.desk.audit()] == ["alert", "incident"]


async def test_a_line_that_is_run_again_keeps_its_draft_and_reference(talk: Conversation):
    first = await preview(talk)
    [second] = await talk.again(chat=ADMIN)
    assert send_button(second) == send_button(first)
    assert "0001" in second.text


async def test_a_line_that_is_run_again_after_it_was_posted_says_so(talk: Conversation):
    message = await preview(talk)
    line = talk.updates[-1]
    await talk.tap(send_button(message), chat=ADMIN)
    [again] = await talk.receive(line, chat=ADMIN)
    assert again.text == "Envoyé. Réf. 0001"


async def test_a_draft_outlives_an_outage_and_keeps_its_day(talk: Conversation):
    message = await preview(talk, "/incident embuscade RN7 Loulouni hier")
    talk.clock.now += timedelta(hours=20)
    await talk.tap(send_button(message), chat=ADMIN)
    incident = await talk.store.incidents.find("0001")
    assert incident is not None
    assert incident.onset is not None
    assert incident.onset.isoformat() == "2025-10-04"


async def test_a_cancelled_post_is_gone(talk: Conversation):
    message = await preview(talk)
    [cancelled] = await talk.tap("Annuler", chat=ADMIN)
    assert cancelled.text == "Annulé. Rien n'a été envoyé."
    [gone] = await talk.tap(send_button(message), chat=ADMIN)
    assert gone.text.startswith("Ce message n'attend plus")
    assert await talk.store.outbox.waiting() == []


async def test_what_was_sent_is_not_said_to_be_cancelled(talk: Conversation):
    message = await preview(talk)
    await talk.tap(send_button(message), chat=ADMIN)
    [late] = await talk.tap("Annuler", chat=ADMIN)
    assert late.text == "Envoyé. Réf. 0001"


async def test_a_stolen_phone_cannot_flood_the_readers(talk: Conversation):
    for _ in range(MOST_PER_HOUR):
        await talk.store.desk.note(who=ADMIN, did="incident", now=talk.clock.now)
    await preview(talk)
    [refused] = await talk.tap("Envoyer", chat=ADMIN)
    assert refused.text.startswith("Pas envoyé : 20 messages")
    assert await talk.store.outbox.waiting() == []
    talk.clock.now += timedelta(hours=1)
    [sent] = await talk.tap("Envoyer", chat=ADMIN)
    assert sent.text == "Envoyé. Réf. 0001"


async def test_another_admin_cannot_send_a_draft_that_is_not_theirs(talk: Conversation):
    data = send_button(await preview(talk))
    await talk.say("/incident", chat=OTHER_ADMIN)
    real = await talk.telegram.tap(OTHER_ADMIN, "Engin explosif")
    assert real
    [update] = await talk.telegram.pending_updates()
    talk.updates.append(update)
    forged = {"update_id": 7_000_000, "callback_query": {**update["callback_query"], "data": data}}
    [answer] = await talk.receive(forged, chat=OTHER_ADMIN)
    assert answer.text.startswith("Ce message n'attend plus")
    assert await talk.store.outbox.waiting() == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("/incident convoi de citernes part de Kayes demain à 6h", ["convoi", "demain"], id="french"),
        pytest.param("/incident ambush Loulouni. A fuel convoy leaves Sikasso tomorrow", ["convoy"], id="english"),
        pytest.param("/incident embuscade Loulouni 11.0342, -5.5913", ["11.0342"], id="coordinates"),
    ],
)
async def test_words_that_could_help_an_attacker_are_shown_and_not_sent(
    talk: Conversation, line: str, words: list[str]
):
    message = await preview(talk, line)
    assert message.text.startswith("Pas envoyé.")
    assert [word for word in words if word not in message.text] == []
    assert "Envoyer" not in message.button_texts
    assert await talk.store.outbox.waiting() == []
    assert await talk.store.desk.draft(str(talk.updates[-1]["update_id"])) is not None


async def test_figures_are_dropped_and_the_admin_is_told(talk: Conversation):
    message = await preview(talk, "/incident embuscade RN7 Loulouni, 12 camions brûlés")
    assert "Ces mots ne sont pas envoyés : 12 camions." in message.text
    assert message.text.count("12 camions") == 1


async def test_a_preview_shows_every_language_the_standing_and_what_it_looks_like(talk: Conversation):
    await preview(talk, "/incident embuscade RN7 Loulouni 2025-10-03")
    await talk.tap("Envoyer", chat=ADMIN)
    message = await preview(talk, "/incident embuscade RN7 Loulouni 2025-10-05 | source : officiel A")
    for piece in (
        "— Français —",
        "— English —",
        "— Bamanankan —",
        "VERY SERIOUS · RN7 · Loulouni",
        "RN7 Loulouni: ",
        "Statut : probable · source : officiel B",
        "Ressemble à :",
        "Réf. 0001",
    ):
        assert piece in message.text


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        pytest.param("/incident truc à Loulouni", "Je ne vois pas ce qui s'est passé.", id="no-type"),
        pytest.param("/incident embuscade", "Je ne vois pas où.", id="no-place"),
        pytest.param("/incident embuscade RN7", "Je ne vois pas où.", id="a-whole-road"),
        pytest.param("/incident embuscade Ouagadougou", "Ce lieu n'est pas au Mali.", id="abroad"),
        pytest.param("/incident embuscade Loulouni 2025-12-01", "Cette date est à venir.", id="future"),
        pytest.param("/incident embuscade Loulouni " + "x" * 2000, "C'est trop long.", id="endless"),
    ],
)
async def test_a_line_that_lacks_something_says_what(talk: Conversation, line: str, begins: str):
    message = await preview(talk, line)
    assert message.text.startswith(begins)
    assert message.buttons == ()


async def test_a_post_can_be_made_with_taps(talk: Conversation):
    await talk.say("/incident", chat=ADMIN)
    [where] = await talk.tap("Engin explosif", chat=ADMIN)
    assert where.text.startswith("Où ?")
    [when] = await talk.say("RN7 Loulouni", chat=ADMIN)
    assert when.button_texts == ["Aujourd'hui", "Hier"]
    answers = ["Hier", "grave", "Camions", "Terrain B", "Passer", "48 h"]
    for answer in answers:
        [shown] = await talk.tap(answer, chat=ADMIN)
    assert "GRAVE · RN7 · Loulouni" in shown.text
    assert "Engin explosif hier." in shown.text
    assert "Poids lourds touchés." in shown.text
    await talk.tap("Envoyer", chat=ADMIN)
    incident = await talk.store.incidents.find("0001")
    assert incident is not None
    assert (incident.event_type, incident.severity) == (EventType.IED, Severity.MODERATE)
    assert incident.reports[0].source_kind is SourceKind.FIELD
    assert incident.until == talk.clock.now + timedelta(hours=48)


async def test_a_guided_post_needs_three_answers_and_two_taps_more(talk: Conversation):
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Engin explosif", chat=ADMIN)
    await talk.say("RN7 Loulouni", chat=ADMIN)
    await talk.tap("Aujourd'hui", chat=ADMIN)
    [shown] = await talk.tap("Voir l'aperçu", chat=ADMIN)
    assert "TRÈS GRAVE · RN7 · Loulouni" in shown.text
    [sent] = await talk.tap("Envoyer", chat=ADMIN)
    assert sent.text == "Envoyé. Réf. 0001"


async def test_a_guided_post_in_english(talk: Conversation):
    await talk.say("/start", chat=ADMIN, language_code="en")
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Road closed", chat=ADMIN)
    await talk.say("Kadiolo Zégoua", chat=ADMIN)
    await talk.say("2025-10-03", chat=ADMIN)
    await talk.tap("serious", chat=ADMIN)
    [shown] = await talk.tap("See it now", chat=ADMIN)
    assert "Kadiolo–Zégoua" in shown.text
    assert "Road closed" in shown.text
    assert "SERIOUS · " in shown.text
    assert shown.button_texts == ["Send", "Edit", "Cancel"]


async def test_further_words_are_read_for_facts_and_never_sent(talk: Conversation):
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Engin explosif", chat=ADMIN)
    await talk.say("RN7 Loulouni", chat=ADMIN)
    for answer in ("Aujourd'hui", "Passer", "Passer", "Presse A"):
        await talk.tap(answer, chat=ADMIN)
    [asks] = await talk.say("un car près du pont bleu, ce matin", chat=ADMIN)
    assert asks.text.startswith("Valable jusqu'à quand ?")
    [shown] = await talk.tap("Passer", chat=ADMIN)
    assert "Engin explosif ce matin." in shown.text
    assert "pont bleu" not in shown.text


@pytest.mark.parametrize(
    ("field", "answer", "then"),
    [
        pytest.param("Lieu", "Zégoua", "Zégoua", id="place"),
        pytest.param("Type", "Blocage", "Blocage", id="type"),
        pytest.param("Date", "Hier", "hier", id="day"),
        pytest.param("Gravité", "grave", "🟠 GRAVE", id="gravity"),
        pytest.param("Trafic", "Citernes", "Camions-citernes touchés.", id="traffic"),
        pytest.param("Source", "Presse A", "presse", id="source"),
    ],
)
async def test_any_part_of_a_draft_can_be_another_one(talk: Conversation, field: str, answer: str, then: str):
    await preview(talk, "/incident embuscade RN7 Loulouni")
    await talk.tap("Modifier", chat=ADMIN)
    [asks] = await talk.tap(field, chat=ADMIN)
    typed = answer not in asks.button_texts
    [shown] = await (talk.say(answer, chat=ADMIN) if typed else talk.tap(answer, chat=ADMIN))
    assert shown.text.startswith("Voici ce que les lecteurs recevront")
    assert then in shown.text
    [sent] = await talk.tap("Envoyer", chat=ADMIN)
    assert sent.text == "Envoyé. Réf. 0001"


@pytest.mark.parametrize(
    "order",
    ["RN7 Loulouni | 2025-10-05 | embuscade", "2025-10-05 Loulouni: ambush, RN7", "source: field B, ambush Loulouni"],
)
async def test_a_line_may_come_in_any_order(talk: Conversation, order: str):
    message = await preview(talk, f"/incident {order}")
    assert "RN7 · Loulouni" in message.text or "Loulouni" in message.text
    assert "Embuscade d'hommes armés" in message.text


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("/incident embuscade RN7 Loulouni | source : témoin unique", id="french"),
        pytest.param("/incident ambush RN7 Loulouni | source: one witness, field B", id="english"),
    ],
)
async def test_what_one_witness_knows_waits_for_a_second_report(desk: DeskAtWork, line: str):
    talk = desk.talk
    await talk.say("/suivre RN7")
    message = await preview(talk, line)
    assert "Témoin unique : rien ne part avant un second signalement" in message.text
    [kept] = await talk.tap("Envoyer", chat=ADMIN)
    assert kept.text == "Enregistré, en attente d'un autre membre de l'équipe. Réf. 0001"
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 1
    assert "Un seul témoin peut le savoir" in (await desk.last(OTHER_ADMIN)).text
    await talk.say("/incident embuscade RN7 Loulouni", chat=OTHER_ADMIN)
    await talk.tap("Envoyer", chat=OTHER_ADMIN)
    await desk.settle()
    assert "Loulouni" in (await desk.last(DRIVER)).text


async def test_what_an_army_says_is_a_claim_and_stays_unconfirmed(talk: Conversation):
    message = await preview(talk, "/incident embuscade RN7 Loulouni | source : armée A")
    assert "Statut : non confirmé · source : officiel C" in message.text
    await talk.tap("Envoyer", chat=ADMIN)
    incident = await talk.store.incidents.find("0001")
    assert incident is not None
    assert incident.reports[0].is_claim
    assert incident.trust is Trust.UNCONFIRMED


async def test_a_place_nobody_knows_is_asked_for_again(talk: Conversation):
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Engin explosif", chat=ADMIN)
    [asks] = await talk.say("Xyzzyville", chat=ADMIN)
    assert asks.text.startswith("Je ne vois pas où.")
    [when] = await talk.say("Loulouni", chat=ADMIN)
    assert when.button_texts == ["Aujourd'hui", "Hier"]


@pytest.mark.parametrize(
    ("answer", "begins"),
    [
        pytest.param("2025-12-01", "Cette date est à venir.", id="future"),
        pytest.param("xyzzy", "Je ne vois pas quel jour.", id="no-day"),
    ],
)
async def test_a_day_that_will_not_do_is_asked_for_again(talk: Conversation, answer: str, begins: str):
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Engin explosif", chat=ADMIN)
    await talk.say("Loulouni", chat=ADMIN)
    [asks] = await talk.say(answer, chat=ADMIN)
    assert asks.text.startswith(begins)
    [further] = await talk.tap("Hier", chat=ADMIN)
    assert further.text.startswith("Quelle gravité ?")


async def test_an_answer_that_could_help_an_attacker_is_not_taken(talk: Conversation):
    await preview(talk, "/incident embuscade RN7 Loulouni")
    await talk.tap("Modifier", chat=ADMIN)
    await talk.tap("Texte", chat=ADMIN)
    [refused] = await talk.say("le convoi de citernes repart demain à 6h", chat=ADMIN)
    assert refused.text.startswith("Pas envoyé.")


async def test_the_day_of_a_draft_that_was_cancelled_is_not_taken(talk: Conversation):
    await preview(talk, "/incident embuscade RN7 Loulouni")
    await talk.tap("Modifier", chat=ADMIN)
    await talk.tap("Date", chat=ADMIN)
    await talk.tap("Annuler", chat=ADMIN)
    [gone] = await talk.tap("Hier", chat=ADMIN)
    assert gone.text.startswith("Ce message n'attend plus")


async def test_drafts_that_the_store_has_lost_are_said_to_be_gone(talk: Conversation):
    message = await preview(talk)
    await talk.store.redis.flushall()
    [gone] = await talk.tap(send_button(message), chat=ADMIN)
    assert gone.text.startswith("Ce message n'attend plus")
    assert await talk.store.outbox.waiting() == []


async def test_a_second_telling_joins_the_first_incident(talk: Conversation):
    await preview(talk, "/incident embuscade RN7 Loulouni 2025-10-05")
    await talk.tap("Envoyer", chat=ADMIN)
    message = await preview(talk, "/incident embuscade RN7 Loulouni 2025-10-05 au matin, camions")
    assert "Cela complète l'incident 0001." in message.text
    await talk.tap("Envoyer", chat=ADMIN)
    assert len(await talk.store.incidents.recent(now=talk.clock.now)) == 1


async def test_old_news_is_recorded_and_reaches_nobody(talk: Conversation):
    message = await preview(talk, "/incident embuscade RN7 Loulouni 2025-09-20")
    assert "Personne ne le recevra maintenant" in message.text
    [recorded] = await talk.tap("Envoyer", chat=ADMIN)
    assert recorded.text == "Enregistré sans envoi. Réf. 0001"
    assert await talk.store.outbox.waiting() == []
