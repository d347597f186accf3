"""One line of an admin is read for its facts, in either language and any order that makes sense."""

from datetime import date
from typing import Any

import pytest

from alerts.desk.line import Fault, FaultKind, Post, parse_post
from alerts.geography.model import Precision
from alerts.incidents.model import DayPart, SourceKind, Vehicles
from alerts.reading.model import EventType
from tests.support.builders import NOW
from tests.support.conversation import reader
from tests.support.service import BAMAKO, atlas


def parse(text: str) -> Post | Fault:
    return parse_post(text, atlas=atlas(), reader=reader(), now=NOW, timezone=BAMAKO)


def post(text: str) -> Post:
    found = parse(text)
    assert isinstance(found, Post), found
    return found


@pytest.mark.parametrize(
    "text",
    [
        "ambush RN7 Loulouni 2025-10-04 several trucks burned | source: field B",
        "RN7 Loulouni ambush 2025-10-04 trucks burned | source: field B",
        "2025-10-04 embuscade RN7 Loulouni, camions brûlés | source : terrain B",
        "embuscade à Loulouni sur la RN7 hier, des camions ont été brûlés",
        "ambush | RN7 Loulouni | 2025-10-04 trucks",
    ],
)
def test_the_same_facts_in_any_order_and_language(text: str):
    found = post(text)
    assert found.event_types[0] is EventType.AMBUSH
    assert found.location.places == ("loulouni",)
    assert found.location.precision is Precision.TOWN
    assert "RN7" in found.location.roads
    assert found.event_date == date(2025, 10, 4)
    assert found.vehicles == (Vehicles.TRUCKS,)
    assert (found.source_kind, found.grade) == (SourceKind.FIELD, "B")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("engin explosif Loulouni", EventType.IED, id="explosive-device"),
        pytest.param("IED Loulouni", EventType.IED, id="ied"),
        pytest.param("enlèvement San", EventType.KIDNAPPING, id="kidnapping"),
        pytest.param("kidnapping San", EventType.KIDNAPPING, id="kidnapping-english"),
        pytest.param("blocus Nioro", EventType.BLOCKADE, id="blockade"),
        pytest.param("route coupée Kadiolo Zégoua", EventType.ROAD_CLOSED, id="road-closed"),
        pytest.param("pont coupé Niono", EventType.BRIDGE_OUT, id="bridge-out"),
        pytest.param("inondation Djenné", EventType.FLOOD, id="flood"),
        pytest.param("frontière fermée Zégoua", EventType.BORDER_CLOSED, id="border-closed"),
        pytest.param("checkpoint_extortion | Kadiolo", EventType.CHECKPOINT_EXTORTION, id="as-the-buttons-say-it"),
    ],
)
def test_a_short_word_says_what_happened(text: str, expected: EventType):
    assert post(text).event_types[0] is expected


@pytest.mark.parametrize("kind", sorted(set(EventType) - {EventType.OTHER}), ids=str)
def test_every_type_can_be_named_by_its_own_term(kind: EventType):
    assert post(f"{kind} | Loulouni").event_types[0] is kind


@pytest.mark.parametrize(
    ("text", "places", "leg"),
    [
        pytest.param("embuscade Loulouni", ("loulouni",), None, id="town"),
        pytest.param("embuscade entre Diangounté Camara et Diéma", None, {"diangounte-camara", "diema"}, id="between"),
        pytest.param("ambush between Diangounte Camara and Diema", None, {"diangounte-camara", "diema"}, id="english"),
        pytest.param("route coupée Kadiolo Zégoua", None, {"kadiolo", "zegoua"}, id="two-neighbours"),
        pytest.param("embuscade San", ("san",), None, id="a-name-of-three-letters"),
    ],
)
def test_the_place_is_a_town_or_the_stretch_between_two(
    text: str, places: tuple[str, ...] | None, leg: set[str] | None
):
    location = post(text).location
    assert (set(location.leg) if location.leg else None) == leg
    assert places is None or location.places == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("embuscade Loulouni", date(2025, 10, 5), id="today-unless-said"),
        pytest.param("embuscade Loulouni hier", date(2025, 10, 4), id="yesterday"),
        pytest.param("ambush Loulouni yesterday", date(2025, 10, 4), id="yesterday-english"),
        pytest.param("embuscade Loulouni le 3 octobre 2025", date(2025, 10, 3), id="in-words"),
        pytest.param("embuscade Loulouni 2025-10-01", date(2025, 10, 1), id="in-figures"),
        pytest.param("camions brulés rn7 zegoua 03/10", date(2025, 10, 3), id="day-and-month"),
        pytest.param("embuscade Fana 03-10", date(2025, 10, 3), id="day-and-month-hyphen"),
        pytest.param("embuscade Fana 28/9/25", date(2025, 9, 28), id="with-a-short-year"),
        pytest.param("enlevement d'un chauffeur a niono avant hier", date(2025, 10, 3), id="two-days-ago"),
        pytest.param("enlevement niono avant-hier", date(2025, 10, 3), id="two-days-ago-hyphen"),
        pytest.param("embuscade Fana 2-3 camions brûlés", date(2025, 10, 5), id="a-count-is-no-day"),
        pytest.param("embuscade Fana ce matin", date(2025, 10, 5), id="this-morning"),
    ],
)
def test_the_day_is_read(text: str, expected: date):
    assert post(text).event_date == expected


