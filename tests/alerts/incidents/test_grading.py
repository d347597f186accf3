"""Do reports confirm each other only when they are truly several?"""

import pytest

from alerts.incidents.grading import credibility_of, grade_of, severity_of
from alerts.incidents.independence import adds_a_voice, repeats, voices
from alerts.incidents.model import Credibility, Report, Severity
from alerts.reading.model import EventType
from tests.support.builders import report

TITLE = "Des hommes armés attaquent un bus entre Diangounté et Diéma"


def _by(*grades: str) -> list[Report]:
    """One report of each grade, from sources that have nothing in common."""
    return [report(id=f"r{n}", source_id=f"outlet{n}", grade=grade, title="") for n, grade in enumerate(grades)]


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        pytest.param("A", Credibility.PROBABLE, id="one A"),
        pytest.param("B", Credibility.PROBABLE, id="one B"),
        pytest.param("C", Credibility.POSSIBLE, id="one C"),
        pytest.param("D", Credibility.DOUBTFUL, id="one D"),
        pytest.param("E", Credibility.DOUBTFUL, id="one E"),
        pytest.param("F", Credibility.UNJUDGED, id="one F"),
        pytest.param("BB", Credibility.CONFIRMED, id="two B"),
        pytest.param("CC", Credibility.CONFIRMED, id="two C"),
        pytest.param("CD", Credibility.CONFIRMED, id="C and D"),
        pytest.param("DD", Credibility.POSSIBLE, id="two doubtful"),
        pytest.param("DE", Credibility.POSSIBLE, id="D and E"),
        pytest.param("BF", Credibility.PROBABLE, id="nobody has judged F, so it confirms nothing"),
        pytest.param("FF", Credibility.UNJUDGED, id="two F"),
        pytest.param("DDD", Credibility.POSSIBLE, id="doubts do not add up to certainty"),
    ],
)
def test_the_admiralty_rule(grades: str, expected: Credibility):
    assert credibility_of(_by(*grades)) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"source_id": "x"}, {"source_id": "x"}, id="the same source twice"),
        pytest.param({"origin": "afp"}, {"origin": "afp"}, id="two reprints of one agency"),
        pytest.param({"source_id": "afp"}, {"origin": "AFP"}, id="an agency and its reprint"),
        pytest.param({"source_id": "rfi"}, {"cites": ("rfi",)}, id="one cites the other"),
        pytest.param({"cites": ("rfi",)}, {"source_id": "rfi"}, id="the other way round"),
        pytest.param({"title": TITLE}, {"title": f"{TITLE}."}, id="a copied title"),
        pytest.param({"title": TITLE}, {"title": TITLE.upper()}, id="a title in capitals"),
        pytest.param({"admin_id": 1}, {"admin_id": 2}, id="two admins talk to the same contact"),
    ],
)
def test_a_repetition_is_one_source(one: dict[str, object], other: dict[str, object]):
    bare = {"title": "", "grade": "B"}
    first = report(**(bare | {"id": "r1", "source_id": "one"} | one))
    second = report(**(bare | {"id": "r2", "source_id": "two"} | other))

    assert repeats(first, second)
    assert credibility_of([first, second]) is Credibility.PROBABLE


def test_a_short_title_in_common_proves_no_copy():
    first = report(id="r1", source_id="one", title="Attaque à Diéma")
    second = report(id="r2", source_id="two", title="Attaque à Diéma")

    assert adds_a_voice(second, [first])


def test_a_citation_ties_two_groups_into_one():
    reports = [
        report(id="r1", source_id="one", title=""),
        report(id="r2", source_id="two", title=""),
        report(id="r3", source_id="three", title="", cites=("one", "two")),
    ]

    assert len(voices(reports)) == 1
    assert len(voices(reports[:2])) == 2


def test_an_admin_and_an_independent_paper_confirm():
    reports = [
        report(id="r1", admin_id=7, grade="C", title=""),
        report(id="r2", source_id="paper", grade="C", title=""),
    ]

    assert credibility_of(reports[:1]) is Credibility.PROBABLE
    assert credibility_of(reports) is Credibility.CONFIRMED


@pytest.mark.parametrize(
    ("event_type", "dead", "expected"),
    [
        pytest.param(EventType.AMBUSH, None, Severity.SEVERE, id="ambush"),
        pytest.param(EventType.AMBUSH, 9, Severity.SEVERE, id="few dead"),
        pytest.param(EventType.AMBUSH, 10, Severity.EXTREME, id="many dead"),
        pytest.param(EventType.ACCIDENT, 41, Severity.MODERATE, id="an accident is never severe for the next one"),
        pytest.param(EventType.BLOCKADE, 41, Severity.SEVERE, id="a blockade stays severe"),
    ],
)
def test_many_dead_raise_the_gravity_as_far_as_the_type_allows(
    event_type: EventType, dead: int | None, expected: Severity
):
    assert severity_of(event_type, [report(fatalities=dead)]) is expected


@pytest.mark.parametrize(
    ("fields", "grade"),
    [
        pytest.param({"grade": "A", "is_claim": True}, "C", id="passed on by the best source"),
        pytest.param({"grade": "D", "is_claim": True}, "D", id="passed on by a doubtful one"),
        pytest.param({"grade": "A", "is_claim": True, "admin_id": 7}, "C", id="passed on by an admin"),
        pytest.param({"grade": "A"}, "A", id="no claim"),
    ],
)
def test_a_claim_is_never_better_than_c(fields: dict[str, object], grade: str):
    assert grade_of(report(**fields)) == grade


def test_a_claim_and_an_independent_word_confirm_each_other():
    claim = report(id="r1", source_id="one", grade="A", is_claim=True, title="")
    assert credibility_of([claim]) is Credibility.POSSIBLE
    assert credibility_of([claim, *_by("C")]) is Credibility.CONFIRMED


def test_the_desks_own_judgement_of_gravity_counts():
    assert severity_of(EventType.AMBUSH, [report(fatalities=40, severity=Severity.MINOR)]) is Severity.MINOR
