"""`siraba route FROM TO --json`: the risk of each leg and what makes it, and no event's position."""

import asyncio
import json
import re
from datetime import timedelta
from typing import Any

import pytest

from alerts.geography.model import Location, Precision
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident, Severity, Status
from alerts.reading.model import EventType
from alerts.store.commit import Batch
from alerts.store.store import Store
from bot.application import own_redis
from bot.cli import main
from bot.clock import utc_now
from bot.settings import load_settings
from tests.support.builders import incident, report

pytestmark = pytest.mark.usefixtures("own_folder")

SANDARE_DIEMA = Location(leg=("sandare", "diema"), roads=("RN1",), precision=Precision.NEAR)
COORDINATES = re.compile(r"\blat|\blon|\d\.\d{2}")


def told(kind: EventType, *, hours: float, **fields: Any) -> Incident:
    at = utc_now() - timedelta(hours=hours)
    reports = (report(fetched_at=at, published_at=at, location=SANDARE_DIEMA, event_date=at.date()),)
    times: dict[str, Any] = dict.fromkeys(("first_reported_at", "informed_at", "updated_at"), at)
    facts: dict[str, Any] = {
        "event_types": (kind,),
        "location": SANDARE_DIEMA,
        "reports": reports,
        "onset": None,
        "day_part": None,
    }
    return incident(**(facts | times | fields))


async def know(*incidents: Incident) -> None:
    async with own_redis(load_settings()) as redis:
        changes = tuple(Change(kind=ChangeKind.NEW, incident=one) for one in incidents)
        await Store.over(redis).commit(Batch(changes=changes), now=utc_now())


def asked(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["route", "Kayes", "Bamako", "--json"]) == 0
    return capsys.readouterr().out


def test_each_leg_tells_its_risk_and_what_makes_it(capsys: pytest.CaptureFixture[str]):
    asyncio.run(
        know(
            told(EventType.AMBUSH, hours=40, id="0512", credibility=Credibility.CONFIRMED),
            told(EventType.ACCIDENT, hours=1, id="0513", severity=Severity.MINOR),
            told(EventType.BLOCKADE, hours=3, id="0514", status=Status.LIFTED),
            told(EventType.AMBUSH, hours=1, id="0515", credibility=Credibility.DOUBTFUL),
        )
    )
    out = asked(capsys)
    legs = json.loads(out)["ways"][0]["legs"]
    risks = {(leg["from"], leg["to"]): leg["risk"] for leg in legs}
    assert risks["Sandaré", "Diéma"] == {
        "level": "very_serious",
        "is_old": True,
        "factors": [
            {
                "incident": "0512",
                "event_type": "ambush",
                "severity": "Severe",
                "nearness": "on it",
                "freshness": "old",
                "trust": "confirmed",
            },
            {
                "incident": "0513",
                "event_type": "accident",
                "severity": "Minor",
                "nearness": "on it",
                "freshness": "recent",
                "trust": "probable",
            },
        ],
    }
    assert {risk["level"] for ends, risk in risks.items() if ends != ("Sandaré", "Diéma")} == {"unknown"}
    assert not COORDINATES.search(re.sub(r'"sources_read_at": "[^"]*"', "", out))


def test_what_was_announced_ended_is_unknown_and_no_factor(capsys: pytest.CaptureFixture[str]):
    asyncio.run(know(told(EventType.BLOCKADE, hours=3, status=Status.LIFTED)))
    [leg] = [leg for leg in json.loads(asked(capsys))["ways"][0]["legs"] if leg["incidents"]]
    assert leg["risk"] == {"level": "unknown", "is_old": False, "factors": []}
