"""One leg in full, in a pop-up of 200 units, and a way beneath its picture."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from alerts.incidents.model import Credibility, DayPart, Incident, SourceKind, Status, Vehicles
from alerts.incidents.outlook import LegOutlook
from alerts.reading.model import EventType
from alerts.wording.limits import CAPTION_LIMIT, POPUP_LIMIT, units
from tests.alerts.wording.facts import (
    KAYES_REGION,
    NOW,
    a_leg,
    a_report,
    ago,
    an_incident,
    an_outlook,
    french,
    the_attack,
    the_lifting,
    the_route,
    voices,
)

LONGEST_LEG = ("pont-de-la-faleme-moussala", "nioro-tougoune-rangabe")
EVERY_SOURCE = tuple(a_report(kind, kind) for kind in SourceKind)


def leg(*incidents: Incident) -> LegOutlook:
    return a_leg("sandare", "diema", *incidents)


def popup(*incidents: Incident, language: str = "fr", ends: tuple[str, str] = ("sandare", "diema")) -> str:
    return voices()[language].leg_popup(an_outlook(a_leg(*ends, *incidents)), 0, now=NOW)


def talkative(kind: EventType, status: Status) -> Incident:
    """As many words as an incident of this kind can take."""
    return an_incident(
        kind,
        status=status,
        lifted_by=SourceKind.OFFICIAL,
        credibility=Credibility.POSSIBLE,
        reports=EVERY_SOURCE,
        vehicles=tuple(Vehicles),
        onset=date(2024, 9, 30),
        day_part=DayPart.AFTERNOON,
        informed_at=ago(days=300),
    )


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.LIFTED])
@pytest.mark.parametrize("language", ["fr", "en", "bm"])
def test_a_pop_up_always_tells_the_first_and_counts_the_others(language: str, status: Status):
    for kind, number in product(EventType, (1, 2, 13)):
        incidents = [replace(talkative(kind, status), id=f"{n:04}") for n in range(number)]
        text = popup(*incidents, language=language, ends=LONGEST_LEG)
        assert units(text) <= POPUP_LIMIT
        assert "0000" in text
        assert voices()["fr" if language == "bm" else language].label("risk.line", level="") in text
        shown = sum(f"{n:04}" in text for n in range(number))
        assert (f" {number - shown} " in text.splitlines()[-1]) is (shown < number)


def test_three_told_briefly_say_more_than_one_told_fully():
    attacks = [the_attack(id=f"051{n}") for n in range(3)]
    assert popup(*attacks[:1]) == (
        "Sandaré–Diéma\n"
        "Niveau : très perturbé 3/3 — sur ce tronçon, confirmé\n"
        "Attaque armée ce matin · confirmé, presse · 2 h · passage : pas d'info · Réf. 0510"
    )
    assert popup(*attacks) == (
        "Sandaré–Diéma\n"
        "Niveau : très perturbé 3/3\n"
        "Attaque armée ce matin · confirmé · 2 h · Réf. 0510\n"
        "Attaque armée ce matin · confirmé · 2 h · Réf. 0511\n"
        "Attaque armée ce matin · confirmé · 2 h · Réf. 0512"
    )


def test_fuel_on_the_way_says_nothing_of_passage():
    assert "passage" not in popup(an_incident(EventType.FUEL_SHORTAGE))


@pytest.mark.parametrize(
    ("incident", "lines"),
    [
        pytest.param(
            the_lifting(),
            [
                "🔵 ANNONCÉ LEVÉ · RN16 · Douentza–Boni",
                "Blocage annoncé levé hier soir.",
                "Probable · info : 13 h",
                "Passage : pas d'info. Un danger peut rester. Réf. 0498",
            ],
            id="announced-lifted",
        ),
        pytest.param(
            an_incident(EventType.BLOCKADE, location=KAYES_REGION),
            [
                "🔴 TRÈS GRAVE · ZONE ÉTENDUE · Kayes (région)",
                "Blocage ce matin.",
                "Probable, presse · info : 2 h",
                "Passage : difficile. Réf. 0512",
            ],
            id="somewhere-in-the-region",
        ),
        pytest.param(
            an_incident(EventType.BRIDGE_OUT, onset=None, day_part=None, credibility=Credibility.POSSIBLE),
            [
                "🔴 TRÈS GRAVE, NON CONFIRMÉ · RN1 · Sandaré–Diéma",
                "Pont coupé (jour non précisé).",
                "Non confirmé, presse · info : 2 h",
                "Passage : route coupée. Réf. 0512",
            ],
            id="a-bridge",
        ),
    ],
)
def test_a_leg_in_full_tells_each_incident_as_its_alert_did(incident: Incident, lines: list[str]):
    text = french().leg(an_outlook(leg(incident)), 0, now=NOW)
    assert text.splitlines()[3:7] == lines


def test_a_caption_says_each_status_in_words_and_closes_as_every_answer():
    text = french().caption(the_route(), now=NOW)
    assert text.splitlines() == [
        "KAYES → BAMAKO · 618 km, par Diéma",
        "🔴 Sandaré–Diéma : très grave, passage : pas d'info",
        "🟠 Diéma–Didiéni : difficile",
        "⚪ Kayes–Sandaré : pas d'info récente (3 j)",
        "⚪ Didiéni–Bamako : pas d'info récente (26 h)",
        "Sans signalement ne veut pas dire sans danger.",
        "Sources lues il y a 12 min",
        "Pas un conseil : vérifiez avec vos contacts.",
    ]


@pytest.mark.parametrize("others", [False, True])
@pytest.mark.parametrize("language", ["fr", "en", "bm"])
def test_a_caption_fits_however_long_the_way(language: str, others: bool):  # noqa: FBT001
    legs = [a_leg(*LONGEST_LEG, talkative(EventType.BLOCKADE, Status.ACTIVE), age=timedelta(days=9)) for _ in range(11)]
    assert units(voices()[language].caption(an_outlook(*legs), others=others, now=NOW)) <= CAPTION_LIMIT


def test_a_caption_of_a_map_tells_the_other_ways_after_the_legs():
    text = french().caption(the_route(), others=True, now=NOW).splitlines()
    assert text[5:7] == ["Autre : par Kita, pas d'info récente", "Sans signalement ne veut pas dire sans danger."]


def test_legs_are_numbered_as_travelled_and_listed_as_told():
    assert french().legs(the_route()) == [(1, "Sandaré–Diéma"), (2, "Diéma–Didiéni")]
