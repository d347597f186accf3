"""All sending stops at a word of any admin; owners learn at once, followers after half an hour."""

from alerts.incidents.model import Status
from tests.support.builders import incident
from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN
from tests.support.desk import DeskAtWork

PLAIN_ADMIN = 903


async def test_owners_learn_of_a_halt_at_once_from_any_admin(desk: DeskAtWork):
    await desk.talk.say("/admins ajouter 903 admin", chat=ADMIN)
    await desk.settle()
    await desk.talk.say("/halt", chat=PLAIN_ADMIN)
    await desk.settle()
    for owner in (ADMIN, OTHER_ADMIN):
        assert (await desk.last(owner)).text.startswith("L'admin 903 a suspendu tout l'envoi")


async def test_followers_learn_of_it_after_half_an_hour_once_and_of_its_end(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.talk.say("/start", chat=2)
    await desk.talk.say("/suspendre_tout", chat=ADMIN)
    await desk.later(minutes=29)
    assert len(await desk.texts(DRIVER)) == 1
    await desk.later(minutes=1)
    await desk.later(minutes=5)
    told = (await desk.texts(DRIVER))[1:]
    assert told == ["Nos alertes sont suspendues pour le moment. Sans message de nous ne veut pas dire sans danger."]
    assert not any("suspendues" in text for text in await desk.texts(2))
    await desk.talk.say("/reprendre_tout", chat=OTHER_ADMIN)
    await desk.talk.tap("Envoyer ce qui attend", chat=OTHER_ADMIN)
    await desk.talk.tap("Oui, tout envoyer", chat=OTHER_ADMIN)
    await desk.settle()
    assert (await desk.last(DRIVER)).text == "Nos alertes reprennent."


async def test_a_short_halt_is_told_to_no_follower(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.talk.say("/halt", chat=ADMIN)
    await desk.later(minutes=10)
    await desk.talk.say("/resume", chat=ADMIN)
    await desk.talk.tap("Envoyer ce qui attend", chat=ADMIN)
    await desk.talk.tap("Oui, tout envoyer", chat=ADMIN)
    await desk.later(minutes=40)
    assert len(await desk.texts(DRIVER)) == 1


async def test_what_was_dropped_never_leaves_and_what_comes_later_does(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.talk.say("/halt", chat=ADMIN)
    await desk.read(incident(announced=True))
    await desk.talk.say("/resume", chat=OTHER_ADMIN)
    await desk.talk.tap("Abandonner ce qui attend", chat=OTHER_ADMIN)
    await desk.talk.tap("Oui, abandonner", chat=OTHER_ADMIN)
    await desk.settle()
    assert len(await desk.texts(DRIVER)) == 1
    await desk.read(incident(id="0600", announced=True))
    assert "Réf. 0600" in (await desk.last(DRIVER)).text


async def test_a_retraction_goes_out_in_spite_of_a_halt(desk: DeskAtWork):
    await desk.talk.say("/suivre RN1")
    await desk.read(incident(announced=True))
    await desk.talk.say("/halt", chat=ADMIN)
    await desk.talk.say("/dementir 0512 faux", chat=OTHER_ADMIN)
    desk.delivery.wake()
    await desk.talk.telegram.wait_for(DRIVER, lambda message: "information fausse" in message.text)
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.status is Status.RETRACTED


async def test_a_button_of_a_halt_that_ended_resumes_nothing(desk: DeskAtWork):
    await desk.talk.say("/halt", chat=ADMIN)
    await desk.talk.say("/resume", chat=ADMIN)
    await desk.talk.tap("Envoyer ce qui attend", chat=ADMIN)
    await desk.talk.tap("Oui, tout envoyer", chat=ADMIN)
    await desk.talk.say("/halt", chat=OTHER_ADMIN)
    [again] = await desk.talk.again(chat=OTHER_ADMIN)
    assert "suspendu" in again.text
    assert len([line for line in await desk.talk.store.desk.audit() if line["did"] == "halt"]) == 2
