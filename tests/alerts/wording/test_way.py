"""Routes and roads: the worst first, silence named, nothing open that was not said, other ways never ranked."""

from datetime import timedelta

import pytest

from alerts.geography.model import Area, AreaKind
from alerts.incidents.model import Severity, Status
from alerts.incidents.outlook import LegOutlook, RoadStatus, WayOutlook
from alerts.reading.model import EventType
from tests.alerts.wording.facts import (
    NOW,
    RN1,
    a_leg,
    an_incident,
    an_outlook,
    atlas,
    french,
    fuel_at,
    the_attack,
    the_barrier,
    the_lifting,
)

HOURS_20 = timedelta(hours=20)
DAYS_3 = timedelta(days=3)


def lines(*legs: LegOutlook, short: bool = False) -> list[str]:
    return french().outlook(an_outlook(*legs), fuel=[], short=short, now=NOW).splitlines()


def leg(*incidents: object, **facts: object) -> LegOutlook:
    return a_leg("sandare", "diema", *incidents, **facts)


@pytest.mark.parametrize(
    ("stretch", "line"),
    [
        pytest.param(leg(), "⚪ Sandaré–Diéma : pas d'info récente", id="never-any-word"),
        pytest.param(leg(age=DAYS_3), "⚪ Sandaré–Diéma : pas d'info récente (3 j)", id="silence"),
        pytest.param(
            leg(status=RoadStatus.OPEN, age=timedelta(hours=3)),
            "🔵 Sandaré–Diéma : passage signalé (3 h)",
            id="reported-open",
        ),
        pytest.param(
            leg(the_attack(severity=Severity.MODERATE), status=RoadStatus.RESTRICTED),
            "🟠 Sandaré–Diéma : grave, passage : pas d'info",
            id="violence-bars-nothing",
        ),
        pytest.param(
            leg(the_attack(), the_barrier(), status=RoadStatus.RESTRICTED),
            "🔴 Sandaré–Diéma : très grave, passage : difficile",
            id="violence-and-a-roadblock",
        ),
        pytest.param(
            leg(an_incident(EventType.ROAD_CLOSED), status=RoadStatus.CLOSED),
            "🔴 Sandaré–Diéma : très grave, passage : route coupée",
            id="closed-and-grave",
        ),
        pytest.param(
            leg(an_incident(EventType.ACCIDENT, severity=Severity.MINOR), status=RoadStatus.CLOSED),
            "⛔ Sandaré–Diéma : route coupée",
            id="closed",
        ),
        pytest.param(
            leg(an_incident(EventType.OTHER, severity=Severity.MINOR)),
            "🟡 Sandaré–Diéma : à surveiller, passage : pas d'info",
            id="slight",
        ),
        pytest.param(
            leg(the_attack(), status=RoadStatus.OPEN),
            "🔴 Sandaré–Diéma : très grave, passage : signalé",
            id="open-does-not-hide-an-attack",
        ),
        pytest.param(
            leg(the_lifting()),
            "🔵 Sandaré–Diéma : fin annoncée, passage non vérifié",
            id="lifted-is-not-open",
        ),
        pytest.param(
            leg(the_barrier(), status=RoadStatus.RESTRICTED, age=HOURS_20 * 2, is_old=True),
            "🟠 Sandaré–Diéma : difficile · info ancienne : 40 h",
            id="old",
        ),
    ],
)
def test_a_leg_says_what_is_known(stretch: LegOutlook, line: str):
    assert lines(stretch)[1] == line


def test_what_was_retracted_is_not_told_of_a_leg():
    assert lines(leg(the_attack(status=Status.RETRACTED)))[1] == "⚪ Sandaré–Diéma : pas d'info récente"


def test_the_worst_leg_comes_first_and_silence_before_a_reported_passage():
    told = lines(
        a_leg("kayes", "sandare", status=RoadStatus.OPEN, age=HOURS_20),
        a_leg("didieni", "bamako"),
        a_leg("diema", "didieni", the_barrier(), status=RoadStatus.RESTRICTED),
        a_leg("sandare", "diema", the_attack(), status=RoadStatus.RESTRICTED),
    )
    assert [line[0] for line in told if line[0] in "🔴🟠⚪🔵"] == ["🔴", "🟠", "⚪", "🔵"]


def test_a_leg_with_many_incidents_counts_what_it_leaves_out():
    told = lines(leg(*[the_attack() for _ in range(5)]))
    assert told[2:6] == [" Attaque armée ce matin · confirmé, presse · 2 h"] * 3 + [" et 2 autres"]


def test_a_short_leg_that_is_cut_says_so():
    stretch = leg(the_barrier(), status=RoadStatus.CLOSED)
    assert "Sandaré–Diéma : perturbé 2/3 · route coupée · probable · 20 h · Réf. 0510" in lines(stretch, short=True)


def test_a_short_leg_without_incidents_keeps_its_status():
    stretch = leg(status=RoadStatus.OPEN, age=timedelta(hours=3))
    assert "Sandaré–Diéma : passage signalé (3 h)" in lines(stretch, short=True)


def test_another_way_is_only_as_good_as_its_worst_leg():
    first, second = atlas().ways("kayes", "bamako")[:2]
    legs = (a_leg("kayes", "kita", status=RoadStatus.OPEN, age=HOURS_20), a_leg("kita", "bamako"))
    outlook = an_outlook(ways=(WayOutlook(way=first, legs=()), WayOutlook(way=second, legs=legs)))
    assert "Autre : par Kita, pas d'info récente" in french().outlook(outlook, fuel=[], short=False, now=NOW)


def test_other_ways_keep_their_order_whatever_happened_on_them():
    first, second = atlas().ways("kayes", "bamako")[:2]
    other = WayOutlook(way=second, legs=(a_leg("kayes", "kita", the_attack()),))
    quiet = WayOutlook(way=first, legs=(a_leg("kayes", "diema"),))
    text = french().outlook(an_outlook(ways=(quiet, other, quiet)), fuel=[], short=False, now=NOW)
    assert text.index("Autre : par Kita, très grave") < text.index("Autre : par Diéma")


def test_a_way_that_is_not_known_is_said_to_be_unknown():
    text = french().outlook(an_outlook(ways=()), fuel=[], short=False, now=NOW)
    assert text.startswith("Kayes → Bamako : trajet inconnu ici\n")


def test_a_road_is_headed_by_its_name():
    outlook = an_outlook(leg(), area=RN1)
    assert french().outlook(outlook, fuel=[], short=False, now=NOW).startswith("RN1 · ")
    corridor = Area(kind=AreaKind.CORRIDOR, id=next(iter(atlas().corridors)))
    named = atlas().name(corridor)
    assert french().outlook(an_outlook(leg(), area=corridor), fuel=[], short=False, now=NOW).startswith(named)


def test_sources_that_were_never_read_are_said_so():
    text = french().outlook(an_outlook(leg(), sources_read_at=None), fuel=[], short=True, now=NOW)
    assert "Sources pas encore lues" in text


def test_without_fuel_words_there_is_no_fuel_line():
    assert not any("⛽" in line for line in lines(leg()))


def test_many_towns_on_the_way_are_counted():
    towns = [fuel_at(f"town-{number}") for number in range(11)]
    text = french().outlook(an_outlook(leg()), fuel=towns, short=False, now=NOW)
    assert text.count(" inconnu") == 8
    assert " · et 3 autres\n" in text