@pytest.mark.parametrize(
    "day", ["2025-13-45", "45/13", "31-02", "le 12", "4.10", "la semaine dernière", "fin septembre"]
)
def test_a_day_that_cannot_be_read_is_asked_for_and_never_today(day: str):
    found = parse(f"embuscade Fana {day}")
    assert isinstance(found, Fault)
    assert found.kind is FaultKind.NO_DAY


@pytest.mark.parametrize("words", ["pas confirmé", "pas encore confirmée", "non confirmé", "not confirmed"])
def test_what_nobody_has_confirmed_waits_for_a_second_report(words: str):
    assert post(f"embuscade Fana {words}").one_witness
    assert not post("embuscade Fana confirmée").one_witness


@pytest.mark.parametrize("words", ["pas grave", "rien de grave", "pas très grave", "not serious"])
def test_a_gravity_that_is_denied_is_not_taken(words: str):
    assert post(f"embuscade Fana, {words}").severity is None


def test_the_part_of_the_day_is_read():
    assert post("embuscade Loulouni hier soir").day_part is DayPart.EVENING


@pytest.mark.parametrize(("name", "place"), [("Bla", "bla"), ("Kita", "kita"), ("San", "san"), ("Koro", "koro")])
def test_a_name_that_is_also_a_word_is_a_town_on_the_desks_line(name: str, place: str):
    found = post(f"attaque {name}")
    assert (found.event_types[0], found.location.places) == (EventType.TOWN_ATTACK, (place,))


@pytest.mark.parametrize(
    ("source", "kind", "grade"),
    [
        ("", SourceKind.FIELD, "B"),
        ("| source: field B", SourceKind.FIELD, "B"),
        ("| source : officiel A", SourceKind.OFFICIAL, "A"),
        ("| Source: press c", SourceKind.PRESS, "C"),
        ("| source presse", SourceKind.PRESS, "B"),
    ],
)
def test_the_source_is_a_kind_and_a_grade(source: str, kind: SourceKind, grade: str):
    found = post(f"embuscade Loulouni {source}")
    assert (found.source_kind, found.grade) == (kind, grade)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("  ", FaultKind.EMPTY, id="empty"),
        pytest.param("x" * 501, FaultKind.TOO_LONG, id="too-long"),
        pytest.param("quelque chose à Loulouni", FaultKind.NO_TYPE, id="no-type"),
        pytest.param("embuscade", FaultKind.NO_PLACE, id="no-place"),
        pytest.param("embuscade RN7", FaultKind.NO_PLACE, id="a-whole-road"),
        pytest.param("embuscade Loulouni 2025-10-06", FaultKind.FUTURE, id="tomorrow"),
        pytest.param("embuscade Sandaré Koura", FaultKind.NO_PLACE, id="a-village-no-atlas-knows"),
        pytest.param("embuscade Loulouni demain", FaultKind.FUTURE, id="an-attack-tomorrow"),
        pytest.param("attaque Kolondiéba le 15/10", FaultKind.FUTURE, id="an-attack-next-week"),
        pytest.param("embuscade Fana 15-10", FaultKind.FUTURE, id="next-week-in-figures"),
        pytest.param("pont de Gossi fermé à partir de demain", FaultKind.FUTURE, id="a-closure-to-come"),
        pytest.param("route Bla-San fermée du 15 au 20 octobre", FaultKind.FUTURE, id="a-closure-of-next-week"),
        pytest.param("convoi de carburant part de Kayes demain", FaultKind.HELD, id="coming-convoy"),
    ],
)
def test_what_a_line_lacks_is_named(text: str, kind: FaultKind):
    found = parse(text)
    assert isinstance(found, Fault)
    assert found.kind is kind


def test_a_held_line_says_which_words_hold_it():
    found = parse("embuscade Loulouni. Un convoi de carburant partira de Kayes demain à 6h")
    assert isinstance(found, Fault)
    assert "convoi" in found.words


@pytest.mark.parametrize("text", ["embuscade Loulouni, 12 camions brûlés", "ambush Loulouni, 12 trucks burned"])
def test_figures_hold_nothing_back_since_no_reader_gets_them(text: str):
    assert "12" in post(text).unsaid


def test_a_blockade_may_hold_for_a_region():
    found = post("blocus région de Nioro | source : officiel A")
    assert found.event_types[0] is EventType.BLOCKADE


@pytest.mark.parametrize(
    "text",
    ["|", "||||", "source:", "| source", "😀" * 400, "\x00\u202e", "embuscade " * 49, "2025-99-99", "' OR 1=1 --"],
    ids=range(9),
)
def test_no_line_breaks_the_reading(text: str):
    assert isinstance(parse(text), Fault)


def test_a_post_is_made_of_facts_alone():
    found: Any = post("embuscade Loulouni, le chauffeur Moussa Diarra est blessé")
    values = [getattr(found, name) for name in type(found).__dataclass_fields__]
    assert "Moussa" not in repr(values)


