"""A trip as a driver asks for it: whatever is typed, the buttons under the answer, details, the picture."""

import logging
from itertools import combinations
from typing import Any

import pytest

from alerts.geography.model import Area, AreaKind, Location, Precision
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident, Severity, SourceKind, Status, Vehicles
from alerts.reading.model import EventType
from alerts.store.commit import Batch
from alerts.wording.limits import CAPTION_LIMIT, MESSAGE_LIMIT, POPUP_LIMIT, units
from bot.demo.telegram.seen import Answer, SentMessage
from handlers import images
from handlers.reply import LONGEST_DATA
from handlers.ways import TappedLeg, leg_behind, leg_data
from tests.handlers.test_questions import full_messages, know
from tests.support.builders import NOW, incident, next_version, report
from tests.support.conversation import DRIVER, GROUP, Conversation
from tests.support.service import atlas

PNG = b"\x89PNG\r\n"
LANGUAGES = ["fr", "en", "bm"]
ADVICE = {"fr": "Pas un conseil", "en": "Not advice"}
SILENCE = {"fr": "Sans signalement ne veut pas dire sans danger.", "en": "No report does not mean no danger."}


def on(start: str, end: str, road: str = "RN1") -> Location:
    return Location(leg=(start, end), roads=(road,), precision=Precision.NEAR)


def the_attack(**fields: Any) -> Incident:
    location = on("sandare", "diema")
    defaults: dict[str, Any] = {
        "event_types": (EventType.ATTACK_ON_CONVOY,),
        "location": location,
        "credibility": Credibility.CONFIRMED,
        "vehicles": (Vehicles.TRUCKS,),
        "reports": (report(location=location), report(id="r2", source_id="other", title="x", location=location)),
    }
    return incident(**(defaults | fields))


def the_barrier(**fields: Any) -> Incident:
    location = on("diema", "didieni", "RN3")
    defaults: dict[str, Any] = {
        "id": "0510",
        "event_types": (EventType.CHECKPOINT_EXTORTION,),
        "severity": Severity.MODERATE,
        "location": location,
        "reports": (report(id="r3", source_kind=SourceKind.FIELD, location=location),),
    }
    return incident(**(defaults | fields))


async def withdraw(talk: Conversation) -> None:
    """The attack turns out not to have been."""
    before = the_attack()
    after = next_version(before, status=Status.RETRACTED, announced=True)
    change = Change(kind=ChangeKind.RETRACTED, incident=after, before=before)
    await talk.store.commit(Batch(changes=(change,)), now=NOW)


async def ask(talk: Conversation, question: str = "/route Kayes Bamako", *, language: str = "fr") -> SentMessage:
    [message] = await talk.say(question, language_code=language)
    return message


async def tap(talk: Conversation, button: str) -> tuple[list[SentMessage], Answer]:
    """What the bot sends, and what it answers to the tap itself."""
    seen = max(message.message_id for message in await talk.telegram.messages(DRIVER))
    tapped = await talk.telegram.tap(DRIVER, button)
    await talk.take()
    answer = await talk.telegram.answer(tapped)
    return [message for message in await talk.telegram.messages(DRIVER) if message.message_id > seen], answer


async def forge(talk: Conversation, data: str) -> tuple[list[SentMessage], Answer]:
    """Tap the newest answer with data that was never under it."""
    newest = (await talk.telegram.messages(DRIVER))[-1]
    tapped = await talk.telegram.tap(DRIVER, newest.button_texts[0])
    [real] = await talk.telegram.pending_updates()
    forged = {"update_id": 6_000_000, "callback_query": {**real["callback_query"], "data": data}}
    talk.updates.append({"update_id": real["update_id"]})  # the real tap is not run
    messages = await talk.receive(forged)
    return messages, await talk.telegram.answer(tapped)


async def begin(talk: Conversation, language: str = "fr", *, full: bool = True) -> None:
    await talk.say("/start", language_code=language)
    if full:
        await full_messages(talk)


# The buttons under an answer


