"""Does the desk see figures that differ, and who gave each?"""

from alerts.incidents.figures import at_odds, fatalities, vehicles_destroyed
from tests.support.builders import report


def test_figures_that_differ_are_listed_lowest_first_with_who_gave_each():
    agency = report(id="a", fatalities=15)
    radio = report(id="b", fatalities=11)
    paper = report(id="c", fatalities=15)

    found = at_odds([agency, radio, paper], fatalities)

    assert [(one.number, [by.id for by in one.reports]) for one in found] == [(11, ["b"]), (15, ["a", "c"])]


def test_one_figure_is_no_difference():
    assert at_odds([report(id="a", vehicles_destroyed=250), report(id="b")], vehicles_destroyed) == ()


def test_no_figure_is_no_difference():
    assert at_odds([report(id="a")], fatalities) == ()


def test_none_dead_against_some_is_a_difference():
    found = at_odds([report(id="a", fatalities=0), report(id="b", fatalities=3)], fatalities)

    assert [one.number for one in found] == [0, 3]
