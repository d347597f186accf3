"""Facts to be worded: builders that default everything, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from alerts.delivery.model import Alert, Decision, MsgType, Reason, Scope
from alerts.fuel.model import Availability, FuelReport, FuelSource, FuelState, Product
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind, Location, Precision
from alerts.incidents.model import Credibility, DayPart, Incident, Report, Severity, SourceKind, Status, Vehicles
from alerts.incidents.outlook import LegOutlook, Outlook, RoadStatus, WayOutlook
from alerts.reading.model import EventType
from alerts.wording.voice import Voice, Voices

NOW = datetime(2025, 10, 5, 10, tzinfo=UTC)
TODAY = date(2025, 10, 5)
YESTERDAY = date(2025, 10, 4)

SANDARE_DIEMA = Location(roads=("RN1",), leg=("sandare", "diema"), precision=Precision.NEAR)
DIEMA_DIDIENI = Location(roads=("RN3",), leg=("diema", "didieni"), precision=Precision.NEAR)
DOUENTZA_BONI = Location(roads=("RN16",), leg=("douentza", "boni"), precision=Precision.NEAR)
KAYES_REGION = Location(regions=("region-kayes",), precision=Precision.REGION)

ROUTE = Area(kind=AreaKind.ROUTE, id="kayes/bamako")
RN1 = Area(kind=AreaKind.ROAD, id="RN1")


@cache
def atlas() -> Atlas:
    return Atlas.load()


@cache
def voices() -> Voices:
    return Voices.load(atlas(), ZoneInfo("Africa/Bamako"))


def french() -> Voice:
    return voices()["fr"]


def ago(**parts: float) -> datetime:
    return NOW - timedelta(**parts)


def a_report(source: str = "one", kind: SourceKind = SourceKind.PRESS, **facts: Any) -> Report:
    report = Report(
        id=source,
        source_id=source,
        source_kind=kind,
        grade="B",
        fetched_at=ago(hours=2),
        event_types=(EventType.ATTACK_ON_CONVOY,),
        location=SANDARE_DIEMA,
    )
    return replace(report, **facts)


def an_incident(kind: EventType = EventType.ATTACK_ON_CONVOY, **facts: Any) -> Incident:
    incident = Incident(
        id="0512",
        version=1,
        event_types=(kind,),
        location=SANDARE_DIEMA,
        severity=Severity.SEVERE,
        credibility=Credibility.PROBABLE,
        status=Status.ACTIVE,
        reports=(a_report(),),
        first_reported_at=ago(hours=2),
        informed_at=ago(hours=2),
        updated_at=ago(hours=2),
        onset=TODAY,
        day_part=DayPart.MORNING,
    )
    return replace(incident, **facts)


def the_attack(**facts: Any) -> Incident:
    """The attack of the model messages: two independent sources, heavy trucks."""
    reports = (a_report("one"), a_report("two"))
    attack = an_incident(credibility=Credibility.CONFIRMED, reports=reports, vehicles=(Vehicles.TRUCKS,))
    return replace(attack, **facts)


def the_barrier(**facts: Any) -> Incident:
    """The unofficial roadblock of the model route."""
    barrier = an_incident(
        EventType.CHECKPOINT_EXTORTION,
        id="0510",
        location=DIEMA_DIDIENI,
        severity=Severity.MODERATE,
        reports=(a_report(kind=SourceKind.FIELD),),
        informed_at=ago(hours=20),
        onset=YESTERDAY,
        day_part=None,
    )
    return replace(barrier, **facts)


def the_lifting(**facts: Any) -> Incident:
    """The lifted blockade of the model messages, announced yesterday evening."""
    lifting = an_incident(
        EventType.BLOCKADE,
        id="0498",
        location=DOUENTZA_BONI,
        status=Status.LIFTED,
        informed_at=ago(hours=13),
    )
    return replace(lifting, **facts)


def an_alert(incident: Incident, msg_type: MsgType = MsgType.ALERT, *, wide: bool = False, **facts: Any) -> Alert:
    decision = Decision(scope=Scope.CONCERNED, reason=Reason.CONFIRMED, wide_area=wide)
    alert = Alert(id=f"{incident.id}.1", msg_type=msg_type, incident=incident, decision=decision, created_at=NOW)
    return replace(alert, **facts)


def a_leg(start: str, end: str, *incidents: Incident, **facts: Any) -> LegOutlook:
    return replace(LegOutlook(start=start, end=end, km=100, status=RoadStatus.UNKNOWN, incidents=incidents), **facts)


def an_outlook(*legs: LegOutlook, area: Area = ROUTE, **facts: Any) -> Outlook:
    """The first way of Kayes to Bamako as `legs` say, the second one silent."""
    first, second = atlas().ways("kayes", "bamako")[:2]
    silent = WayOutlook(way=second, legs=(a_leg("kayes", "kita"), a_leg("kita", "bamako")))
    outlook = Outlook(
        area=area,
        ways=(WayOutlook(way=first, legs=legs), silent),
        now=NOW,
        sources_read_at=ago(minutes=12),
    )
    return replace(outlook, **facts)


def the_route() -> Outlook:
    """The model of `/route Kayes Bamako`."""
    return an_outlook(
        a_leg("kayes", "sandare", age=timedelta(days=3)),
        a_leg("sandare", "diema", the_attack(), status=RoadStatus.RESTRICTED, age=timedelta(hours=2)),
        a_leg("diema", "didieni", the_barrier(), status=RoadStatus.RESTRICTED, age=timedelta(hours=20)),
        a_leg("didieni", "bamako", age=timedelta(hours=26)),
    )


def fuel_at(
    place: str,
    product: Product = Product.DIESEL,
    availability: Availability = Availability.UNKNOWN,
    *,
    hours: float | None = None,
    source: FuelSource = FuelSource.TRUSTED,
    **facts: Any,
) -> FuelState:
    if hours is None:
        return FuelState(place=place, product=product, availability=availability)
    word = FuelReport(
        id=f"{place}-{product}",
        place=place,
        product=product,
        availability=availability,
        source=source,
        observed_at=ago(hours=hours),
    )
    return FuelState(place=place, product=product, availability=availability, report=replace(word, **facts))


def the_fuel() -> list[FuelState]:
    """The fuel line of the model route."""
    return [
        fuel_at("kayes", Product.DIESEL, Availability.LIMITED, hours=5),
        fuel_at("diema"),
        fuel_at("bamako", Product.DIESEL, Availability.LIMITED, hours=3),
        fuel_at("bamako", Product.PETROL, Availability.OUT, hours=3),
    ]
