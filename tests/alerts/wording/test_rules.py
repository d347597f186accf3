"""What every message keeps to, in every language, short or not, whatever happened."""

import re
from collections.abc import Callable
from itertools import product

import pytest

from alerts.delivery.model import Alert, Former, MsgType
from alerts.geography.model import Location
from alerts.incidents.model import (
    ChangeKind,
    Credibility,
    DayPart,
    Incident,
    RetractionReason,
    Severity,
    SourceKind,
    Status,
    Vehicles,
)
from alerts.reading.model import EventType
from alerts.wording.incident import FUEL
from alerts.wording.limits import MESSAGE_LIMIT, units
from alerts.wording.voice import LANGUAGES, Voice
from tests.alerts.wording.facts import (
    DOUENTZA_BONI,
    KAYES_REGION,
    NOW,
    RN1,
    YESTERDAY,
    a_leg,
    a_report,
    ago,
    an_alert,
    an_incident,
    an_outlook,
    french,
    the_attack,
    the_barrier,
    the_fuel,
    the_lifting,
    the_route,
    voices,
)
from tests.alerts.wording.test_catalogues import FORBIDDEN

# What a report carries and no reader may see.
SECRETS = a_report(
    "secret-desk-source",
    title="Le JNIM brûle 47 citernes au km 12, 31 morts",
    url="https://banned.example/article",
    origin="bannedoutlet",
    fatalities=31,
    vehicles_destroyed=47,
    admin_id=990017,
)
LEAKS = re.compile(r"JNIM|\b47\b|\b31\b|km 12|banned\.|bannedoutlet|secret|990017|http|\d+\.\d{3}")


def made(kind: EventType, **facts: object) -> Incident:
    return an_incident(kind, reports=(SECRETS,), vehicles=tuple(Vehicles), approved_by=990017, **facts)


STANDINGS: dict[str, Callable[[EventType], Alert]] = {
    "new": lambda kind: an_alert(made(kind)),
    "update": lambda kind: an_alert(made(kind), MsgType.UPDATE, change=ChangeKind.WORSE),
    "lifted": lambda kind: an_alert(made(kind, status=Status.LIFTED, lifted_by=SourceKind.FIELD), MsgType.UPDATE),
    "retracted": lambda kind: an_alert(made(kind, status=Status.RETRACTED), MsgType.CANCEL),
    "exercise": lambda kind: an_alert(made(kind, exercise=True)),
    "wide": lambda kind: an_alert(made(kind, location=KAYES_REGION), wide=True),
    "nowhere": lambda kind: an_alert(made(kind, location=Location(), onset=None, day_part=None)),
}


def cases() -> list[object]:
    table = product(LANGUAGES, (False, True), STANDINGS)
    return [
        pytest.param(code, short, name, id=f"{code}-{'short' if short else 'full'}-{name}")
        for code, short, name in table
    ]


@pytest.mark.parametrize(("language", "short", "standing"), cases())
def test_no_alert_says_a_forbidden_word_or_gives_anything_away(language: str, short: bool, standing: str):  # noqa: FBT001
    for kind in EventType:
        text = voices()[language].alert(STANDINGS[standing](kind), short=short, now=NOW)
        assert not FORBIDDEN.search(text), text
        assert not LEAKS.search(text), text
        assert units(text) <= MESSAGE_LIMIT


@pytest.mark.parametrize(("language", "short", "standing"), cases())
def test_every_alert_can_be_quoted_and_says_its_standing(language: str, short: bool, standing: str):  # noqa: FBT001
    voice = voices()[language]
    marks = {"exercise": "mark.exercise", "wide": "mark.wide", "nowhere": "alert.place_unknown"}
    for kind in EventType:
        text = voice.alert(STANDINGS[standing](kind), short=short, now=NOW)
        assert voice.label("incident.ref", id="0512") in text
        if standing in marks:
            assert voice.label(marks[standing]).lower() in text.splitlines()[0].lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standing", STANDINGS)
