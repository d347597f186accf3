"""Ways to be drawn: everything has a default, so that a test names only what it is about."""

from datetime import timedelta
from typing import Any

from alerts.geography.model import Area, AreaKind, Location
from alerts.incidents.model import Credibility, Incident, Severity
from alerts.incidents.outlook import Outlook, look_ahead
from alerts.pictures.draw import PictureKind, draw_svg
from alerts.pictures.facts import Told, facts_of
from alerts.pictures.tongues import Tongues
from alerts.reading.model import EventType
from tests.alerts.wording.facts import NOW, a_report, ago, an_incident, atlas, voices

READ_AT = NOW - timedelta(minutes=12)


def leg(start: str, end: str) -> Location:
    return atlas().locate(leg=(start, end))


def town(place: str) -> Location:
    return atlas().locate(places=[place])


def happened(hours: float, kind: EventType, where: Location, **facts: Any) -> Incident:
    """Something told `hours` ago; its id is unlike any other's."""
    reported = {"informed_at": ago(hours=hours), "first_reported_at": ago(hours=hours), "onset": None, "day_part": None}
    return an_incident(kind, **{"id": f"{kind}-{hours}", "location": where} | reported | facts)


def reopened(hours: float, where: Location) -> Incident:
    kind = EventType.ESCORT_OR_REOPENING
    report = a_report(event_types=(kind,), reopens=True, published_at=ago(hours=hours), location=where)
    return happened(hours, kind, where, severity=Severity.MINOR, reports=(report,))


def route(start: str, end: str, *incidents: Incident) -> Outlook:
    area = Area(kind=AreaKind.ROUTE, id=f"{start}/{end}")
    ways = atlas().ways(start, end)
    return look_ahead(ways, area=area, incidents=incidents, atlas=atlas(), now=NOW, sources_read_at=READ_AT)


def troubled() -> Outlook:
    """Kayes to Bamako with every status on it."""
    return route(
        "kayes",
        "bamako",
        happened(30, EventType.BLOCKADE, leg("kayes", "sandare"), credibility=Credibility.CONFIRMED),
        happened(2, EventType.CHECKPOINT_EXTORTION, leg("sandare", "diema"), severity=Severity.MODERATE),
        reopened(3, leg("kati", "bamako")),
    )


def long_way() -> Outlook:
    """Kidal to Bamako, with an old closure, a town hit and a bridge gone."""
    return route(
        "kidal",
        "bamako",
        happened(50, EventType.IED, leg("kidal", "anefis")),
        happened(24 * 9, EventType.BLOCKADE, town("gao")),
        happened(60, EventType.BRIDGE_OUT, leg("sevare", "gao")),
    )


def told(outlook: Outlook, language: str = "fr") -> Told:
    return facts_of(outlook, Tongues(language, atlas=atlas()), now=NOW)


def svg(outlook: Outlook, kind: PictureKind = PictureKind.STRIP, language: str = "fr") -> str:
    return draw_svg(outlook, atlas=atlas(), voice=voices()[language], now=NOW, kind=kind)
