"""Owners say who belongs to the desk; everyone else learns nothing of it."""

import logging
from datetime import timedelta

import pytest

from alerts.desk.roles import Role, team
from handlers.commands import COMMANDS, TAPS
from tests.support.builders import NOW
from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN, Conversation
from tests.support.desk import DeskAtWork, unsure

EDITOR = 902
NEW_ADMIN = 903


async def roles(talk: Conversation) -> dict[int, Role]:
    return team({ADMIN, OTHER_ADMIN}, await talk.store.desk.roles())


@pytest.mark.parametrize(
    ("command", "role"),
    [
        pytest.param("/admins ajouter 903 admin", Role.ADMIN, id="admin"),
        pytest.param("/admins 903 rédacteur", Role.EDITOR, id="editor"),
        pytest.param("/admins add 903 owner", Role.OWNER, id="owner"),
    ],
)
async def test_an_owner_adds_people_with_a_role(talk: Conversation, command: str, role: Role):
    answer = await talk.answer(command, chat=ADMIN)
    assert answer.startswith("Noté : 903")
    assert (await roles(talk))[NEW_ADMIN] is role
    assert "/averifier" not in await talk.answer("/aide", chat=DRIVER)
    assert ("/averifier" in await talk.answer("/aide", chat=NEW_ADMIN)) is (role is not Role.EDITOR)


@pytest.mark.parametrize("way", ["/admins retirer 901", "/admins remove 901", "Retirer 901"])
async def test_an_owner_takes_people_out_at_once_even_those_of_the_settings(talk: Conversation, way: str):
    if way.startswith("/"):
        await talk.say(way, chat=ADMIN)
    else:
        await talk.say("/admins", chat=ADMIN)
        await talk.tap(way, chat=ADMIN)
    assert OTHER_ADMIN not in await roles(talk)
    assert await talk.answer("/service", chat=OTHER_ADMIN) == await talk.answer("/nosuchthing", chat=OTHER_ADMIN)


async def test_all_owners_learn_of_each_change(desk: DeskAtWork):
    await desk.talk.say("/admins ajouter 903 admin", chat=ADMIN)
    await desk.settle()
    assert (await desk.last(OTHER_ADMIN)).text == "900 a fait de 903 un admin."
    line = (await desk.talk.store.desk.audit())[0]
    assert (line["who"], line["did"], line["whom"]) == ("900", "role_admin", "903")


@pytest.mark.parametrize(
    ("command", "begins"),
    [
        pytest.param("/admins ajouter 903", "Exemples : /admins ajouter", id="no-role"),
        pytest.param("/admins ajouter Moussa admin", "Exemples : /admins ajouter", id="a-name"),
        pytest.param("/admins retirer 903", "903 ne fait pas partie", id="nobody"),
        pytest.param("/admins 901 owner", "901 a déjà ce rôle.", id="same"),
        pytest.param("/admins ajouter 99999999999999999999 admin", "Exemples", id="endless"),
    ],
)
async def test_a_change_that_will_not_do_says_why(talk: Conversation, command: str, begins: str):
    assert (await talk.answer(command, chat=ADMIN)).startswith(begins)
    assert await roles(talk) == {ADMIN: Role.OWNER, OTHER_ADMIN: Role.OWNER}


async def test_the_last_owner_stays(talk: Conversation):
    await talk.say("/admins retirer 901", chat=ADMIN)
    assert (await talk.answer("/admins retirer 900", chat=ADMIN)).startswith("900 est le dernier propriétaire")
    assert (await talk.answer("/admins 900 éditeur", chat=ADMIN)).startswith("900 est le dernier propriétaire")


async def test_an_admin_is_no_owner(talk: Conversation):
    await talk.say("/admins ajouter 903 admin", chat=ADMIN)
    assert await talk.answer("/admins", chat=NEW_ADMIN) == await talk.answer("/nosuchthing", chat=NEW_ADMIN)


async def test_a_new_admin_gets_cards_and_a_removed_one_none(desk: DeskAtWork):
    await desk.talk.say("/admins ajouter 903 admin", chat=ADMIN)
    await desk.talk.say("/admins retirer 901", chat=ADMIN)
    await desk.talk.say("/start", chat=NEW_ADMIN)
    await desk.read(unsure())
    assert "À VÉRIFIER" in (await desk.last(NEW_ADMIN)).text
    assert not any("À VÉRIFIER" in text for text in await desk.texts(OTHER_ADMIN))


async def test_the_cards_of_a_removed_admin_return_to_the_queue(desk: DeskAtWork):
    await desk.read(unsure())
    await desk.talk.tap("Corriger le lieu", chat=OTHER_ADMIN)
    [taken] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert taken.text.startswith("901 s'en occupe")
    await desk.talk.say("/admins retirer 901", chat=ADMIN)
    [done] = await desk.talk.tap("c:approve:0512", chat=ADMIN)
    assert done.text.startswith("Envoyé")


async def test_an_admin_removed_in_the_middle_of_a_dialogue_is_nobody(desk: DeskAtWork):
    await desk.talk.say("/incident embuscade RN7 Loulouni", chat=OTHER_ADMIN)
    await desk.talk.say("/incident", chat=OTHER_ADMIN)
    await desk.talk.say("/admins retirer 901", chat=ADMIN)
    [free] = await desk.talk.say("RN7 Loulouni", chat=OTHER_ADMIN)
    assert free.text.startswith("Je ne comprends que les commandes")
    [tapped] = await desk.talk.tap("Envoyer", chat=OTHER_ADMIN)
    assert tapped.text.startswith("Ce bouton ne sert plus")
    await desk.settle()
    assert await desk.talk.store.incidents.recent(now=NOW) == ()