async def test_details_are_offered_in_the_order_they_are_told_and_four_at_most(talk: Conversation):
    await begin(talk)
    places = [("kayes", "sandare"), ("didieni", "kolokani"), ("kolokani", "kati"), ("kati", "bamako")]
    minor = [
        incident(id=f"06{n}0", event_types=(EventType.ACCIDENT,), severity=Severity.MINOR, location=on(*ends, "RN3"))
        for n, ends in enumerate(places)
    ]
    await know(talk, *minor, the_barrier(), the_attack())
    message = await ask(talk)
    details = [text.removeprefix("Détails : ") for text in message.button_texts if text.startswith("Détails")]
    told = [line.partition(" : ")[0][2:] for line in message.text.splitlines() if line[0] in "🔴🟠🟡⛔"]
    assert details == told[:4]
    assert details[0] == "Sandaré–Diéma"
    assert len(told) == 6


async def test_a_leg_that_nothing_is_told_of_gets_no_button(talk: Conversation):
    await begin(talk)
    message = await ask(talk)
    assert message.button_texts == ["Image", "Suivre ce trajet", "Retour : Bamako → Kayes"]


async def test_in_english_the_buttons_speak_english(talk: Conversation):
    await begin(talk, "en")
    await know(talk, the_attack())
    message = await ask(talk, language="en")
    assert message.button_texts == [
        "Details: Sandaré–Diéma",
        "Image",
        "Follow this trip",
        "Way back: Bamako → Kayes",
    ]


async def test_the_way_back_is_one_tap_and_so_is_the_way_there_again(talk: Conversation):
    await begin(talk)
    first = await ask(talk)
    [back], _ = await tap(talk, "Retour : Bamako → Kayes")
    assert back.text.startswith("BAMAKO → KAYES · 618 km")
    [there], _ = await tap(talk, "Retour : Kayes → Bamako")
    assert there.text == first.text


async def test_a_trip_is_followed_with_one_tap_and_then_no_longer_offered(talk: Conversation):
    await begin(talk)
    await ask(talk)
    await tap(talk, "Suivre ce trajet")
    assert await talk.follows() == ["route:kayes/bamako"]
    assert "Suivre ce trajet" not in (await ask(talk)).button_texts


async def test_one_road_has_its_details_too(talk: Conversation):
    await begin(talk)
    await know(talk, the_attack())
    message = await ask(talk, "/axe RN1")
    assert message.button_texts == ["Détails : Diéma–Sandaré", "Image", "Suivre RN1"]
    [details], _ = await tap(talk, "Détails : Diéma–Sandaré")
    assert details.text.startswith("DIÉMA–SANDARÉ · 138 km\n")


def test_every_button_of_a_trip_between_towns_fits_its_64_bytes():
    towns = sorted((place.id for place in atlas().places.values() if place.kind != "border_post"), key=len)[-40:]
    for start, end in combinations(towns, 2):
        area = Area(kind=AreaKind.ROUTE, id=f"{start}/{end}")
        if len(start) + len(end) <= 54:  # two border posts, named after their roads, may be longer
            assert len(leg_data(area, 14, of=15).encode()) <= LONGEST_DATA


@pytest.mark.parametrize("number", [0, 6, 10])
def test_what_a_button_says_is_read_back(number: int):
    area = Area(kind=AreaKind.ROUTE, id="kayes/bamako")
    words = leg_data(area, number, of=11).removeprefix("q:leg:")
    assert leg_behind(words) == TappedLeg(area_id="kayes/bamako", number=number, of=11)


# Details of a leg


FULL = {
    "fr": """SANDARÉ–DIÉMA · 138 km
Niveau : très grave — attaque armée ce matin, sur ce tronçon, confirmé

🔴 TRÈS GRAVE · RN1 · Sandaré–Diéma
Attaque armée ce matin. Poids lourds touchés.
Confirmé, 2 sources (presse) · info : 1 h
Passage : pas d'info. Réf. 0512

Sans signalement ne veut pas dire sans danger.
Sources pas encore lues
Pas un conseil : vérifiez avec vos contacts.""",
    "en": """SANDARÉ–DIÉMA · 138 km
Level: very serious — armed attack this morning, on this leg, confirmed

🔴 VERY SERIOUS · RN1 · Sandaré–Diéma
Armed attack this morning. Heavy trucks hit.
Confirmed, 2 sources (press) · info: 1 h
Passage: no report. Ref. 0512

No report does not mean no danger.
Sources not read yet
Not advice: check with your contacts.""",
}


