"""Which other incidents may be the same event?"""

from datetime import date, timedelta
from typing import Any

import pytest

from alerts.geography.model import Location, Precision
from alerts.incidents.model import Status
from alerts.incidents.similar import MOST, similar_to
from alerts.reading.model import EventType
from tests.support.builders import NOW, incident
from tests.support.service import atlas

FAR = Location(places=("menaka",), precision=Precision.TOWN)


@pytest.mark.parametrize(
    ("fields", "alike"),
    [
        pytest.param({}, True, id="place-kind-and-day"),
        pytest.param({"onset": date(2025, 10, 3)}, True, id="two-days-before"),
        pytest.param({"onset": date(2025, 9, 20)}, False, id="long-before"),
        pytest.param({"location": FAR}, False, id="elsewhere"),
        pytest.param({"event_types": (EventType.FLOOD,)}, False, id="of-another-kind"),
        pytest.param({"status": Status.RETRACTED}, False, id="retracted"),
        pytest.param({"merged_into": "0001"}, False, id="merged"),
        pytest.param({"exercise": True}, False, id="a-drill"),
        pytest.param({"id": "0512"}, False, id="itself"),
    ],
)
def test_what_resembles_it(fields: dict[str, Any], alike: bool):  # noqa: FBT001
    other = incident(**({"id": "0400"} | fields))
    assert bool(similar_to(incident(), [other], atlas=atlas())) is alike


def test_the_nearest_few_come_first():
    others = [
        incident(id=f"04{number:02d}", onset=None, first_reported_at=NOW - timedelta(hours=number))
        for number in range(MOST + 3)
    ]
    found = similar_to(incident(onset=None), others, atlas=atlas())
    assert [one.id for one in found] == ["0401", "0400", "0402"]