@pytest.mark.parametrize(
    "text",
    [
        "La route Sévaré Bandiagara doit rouvrir jeudi",
        "levée blocus Léré demain",
        "route Sévaré-Bandiagara rouverte dès lundi 6h pour les transporteurs",
        "Reopening of the Bougouni-Bamako road announced for Monday morning",
    ],
)
@pytest.mark.parametrize("asks_second", [False, True])
def test_a_reopening_to_come_is_no_post_however_many_ask(text: str, asks_second: bool):  # noqa: FBT001 - a column
    found = parse_post(text, atlas=atlas(), reader=reader(), now=NOW, timezone=BAMAKO, asks_second=asks_second)
    assert found == Fault(kind=FaultKind.FUTURE)


@pytest.mark.parametrize(
    "text", ["route Sévaré-Bandiagara rouverte puis refermée", "route Sévaré-Bandiagara rouverte aux motos seulement"]
)
def test_a_reopening_that_is_over_or_for_some_alone_is_no_post(text: str):
    found = parse(text)

    assert isinstance(found, Fault)
    assert found.kind is FaultKind.UNDONE
    assert found.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("route coupée Sévaré Bandiagara, réouverture prévue demain", EventType.ROAD_CLOSED),
        ("embuscade Sandaré, la route rouvrira demain", EventType.AMBUSH),
        ("route Sévaré-Bandiagara rouverte ce matin", EventType.ESCORT_OR_REOPENING),
    ],
)
def test_what_has_happened_is_posted_whatever_is_foretold_beside_it(text: str, expected: EventType):
    assert post(text).event_types == (expected,)


@pytest.mark.parametrize(
    "text",
    ["route Sévaré Bandiagara rouverte", "axe Sévaré - Bandiagara rouvert", "route coupée Bandiagara Sévaré hier"],
)
def test_two_towns_side_by_side_on_a_way_are_the_ends_of_a_stretch(text: str):
    leg = post(text).location.leg

    assert leg is not None
    assert set(leg) == {"sevare", "bandiagara"}


@pytest.mark.parametrize(
    "text",
    [
        "route rouverte à Bandiagara",
        "route Sévaré Bandiagara Bankass rouverte",
        "route coupée Sévaré, Bandiagara",
        "attaque Sévaré Bandiagara",
    ],
)
def test_other_towns_of_a_line_are_no_stretch(text: str):
    assert post(text).location.leg is None


@pytest.mark.parametrize(
    "text",
    [
        "blocus de Léré levé",
        "levée du blocus de Léré",
        "fin du blocus Léré",
        "fin blocus Nioro",
        "blockade of Léré lifted",
        "grève des transporteurs levée à Kayes",
        "barrage non officiel Konna levé",
        "route fermée Kayes Diéma rouverte",
        "route coupée Konna hier, rouverte ce matin",
        "pont coupé Gossi rouvert",
        "frontière fermée Zégoua rouverte",
    ],
)
def test_the_end_of_a_state_is_no_new_one(text: str):
    assert post(text).event_types == (EventType.ESCORT_OR_REOPENING,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blocus de Léré", (EventType.BLOCKADE,)),
        ("blocus de Léré levé puis rétabli", (EventType.BLOCKADE,)),
        ("le blocus de Léré n'est pas levé", (EventType.BLOCKADE,)),
        ("embuscade Loulouni, barrage levé", (EventType.AMBUSH, EventType.ESCORT_OR_REOPENING)),
    ],
)
def test_what_is_not_over_stands_first(text: str, expected: tuple[EventType, ...]):
    assert post(text).event_types == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("blocus de Léré levé, route coupée Niafunké", "route coupée Niafunké"),
        ("route coupée Sévaré, blocus de Léré levé", "route coupée Sévaré"),
        ("blocus de Léré levé, route coupée", "route coupée"),
    ],
)
def test_what_is_shut_beside_a_reopening_takes_a_line_of_its_own(text: str, words: str):
    assert parse(text) == Fault(kind=FaultKind.UNDONE, words=words)


@pytest.mark.parametrize("text", ["carburant arrivé à Kayes", "arrivée de carburant à Mopti hier"])
@pytest.mark.parametrize("asks_second", [False, True])
def test_fuel_that_arrived_is_no_post_however_many_ask(text: str, asks_second: bool):  # noqa: FBT001 - a column
    found = parse_post(text, atlas=atlas(), reader=reader(), now=NOW, timezone=BAMAKO, asks_second=asks_second)

    assert isinstance(found, Fault)
    assert found.kind in {FaultKind.SUPPLY, FaultKind.HELD}


@pytest.mark.parametrize("text", ["essence de nouveau en vente à Kayes", "fuel on sale again in Kayes since Friday"])
def test_fuel_on_sale_is_a_post(text: str):
    assert post(text).event_types == (EventType.FUEL_ARRIVAL,)


def test_fuel_on_sale_on_a_day_that_may_lie_ahead_is_none():
    assert parse("carburant de retour à Bamako lundi") == Fault(kind=FaultKind.FUTURE)
