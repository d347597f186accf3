"""An incident's life goes on: set right, prolonged, announced over, retracted, wherever it was sent."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.incidents.model import Severity, SourceKind, Status, Vehicles
from tests.support.builders import NOW, incident, report
from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN
from tests.support.desk import DeskAtWork

STOPPED = 2


async def told(desk: DeskAtWork) -> None:
    """The driver and an admin got the alert; another driver got it and stopped following since."""
    for chat in (DRIVER, STOPPED, ADMIN):
        await desk.talk.say("/suivre RN1", chat=chat)
        await desk.talk.say("/court non", chat=chat)
    await desk.read(incident(announced=True))
    await desk.talk.say("/stop tout", chat=STOPPED)


async def test_every_admins_copy_of_an_alert_asks_whether_it_is_wrong_or_over(desk: DeskAtWork):
    await told(desk)
    assert (await desk.last(ADMIN)).button_texts[-1] == "Faux ou fini ?"
    assert "Faux ou fini ?" not in (await desk.last(DRIVER)).button_texts
    [panel] = await desk.talk.tap("Faux ou fini ?", chat=ADMIN)
    assert panel.button_texts[:3] == ["Fini (terrain)", "Fini (officiel)", "Fini (presse)"]
    assert "Démentir : erreur de lieu" in panel.button_texts
    assert panel.button_texts[-1] == "Historique"


@pytest.mark.parametrize(
    ("button", "by"),
    [
        pytest.param("Fini (terrain)", SourceKind.FIELD, id="field"),
        pytest.param("Fini (officiel)", SourceKind.OFFICIAL, id="official"),
    ],
)
async def test_its_end_is_announced_by_what_kind_of_source_says_so(desk: DeskAtWork, button: str, by: SourceKind):
    await told(desk)
    await desk.talk.tap("Faux ou fini ?", chat=ADMIN)
    [done] = await desk.talk.tap(button, chat=ADMIN)
    assert done.text.startswith("Fin annoncée. Réf. 0512")
    await desk.settle()
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert (stored.status, stored.lifted_by) == (Status.LIFTED, by)
    for chat in (DRIVER, STOPPED):
        assert "ANNONCÉ LEVÉ" in (await desk.last(chat)).text
        assert "Un danger peut rester" in (await desk.last(chat)).text


@pytest.mark.parametrize("command", ["/finalerte 0512 officiel", "/lifted 512 official"])
async def test_an_end_on_one_line_names_its_source_too(desk: DeskAtWork, command: str):
    await told(desk)
    await desk.talk.say(command, chat=ADMIN)
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.lifted_by is SourceKind.OFFICIAL


async def test_a_retraction_by_taps_reaches_who_stopped_following_too(desk: DeskAtWork):
    await told(desk)
    await desk.talk.tap("Faux ou fini ?", chat=ADMIN)
    await desk.talk.tap("Démentir : erreur de lieu", chat=ADMIN)
    await desk.settle()
    for chat in (DRIVER, STOPPED):
        assert "erreur de lieu" in (await desk.last(chat)).text
        assert (await desk.last(chat)).reply_to is not None


async def test_a_change_is_looked_at_and_then_put_right_where_it_was_sent(desk: DeskAtWork):
    await told(desk)
    [preview] = await desk.talk.say("/modifier 0512 bus", chat=ADMIN)
    assert preview.text.startswith("Voici ce que les lecteurs recevront")
    assert "— English —" in preview.text
    assert preview.button_texts == ["Envoyer", "Annuler"]
    assert "Cars touchés." not in (await desk.last(DRIVER)).text
    [done] = await desk.talk.tap("Envoyer", chat=ADMIN)
    assert done.text == "Corrigé. Réf. 0512"
    await desk.settle()
    for chat in (DRIVER, STOPPED):
        corrected = next(one for one in await desk.talk.telegram.messages(chat) if "Réf. 0512" in one.text)
        assert corrected.edited
        assert "Cars touchés." in corrected.text


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        pytest.param("/modifier 0512 grave", Severity.MODERATE, id="lower"),
        pytest.param("/update 0512 extreme", Severity.EXTREME, id="higher"),
    ],
)
async def test_gravity_is_corrected_both_ways_and_readers_hear_of_it(desk: DeskAtWork, line: str, severity: Severity):
    await told(desk)
    await desk.talk.say(line, chat=ADMIN)
    await desk.talk.tap("Envoyer", chat=ADMIN)
    await desk.settle()
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.severity is severity
    word = "🟠 GRAVE" if severity is Severity.MODERATE else "EXTRÊMEMENT GRAVE"
    assert any(word in text for text in await desk.texts(DRIVER))


async def test_another_place_is_told_to_its_own_followers_and_to_who_got_it(desk: DeskAtWork):
    await told(desk)
    await desk.talk.say("/suivre RN7", chat=3)
    await desk.talk.say("/modifier 0512 RN7 Loulouni", chat=ADMIN)
    await desk.talk.tap("Envoyer", chat=ADMIN)
    await desk.settle()
    for chat in (DRIVER, STOPPED, 3):
        assert "Loulouni" in (await desk.last(chat)).text
    assert "Correction, au lieu de : RN1 Diangounté Camara–Diéma." in (await desk.last(STOPPED)).text
    assert "Correction" not in (await desk.last(3)).text


async def test_a_change_sent_twice_is_sent_once(desk: DeskAtWork):
    await told(desk)
    await desk.talk.say("/modifier 0512 bus", chat=ADMIN)
    await desk.talk.tap("Envoyer", chat=ADMIN)
    [again] = await desk.talk.again(chat=ADMIN)
    assert again.text.startswith("Ce message n'attend plus")
    assert [line["did"] for line in await desk.talk.store.desk.audit()].count("amend") == 1


async def test_another_admin_cannot_send_a_change_that_is_not_theirs(desk: DeskAtWork):
    await told(desk)
    [preview] = await desk.talk.say("/modifier 0512 bus", chat=ADMIN)
    data = preview.buttons[0][0].data
    await desk.talk.say("/modifier 0512 grave", chat=OTHER_ADMIN)
    await desk.talk.telegram.tap(OTHER_ADMIN, "Envoyer")
    [update] = [one.to_dict() for one in await desk.talk.application.bot.get_updates(timeout=0)]
    update["callback_query"]["data"] = data
    [refused] = await desk.talk.receive(update, chat=OTHER_ADMIN)
    assert refused.text.startswith("Ce message n'attend plus")


async def test_how_long_it_holds_can_be_extended_and_shortened(desk: DeskAtWork):
    await told(desk)
    await desk.talk.say("/modifier 0512", chat=ADMIN)
    await desk.talk.tap("Jusqu'à", chat=ADMIN)
    [done] = await desk.talk.tap("72 h", chat=ADMIN)
    assert done.text == "Corrigé. Réf. 0512"
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.until == NOW + timedelta(hours=72)
    await desk.talk.say("/modifier 0512 jusqu'à 2025-10-06", chat=ADMIN)
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.until == datetime(2025, 10, 6, 23, 59, 59, tzinfo=UTC)


async def test_each_fact_can_be_changed_with_taps(desk: DeskAtWork):
    await told(desk)
    await desk.talk.say("/update 512", chat=ADMIN)
    [asks] = await desk.talk.tap("Trafic", chat=ADMIN)
    assert asks.text.startswith("Quel trafic")
    [preview] = await desk.talk.say("camions et bus", chat=ADMIN)
    assert preview.text.startswith("Voici ce que les lecteurs recevront")
    await desk.talk.tap("Envoyer", chat=ADMIN)
    stored = await desk.talk.store.incidents.find("0512")
    assert stored is not None
    assert stored.vehicles == (Vehicles.TRUCKS, Vehicles.BUSES)


async def test_the_history_of_an_incident_is_one_tap_away(desk: DeskAtWork):
    await told(desk)
    await desk.talk.tap("Faux ou fini ?", chat=ADMIN)
    await desk.talk.tap("Démentir : information fausse", chat=ADMIN)
    await desk.settle()
    [log] = await desk.talk.tap("Historique", chat=ADMIN)
    assert log.text.startswith("Historique de 0512")
    for piece in ("alerte créée · 0512.1", "900 · dément", "distribuée · 0512.1 · reçu par moins de 5 chats"):
        assert piece in log.text


async def test_old_news_is_still_set_right_for_who_got_it(desk: DeskAtWork):
    await told(desk)
    await desk.later(hours=80)
    await desk.talk.say("/modifier 0512 bus", chat=ADMIN)
    await desk.talk.tap("Envoyer", chat=ADMIN)
    await desk.settle()
    assert any("Cars touchés." in text for text in await desk.texts(STOPPED))


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        pytest.param("/modifier", "Exemple : /modifier 0512", id="nothing"),
        pytest.param("/modifier 9999 grave", "Je ne connais pas la référence 9999", id="unknown"),
        pytest.param("/modifier abc", "Je ne connais pas la référence abc", id="no-reference"),
        pytest.param("/modifier 0512 xyzzy", "Je ne comprends pas cette réponse", id="nothing-in-it"),
        pytest.param("/modifier 0512 2025-12-01", "Cette date est à venir.", id="future"),
        pytest.param("/modifier 0512 Ouagadougou", "Ce lieu n'est pas au Mali.", id="abroad"),
        pytest.param("/modifier 0512 un convoi de citernes part demain", "Pas envoyé.", id="harmful"),
        pytest.param("/modifier 0512 " + "x" * 400, "C'est trop long.", id="endless"),
    ],
)
async def test_a_change_that_will_not_do_says_why(desk: DeskAtWork, line: str, begins: str):
    await told(desk)
    assert (await desk.talk.answer(line, chat=ADMIN)).startswith(begins)


async def test_what_was_retracted_is_closed(desk: DeskAtWork):
    await told(desk)
    await desk.talk.say("/dementir 0512 faux", chat=ADMIN)
    assert (await desk.talk.answer("/modifier 0512 bus", chat=ADMIN)) == "La référence 0512 est déjà close."
    [panel] = await desk.talk.say("/modifier 0512", chat=ADMIN)
    assert panel.button_texts == ["Historique"]


async def test_an_update_in_english(desk: DeskAtWork):
    await desk.talk.say("/subscribe RN1", chat=DRIVER, language_code="en")
    await desk.talk.say("/start", chat=ADMIN, language_code="en")
    await desk.read(incident(announced=True, reports=(report(),)))
    [preview] = await desk.talk.say("/update 0512 serious, until Friday", chat=ADMIN, language_code="en")
    assert preview.text.startswith("This is what readers will get")
    [done] = await desk.talk.tap("Send", chat=ADMIN)
    assert done.text == "Corrected. Ref. 0512"
