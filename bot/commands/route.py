"""`siraba route FROM TO`: what `/route` answers, and its picture if one is asked for."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alerts.fuel.state import along
from alerts.geography.atlas import Atlas
from alerts.incidents.outlook import Outlook, look_ahead
from alerts.incidents.risk import Factor, Risk, risk_of
from alerts.pictures.draw import PictureKind, draw
from alerts.store.connection import connect
from alerts.store.server import running_socket
from alerts.store.store import Store
from alerts.wording.voice import Voices
from bot.application import own_redis
from bot.cli import FAULT, UNUSABLE
from bot.clock import utc_now
from bot.settings import Settings, load_settings


def run(options: argparse.Namespace) -> int:
    """Print the answer; 3 if a name is unknown."""
    settings = load_settings()
    atlas = Atlas.load(settings.gazetteer)
    resolved = atlas.resolve(f"{options.start} → {options.end}")
    if resolved.kind != "route" or resolved.area is None:
        near = ", ".join(suggestion.name for suggestion in resolved.suggestions)
        hint = f" Did you mean: {near}?" if near else ""
        print(f"siraba route: not understood: {resolved.unknown or options.start}.{hint}", file=sys.stderr)  # noqa: T201
        return UNUSABLE
    start, _, end = resolved.area.id.partition("/")
    return asyncio.run(_answer(settings, atlas, start, end, as_object=options.json, picture=options.png))


async def _answer(
    settings: Settings, atlas: Atlas, start: str, end: str, *, as_object: bool, picture: Path | None
) -> int:
    now = utc_now()
    async with _any_store(settings) as store:
        incidents = await store.incidents.recent(now=now)
        states = await store.pumps.states(now=now)
        read_at = await store.feeds.last_read_at()
    area = atlas.resolve(f"{atlas.place_name(start)} → {atlas.place_name(end)}").area
    assert area is not None  # noqa: S101 - it was resolved a moment ago
    outlook = look_ahead(
        atlas.ways(start, end), area=area, incidents=incidents, atlas=atlas, now=now, sources_read_at=read_at
    )
    voice = Voices.load(atlas, settings.zone)[settings.language]
    status = 0
    if picture is not None:
        local = now.astimezone(settings.zone)
        status = _written(picture, draw(outlook, atlas=atlas, voice=voice, now=local, kind=PictureKind.STRIP))
    if as_object:
        print(json.dumps(as_json(outlook, atlas), ensure_ascii=False))  # noqa: T201 - the result
    else:
        stops = outlook.ways[0].way.stops if outlook.ways else ()
        print(voice.outlook(outlook, fuel=along(stops, states), short=False, now=now))  # noqa: T201 - the result
    return status


def _written(picture: Path, drawn: bytes) -> int:
    try:
        picture.write_bytes(drawn)
    except OSError as error:
        print(f"siraba route: {picture}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return FAULT
    return 0


@asynccontextmanager
async def _any_store(settings: Settings) -> AsyncIterator[Store]:
    """The running service's Redis; else a start of our own for as long as the question lasts."""
    socket = running_socket(settings.data_dir) if settings.embedded else None
    if socket is None:
        async with own_redis(settings) as redis:
            yield Store.over(redis)
        return
    redis = await connect(str(socket))
    try:
        yield Store.over(redis)
    finally:
        await redis.aclose()


def as_json(outlook: Outlook, atlas: Atlas) -> dict[str, object]:
    """The public form: ways in fixed order, legs with kilometres, status, incident references and risk."""
    ways = [
        {
            "km": round(ahead.way.km),
            "via": atlas.place_name(ahead.way.via) if ahead.way.via else None,
            "roads": list(ahead.way.roads),
            "legs": [
                {
                    "from": atlas.place_name(leg.start),
                    "to": atlas.place_name(leg.end),
                    "km": round(leg.km),
                    "status": leg.status,
                    "incidents": [incident.id for incident in leg.incidents],
                    "information_age_hours": round(leg.age.total_seconds() / 3600) if leg.age else None,
                    "risk": _risk(risk_of(leg, now=outlook.now)),
                }
                for leg in ahead.legs
            ],
        }
        for ahead in outlook.ways
    ]
    read_at = outlook.sources_read_at
    return {"ways": ways, "sources_read_at": read_at.isoformat() if read_at else None}


def _risk(risk: Risk) -> dict[str, object]:
    """The level and what makes it, the weightiest first. What was announced ended makes none, so it is no factor."""
    return {
        "level": risk.level.name.lower(),
        "is_old": risk.is_old,
        "factors": [_factor(factor) for factor in risk.factors if not factor.is_over],
    }


def _factor(factor: Factor) -> dict[str, str]:
    return {
        "incident": factor.incident_id,
        "event_type": factor.event_type,
        "severity": factor.severity,
        "nearness": factor.nearness,
        "freshness": factor.freshness,
        "trust": factor.trust,
    }
