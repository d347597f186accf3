"""Questions are answered from what is known, and leave nothing behind."""

from datetime import timedelta

import pytest

from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.incidents.model import Change, ChangeKind, Incident, Status
from alerts.store.commit import Batch
from tests.support.builders import NOW, incident
from tests.support.conversation import Conversation

QUESTIONS = ["/route Kayes Bamako", "/axe RN1", "/encours", "/carburant Kayes", "/historique RN1 30j", "/mesroutes"]
OTHERS = ["/aide", "/apropos", "/confidentialite", "/nosuchthing", "j'ai vu un barrage à Diéma", "/route Xyzzyville"]

DELETIONS = {"siraba:deletion-times", "siraba:deletions"}


def family(key: str) -> str:
    """The name of a key without the number at its end."""
    name, _, number = key.rpartition(":")
    return name if number.isdecimal() else key


async def know(talk: Conversation, *incidents: Incident) -> None:
    """Store incidents as they are."""
    changes = tuple(Change(kind=ChangeKind.NEW, incident=one) for one in incidents)
    await talk.store.commit(Batch(changes=changes), now=NOW)


async def fuel_is(talk: Conversation, place: str, product: Product, availability: Availability) -> None:
    report = FuelReport(
        id=f"{place}{product}",
        place=place,
        product=product,
        availability=availability,
        source=FuelSource.TRUSTED,
        observed_at=NOW - timedelta(hours=3),
    )
    await talk.store.commit(Batch(fuel=(report,)), now=NOW)


async def full_messages(talk: Conversation) -> None:
    await talk.say("/court non")


@pytest.mark.parametrize("question", [*QUESTIONS, *OTHERS])
async def test_a_question_stores_nothing(talk: Conversation, question: str):
    await talk.say("/suivre RN1")
    await full_messages(talk)
    await know(talk, incident())
    before = await talk.stored()
    assert await talk.say(question)
    assert await talk.stored() == before


@pytest.mark.parametrize("question", [*QUESTIONS, *OTHERS])
async def test_a_stranger_is_answered_and_stays_one(talk: Conversation, question: str):
    assert await talk.say(question)
    assert await talk.chat() is None


@pytest.mark.parametrize("question", [*QUESTIONS, *OTHERS])
async def test_in_short_mode_only_the_deletions_are_noted(talk: Conversation, question: str):
    await talk.say("/suivre RN1")
    before = await talk.stored()
    await talk.say(question)
    after = await talk.stored()
    changed = {family(key) for key in after if after[key] != before.get(key)}
    assert changed - {"siraba:deletion-times"} == {"siraba:deletions"}


async def test_a_question_writes_no_word_of_it_into_the_log(talk: Conversation, caplog: pytest.LogCaptureFixture):
    with caplog.at_level("DEBUG", logger="handlers"), caplog.at_level("DEBUG", logger="alerts"):
        await talk.say("/route Kayes Bamako")
    ours = [record for record in caplog.records if record.name.startswith(("handlers", "alerts"))]
    assert not any("ayes" in record.getMessage() for record in ours)


@pytest.mark.parametrize(
    ("typed", "language"),
    [("/route Kayes Bamako", "fr"), ("/route kayes vers bamako", "fr"), ("/route from Kayes to Bamako", "en")],
)
async def test_a_route_is_told_leg_by_leg(talk: Conversation, typed: str, language: str):
    await know(talk, incident())
    await fuel_is(talk, "kayes", Product.DIESEL, Availability.LIMITED)
    await talk.say("/start", language_code=language)
    await full_messages(talk)
    text = await talk.answer(typed, language_code=language)
    assert text.startswith("KAYES → BAMAKO · 618 km")
    assert "Sandaré–Diéma" in text
    assert {"fr": "Embuscade", "en": "Ambush"}[language] in text
    assert {"fr": "Kayes gasoil", "en": "Kayes diesel"}[language] in text
    assert {"fr": "Pas un conseil", "en": "Not advice"}[language] in text


@pytest.mark.parametrize("question", ["/route RN1", "/axe RN1", "/road rn1"])
async def test_one_road_is_told_leg_by_leg(talk: Conversation, question: str):
    [message] = await talk.say(question)
    assert "Diéma–Sandaré" in message.text
    assert "Suivre RN1" in message.button_texts