@pytest.mark.parametrize("language", FULL)
async def test_details_say_what_when_how_sure_how_old_and_whether_one_passes(talk: Conversation, language: str):
    await begin(talk, language)
    await know(talk, the_attack())
    message = await ask(talk, language=language)
    [details], answer = await tap(talk, message.button_texts[0])
    assert details.text == FULL[language]
    assert answer.text == ""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            (
                "Niveau : très perturbé 3/3 — sur ce tronçon, confirmé\n"
                "Attaque armée ce matin · confirmé, presse · 1 h · passage : pas d'info · Réf. 0512"
            ),
        ),
        (
            "en",
            (
                "Level: very disrupted 3/3 — on this leg, confirmed\n"
                "Armed attack this morning · confirmed, press · 1 h · passage: no report · Ref. 0512"
            ),
        ),
    ],
)
async def test_in_short_mode_details_pop_up_and_leave_nothing(talk: Conversation, language: str, told: str):
    await begin(talk, language, full=False)
    await know(talk, the_attack())
    message = await ask(talk, language=language)
    before = await talk.stored()
    messages, answer = await tap(talk, message.button_texts[0])
    assert (messages, answer.show_alert) == ([], True)
    assert answer.text == f"Sandaré–Diéma\n{told}"
    assert await talk.stored() == before


async def test_a_draft_language_pops_up_in_the_reviewed_one(talk: Conversation):
    await talk.say("/start", language_code="bm")
    await know(talk, the_attack())
    message = await ask(talk, language="bm")
    _, answer = await tap(talk, message.button_texts[0])
    assert answer.text.startswith(
        "Sandaré–Diéma\nNiveau : très perturbé 3/3 — sur ce tronçon, confirmé\nAttaque armée ce matin"
    )


async def test_more_than_a_pop_up_holds_is_counted(talk: Conversation):
    await begin(talk, full=False)
    await know(talk, *[the_attack(id=f"05{n:02}") for n in range(20)])
    await ask(talk)
    _, answer = await tap(talk, "Détails : Sandaré–Diéma")
    assert units(answer.text) <= POPUP_LIMIT
    assert answer.text.count("Attaque armée") == 3
    assert answer.text.endswith("et 17 autres")


async def test_what_was_withdrawn_since_is_no_longer_told(talk: Conversation):
    await begin(talk)
    await know(talk, the_attack())
    await ask(talk)
    await withdraw(talk)
    [details], _ = await tap(talk, "Détails : Sandaré–Diéma")
    assert "0512" not in details.text
    assert "\nNiveau : pas d'info récente\nPas de signalement récent.\n" in details.text
    assert SILENCE["fr"] in details.text


async def test_in_short_mode_a_leg_with_nothing_left_is_unknown(talk: Conversation):
    await begin(talk, full=False)
    await know(talk, the_attack())
    await ask(talk)
    await withdraw(talk)
    _, answer = await tap(talk, "Détails : Sandaré–Diéma")
    assert answer.text == "Sandaré–Diéma : pas d'info récente\nSans signalement ne veut pas dire sans danger."


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("q:leg:kayes/bamako/14", id="laid-out-anew-since"),
        pytest.param("q:leg:kayes/bamako/9f", id="more-legs-than-there-are"),
    ],
)
async def test_an_old_keyboard_gets_a_fresh_answer(talk: Conversation, data: str):
    await begin(talk)
    fresh = await ask(talk)
    [message], answer = await forge(talk, data)
    assert message.text == fresh.text
    assert answer.text == "Ce bouton est ancien. Voici l'état maintenant."


@pytest.mark.parametrize(
    "data",
    [
        "q:leg:",
        "q:leg:kayes/bamako",
        "q:leg:kayes/bamako/61",
        "q:leg:kayes/bamako/xx",
        "q:leg:kayes/kayes/16",
        "q:leg:nowhere/bamako/16",
        "q:leg:a/b/c/d/16",
        "q:leg:RN999/16",
        "q:leg:/16",
        "q:image:",
        "q:image:nowhere/bamako",
        "q:image:😀",
        "q:map:",
        "q:map:nowhere/bamako",
    ],
)
async def test_a_forged_button_gets_a_kind_word_and_fresh_buttons(talk: Conversation, data: str):
    await begin(talk)
    await ask(talk)
    before = await talk.stored()
    [message], _ = await forge(talk, data)
    assert message.text.startswith("Ce bouton ne sert plus.")
    assert "RN1" in message.button_texts
    assert await talk.stored() == before


