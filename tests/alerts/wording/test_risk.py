"""The level of a leg in one line: what makes it and how old that is, never advice and never an all-clear."""

import re
from datetime import timedelta
from itertools import product

import pytest

from alerts.geography.model import Location, Precision
from alerts.incidents.model import Credibility, Incident, Severity, Status
from alerts.incidents.outlook import RoadStatus
from alerts.reading.model import EventType
from alerts.wording.limits import POPUP_LIMIT, units
from alerts.wording.voice import LANGUAGES
from tests.alerts.wording.facts import (
    KAYES_REGION,
    NOW,
    a_leg,
    ago,
    an_incident,
    an_outlook,
    the_attack,
    the_lifting,
    voices,
)
from tests.alerts.wording.test_catalogues import FORBIDDEN

DIEMA = Location(places=("diema",), precision=Precision.TOWN)
UNKNOWN = "Niveau : pas d'info récente"
ADVICE = re.compile(
    r"évite|prudent|passez|attendez|avoid|careful|should|devez|conseill|sans danger|no danger", re.IGNORECASE
)
WEAPONS = re.compile(r"attaque|armé|engin|embuscade|attack|armed|ambush|device|🔴|🟠|🟡|⚪", re.IGNORECASE)


def aged(kind: EventType = EventType.ATTACK_ON_CONVOY, *, hours: float, **facts: object) -> Incident:
    at = ago(hours=hours)
    times = {"onset": at.date(), "day_part": None, "first_reported_at": at, "informed_at": at}
    return an_incident(kind, **(times | facts))


def line(*incidents: Incident, language: str = "fr") -> str:
    text = voices()[language].leg(an_outlook(a_leg("sandare", "diema", *incidents)), 0, now=NOW)
    return text.splitlines()[1]


def short(*incidents: Incident, language: str = "fr") -> str:
    text = voices()[language].leg_popup(an_outlook(a_leg("sandare", "diema", *incidents)), 0, now=NOW)
    return next(line for line in text.splitlines() if line.startswith(("Niveau", "Level")))


BARRIER = aged(EventType.CHECKPOINT_EXTORTION, hours=3, id="0510", severity=Severity.MODERATE)
CASES = [
    pytest.param(
        (the_attack(),),
        "Niveau : très grave — attaque armée ce matin, sur ce tronçon, confirmé",
        "Level: very serious — armed attack this morning, on this leg, confirmed",
        id="an-attack",
    ),
    pytest.param(
        (an_incident(EventType.TOWN_ATTACK, location=DIEMA, severity=Severity.EXTREME),),
        "Niveau : extrêmement grave — attaque armée de la localité ce matin, "
        "dans une localité du tronçon ou tout près, probable",
        "Level: extremely serious — armed attack on the town this morning, in a town on it or close by, probable",
        id="in-a-town",
    ),
    pytest.param(
        (an_incident(location=KAYES_REGION),),
        "Niveau : grave — attaque armée ce matin, quelque part dans la zone, probable",
        "Level: serious — armed attack this morning, somewhere in the area, probable",
        id="somewhere-in-a-region",
    ),
    pytest.param(
        (an_incident(credibility=Credibility.POSSIBLE),),
        "Niveau : grave — attaque armée ce matin, sur ce tronçon, non confirmé",
        "Level: serious — armed attack this morning, on this leg, unconfirmed",
        id="unconfirmed",
    ),
    pytest.param(
        (BARRIER, the_attack()),
        "Niveau : très grave — attaque armée ce matin, sur ce tronçon, confirmé ; "
        "barrage non officiel aujourd'hui, sur ce tronçon, probable",
        "Level: very serious — armed attack this morning, on this leg, confirmed; "
        "unofficial roadblock today, on this leg, probable",
        id="two-that-make-it",
    ),
    pytest.param(
        (aged(hours=40),),
        "Niveau : très grave — attaque armée le 3 oct., sur ce tronçon, probable, info ancienne",
        "Level: very serious — armed attack on 3 Oct, on this leg, probable, old info",
        id="old-is-not-over",
    ),
    pytest.param(
        (aged(hours=200),),
        f"{UNKNOWN} — attaque armée le 27 sept., sur ce tronçon, probable, info ancienne",
        "Level: no recent information — armed attack on 27 Sept, on this leg, probable, old info",
        id="too-old-to-tell",
    ),
    pytest.param((the_lifting(),), "Niveau : inconnu, fin annoncée", "Level: unknown, end announced", id="lifted"),
    pytest.param((), UNKNOWN, "Level: no recent information", id="silence"),
]


