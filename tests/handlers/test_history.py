"""What was reported before: however the period is typed, as far back as is kept, told to be copied."""

from datetime import timedelta

import pytest

from alerts.incidents.model import SourceKind, Status
from alerts.wording.limits import MESSAGE_LIMIT, units
from handlers.history import HistoryAsked, read
from tests.handlers.test_questions import full_messages, know
from tests.handlers.test_routes import the_attack, the_barrier
from tests.support.builders import NOW, incident
from tests.support.conversation import Conversation

SILENCE = {"fr": "Sans signalement ne veut pas dire sans danger.", "en": "No report does not mean no danger."}


@pytest.mark.parametrize(
    ("typed", "words", "days", "asked_more"),
    [
        pytest.param("RN1", "RN1", 30, False, id="unless-said"),
        pytest.param("RN1 30j", "RN1", 30, False, id="30j"),
        pytest.param("RN1, 30 jours", "RN1", 30, False, id="in-words"),
        pytest.param("RN1 7d", "RN1", 7, False, id="7d"),
        pytest.param("Kayes 2 semaines", "Kayes", 14, False, id="weeks"),
        pytest.param("Kayes 2 weeks", "Kayes", 14, False, id="weeks-in-english"),
        pytest.param("Kayes 1 mois", "Kayes", 30, False, id="a-month"),
        pytest.param("Kayes 2 months", "Kayes", 60, False, id="two-months"),
        pytest.param("Kayes depuis une semaine", "Kayes", 7, False, id="since-a-week"),
        pytest.param("Kayes ces 10 derniers jours", "Kayes", 10, False, id="the-last-ten-days"),
        pytest.param("Kayes for the last 3 days", "Kayes", 3, False, id="for-the-last-three-days"),
        pytest.param("7j Kayes", "Kayes", 7, False, id="period-first"),
        pytest.param("KAYES 7 JOURS", "KAYES", 7, False, id="capitals"),
        pytest.param("Nioro du Sahel 7j", "Nioro du Sahel", 7, False, id="a-long-name"),
        pytest.param("Kayes Bamako 7j", "Kayes Bamako", 7, False, id="a-trip"),
        pytest.param("Kayes 3 mois", "Kayes", 60, True, id="further-than-is-kept"),
        pytest.param("Kayes 5000j", "Kayes", 60, True, id="for-ever"),
        pytest.param("Kayes 0j", "Kayes", 1, False, id="nothing-back"),
        pytest.param("30j", "", 30, False, id="a-period-alone"),
        pytest.param("RN 7", "RN 7", 30, False, id="a-number-that-is-no-period"),
    ],
)
def test_a_period_is_read_however_it_is_typed(typed: str, words: str, days: int, asked_more: bool):  # noqa: FBT001
    assert read(typed) == HistoryAsked(words=words, days=days, asked_more=asked_more)


FRENCH = """HISTORIQUE · RN1 · 30 jours au 5 oct. 2025
5 oct. 2025 · RN1 Sandaré–Diéma · Attaque armée · confirmé, presse · Réf. 0512
4 oct. 2025 · RN3 Diéma–Didiéni · Barrage non officiel · probable, terrain · Réf. 0510 · annoncé levé
3 oct. 2025 · RN1 Diangounté Camara–Diéma · Embuscade d'hommes armés · probable, presse · Réf. 0471 · démenti
Sans signalement ne veut pas dire sans danger."""
ENGLISH = """HISTORY · RN1 · 30 days to 5 Oct 2025
5 Oct 2025 · RN1 Sandaré–Diéma · Armed attack · confirmed, press · Ref. 0512
4 Oct 2025 · RN3 Diéma–Didiéni · Unofficial roadblock · probable, field · Ref. 0510 · announced lifted
3 Oct 2025 · RN1 Diangounté Camara–Diéma · Ambush by armed men · probable, press · Ref. 0471 · denied
No report does not mean no danger."""
SHORT = """HISTORIQUE · RN1 · 30 jours au 5 oct. 2025
5 oct. 2025 · RN1 Sandaré–Diéma · très perturbé 3/3, camions · confirmé · Réf. 0512
4 oct. 2025 · RN3 Diéma–Didiéni · fin annoncée, passage non vérifié · probable · Réf. 0510
3 oct. 2025 · RN1 Diangounté Camara–Diéma · démenti · Réf. 0471
Sans signalement ne veut pas dire sans danger.
Mode court : mots neutres, rien ne se copie. En entier : /court non"""


