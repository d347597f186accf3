"""What was reported on a road or around a town, to copy into a report?"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from alerts.geography.atlas import Atlas
from alerts.geography.model import Area
from alerts.incidents.model import Incident, Status
from alerts.incidents.telling import happened_at, is_public
from handlers.asked import Asked
from handlers.lookup import look_up, road_buttons
from handlers.reply import reply

DAYS = 30
MOST_DAYS = 60  # what the store keeps at hand
_SPAN = re.compile(r"[\s,]+(\d{1,4})\s*(?:j|jours?|d|days?)\s*$", re.IGNORECASE)


async def history(asked: Asked) -> None:
    """A line for each incident of the last days, by date, place and kind."""
    if not asked.words:
        await reply(asked, asked.say("history.example"), road_buttons("q:history"))
        return
    words, days = split_days(asked.words)
    found = await look_up(asked.with_words(words), "q:history")
    if found is None or found.area is None:
        return
    incidents = await asked.siraba.store.incidents.recent(now=asked.now)
    past = reported(incidents, area=found.area, atlas=asked.siraba.atlas, since=asked.now - timedelta(days=days))
    await reply(asked, asked.voice.history(past, area=found.area, days=days, now=asked.now))


def split_days(words: str) -> tuple[str, int]:
    """The place or road, and for how many days back ("30j", "30 days"); 30 unless said, 60 at most."""
    span = _SPAN.search(words)
    if span is None:
        return words, DAYS
    return words[: span.start()], min(max(1, int(span[1])), MOST_DAYS)


def reported(incidents: Iterable[Incident], *, area: Area, atlas: Atlas, since: datetime) -> tuple[Incident, ...]:
    """What happened in `area` since then, newest first: what readers may know of, corrected news included."""
    told = [
        incident
        for incident in incidents
        if (is_public(incident) or _was_corrected(incident))
        and happened_at(incident) >= since
        and atlas.holds(area, incident.location) is not None
    ]
    return tuple(sorted(told, key=happened_at, reverse=True))


def _was_corrected(incident: Incident) -> bool:
    return incident.status is Status.RETRACTED and incident.announced