async def test_what_is_followed_already_is_not_offered_again(talk: Conversation):
    await talk.say("/suivre RN1")
    [message] = await talk.say("/axe RN1")
    assert message.buttons == ()


async def test_a_town_alone_says_what_is_active_around_it(talk: Conversation):
    await know(talk, incident())
    assert "0512" in await talk.answer("/axe Diéma")


async def test_one_town_is_no_route(talk: Conversation):
    text = await talk.answer("/route Kayes")
    assert text.startswith("De Kayes, vers où ?")


async def test_now_tells_what_is_active_on_my_roads_and_nothing_else(talk: Conversation):
    await know(talk, incident())
    await talk.say("/suivre RN7")
    assert "0512" not in await talk.answer("/encours")
    await talk.say("/suivre RN1")
    assert "0512" in await talk.answer("/now")


async def test_now_without_a_road_offers_some(talk: Conversation):
    [message] = await talk.say("/encours")
    assert "RN1" in message.button_texts


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("/carburant", ["Bamako", "Kayes"], id="everywhere"),
        pytest.param("/fuel kayes", ["Kayes"], id="a-town"),
        pytest.param("/carburant RN7", ["Bamako"], id="a-road"),
    ],
)
async def test_fuel_is_told_by_town(talk: Conversation, typed: str, told: list[str]):
    await fuel_is(talk, "kayes", Product.DIESEL, Availability.LIMITED)
    await fuel_is(talk, "bamako", Product.PETROL, Availability.OUT)
    text = await talk.answer(typed)
    assert [town for town in ("Bamako", "Kayes") if town in text] == told


async def test_fuel_of_a_town_nobody_spoke_of_is_unknown(talk: Conversation):
    assert "pas d'info récente" in await talk.answer("/carburant Nioro")


@pytest.mark.parametrize(
    ("typed", "days", "is_told"),
    [
        pytest.param("/historique RN1 30j", 30, True, id="thirty-days"),
        pytest.param("/history RN1 30 days", 30, True, id="in-english"),
        pytest.param("/historique RN1 2 jours", 2, False, id="before-that"),
        pytest.param("/historique RN1", 30, True, id="unless-said"),
        pytest.param("/historique RN1 5000j", 60, True, id="no-further-than-is-kept"),
    ],
)
async def test_history_reaches_back_as_far_as_asked(talk: Conversation, typed: str, days: int, is_told: bool):  # noqa: FBT001
    past = NOW - timedelta(days=5)
    await know(talk, incident(onset=past.date(), first_reported_at=past, informed_at=past))
    text = await talk.answer(typed)
    assert f"{days} jour" in text
    assert ("0512" in text) is is_told


async def test_history_tells_what_was_corrected_and_nothing_that_is_held(talk: Conversation):
    [report] = incident().reports
    await know(
        talk,
        incident(id="0001", status=Status.RETRACTED, announced=True),
        incident(id="0002", status=Status.RETRACTED),
        incident(id="0003", reports=(type(report)(**{**fields_of(report), "held": "a convoy"}),)),
    )
    text = await talk.answer("/historique RN1")
    assert [ref for ref in ("0001", "0002", "0003") if ref in text] == ["0001"]


def fields_of(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("command", "example"),
    [
        ("/route", "/route Kayes Bamako"),
        ("/axe", "/axe RN1"),
        ("/historique", "/historique RN1 30j"),
    ],
)
async def test_a_question_about_nothing_gives_an_example(talk: Conversation, command: str, example: str):
    assert example in await talk.answer(command)


async def test_an_ambiguous_place_is_asked_back_with_buttons_that_answer(talk: Conversation):
    [message] = await talk.say("/axe Point")
    assert "plusieurs" in message.text
    [answer] = await talk.tap(message.button_texts[0])
    assert "Point A" in answer.text


async def test_a_button_of_an_answer_asks_again(talk: Conversation):
    await talk.say("/aide")
    before = await talk.stored()
    [message] = await talk.tap("Mes routes")
    assert message.text.startswith("Vous ne suivez rien")
    assert {family(key) for key in await talk.stored() if key not in before} <= DELETIONS
