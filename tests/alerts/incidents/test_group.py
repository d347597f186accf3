"""Are the tellings of one event put together, whatever order they come in?"""

from datetime import date, timedelta

from alerts.geography.atlas import Atlas
from alerts.incidents.group import group
from alerts.reading.model import EventType
from tests.support.builders import NOW, report

ATLAS = Atlas.load()
KOBE = ATLAS.locate(places=["kobe"])


def test_tellings_with_and_without_a_date_come_together():
    bare = {"title": "", "location": KOBE, "published_at": None}
    reports = [
        report(id="undated", source_id="a", event_date=None, days=("02-07",), **bare),
        report(id="dated", source_id="b", event_date=date(2025, 2, 7), **bare),
        report(id="later", source_id="c", event_date=date(2025, 2, 19), **bare),
    ]

    incidents = group(reports, atlas=ATLAS, now=NOW)

    assert [{one.id for one in incident.reports} for incident in incidents] == [{"dated", "undated"}, {"later"}]
    assert [incident.id for incident in incidents] == ["1", "2"]


def test_when_each_was_fetched_says_nothing():
    reports = [
        report(
            id=f"r{age}", source_id=f"s{age}", event_date=None, published_at=None, fetched_at=NOW - timedelta(days=age)
        )
        for age in (0, 400)
    ]

    assert len(group(reports, atlas=ATLAS, now=NOW)) == 1


def test_the_end_of_a_blockade_is_an_event_of_its_own_here():
    blockade = report(id="r1", event_types=(EventType.BLOCKADE,))
    end = report(id="r2", source_id="b", event_types=(EventType.ESCORT_OR_REOPENING,), reopens=True)

    assert len(group([blockade, end], atlas=ATLAS, now=NOW)) == 2


def test_nothing_makes_nothing():
    assert group([], atlas=ATLAS, now=NOW) == ()