async def test_in_a_group_anyone_may_ask_for_details(talk: Conversation):
    await know(talk, the_attack())
    await talk.telegram.join(GROUP)
    await talk.take()
    await talk.say("/route Kayes Bamako", chat=GROUP, user=7)
    [details] = await talk.tap("Détails : Sandaré–Diéma", chat=GROUP, user=8)
    assert "0512" in details.text


# The picture


async def drawn(talk: Conversation, message: SentMessage) -> bytes:
    assert message.media is not None
    return await talk.telegram.file(message.media.file_id)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_picture_comes_with_the_status_in_words(talk: Conversation, language: str):
    await begin(talk, language)
    await know(talk, the_attack())
    await ask(talk, language=language)
    before = await talk.stored()
    [message], _ = await tap(talk, "q:image:kayes/bamako")
    assert (await drawn(talk, message)).startswith(PNG)
    assert message.text.startswith("KAYES → BAMAKO · ")
    assert "🔴 Sandaré–Diéma" in message.text
    assert "Pas un conseil" in message.text or ADVICE["en"] in message.text
    assert units(message.text) <= CAPTION_LIMIT
    assert await talk.stored() == before


@pytest.mark.parametrize(
    ("language", "map_", "strip"),
    [("fr", "Carte", "Par tronçon"), ("en", "Map", "Leg by leg"), ("bm", "Mara ja", "Yɔrɔ ni yɔrɔ")],
)
async def test_under_the_strip_a_button_leads_to_the_map_and_back(
    talk: Conversation, language: str, map_: str, strip: str
):
    await begin(talk, language)
    await know(talk, the_attack())
    await ask(talk, language=language)
    before = await talk.stored()
    [first], _ = await tap(talk, "q:image:kayes/bamako")
    [second], answer = await tap(talk, map_)
    [third], _ = await tap(talk, strip)
    assert (first.button_texts, second.button_texts, third.button_texts) == ([map_], [strip], [map_])
    pictures = [await drawn(talk, message) for message in (first, second, third)]
    assert all(picture.startswith(PNG) for picture in pictures)
    assert pictures[0] == pictures[2] != pictures[1]
    assert answer.text == ""
    assert await talk.stored() == before


async def test_the_map_tells_in_words_of_the_other_ways_it_shows(talk: Conversation):
    await begin(talk)
    await know(talk, the_attack())
    await ask(talk)
    [strip], _ = await tap(talk, "Image")
    [map_], _ = await tap(talk, "Carte")
    assert "Autre : par Kita, pas d'info récente" in map_.text.splitlines()
    assert "Autre" not in strip.text
    assert map_.text.endswith("Pas un conseil : vérifiez avec vos contacts.")


async def test_a_single_road_is_drawn_as_a_map_too(talk: Conversation):
    await begin(talk)
    await ask(talk, "/axe RN1")
    await tap(talk, "Image")
    [map_], _ = await tap(talk, "q:map:RN1")
    assert (await drawn(talk, map_)).startswith(PNG)


@pytest.mark.parametrize("data", ["q:image:kayes/bamako", "q:map:kayes/bamako"])
async def test_in_short_mode_there_is_no_picture_and_no_button_for_one(talk: Conversation, data: str):
    await begin(talk)
    await ask(talk)
    await talk.say("/court 12")
    assert "Image" not in (await ask(talk)).button_texts
    [message], _ = await forge(talk, data)
    assert message.media is None
    assert "/court non" in message.text
    assert message.protect_content


async def test_a_picture_from_before_short_mode_leads_to_no_map(talk: Conversation):
    await begin(talk)
    await ask(talk)
    await tap(talk, "Image")
    await talk.say("/court 12")
    [message], _ = await tap(talk, "Carte")
    assert (message.media, message.button_texts) == (None, [])


