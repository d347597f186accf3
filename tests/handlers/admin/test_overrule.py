"""What the check holds of an admin's words: why, what else could be said, and who may let it out."""

import pytest

from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN, Conversation
from tests.support.desk import DeskAtWork

LINE = "/incident embuscade RN7 Loulouni, un convoi de citernes part demain matin de Sikasso"
NEUTRAL = "Prendre la proposition"
SECOND = "Demander à un second admin"


async def test_the_words_are_named_and_others_are_offered(talk: Conversation):
    [held] = await talk.say(LINE, chat=ADMIN)
    assert "convoi" in held.text
    assert "Proposition sans ces mots : embuscade RN7 Loulouni" in held.text
    assert held.button_texts == [NEUTRAL, SECOND]
    [shown] = await talk.tap(NEUTRAL, chat=ADMIN)
    assert "TRÈS GRAVE · RN7 · Loulouni" in shown.text
    assert "convoi" not in shown.text
    [sent] = await talk.tap("Envoyer", chat=ADMIN)
    assert sent.text == "Envoyé. Réf. 0001"


async def test_the_same_in_english(talk: Conversation):
    await talk.say("/start", chat=ADMIN, language_code="en")
    [held] = await talk.say("/incident ambush Loulouni, the convoy of tankers leaves tomorrow", chat=ADMIN)
    assert "Without these words: ambush Loulouni" in held.text
    assert held.button_texts == ["Use this wording", "Ask a second admin"]


async def test_a_second_admin_overrules_on_record(desk: DeskAtWork):
    talk = desk.talk
    await talk.say("/suivre RN7")
    await talk.say(LINE, chat=ADMIN)
    [shown] = await talk.tap(SECOND, chat=ADMIN)
    assert "un second admin doit passer outre" in shown.text
    [kept] = await talk.tap("Soumettre à un admin", chat=ADMIN)
    assert kept.text == "Enregistré, en attente d'un autre membre de l'équipe. Réf. 0001"
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 1
    card = await desk.last(OTHER_ADMIN)
    assert "mouvement à venir" in card.text
    assert "convoi" in card.text
    [done] = await talk.tap("Approuver et envoyer", chat=OTHER_ADMIN)
    assert done.text == "Envoyé : probable. Réf. 0001"
    await desk.settle()
    told = (await desk.last(DRIVER)).text
    assert "Loulouni" in told
    assert "convoi" not in told
    line = next(one for one in await talk.store.desk.audit() if one["did"] == "overrule")
    assert (line["who"], line["incident"]) == (str(OTHER_ADMIN), "0001")
    assert line["told"].startswith("future_movement: ")
    [log] = await talk.say("/registre 0001", chat=ADMIN)
    assert "passe outre la retenue" in log.text


async def test_nobody_overrules_alone(desk: DeskAtWork):
    talk = desk.talk
    await talk.say("/suivre RN7")
    await talk.say(LINE, chat=ADMIN)
    await talk.tap(SECOND, chat=ADMIN)
    await talk.tap("Soumettre à un admin", chat=ADMIN)
    await desk.settle()
    [own] = await talk.tap("Approuver et envoyer", chat=ADMIN)
    assert own.text.startswith("Noté. Un second admin doit être d'accord")
    await desk.later(hours=1)
    assert len(await desk.texts(DRIVER)) == 1


async def test_what_tells_of_no_event_can_be_sent_by_nobody(talk: Conversation):
    [held] = await talk.say("/incident convoi de citernes part demain matin Kayes", chat=ADMIN)
    assert "convoi" in held.text
    assert held.button_texts == []


@pytest.mark.parametrize("verb", ["c:reword", "c:second"])
async def test_another_ones_draft_is_nobodys(talk: Conversation, verb: str):
    await talk.say(LINE, chat=ADMIN)
    [key] = [key for key in await talk.stored() if "draft" in key]
    await talk.say("/incident embuscade RN7 Loulouni", chat=OTHER_ADMIN)
    await talk.telegram.tap(OTHER_ADMIN, "Annuler")
    [update] = [one.to_dict() for one in await talk.application.bot.get_updates(timeout=0)]
    talk.updates.append(update)
    query = {**update["callback_query"], "data": f"{verb}:{key.rpartition(':')[2]}"}
    [answer] = await talk.receive({"update_id": 7_000_000, "callback_query": query}, chat=OTHER_ADMIN)
    assert answer.text.startswith("Ce message n'attend plus")
