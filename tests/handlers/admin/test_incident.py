"""An admin posts: looked at first, sent once, and never in their own words."""

from datetime import timedelta

import pytest

from alerts.delivery.model import MsgType
from alerts.incidents.model import SourceKind, Vehicles
from alerts.reading.model import EventType
from bot.demo.telegram.seen import SentMessage
from handlers.admin.drafts import MOST_PER_HOUR
from tests.support.conversation import ADMIN, OTHER_ADMIN, Conversation

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
    assert message.button_texts == ["Envoyer", "Annuler"]
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
    assert len(await talk.store.desk.audit()) == 1


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
    assert message.buttons == ()
    assert await talk.store.outbox.waiting() == []
    assert await talk.store.desk.draft(str(talk.updates[-1]["update_id"])) is not None


async def test_figures_are_dropped_and_the_admin_is_told(talk: Conversation):
    message = await preview(talk, "/incident embuscade RN7 Loulouni, 12 camions brûlés")
    assert "Ces mots ne sont pas envoyés : 12 camions." in message.text
    assert message.text.count("12 camions") == 1


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        pytest.param("/incident truc à Loulouni", "Je ne vois pas ce qui s'est passé.", id="no-type"),
        pytest.param("/incident embuscade", "Je ne vois pas où.", id="no-place"),
        pytest.param("/incident embuscade RN7", "Je ne vois pas où.", id="a-whole-road"),
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
    await talk.tap("Engin explosif", chat=ADMIN)
    [when] = await talk.say("RN7 Loulouni", chat=ADMIN)
    assert when.button_texts == ["Aujourd'hui", "Hier"]
    [shown] = await talk.tap("Hier", chat=ADMIN)
    assert "Engin explosif hier." in shown.text
    await talk.tap("Envoyer", chat=ADMIN)
    incident = await talk.store.incidents.find("0001")
    assert incident is not None
    assert incident.event_type is EventType.IED
    assert incident.reports[0].source_kind is SourceKind.FIELD


async def test_a_guided_post_in_english(talk: Conversation):
    await talk.say("/start", chat=ADMIN, language_code="en")
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Road closed", chat=ADMIN)
    await talk.say("Kadiolo Zégoua", chat=ADMIN)
    [shown] = await talk.say("2025-10-03", chat=ADMIN)
    assert "VERY SERIOUS · " in shown.text
    assert "Kadiolo–Zégoua" in shown.text
    assert "Road closed" in shown.text


async def test_a_place_nobody_knows_is_asked_for_again(talk: Conversation):
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Engin explosif", chat=ADMIN)
    [asks] = await talk.say("Xyzzyville", chat=ADMIN)
    assert asks.text.startswith("Je ne vois pas où.")
    [when] = await talk.say("Loulouni", chat=ADMIN)
    assert when.button_texts == ["Aujourd'hui", "Hier"]


async def test_the_day_of_a_dialogue_that_ended_is_not_taken(talk: Conversation):
    await talk.say("/incident", chat=ADMIN)
    await talk.tap("Engin explosif", chat=ADMIN)
    await talk.say("Loulouni", chat=ADMIN)
    await talk.say("/annuler", chat=ADMIN)
    [gone] = await talk.tap("Hier", chat=ADMIN)
    assert gone.text.startswith("Ce message n'attend plus")


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