async def know_some(talk: Conversation) -> None:
    yesterday, before = NOW - timedelta(days=1), NOW - timedelta(days=2)
    await know(
        talk,
        the_barrier(onset=yesterday.date(), status=Status.LIFTED, lifted_by=SourceKind.FIELD),
        incident(id="0471", onset=before.date(), status=Status.RETRACTED, announced=True),
        the_attack(),
    )


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [("/historique RN1 30j", "fr", FRENCH), ("/history RN1 1 month", "en", ENGLISH)],
)
async def test_it_is_told_by_date_place_and_kind_to_be_copied(
    talk: Conversation, typed: str, language: str, expected: str
):
    await talk.say("/start", language_code=language)
    await full_messages(talk)
    await know_some(talk)
    before = await talk.stored()
    [message] = await talk.say(typed, language_code=language)
    assert message.text == expected
    assert not message.protect_content
    assert await talk.stored() == before


async def test_in_short_mode_the_words_are_neutral_and_the_way_to_the_others_is_named(talk: Conversation):
    await know_some(talk)
    [message] = await talk.say("/historique RN1")
    assert message.text == SHORT
    assert message.protect_content


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        ("/historique Diéma 7j", "HISTORIQUE · Diéma et 50 km autour · 7 jours"),
        ("/historique Kayes Bamako 7j", "HISTORIQUE · Kayes → Bamako · 7 jours"),
        ("/historique région de Nioro 7j", "HISTORIQUE · Nioro (région) · 7 jours"),
        ("/historique corridor Kayes Nioro 7j", "HISTORIQUE · Corridor Kayes–Sandaré–Diéma–Nioro · 7 jours"),
    ],
)
async def test_a_town_a_trip_or_a_region_has_a_history_too(talk: Conversation, typed: str, head: str):
    await know_some(talk)
    text = await talk.answer(typed)
    assert text.startswith(head)
    assert "0512" in text


@pytest.mark.parametrize(
    ("typed", "language", "kept"),
    [
        ("/historique RN1 90j", "fr", "Je ne garde que 60 jours : les voici."),
        ("/history RN1 3 months", "en", "I keep only 60 days: here they are."),
    ],
)
async def test_more_than_is_kept_is_answered_with_what_is_kept(
    talk: Conversation, typed: str, language: str, kept: str
):
    await talk.say("/start", language_code=language)
    assert (await talk.answer(typed, language_code=language)).splitlines()[1] == kept


@pytest.mark.parametrize(
    ("typed", "language", "nothing"),
    [("/historique RN7", "fr", "Aucun signalement enregistré."), ("/history RN7", "en", "No report on record.")],
)
async def test_nothing_reported_is_said_and_is_not_safety(talk: Conversation, typed: str, language: str, nothing: str):
    await talk.say("/start", language_code=language)
    _, said, silence, *_ = (await talk.answer(typed, language_code=language)).splitlines()
    assert (said, silence) == (nothing, SILENCE[language])


@pytest.mark.parametrize("language", ["fr", "en", "bm"])
async def test_what_does_not_fit_is_counted(talk: Conversation, language: str):
    await talk.say("/start", language_code=language)
    await full_messages(talk)
    await know(talk, *[the_attack(id=f"{n:04}") for n in range(120)])
    text = await talk.answer("/historique RN1", language_code=language)
    assert units(text) <= MESSAGE_LIMIT
    shown = text.count("Ref." if language == "en" else "Réf.")
    assert shown > 10
    assert f"{'and' if language == 'en' else 'et'} {120 - shown} " in text


async def test_a_suggestion_keeps_the_period(talk: Conversation):
    [message] = await talk.say("/historique Nioo 7j")
    assert message.button_texts == ["Nioro du Sahel", "Niono"]
    [answer] = await talk.tap("Niono")
    assert answer.text.startswith("HISTORIQUE · Niono et 50 km autour · 7 jours")
