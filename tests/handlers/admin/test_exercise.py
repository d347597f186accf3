"""An exercise goes the whole way of an alert, marked, to those who take part and to nobody else."""

from tests.support.conversation import ADMIN, DRIVER, Conversation
from tests.support.desk import DeskAtWork

OTHER_DRIVER = 7001
LINE = "/exercice embuscade RN7 Loulouni"


async def test_it_reaches_those_who_take_part_and_says_so_first(desk: DeskAtWork):
    talk = desk.talk
    for driver in (DRIVER, OTHER_DRIVER):
        await talk.say("/suivre RN7", chat=driver)
    await talk.say("/reglages", chat=DRIVER)
    [settings] = await talk.tap("Recevoir les exercices", chat=DRIVER)
    assert "Exercices : reçus" in settings.text
    before = len(await desk.texts(OTHER_DRIVER))
    [preview] = await talk.say(LINE, chat=ADMIN)
    assert "EXERCICE" in preview.text
    [sent] = await talk.tap("Envoyer", chat=ADMIN)
    assert sent.text == "Envoyé. Réf. 0001"
    await desk.settle()
    assert "EXERCICE" in (await desk.last(DRIVER)).text.splitlines()[0]
    assert len(await desk.texts(OTHER_DRIVER)) == before


async def test_its_end_is_told_to_the_same_and_marked(desk: DeskAtWork):
    talk = desk.talk
    await talk.say("/suivre RN7")
    await talk.say("/reglages")
    await talk.tap("Recevoir les exercices")
    await talk.say(LINE, chat=ADMIN)
    await talk.tap("Envoyer", chat=ADMIN)
    await desk.settle()
    await talk.say("/dementir 0001 faux", chat=ADMIN)
    await desk.settle()
    assert "EXERCICE" in (await desk.last(DRIVER)).text.splitlines()[0]


async def test_what_is_asked_about_it_is_marked_and_told_to_who_takes_part_alone(desk: DeskAtWork):
    talk = desk.talk
    await talk.say("/suivre RN7")
    await talk.say("/court non")
    await talk.say("/reglages")
    await talk.tap("Recevoir les exercices")
    await talk.say(LINE, chat=ADMIN)
    await talk.tap("Envoyer", chat=ADMIN)
    await desk.settle()
    for button in ("Détails", "Texte à copier"):
        [told] = await talk.tap(button)
        assert told.text.startswith("EXERCICE")
    await talk.say("/reglages")
    await talk.tap("Plus d'exercices")
    for button in ("Détails", "Texte à copier", "Plus sur ceci"):
        [told] = await talk.tap(button)
        assert told.text.startswith("Ce bouton ne sert plus")


async def test_who_leaves_them_gets_no_more(talk: Conversation):
    await talk.say("/reglages")
    await talk.tap("Recevoir les exercices")
    [settings] = await talk.tap("Plus d'exercices")
    assert "Exercices" not in settings.text
    assert "Recevoir les exercices" in settings.button_texts


async def test_it_is_part_of_no_real_event_and_no_answer(desk: DeskAtWork):
    talk = desk.talk
    await talk.say("/incident embuscade RN7 Loulouni", chat=ADMIN)
    await talk.tap("Envoyer", chat=ADMIN)
    await talk.say(LINE, chat=ADMIN)
    [sent] = await talk.tap("Envoyer", chat=ADMIN)
    assert sent.text == "Envoyé. Réf. 0002"
    await talk.say("/incident embuscade RN7 Loulouni camions", chat=ADMIN)
    [joined] = await talk.tap("Envoyer", chat=ADMIN)
    assert joined.text == "Envoyé. Réf. 0001"
    [road] = await talk.say("/axe RN7")
    assert "EXERCICE" not in road.text
    drill = await talk.store.incidents.find("0002")
    assert drill is not None
    assert (drill.exercise, len(drill.reports)) == (True, 1)
    assert [line["did"] for line in await talk.store.desk.audit() if line.get("incident") == "0002"][-1:] == [
        "exercise"
    ]


async def test_a_double_tap_exercises_once(talk: Conversation):
    await talk.say(LINE, chat=ADMIN)
    await talk.telegram.tap(ADMIN, "Envoyer")
    await talk.tap("Envoyer", chat=ADMIN)
    assert await talk.store.outbox.waiting() == ["0001.1"]


async def test_without_a_line_it_says_how(talk: Conversation):
    [how] = await talk.say("/exercise", chat=ADMIN)
    assert "/exercice embuscade RN7 Loulouni" in how.text
