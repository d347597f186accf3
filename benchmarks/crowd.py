"""Incidents and chats by the thousand, the same ones for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.audience.model import Chat, ChatKind, Recipient, Subscription
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, Location
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Credibility, Incident, Report, SourceKind, Status
from alerts.reading.model import EventType

DAYS = 60
KINDS = tuple(kind for kind in EventType if kind is not EventType.ESCORT_OR_REOPENING)


def incidents(count: int, atlas: Atlas, *, now: datetime, seed: int = 1) -> Iterator[Incident]:
    """Spread over all legs, towns and regions, all kinds, and the last 60 days."""
    dice = random.Random(seed)
    spots = list(_spots(atlas))
    for number in range(1, count + 1):
        at = now - timedelta(hours=dice.uniform(0, 24 * DAYS))
        yield _incident(f"{number:05d}", dice.choice(KINDS), dice.choice(spots), at, dice)


def chats(count: int, area: Area, *, now: datetime) -> Iterator[Chat]:
    """People who follow one area, in French, not in short mode."""
    for number in range(1, count + 1):
        yield Chat(
            recipient=Recipient(100_000 + number),
            kind=ChatKind.PRIVATE,
            language="fr",
            short=False,
            subscriptions=(Subscription(area=area),),
            active_at=now,
        )


def _spots(atlas: Atlas) -> Iterator[Location]:
    for leg in atlas.legs:
        yield atlas.locate(leg=(leg.start, leg.end))
    for place in atlas.places.values():
        if place.stop:
            yield atlas.locate(places=[place.id])
    for region in [region for region in atlas.regions.values() if not region.former][:20]:
        yield atlas.locate(regions=[region.id])


def _incident(reference: str, kind: EventType, where: Location, at: datetime, dice: random.Random) -> Incident:
    report = Report(
        id=reference,
        source_id=dice.choice(("tamani", "essor", "studio")),
        source_kind=SourceKind.PRESS,
        grade=dice.choice("BCD"),
        fetched_at=at,
        published_at=at,
        event_types=(kind,),
        location=where,
        title="Une attaque signalée sur la route nationale",
        url=f"https://example.org/{reference}",
    )
    incident = Incident(
        id=reference,
        version=1,
        event_types=(kind,),
        location=where,
        severity=kind_of(kind).severity,
        credibility=dice.choice((Credibility.CONFIRMED, Credibility.PROBABLE, Credibility.POSSIBLE)),
        status=dice.choice((Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, Status.LIFTED)),
        reports=(report,),
        first_reported_at=at,
        informed_at=at,
        updated_at=at,
    )
    return replace(incident, reports=(report, replace(report, id=f"{reference}b", source_id="autre")))