@pytest.mark.parametrize(("incidents", "french", "english"), CASES)
def test_the_level_comes_with_what_makes_it(incidents: tuple[Incident, ...], french: str, english: str):
    assert line(*incidents) == french
    assert line(*incidents, language="en") == english


def test_the_two_weightiest_of_many_are_named():
    many = [aged(EventType.ACCIDENT, hours=2, id=f"06{n:02}", severity=Severity.MINOR) for n in range(5)]
    text = line(*many, BARRIER, the_attack())
    assert text.count(" ; ") == 1
    assert "accident" not in text


def test_what_was_announced_ended_is_no_reason_beside_what_stands():
    assert "Blocage" not in line(the_lifting(), BARRIER)
    assert line(the_lifting(), BARRIER).startswith("Niveau : grave — barrage non officiel")


@pytest.mark.parametrize(
    ("incidents", "told"),
    [
        pytest.param((the_attack(),), "Niveau : très perturbé 3/3 — sur ce tronçon, confirmé", id="an-attack"),
        pytest.param(
            (aged(hours=40),), "Niveau : très perturbé 3/3 — sur ce tronçon, probable, info ancienne", id="old"
        ),
        pytest.param((the_lifting(),), "Niveau : inconnu, fin annoncée", id="lifted"),
        pytest.param(
            tuple(aged(hours=40, id=f"05{n:02}") for n in range(9)),
            "Niveau : très perturbé 3/3, info ancienne",
            id="no-room-for-reasons-but-for-its-age",
        ),
    ],
)
def test_a_pop_up_says_the_level_in_neutral_words(incidents: tuple[Incident, ...], told: str):
    assert short(*incidents) == told
    assert units(voices()["fr"].leg_popup(an_outlook(a_leg("sandare", "diema", *incidents)), 0, now=NOW)) <= POPUP_LIMIT


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_level_names_a_weapon_in_short_mode_and_none_advises_or_gives_the_all_clear(language: str):
    for kind, severity, hours, status in product(EventType, Severity, (1, 40, 900), (Status.ACTIVE, Status.LIFTED)):
        incident = aged(kind, hours=hours, severity=severity, status=status)
        told, neutral = line(incident, language=language), short(incident, language=language)
        assert not FORBIDDEN.search(told + neutral)
        assert not ADVICE.search(told + neutral)
        assert not WEAPONS.search(neutral)


def test_a_drafted_level_is_followed_by_the_reviewed_one():
    text = voices()["bm"].leg(an_outlook(a_leg("sandare", "diema", the_attack())), 0, now=NOW)
    assert text.splitlines()[1].startswith("Hakɛ: a ka jugu — marifatigiw binna")
    assert "\nNiveau : très grave — attaque armée ce matin, sur ce tronçon, confirmé\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leg_reported_open_has_no_low_level(language: str):
    """Passage reported is no all-clear: the level stays unknown."""
    reopened = aged(EventType.ESCORT_OR_REOPENING, hours=2, severity=Severity.MINOR)
    leg = a_leg("sandare", "diema", reopened, status=RoadStatus.OPEN, age=timedelta(hours=2))
    first = voices()[language].leg(an_outlook(leg), 0, now=NOW).splitlines()[1]
    assert voices()[language].label("gravity.minor") not in first
