"""One language at a time: keys, plurals, ages, days, names, and the French beneath what is still a draft."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.geography.model import Area, AreaKind
from alerts.incidents.model import DayPart, Incident, SourceKind, Status, Vehicles
from alerts.reading.model import EventType
from alerts.wording.catalogue import load
from alerts.wording.voice import LANGUAGES, Voice
from tests.alerts.wording.facts import (
    NOW,
    RN1,
    ROUTE,
    TODAY,
    YESTERDAY,
    a_report,
    ago,
    an_alert,
    an_incident,
    atlas,
    french,
    the_attack,
    the_barrier,
    the_lifting,
    voices,
)


@pytest.mark.parametrize("language", ["de", "FR", "../fr"])
def test_a_language_that_is_not_spoken_is_refused(language: str):
    with pytest.raises(ValueError, match=language):
        Voice(language, atlas=atlas(), timezone=ZoneInfo("Africa/Bamako"))


def test_there_is_a_voice_for_every_language():
    assert tuple(voices()) == LANGUAGES == ("fr", "en", "bm")
    assert len(voices()) == 3
    assert [voices()[language].language for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("language", ["xx", "", "FR"])
def test_a_chat_in_a_language_no_longer_spoken_is_answered_in_french(language: str):
    assert voices()[language] is french()
    assert language not in voices()


@pytest.mark.parametrize("key", ["nothing.of.the.kind", "list.more "])
def test_an_unknown_key_is_an_error(key: str):
    with pytest.raises(KeyError, match=key):
        french().say(key)
    with pytest.raises(KeyError, match=key):
        french().count(key, 2)


def test_a_missing_fact_is_an_error():
    with pytest.raises(KeyError, match="age"):
        french().say("sources.read")


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("fr", 0, "et 0 autre"),
        ("fr", 1, "et 1 autre"),
        ("fr", 2, "et 2 autres"),
        ("en", 1, "and 1 more"),
        ("bm", 5, "ani 5 wɛrɛw\net 5 autres"),
    ],
)
def test_plurals_follow_the_language(language: str, number: int, text: str):
    assert voices()[language].count("list.more", number) == text


@pytest.mark.parametrize(
    ("language", "delta", "text"),
    [
        ("fr", timedelta(seconds=-5), "1 min"),
        ("fr", timedelta(seconds=20), "1 min"),
        ("fr", timedelta(minutes=12, seconds=59), "12 min"),
        ("fr", timedelta(minutes=119), "1 h"),
        ("fr", timedelta(hours=26), "26 h"),
        ("fr", timedelta(hours=48), "2 j"),
        ("en", timedelta(days=3, hours=23), "3 d"),
        ("bm", timedelta(days=3), "tile 3"),
        ("bm", timedelta(hours=2), "lɛrɛ 2"),
    ],
)
def test_ages_are_short_and_rounded_down(language: str, delta: timedelta, text: str):
    assert voices()[language].age(delta) == text


@pytest.mark.parametrize(
    ("day", "part", "text"),
    [
        pytest.param(YESTERDAY, DayPart.NIGHT, "cette nuit", id="last-night"),
        pytest.param(TODAY, DayPart.NIGHT, "cette nuit", id="tonight"),
        pytest.param(date(2025, 10, 3), DayPart.NIGHT, "dans la nuit du 3 au 4 oct.", id="the-night-before-last"),
        pytest.param(date(2025, 9, 30), DayPart.NIGHT, "dans la nuit du 30 sept. au 1 oct.", id="into-a-month"),
        pytest.param(TODAY, None, "aujourd'hui", id="today"),
        pytest.param(YESTERDAY, DayPart.EVENING, "hier soir", id="yesterday-evening"),
        pytest.param(date(2025, 9, 30), DayPart.AFTERNOON, "le 30 sept. dans l'après-midi", id="this-year"),
        pytest.param(date(2024, 12, 31), None, "le 31 déc. 2024", id="another-year"),
        pytest.param(None, DayPart.MORNING, "(jour non précisé)", id="no-day"),
    ],
)
def test_an_event_is_dated_by_the_part_of_the_day_at_most(day: date | None, part: DayPart | None, text: str):
    told = french().alert(an_alert(the_attack(onset=day, day_part=part)), short=False, now=NOW)
    assert told.splitlines()[1] == f"Attaque armée {text.removesuffix('.')}. Poids lourds touchés."


@pytest.mark.parametrize(
    ("day", "text"),
    [(YESTERDAY, "Armed attack last night."), (date(2025, 10, 3), "Armed attack in the night of 3 to 4 Oct.")],
)
def test_a_night_is_told_in_english_by_the_morning_it_ends_on(day: date, text: str):
    told = voices()["en"].alert(an_alert(the_attack(onset=day, day_part=DayPart.NIGHT)), short=False, now=NOW)
    assert text in told


def test_an_hour_before_dawn_is_of_the_night_that_began_the_day_before():
    told = french().details(the_attack(first_reported_at=ago(hours=31)), now=NOW)
    assert "dans la nuit du 3 au 4 oct." in told


def test_days_are_those_of_the_readers_country():
    tokyo = Voice("fr", atlas=atlas(), timezone=ZoneInfo("Asia/Tokyo"))
    late = datetime(2025, 10, 5, 16, tzinfo=UTC)
    assert "Attaque armée hier matin." in tokyo.alert(an_alert(the_attack()), short=False, now=late)


def test_days_in_english_put_the_day_before_the_month():
    old = the_attack(onset=date(2025, 9, 30), day_part=None)
    assert "Armed attack on 30 Sept." in voices()["en"].alert(an_alert(old), short=False, now=NOW)


@pytest.mark.parametrize(
    ("area", "name"),
    [
        (RN1, "RN1"),
        (ROUTE, "Kayes → Bamako"),
        (Area(kind=AreaKind.PLACE, id="kayes", radius_km=50), "Kayes et 50 km autour"),
        (Area(kind=AreaKind.PLACE, id="kayes"), "Kayes"),
        (Area(kind=AreaKind.REGION, id="region-kayes"), "Kayes (région)"),
        (Area(kind=AreaKind.REGION, id="gone"), "gone"),
    ],
)
def test_followed_areas_are_told_apart(area: Area, name: str):
    assert french().area(area) == name


def test_what_is_a_draft_is_said_once_whole_and_then_in_french():
    bambara = voices()["bm"].alert(an_alert(the_attack()), short=False, now=NOW)
    assert bambara.count("\n\n") == 1
    assert bambara.endswith("\n\n" + french().alert(an_alert(the_attack()), short=False, now=NOW))


def test_a_single_draft_sentence_has_the_french_on_the_next_line():
    assert voices()["bm"].say("alert.advice").splitlines() == [
        "Nin tɛ laadilikan ye: i ka mɔgɔw ɲininka.",
        "Pas un conseil : vérifiez avec vos contacts.",
    ]


def test_a_button_has_no_room_for_two_languages():
    assert voices()["bm"].label("product.petrol") == "esansi"


def test_what_was_reviewed_is_said_in_one_language_alone():
    assert load("fr").unreviewed == load("en").unreviewed == frozenset()
    assert voices()["en"].say("alert.advice") == "Not advice: check with your contacts."


def test_a_list_of_what_is_active_names_places_gravity_trust_age_and_reference():
    text = french().active(
        [the_attack(), the_barrier()], areas=[RN1, ROUTE], sources_read_at=ago(minutes=12), short=False, now=NOW
    )
    assert text.splitlines() == [
        "EN COURS · RN1, Kayes → Bamako",
        "🔴 RN1 Sandaré–Diéma : très grave · attaque armée ce matin · confirmé, presse · 2 h · Réf. 0512",
        "🟠 RN3 Diéma–Didiéni : grave · barrage non officiel hier · probable, terrain · 20 h · Réf. 0510",
        "Sans signalement ne veut pas dire sans danger.",
        "Sources lues il y a 12 min",
    ]


def test_nothing_active_is_said_as_nothing_reported():
    assert french().active([], areas=[], sources_read_at=None, short=True, now=NOW).splitlines() == [
        "EN COURS",
        "Pas de signalement récent.",
        "Sans signalement ne veut pas dire sans danger.",
        "Sources pas encore lues",
    ]


def test_a_history_is_text_to_copy_and_leaves_exercises_out():
    told = [
        the_barrier(),
        the_lifting(),
        the_attack(status=Status.RETRACTED),
        the_attack(id="9999", exercise=True),
    ]
    assert french().history(told, area=RN1, days=30, now=NOW).splitlines() == [
        "HISTORIQUE · RN1 · 30 jours au 5 oct. 2025",
        "4 oct. 2025 · RN3 Diéma–Didiéni · Barrage non officiel · probable, terrain · Réf. 0510",
        "5 oct. 2025 · RN16 Douentza–Boni · Blocage · probable · Réf. 0498 · annoncé levé",
        "5 oct. 2025 · RN1 Sandaré–Diéma · Attaque armée · confirmé, presse · Réf. 0512 · démenti",
        "Sans signalement ne veut pas dire sans danger.",
    ]


def test_the_desks_card_says_why_it_waits_and_what_it_rests_on():
    held = the_attack(reports=(the_attack().reports[0],))
    card = french().card(an_alert(held), now=NOW)
    assert card.startswith("À VÉRIFIER · confirmé par des sources indépendantes\n🔴 TRÈS GRAVE")


def test_the_desk_sees_why_a_report_is_held_and_its_title_but_no_address():
    held = "future_movement: convoi, demain"
    report = a_report(title="Départ d'un convoi demain", url="https://example.org/x", held=held)
    card = french().card(an_alert(the_attack(reports=(report,))), now=NOW)
    assert "\nRetenu : Annonce peut-être un mouvement à venir" in card
    assert "convoi, demain\n" in card
    assert card.endswith("\nB, presse : Départ d'un convoi demain")
    assert "http" not in card


def test_the_desk_sees_figures_that_differ_as_a_range_with_who_gave_each():
    reports = (
        a_report("one", title="Attaque", vehicles_destroyed=300, fatalities=4),
        a_report("two", SourceKind.OFFICIAL, title="Attaque", vehicles_destroyed=250, fatalities=4),
    )
    lines = french().card(an_alert(the_attack(reports=reports)), now=NOW).splitlines()
    assert "Véhicules détruits, 250 à 300 : 250 (officiel, B) · 300 (presse, B)" in lines
    assert not any(line.startswith("Morts") for line in lines)
    assert "300" not in french().alert(an_alert(the_attack(reports=reports)), now=NOW, short=False)


@pytest.mark.parametrize(
    ("kind", "was_hit"),
    [
        (EventType.ATTACK_ON_CONVOY, True),
        (EventType.KIDNAPPING, True),
        (EventType.AIRSTRIKE, True),
        (EventType.ACCIDENT, True),
        (EventType.FUEL_ARRIVAL, False),
        (EventType.FUEL_SHORTAGE, False),
        (EventType.ROAD_CLOSED, False),
        (EventType.STRIKE_PROTEST, False),
        (EventType.ESCORT_OR_REOPENING, False),
    ],
)
def test_traffic_is_hit_only_where_something_hit_it(kind: EventType, was_hit: bool):  # noqa: FBT001 - a column
    text = french().alert(an_alert(an_incident(kind, vehicles=(Vehicles.TANKERS,))), short=False, now=NOW)

    assert ("touchés" in text) is was_hit


def a_lifting_told(day: date | None) -> Incident:
    end = a_report("end", event_types=(EventType.ESCORT_OR_REOPENING,), event_date=day, fetched_at=ago(hours=2))
    return the_lifting(reports=(a_report(), end), onset=date(2025, 10, 1), informed_at=ago(hours=2))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        pytest.param(date(2025, 10, 3), "Blocage annoncé levé le 3 oct.", id="as-told"),
        pytest.param(None, "Blocage annoncé levé ce matin", id="no-day-told"),
        pytest.param(date(2025, 9, 29), "Blocage annoncé levé ce matin", id="before-it-began"),
    ],
)
def test_a_lifting_is_of_the_day_its_report_tells(day: date | None, text: str):
    told = french().alert(an_alert(a_lifting_told(day)), short=False, now=NOW)
    assert told.splitlines()[1].startswith(text)


@pytest.mark.parametrize(("of_blockade", "event"), [(True, "Blocage annoncé levé"), (False, "Réouverture annoncée")])
def test_a_reopening_alone_is_of_its_day_and_called_by_what_ends(of_blockade: bool, event: str):  # noqa: FBT001 - a column
    reopening = an_incident(
        EventType.ESCORT_OR_REOPENING,
        reports=(a_report(ends_blockade=of_blockade),),
        onset=YESTERDAY,
        day_part=None,
    )
    assert f"{event} hier" in french().alert(an_alert(reopening), short=False, now=NOW)