def test_every_full_alert_ends_by_saying_that_it_is_no_advice(language: str, standing: str):
    voice = voices()[language]
    for kind in EventType:
        text = voice.alert(STANDINGS[standing](kind), short=False, now=NOW)
        assert text.partition("\n\n")[0].endswith("\n" + voice.label("alert.advice"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("severity", Severity)
def test_gravity_and_leg_come_first_with_a_sign_and_a_word(language: str, severity: Severity):
    voice = voices()[language]
    first = voice.alert(an_alert(the_attack(severity=severity)), short=False, now=NOW).splitlines()[0]
    word = voice.label(f"gravity.{severity.lower()}").upper()
    assert re.fullmatch(rf"[🔴🟠🟡⚪] {re.escape(word)} · RN1 · Sandaré–Diéma", first)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("severity", Severity)
def test_short_mode_keeps_place_gravity_trust_age_and_reference(language: str, severity: Severity):
    voice = voices()[language]
    line = voice.alert(an_alert(the_attack(severity=severity)), short=True, now=NOW).splitlines()[0]
    kept = [
        "RN1 Sandaré–Diéma",
        voice.label(f"short.gravity.{severity.lower()}"),
        voice.label("trust.confirmed"),
        voice.age(NOW - the_attack().informed_at),
        voice.label("incident.ref", id="0512"),
    ]
    assert [line.find(piece) for piece in kept] == sorted(line.find(piece) for piece in kept)
    assert all(piece in line for piece in kept)


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_mode_names_no_weapon_and_shows_no_sign(language: str):
    voice = voices()[language]
    for kind in sorted(set(EventType) - FUEL):
        text = voice.alert(an_alert(made(kind)), short=True, now=NOW)
        assert voice.label(f"event.{kind}").lower() not in text.lower()
        assert not re.search(r"[🔴🟠🟡⚪🔵⛽]", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unconfirmed_alert_says_so_in_its_first_line(language: str):
    voice = voices()[language]
    rumour = the_attack(credibility=Credibility.POSSIBLE)
    assert voice.label("mark.unconfirmed") in voice.alert(an_alert(rumour), short=False, now=NOW).splitlines()[0]
    assert voice.label("trust.unconfirmed") in voice.alert(an_alert(rumour), short=True, now=NOW).splitlines()[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("short", [False, True])
def test_routes_and_lists_say_that_silence_is_not_safety(language: str, short: bool):  # noqa: FBT001
    voice = voices()[language]
    route = voice.outlook(the_route(), fuel=the_fuel(), short=short, now=NOW)
    now = voice.active([], areas=[RN1], sources_read_at=None, short=short, now=NOW)
    past = voice.history([], area=RN1, days=30, now=NOW)
    assert all(voice.label("alert.silence") in text for text in (route, now, past))
    assert route.partition("\n\n")[0].endswith(voice.label("alert.advice"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("short", [False, True])
def test_answers_say_no_forbidden_word_and_give_nothing_away(language: str, short: bool):  # noqa: FBT001
    voice = voices()[language]
    told = [made(kind, exercise=kind is EventType.OTHER) for kind in EventType]
    told += [made(EventType.BLOCKADE, status=status) for status in Status]
    answers = [
        voice.outlook(an_outlook(a_leg("kayes", "bamako", *told)), fuel=the_fuel(), short=short, now=NOW),
        voice.active(told, areas=[RN1], sources_read_at=ago(hours=1), short=short, now=NOW),
        voice.history(told, area=RN1, days=30, now=NOW),
        voice.fuel(the_fuel(), place=None, short=short, now=NOW),
        *[voice.incident_line(incident, now=NOW) for incident in told],
    ]
    for text in answers:
        assert not FORBIDDEN.search(text), text
        assert not LEAKS.search(text), text


@pytest.mark.parametrize("kind", [EventType.ATTACK_ON_CONVOY, EventType.AMBUSH])
def test_an_attack_on_a_convoy_is_an_attack_on_the_leg(kind: EventType):
    for language in LANGUAGES:
        text = voices()[language].alert(an_alert(made(kind)), short=False, now=NOW)
        assert not re.search(r"con[vw]o[iy]|escort", text, re.IGNORECASE)
        assert "Sandaré–Diéma" in text


def test_an_alert_names_where_its_sources_are_but_counts_only_independent_ones():
    field = a_report("witness", SourceKind.FIELD)
    copied = a_report("three", origin="one")
    unjudged = a_report("four", grade="F")
    told = the_attack(reports=(a_report("one"), field, copied, unjudged))
    assert "Confirmé, 2 sources (presse, terrain)" in french().alert(an_alert(told), short=False, now=NOW)


def test_a_probable_alert_counts_no_sources():
    probable = the_attack(credibility=Credibility.PROBABLE)
    assert "\nProbable, presse · info : 2 h\n" in french().alert(an_alert(probable), short=False, now=NOW)


def test_what_is_held_for_an_admin_leaves_no_trace():
    held = a_report("official", SourceKind.OFFICIAL, held="future_movement: convoi, demain")
    told = the_attack(credibility=Credibility.PROBABLE, reports=(a_report("one"), held))
    text = french().alert(an_alert(told), short=False, now=NOW)
    assert "officiel" not in text
    assert "departure" not in text


def test_the_age_of_the_news_stands_apart_from_the_time_of_the_event_and_old_news_is_called_old():
    old = the_attack(informed_at=ago(hours=60), onset=ago(hours=80).date(), day_part=DayPart.EVENING)
    text = french().alert(an_alert(old), short=False, now=NOW)
    assert "Attaque armée le 2 oct. au soir." in text
    assert "info ancienne : 2 j" in text
    assert "info ancienne : 2 j" in french().alert(an_alert(old), short=True, now=NOW)


def told_beside(main: EventType) -> Incident:
    """The road was closed for it."""
    return an_incident(event_types=(main, EventType.ROAD_CLOSED))


@pytest.mark.parametrize(
    ("incident", "passage"),
    [
        pytest.param(the_attack(), "pas d'info", id="an-attack-leaves-it-open"),
        pytest.param(an_incident(EventType.BRIDGE_OUT), "route coupée", id="a-bridge-is-out"),
        pytest.param(an_incident(EventType.BLOCKADE, location=KAYES_REGION), "difficile", id="somewhere-in-a-region"),
        pytest.param(an_incident(EventType.BRIDGE_OUT, informed_at=ago(days=9)), "pas d'info", id="old"),
        pytest.param(the_barrier(), "difficile", id="a-roadblock"),
        pytest.param(told_beside(EventType.TOWN_ATTACK), "route coupée", id="shut-for-an-attack"),
        pytest.param(told_beside(EventType.ACCIDENT), "route coupée", id="shut-for-an-accident"),
        pytest.param(
            an_incident(event_types=(EventType.AMBUSH, EventType.FUEL_SHORTAGE)),
            "pas d'info",
            id="fuel-beside-an-ambush",
        ),
        pytest.param(told_beside(EventType.ESCORT_OR_REOPENING), "pas d'info", id="reopened-after-a-closure"),
        pytest.param(the_lifting(), "pas d'info", id="announced-lifted"),
        pytest.param(an_incident(EventType.ESCORT_OR_REOPENING), "pas d'info", id="announced-reopened"),
    ],
)
def test_the_passage_line_says_no_more_than_is_known(incident: Incident, passage: str):
    text = french().alert(an_alert(incident), short=False, now=NOW)
    assert f"\nPassage : {passage}. " in text


def test_a_reopening_is_told_as_announced_and_danger_may_remain():
    text = french().alert(an_alert(an_incident(EventType.ESCORT_OR_REOPENING)), short=False, now=NOW)
    assert text.startswith("🔵 ANNONCÉ LEVÉ · RN1 · Sandaré–Diéma\n")
    assert "Un danger peut rester." in text


@pytest.mark.parametrize("reason", [RetractionReason.WRONG_PLACE, RetractionReason.OTHER, None])
def test_a_retraction_gives_its_reason_and_tells_that_a_danger_may_remain(reason: RetractionReason | None):
    denied = the_attack(status=Status.RETRACTED, retraction_reason=reason)
    for short in (False, True):
        text = french().alert(an_alert(denied, MsgType.CANCEL), short=short, now=NOW)
        assert ("erreur de lieu" if reason is RetractionReason.WRONG_PLACE else "information inexacte") in text
        assert "danger" in text


def test_fuel_news_says_nothing_of_passage():
    for kind in sorted(FUEL):
        for status in (Status.ACTIVE, Status.LIFTED):
            text = french().alert(an_alert(an_incident(kind, status=status)), short=False, now=NOW)
            assert "Passage" not in text


def one_voice_short(voice: Voice, vehicles: tuple[Vehicles, ...]) -> str:
    return voice.alert(an_alert(the_attack(vehicles=vehicles)), short=True, now=NOW)


def test_tankers_are_trucks_on_a_phone_that_may_be_searched():
    assert one_voice_short(french(), (Vehicles.TRUCKS, Vehicles.TANKERS)) == one_voice_short(
        french(), (Vehicles.TRUCKS,)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_road_that_is_cut_is_said_to_be_cut_in_short_mode_too(language: str):
    voice = voices()[language]
    out = voice.alert(an_alert(an_incident(EventType.BRIDGE_OUT)), short=True, now=NOW)
    reopened = voice.alert(an_alert(an_incident(EventType.BRIDGE_OUT, status=Status.LIFTED)), short=True, now=NOW)
    assert f" · {voice.label('status.closed')} · " in out
    assert voice.label("status.closed") not in reopened


@pytest.mark.parametrize(
    ("former", "full", "brief"),
    [
        pytest.param(
            Former(location=DOUENTZA_BONI), "RN16 Douentza–Boni", "au lieu de : RN16 Douentza–Boni", id="place"
        ),
        pytest.param(Former(event_type=EventType.AMBUSH), "embuscade", "au lieu de : autres faits", id="event"),
        pytest.param(Former(onset=YESTERDAY, redated=True), "hier", "c'était ce matin, au lieu de : hier", id="day"),
        pytest.param(Former(redated=True), "", "correction, c'était ce matin", id="no-day-was-told"),
        pytest.param(
            Former(severity=Severity.EXTREME),
            "extrêmement grave",
            "au lieu de : extrêmement perturbé 3/3",
            id="gravity",
        ),
        pytest.param(Former(location=the_attack().location), "", "correction", id="a-place-of-the-same-name"),
    ],
)
def test_a_correction_says_what_it_takes_back(former: Former, full: str, brief: str):
    alert = an_alert(the_attack(), MsgType.UPDATE, change=ChangeKind.CORRECTED, former=former)
    said = french().alert(alert, short=False, now=NOW).splitlines()[1]
    assert said.startswith(f"Correction, au lieu de : {full}" if full else "Correction : voici")
    short = french().alert(alert, short=True, now=NOW)
    assert brief in short
    assert "embuscade" not in short


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("short", [False, True])
def test_every_language_names_the_place_it_takes_back(language: str, short: bool):  # noqa: FBT001
    former = Former(location=DOUENTZA_BONI)
    for told in (the_attack(), the_lifting(location=the_attack().location)):
        alert = an_alert(told, MsgType.UPDATE, change=ChangeKind.CORRECTED, former=former)
        text = voices()[language].alert(alert, short=short, now=NOW)
        assert text.count("Douentza") == (2 if language == "bm" else 1), text


def test_what_got_worse_elsewhere_says_both():
    former = Former(location=DOUENTZA_BONI)
    alert = an_alert(the_attack(), MsgType.UPDATE, change=ChangeKind.WORSE, former=former)
    lines = french().alert(alert, short=False, now=NOW).splitlines()
    assert lines[1:3] == ["Mise à jour : plus grave qu'annoncé.", "Correction, au lieu de : RN16 Douentza–Boni."]


def test_who_never_heard_of_it_is_told_no_former_place():
    alert = an_alert(the_attack(), change=ChangeKind.CORRECTED, former=Former(location=DOUENTZA_BONI))
    for short in (False, True):
        assert "Douentza" not in french().alert(alert, short=short, now=NOW)
