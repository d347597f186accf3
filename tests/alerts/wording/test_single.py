"""One alert asked about: in full, as a pop-up, as one SMS, and with the buttons of its chat."""

import re
from dataclasses import replace

import pytest

from alerts.audience.model import ChatKind
from alerts.geography.model import Location, Precision
from alerts.incidents.model import Status
from alerts.reading.model import EventType
from alerts.wording.limits import MESSAGE_LIMIT, POPUP_LIMIT, units
from alerts.wording.sms import SMS_LIMIT, plain
from alerts.wording.voice import LANGUAGES
from tests.alerts.wording.facts import NOW, atlas, french, the_attack, voices
from tests.support.builders import chat

# Letters and signs that an SMS counts once (GSM 03.38, without its extension).
GSM = re.compile(r"[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\n]*")
WEAPONS = re.compile(r"arm[ée]|attaque|attack|ambush|embuscade|explosi|kidnap|enlèvement|marifa", re.IGNORECASE)
EVERYWHERE = Location(regions=tuple(atlas().regions), precision=Precision.REGION)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("status", Status)
def test_whatever_happened_fits_one_sms_with_its_reference(language: str, short: bool, status: Status):  # noqa: FBT001
    for event in EventType:
        for location in (the_attack().location, EVERYWHERE):
            told = the_attack(event_types=(event,), status=status, location=location)
            text = voices()[language].sms(told, short=short, now=NOW)
            assert len(text) <= SMS_LIMIT, text
            assert GSM.fullmatch(text), text
            assert text.endswith(" 0512"), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_an_exercise_says_so_first_wherever_it_is_told(language: str, status: Status):
    voice, french_mark = voices()[language], "EXERCICE"
    marks = (voice.label("mark.exercise"), french_mark)
    for location in (the_attack().location, EVERYWHERE):
        told = the_attack(exercise=True, status=status, location=location)
        sent = [voice.sms(told, short=short, now=NOW) for short in (False, True)]
        assert all(len(text) <= SMS_LIMIT and text.endswith(" 0512") and GSM.fullmatch(text) for text in sent)
        shown = [voice.details(told, now=NOW), voice.details_popup(told, now=NOW)]
        assert all(text.startswith(marks) for text in (*sent, *shown)), (sent, shown)
        assert units(shown[1]) <= POPUP_LIMIT
        assert shown[1].count(marks[0]) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", [EventType.AMBUSH, EventType.IED, EventType.KIDNAPPING, EventType.ATTACK_ON_CONVOY])
def test_the_sms_of_short_mode_names_no_weapon(language: str, event: EventType):
    text = voices()[language].sms(the_attack(event_types=(event,)), short=True, now=NOW)
    assert not WEAPONS.search(text), text


@pytest.mark.parametrize(
    ("text", "sent"),
    [("Sandaré–Diéma", "Sandaré-Diéma"), ("Sɛgu ɲɛ", "Segu nye"), ("⛽ été", " été"), ("forêt", "foret")],
)
def test_letters_that_would_halve_an_sms_give_way(text: str, sent: str):
    assert plain(text) == sent


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_details_fit_a_message_and_a_pop_up_whatever_happened(language: str, status: Status):
    voice = voices()[language]
    for event in EventType:
        for location in (the_attack().location, EVERYWHERE):
            told = the_attack(event_types=(event,), status=status, location=location)
            assert units(voice.details(told, now=NOW)) <= MESSAGE_LIMIT
            assert 0 < units(voice.details_popup(told, now=NOW)) <= POPUP_LIMIT


def test_details_of_a_withdrawn_alert_say_so_first():
    text = french().details(the_attack(status=Status.RETRACTED), now=NOW)
    assert "démenti" in text.splitlines()[0]
    assert text.endswith("Pas un conseil : vérifiez avec vos contacts.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ChatKind)
@pytest.mark.parametrize("status", Status)
def test_no_button_is_too_long_to_tap(language: str, kind: ChatKind, status: Status):
    told = the_attack(status=status)
    rows = voices()[language].alert_buttons(told, replace(chat(), kind=kind))
    for button in (one for row in rows for one in row):
        assert 0 < units(button.label) <= 40
        assert bool(button.opens) is not bool(button.data)
        assert len(button.data.encode()) <= 64
        assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", button.opens)


def test_a_place_on_no_numbered_road_opens_the_private_chat_all_the_same():
    rows = french().alert_buttons(the_attack(location=EVERYWHERE), replace(chat(), kind=ChatKind.CHANNEL))
    assert [[one.opens for one in row] for row in rows] == [["start"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("status", Status)
def test_a_drill_says_so_first_wherever_it_is_shown(language: str, short: bool, status: Status):  # noqa: FBT001
    voice, marks = voices()[language], [voices()[one].label("mark.exercise") for one in LANGUAGES]
    for location in (the_attack().location, EVERYWHERE):
        drill = the_attack(exercise=True, status=status, location=location)
        for text in (
            voice.details(drill, now=NOW),
            voice.details_popup(drill, now=NOW),
            voice.sms(drill, short=short, now=NOW),
        ):
            assert text.startswith(tuple(marks)), text
            real = replace(drill, exercise=False)
            assert not voice.sms(real, short=short, now=NOW).startswith(tuple(marks))


def test_a_drill_still_fits_one_sms_with_its_reference():
    drill = the_attack(exercise=True, location=EVERYWHERE)
    text = french().sms(drill, short=False, now=NOW)

    assert len(text) <= SMS_LIMIT
    assert GSM.fullmatch(text)
    assert text.endswith(" 0512")


TOWNS = atlas().locate(
    places=["kayes", "nioro-du-sahel", "diema", "sandare", "yelimane", "bafoulabe", "kita", "didieni"]
)


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("event", [EventType.BLOCKADE, EventType.AMBUSH, EventType.FUEL_SHORTAGE])
def test_many_towns_leave_room_for_what_happened_and_how_sure_it_is(event: EventType, short: bool):  # noqa: FBT001
    told = the_attack(event_types=(event,), location=TOWNS)
    few = the_attack(event_types=(event,), location=atlas().locate(places=["kayes"]))
    text, whole = (french().sms(one, short=short, now=NOW) for one in (told, few))

    assert len(text) <= SMS_LIMIT
    assert text.startswith("Kayes, Nioro du Sahel")
    assert text.partition(":")[2] == whole.partition(":")[2]


def test_a_place_that_fits_is_not_clipped():
    assert french().sms(the_attack(), short=False, now=NOW).startswith("RN1 Sandaré-Diéma:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_details_of_a_drill_say_so_once_in_their_first_line(language: str):
    first = voices()[language].details(the_attack(exercise=True), now=NOW).splitlines()[0]

    assert first.count(voices()[language].label("mark.exercise")) == 1