@pytest.mark.expects_warnings
@pytest.mark.parametrize("data", ["q:image:kayes/bamako", "q:map:kayes/bamako"])
async def test_who_can_get_no_picture_gets_the_text(
    talk: Conversation, data: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def stumble(*_: object, **__: object) -> bytes:
        raise ValueError("Kayes")

    monkeypatch.setattr(images, "draw", stumble)
    await begin(talk)
    text = (await ask(talk)).text
    [message], answer = await forge(talk, data)
    assert (message.media, message.text) == (None, text)
    assert answer.text == "L'image n'a pas pu être faite. Voici le texte."
    logged = [record for record in caplog.records if record.name.startswith("handlers")]
    assert [record.levelno for record in logged] == [logging.ERROR]
    assert not any("Kayes" in str(record.__dict__) for record in logged)


# What people type


@pytest.mark.parametrize(
    ("typed", "language", "begins", "buttons"),
    [
        pytest.param(
            "/route", "fr", "Écrivez le départ et l'arrivée.", ["Kayes", "Nioro", "Sikasso"], id="nothing-from-the-menu"
        ),
        pytest.param(
            "/route Kayes",
            "fr",
            "De Kayes, vers où ? Exemple : /route Kayes Bamako\n",
            ["→ Bamako", "→ Ségou", "→ Sikasso", "→ Mopti", "→ Nioro"],
            id="one-place",
        ),
        pytest.param(
            "/route Kayes", "en", "From Kayes, to where? Example: /route Kayes Bamako\n", ["→ Bamako"], id="in-english"
        ),
        pytest.param(
            "/route bamako", "fr", "De Bamako, vers où ? Exemple : /route Bamako Ségou\n", ["→ Ségou"], id="the-capital"
        ),
        pytest.param(
            "/route Kayes Kayes", "fr", "Le départ et l'arrivée sont le même lieu : Kayes.\n", [], id="the-same-twice"
        ),
        pytest.param(
            "/route de Kayes à KAYES",
            "en",
            "You start and arrive at the same place: Kayes.\n",
            [],
            id="same-spelt-otherwise",
        ),
        pytest.param(
            "/route Bamako Xyzzyville",
            "fr",
            "Je ne connais pas « Xyzzyville ».",
            ["→ Ségou", "→ Sikasso"],
            id="unknown-end",
        ),
        pytest.param(
            "/route Xyzzyville Bamako", "en", "I don't know “Xyzzyville”.", ["Ségou →", "Sikasso →"], id="unknown-start"
        ),
        pytest.param(
            "/route Nioo Bamako",
            "fr",
            "« Nioo » : il y en a plusieurs.\nVouliez-vous dire :",
            ["Nioro du Sahel → Bamako", "Niono → Bamako"],
            id="one-of-two",
        ),
        pytest.param(
            "/route Kayes Diéma Bamako",
            "fr",
            "Vous nommez plusieurs routes ou lieux. Lequel voulez-vous ?",
            ["Kayes → Bamako", "Kayes → Diéma", "Diéma → Bamako"],
            id="three-places",
        ),
        pytest.param(
            "/route Kayes Diema Bamako",
            "en",
            "You name several roads or places.",
            ["Kayes → Bamako"],
            id="three-in-english",
        ),
        pytest.param("/route Kayes → Bamako", "fr", "KAYES → BAMAKO · 618 km", [], id="an-arrow"),
        pytest.param("/route Kayes via Diéma Bamako", "fr", "KAYES → BAMAKO · 618 km", [], id="by-way-of"),
        pytest.param("/route Kayes-Bamako", "en", "KAYES → BAMAKO · 618 km", [], id="a-hyphen"),
        pytest.param(
            "/route Karou Gao",
            "fr",
            "KAROU → GAO · 184 km, par Ansongo\nKarou est hors des routes connues. "
            "Je compte à partir de Fafa, par une piste estimée.\n",
            [],
            id="from-a-village-off-the-road",
        ),
        pytest.param(
            "/route Bamako Gargando",
            "en",
            "BAMAKO → GARGANDO · 824 km, via Diabaly\nGargando is off the known roads. "
            "I count from Tonka, by an estimated track.\n",
            [],
            id="to-a-village-off-the-road",
        ),
        pytest.param(
            "/route Intahaka Gao",
            "fr",
            "Intahaka → Gao : trajet inconnu ici\n",
            ["Autour : Intahaka", "Autour : Gao"],
            id="no-way-at-all",
        ),
        pytest.param("/route RN1", "fr", "RN1 · 715 km", [], id="a-road"),
        pytest.param("/route région de Kayes", "fr", "EN COURS · Kayes (région)", [], id="a-region"),
    ],
)
async def test_whatever_is_typed_leads_on(
    talk: Conversation, typed: str, language: str, begins: str, buttons: list[str]
):
    await begin(talk, language)
    before = await talk.stored()
    message = await ask(talk, typed, language=language)
    assert message.text.startswith(begins)
    assert message.button_texts[: len(buttons)] == buttons
    assert await talk.stored() == before


@pytest.mark.parametrize(
    ("typed", "button", "begins"),
    [
        ("/route Kayes", "→ Bamako", "KAYES → BAMAKO"),
        ("/route Bamako Xyzzyville", "→ Kayes", "BAMAKO → KAYES"),
        ("/route Xyzzyville Bamako", "Kayes →", "KAYES → BAMAKO"),
        ("/route Kayes Diéma Bamako", "Kayes → Bamako", "KAYES → BAMAKO"),
        ("/route Nioo Bamako", "Niono → Bamako", "NIONO → BAMAKO"),
        ("/route Farako Bamako", "Farako (Sikasso) → Bamako", "FARAKO (SIKASSO) → BAMAKO"),
        ("/route Intahaka Gao", "Autour : Gao", "EN COURS · Gao"),
    ],
)
async def test_a_button_completes_what_was_typed(talk: Conversation, typed: str, button: str, begins: str):
    await begin(talk)
    await ask(talk, typed)
    [message], _ = await tap(talk, button)
    assert message.text.startswith(begins)


async def test_a_bare_command_becomes_a_trip_in_two_taps(talk: Conversation):
    await begin(talk)
    await ask(talk, "/route")
    await tap(talk, "Sikasso")
    [message], _ = await tap(talk, "→ Bamako")
    assert message.text.startswith("SIKASSO → BAMAKO")


async def test_a_name_of_several_words_is_no_trip_to_itself(talk: Conversation):
    for name in ("Nioro du Sahel", "Pont de la Falémé (Moussala)", "Kalaban Coura", "Farako (Sikasso)"):
        text = await talk.answer(f"/route {name}")
        assert text.startswith(f"De {name}, vers où ?")


@pytest.mark.parametrize("short", [False, True], ids=["full", "short"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_busy_road_still_fits_one_message(talk: Conversation, language: str, short: bool):  # noqa: FBT001
    await begin(talk, language, full=not short)
    kinds = list(EventType)[:15]
    legs = [
        ("kayes", "sandare"),
        ("sandare", "diema"),
        ("diema", "didieni"),
        ("didieni", "kolokani"),
        ("kati", "bamako"),
    ]
    await know(
        talk,
        *[
            the_attack(id=f"{n:02}{m:02}", event_types=(kind,), location=on(*ends))
            for n, kind in enumerate(kinds)
            for m, ends in enumerate(legs)
        ],
    )
    message = await ask(talk, language=language)
    assert units(message.text) <= MESSAGE_LIMIT
    assert message.text.splitlines()[-1].startswith(ADVICE.get(language, ADVICE["fr"]))
    messages, answer = await tap(talk, message.button_texts[0])
    assert units(answer.text) <= POPUP_LIMIT
    assert all(units(details.text) <= MESSAGE_LIMIT for details in messages)
    assert all(details.text.splitlines()[-1].startswith(ADVICE.get(language, ADVICE["fr"])) for details in messages)
    assert (messages == []) is short


async def test_details_and_pictures_are_asked_without_a_word_in_the_log(
    talk: Conversation, caplog: pytest.LogCaptureFixture
):
    await begin(talk)
    await know(talk, the_attack())
    with caplog.at_level("DEBUG", logger="handlers"), caplog.at_level("DEBUG", logger="alerts"):
        await ask(talk)
        await tap(talk, "Détails : Sandaré–Diéma")
        await tap(talk, "q:image:kayes/bamako")
        await tap(talk, "Carte")
    assert [record for record in caplog.records if record.name.startswith(("handlers", "alerts"))] == []


async def test_a_stranger_who_asks_for_details_stays_one(talk: Conversation):
    await know(talk, the_attack())
    await ask(talk)
    await tap(talk, "Détails : Sandaré–Diéma")
    assert await talk.chat() is None


async def test_an_answer_in_short_mode_is_as_old_as_now(talk: Conversation):
    """A tap tells how it stands when it is tapped, not when the keyboard was sent."""
    await begin(talk, full=False)
    await know(talk, the_attack())
    await ask(talk)
    talk.clock.now = NOW.replace(hour=14)
    _, answer = await tap(talk, "Détails : Sandaré–Diéma")
    assert " · 6 h · " in answer.text
