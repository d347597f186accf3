"""Values for tests: everything has a default, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from alerts.audience.model import Chat, ChatKind, Recipient, Subscription
from alerts.delivery.model import Alert, Decision, Lane, MsgType, Reason, Scope
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.geography.model import Area, AreaKind, Location, Precision
from alerts.incidents.model import (
    Change,
    ChangeKind,
    Credibility,
    DayPart,
    Incident,
    Report,
    Severity,
    SourceKind,
    Status,
)
from alerts.reading.model import EventType

NOW = datetime(2025, 10, 5, 9, 0, tzinfo=UTC)
RN1 = Area(kind=AreaKind.ROAD, id="RN1")
KAYES = Area(kind=AreaKind.PLACE, id="kayes", radius_km=50)
DIEMA_LEG = Location(
    places=("diangounte-camara", "diema"),
    leg=("diangounte-camara", "diema"),
    roads=("RN1",),
    precision=Precision.NEAR,
)


def report(**fields: Any) -> Report:
    defaults: dict[str, Any] = {
        "id": "r1",
        "source_id": "tamani",
        "source_kind": SourceKind.PRESS,
        "grade": "B",
        "fetched_at": NOW,
        "published_at": NOW - timedelta(hours=1),
        "event_types": (EventType.AMBUSH,),
        "location": DIEMA_LEG,
        "event_date": date(2025, 10, 5),
        "title": "Embuscade entre Diangounté et Diéma",
    }
    return Report(**(defaults | fields))


def incident(**fields: Any) -> Incident:
    defaults: dict[str, Any] = {
        "id": "0512",
        "version": 1,
        "event_types": (EventType.AMBUSH,),
        "location": DIEMA_LEG,
        "severity": Severity.SEVERE,
        "credibility": Credibility.PROBABLE,
        "status": Status.ACTIVE,
        "reports": (report(),),
        "first_reported_at": NOW - timedelta(hours=1),
        "informed_at": NOW - timedelta(hours=1),
        "updated_at": NOW,
        "onset": date(2025, 10, 5),
        "day_part": DayPart.MORNING,
    }
    return Incident(**(defaults | fields))


def change(kind: ChangeKind = ChangeKind.NEW, *, before: Incident | None = None, **fields: Any) -> Change:
    return Change(kind=kind, incident=incident(**fields), before=before)


def alert(**fields: Any) -> Alert:
    told = fields.pop("incident", None) or incident()
    defaults: dict[str, Any] = {
        "id": f"{told.id}.{told.version}",
        "msg_type": MsgType.ALERT,
        "incident": told,
        "decision": Decision(scope=Scope.CONCERNED, reason=Reason.PROBABLE, lane=Lane.CRITICAL, sounds=True),
        "created_at": NOW,
        "change": ChangeKind.NEW,
    }
    return Alert(**(defaults | fields))


def fuel_report(**fields: Any) -> FuelReport:
    defaults: dict[str, Any] = {
        "id": "f1",
        "place": "kayes",
        "product": Product.DIESEL,
        "availability": Availability.OUT,
        "source": FuelSource.PRESS,
        "observed_at": NOW,
    }
    return FuelReport(**(defaults | fields))


def chat(chat_id: int = 100, *areas: Area, **fields: Any) -> Chat:
    defaults: dict[str, Any] = {
        "recipient": Recipient(chat_id),
        "kind": ChatKind.PRIVATE if chat_id > 0 else ChatKind.GROUP,
        "language": "fr",
        "short": False,
        "subscriptions": tuple(Subscription(area=area) for area in areas),
        "active_at": NOW,
    }
    return Chat(**(defaults | fields))


def next_version(of: Incident, **fields: Any) -> Incident:
    return replace(of, version=of.version + 1, **fields)


def retraction(of: Alert) -> Alert:
    """What takes an alert back: it goes to whoever got it, and takes the place of what still waits."""
    gone = next_version(of.incident, status=Status.RETRACTED, announced=True)
    told_all = Decision(scope=Scope.EARLIER_READERS, reason=Reason.RETRACTED, lane=Lane.HIGH)
    return alert(incident=gone, msg_type=MsgType.CANCEL, change=ChangeKind.RETRACTED, decision=told_all)