async def test_an_editors_post_needs_an_admin(desk: DeskAtWork):
    await desk.talk.say("/suivre RN7")
    await desk.talk.say("/admins ajouter 902 rédacteur", chat=ADMIN)
    await desk.settle()
    [shown] = await desk.talk.say("/incident embuscade RN7 Loulouni", chat=EDITOR)
    assert "Un admin doit l'approuver avant l'envoi." in shown.text
    [kept] = await desk.talk.tap("Soumettre à un admin", chat=EDITOR)
    assert kept.text.startswith("Enregistré, en attente d'un autre membre de l'équipe.")
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 1
    assert "Posté par un rédacteur" in (await desk.last(ADMIN)).text
    await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    await desk.settle()
    assert "Loulouni" in (await desk.last(DRIVER)).text


async def test_what_one_witness_told_an_editor_needs_an_admin_and_a_second_report(desk: DeskAtWork):
    await desk.talk.say("/suivre RN7")
    await desk.talk.say("/admins ajouter 902 rédacteur", chat=ADMIN)
    await desk.talk.say("/incident embuscade RN7 Loulouni | source : témoin unique", chat=EDITOR)
    await desk.talk.tap("Soumettre à un admin", chat=EDITOR)
    await desk.settle()
    [answer] = await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    assert answer.text.startswith("Noté. Un seul témoin peut le savoir")
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 1
    await desk.talk.say("/incident embuscade RN7 Loulouni", chat=OTHER_ADMIN)
    await desk.talk.tap("Envoyer", chat=OTHER_ADMIN)
    await desk.settle()
    assert "Loulouni" in (await desk.last(DRIVER)).text


async def test_what_an_editor_adds_to_a_known_incident_needs_an_admin_too(desk: DeskAtWork):
    await desk.talk.say("/suivre RN7")
    await desk.talk.say("/court non")
    await desk.talk.say("/admins ajouter 902 editor", chat=ADMIN)
    await desk.talk.say("/incident embuscade RN7 Loulouni", chat=ADMIN)
    await desk.talk.tap("Envoyer", chat=ADMIN)
    await desk.settle()
    await desk.talk.say("/incident embuscade RN7 Loulouni, camions", chat=EDITOR)
    await desk.talk.tap("Soumettre à un admin", chat=EDITOR)
    await desk.settle()
    assert not any("Poids lourds" in text for text in await desk.texts(DRIVER))
    await desk.talk.tap("Approuver et envoyer", chat=ADMIN)
    await desk.settle()
    assert any("Poids lourds" in text for text in await desk.texts(DRIVER))


@pytest.mark.parametrize("command", ["/averifier", "/dementir 0512 faux", "/halt", "/registre", "/service", "/dispo x"])
async def test_an_editor_only_posts(talk: Conversation, command: str):
    await talk.say("/admins ajouter 902 rédacteur", chat=ADMIN)
    assert await talk.answer(command, chat=EDITOR) == await talk.answer("/nosuchthing", chat=EDITOR)


@pytest.mark.parametrize("command", sorted({f"/{name}" for one in COMMANDS if one.needs for name in one.names}))
async def test_whoever_is_not_of_the_desk_is_answered_as_ever_and_logged_without_their_text(
    talk: Conversation, command: str, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.INFO):
        answer = await talk.answer(f"{command} secret de Moussa", chat=DRIVER)
    assert answer == await talk.answer("/nosuchthing", chat=DRIVER)
    [line] = [record for record in caplog.records if "command of the desk" in record.getMessage()]
    assert "Moussa" not in str(line.__dict__)
    assert str(DRIVER) not in {str(value) for value in line.__dict__.values()}
    assert await talk.store.desk.audit() == []


@pytest.mark.parametrize("verb", [tap.verb for tap in TAPS if tap.needs is not None])
async def test_a_button_of_the_desk_does_nothing_for_anyone_else(desk: DeskAtWork, verb: str):
    await desk.read(unsure())
    await desk.talk.say("/start", chat=DRIVER)
    await desk.talk.telegram.tap(DRIVER, "RN1")
    [update] = [one.to_dict() for one in await desk.talk.application.bot.get_updates(timeout=0)]
    desk.talk.updates.append(update)
    update["callback_query"]["data"] = f"{verb}:0512"
    before = await desk.talk.store.incidents.find("0512")
    [answer] = await desk.talk.receive(update, chat=DRIVER)
    assert answer.text.startswith("Ce bouton ne sert plus")
    assert await desk.talk.store.incidents.find("0512") == before


async def test_the_desk_works_in_private_chats_only(talk: Conversation):
    await talk.say("/nosuchthing", chat=-100, user=ADMIN)
    said = await talk.answer("/service", chat=-100, user=ADMIN)
    assert said.startswith("Je ne connais pas cette commande")


async def test_what_the_desk_reads_goes_by_itself_within_two_days(desk: DeskAtWork):
    await desk.talk.say("/court non", chat=ADMIN)
    await desk.read(unsure())
    await desk.later(minutes=10)
    await desk.talk.say("/averifier", chat=ADMIN)
    stands = {message.message_id for message in await desk.talk.telegram.messages(ADMIN, everyone=True)}
    due = await desk.talk.store.agenda.deletions_due(now=desk.talk.clock.now + timedelta(hours=47))
    kept = stands - {message for chat, message in due if chat == ADMIN}
    assert len(kept) == 0
    await desk.talk.say("/effacer", chat=ADMIN)
    now = await desk.talk.store.agenda.deletions_due(now=desk.talk.clock.now)
    assert stands <= {message for chat, message in now if chat == ADMIN}
