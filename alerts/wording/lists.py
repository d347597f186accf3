"""How are many incidents listed: what is active now, and what was reported before?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_skeleton

from alerts.geography.model import Area
from alerts.incidents.model import Incident, Status
from alerts.wording import incident as told
from alerts.wording.limits import fit, fitting
from alerts.wording.times import local_day
from alerts.wording.way import area_name, sources_line
from alerts.wording.words import Words

AREAS_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a list that was too long for one message; `next` is how many were told by then, None at its end."""

    text: str
    next: int | None = None


def active_page(
    words: Words,
    incidents: Sequence[Incident],
    *,
    areas: Sequence[Area],
    sources_read_at: datetime | None,
    short: bool,
    skip: int,
    now: datetime,
) -> Page:
    """The answer to `/now`: everything that stands, in the order it was handed in, from `skip` on."""
    write = told.short_line if short else told.line
    items = [write(words, incident, now=now) for incident in incidents[skip:]]
    head = [_active_head(words, areas)]
    tail = [words.say("alert.silence"), sources_line(words, sources_read_at, now=now)]
    kept = fitting(items, head=head, tail=tail, more=words.more, limit=words.limit)
    text = fit(items or [words.say("now.none")], head=head, tail=tail, more=words.more, limit=words.limit)
    return Page(text=text, next=skip + kept if 0 < kept < len(items) else None)


def history_text(
    words: Words,
    incidents: Sequence[Incident],
    *,
    area: Area,
    days: int,
    asked_more: bool,
    short: bool,
    now: datetime,
) -> str:
    """The answer to `/history`: date, place and kind, to copy into a report; in short mode, date, place and gravity."""
    items = [_past(words, incident, short=short) for incident in incidents if not incident.exercise]
    today = format_skeleton("yMMMd", local_day(words, now), locale=words.locale)
    head = words.count("history.head", days, place=area_name(words, area), date=today)
    kept = [words.count("history.kept", days)] if asked_more else []
    return fit(
        items or [words.say("history.none")],
        head=[head, *kept],
        tail=[words.say("alert.silence"), *([words.say("history.short")] if short else [])],
        more=words.more,
        limit=words.limit,
    )


def named_areas(words: Words, areas: Sequence[Area]) -> str:
    """As in "RN1, Kayes → Bamako et 3 autres"."""
    named = [area_name(words, area) for area in areas[:AREAS_NAMED]]
    if len(areas) > AREAS_NAMED:
        named.append(words.more(len(areas) - AREAS_NAMED))
    return ", ".join(named)


def _active_head(words: Words, areas: Sequence[Area]) -> str:
    return words.say("now.head", areas=named_areas(words, areas)) if areas else words.say("now.head_all")


def _past(words: Words, incident: Incident, *, short: bool) -> str:
    day = incident.onset or local_day(words, incident.first_reported_at)
    when_where = [
        format_skeleton("yMMMd", day, locale=words.locale),
        told.place(words, incident.location, separator=" "),
    ]
    told_of = _neutrally(words, incident) if short else _by_kind(words, incident)
    return " · ".join([*when_where, *told_of])


def _by_kind(words: Words, incident: Incident) -> list[str]:
    return [
        words.say(f"event.{incident.event_type}"),
        told.trust(words, incident),
        told.reference(words, incident),
        *_outcome(words, incident),
    ]


def _neutrally(words: Words, incident: Incident) -> list[str]:
    trust = [] if incident.status is Status.RETRACTED else [words.say(f"trust.{incident.trust}")]
    return [told.short_state(words, incident), *trust, told.reference(words, incident)]


def _outcome(words: Words, incident: Incident) -> list[str]:
    match incident.status:
        case Status.LIFTED:
            return [words.say("history.lifted")]
        case Status.RETRACTED:
            return [words.say("history.retracted")]
        case Status.ACTIVE:
            return []
