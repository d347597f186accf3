"""How is one incident described: where, how grave, what, how sure, how old?

These are the phrases that alerts, routes and lists are made of. Nothing here knows a coordinate, a number of
vehicles, a victim, a source's name or its address.
"""

from datetime import date, datetime

from alerts.geography.model import Location, Precision
from alerts.incidents.ending import ENDS
from alerts.incidents.grading import grade_of
from alerts.incidents.independence import voices
from alerts.incidents.kinds import Passage, kind_of
from alerts.incidents.model import DayPart, Incident, Severity, SourceKind, Status, Trust
from alerts.incidents.telling import old_after, passage_of
from alerts.reading.model import EventType
from alerts.wording.limits import clip
from alerts.wording.times import info, local_day, short_info, when, when_told
from alerts.wording.words import Words, inside, sentence

FUEL = frozenset(
    {EventType.FUEL_SHORTAGE, EventType.FUEL_ARRIVAL, EventType.FUEL_PRICE, EventType.FUEL_IMPORT_BAN},
)

# Never green: nothing this service says is an all-clear.
ICONS = {
    Severity.EXTREME: "🔴",
    Severity.SEVERE: "🔴",
    Severity.MODERATE: "🟠",
    Severity.MINOR: "🟡",
    Severity.UNKNOWN: "⚪",
}

# Families of events (alerts/incidents/data/kinds.toml) that hit people on a road without barring it.
VIOLENCE = frozenset({"armed", "abduction", "air"})

HITS_TRAFFIC = VIOLENCE | {"accident"}

LONGEST_PLACE = 200


def is_lifted(incident: Incident) -> bool:
    """Whether somebody announced its end. A reopening is such an announcement, and never more."""
    return incident.status is Status.LIFTED or incident.event_type is EventType.ESCORT_OR_REOPENING


def icon(incident: Incident) -> str:
    """The sign that goes with the words, never without."""
    if incident.status is Status.RETRACTED:
        return "⚪"
    if is_lifted(incident):
        return "🔵"
    return "⛽" if incident.event_type in FUEL else ICONS[incident.severity]


def place(words: Words, location: Location, *, separator: str = " · ") -> str:
    """As in "RN1 · Sandaré–Diéma": the road, and the leg, town or region."""
    if location.regions and not (location.leg or location.places):
        spot = ", ".join(region(words, region_id) for region_id in location.regions)
        text = separator.join([*([", ".join(location.roads)] if location.roads else []), spot])
    else:
        text = words.atlas.heading(location).name.replace(" · ", separator)
    return clip(text, LONGEST_PLACE) or words.say("alert.place_unknown")


def region(words: Words, region_id: str) -> str:
    """As in "Kayes (région)": told apart from the town."""
    found = words.atlas.regions.get(region_id)
    if found is None:
        return region_id
    return words.say(f"area.{found.level}", name=found.name)


def what(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "Attaque armée ce matin", or "Blocage annoncé levé hier soir"."""
    if is_lifted(incident):
        ended = words.say(f"lifted.{ended_type(incident)}")
        return words.say("incident.what", event=ended, when=_when_lifted(words, incident, now=now))
    happened = words.say(f"event.{incident.event_type}")
    return words.say(
        "incident.what",
        event=happened,
        when=when(words, incident.onset, incident.day_part, now=now),
    )


def ended_type(incident: Incident) -> EventType:
    """What is announced over; of a reopening alone its reports say whether it was a blockade."""
    clear = [report for report in incident.reports if report.held is None]
    of_blockade = any(report.ends_blockade for report in clear)
    if incident.event_type is EventType.ESCORT_OR_REOPENING and of_blockade:
        return EventType.BLOCKADE
    return incident.event_type


def _when_lifted(words: Words, incident: Incident, *, now: datetime) -> str:
    """The day on which it ended, as told; where none is, that of the word."""
    day, part = _told_end(incident)
    if day is None or day > local_day(words, now):
        return when_told(words, incident.informed_at, now=now)
    return when(words, day, part, now=now)


def _told_end(incident: Incident) -> tuple[date | None, DayPart | None]:
    """The day that its newest dated end tells, unless it lies before the beginning."""
    if incident.event_type is EventType.ESCORT_OR_REOPENING:
        return incident.onset, incident.day_part
    if incident.event_type in ENDS:  # its own reports would be taken for its end
        return None, None
    ends = [one for one in incident.reports if one.event_type in ENDS and one.event_date and one.held is None]
    last = max(ends, key=lambda one: one.informed_at, default=None)
    if last is None or last.event_date is None or (incident.onset and last.event_date < incident.onset):
        return None, None
    return last.event_date, last.day_part


def what_in_full(words: Words, incident: Incident, *, now: datetime) -> str:
    """`what` as a sentence; an abbreviated month ("le 5 oct.") brings its own full stop."""
    return what(words, incident, now=now).removesuffix(".") + "."


def vehicles_hit(words: Words, incident: Incident) -> str:
    """As in "Poids lourds touchés." for each class of traffic hit, or nothing.

    Traffic named beside a shortage or a closure was not hit.
    """
    if not kind_of(incident.event_type).families & HITS_TRAFFIC:
        return ""
    return "".join(f" {words.say(f'vehicles.hit.{vehicle}')}" for vehicle in incident.vehicles)


def trust(words: Words, incident: Incident) -> str:
    """As in "confirmé, presse": how sure, and where from."""
    return ", ".join(filter(None, [words.say(f"trust.{incident.trust}"), _where(words, incident)]))


def trust_in_full(words: Words, incident: Incident) -> str:
    """As in "Confirmé, 2 sources (presse, terrain)"; the number only where independent sources confirm."""
    sources = _independent_sources(incident)
    if incident.trust is not Trust.CONFIRMED or is_lifted(incident) or sources < 2:  # noqa: PLR2004 two confirm
        return sentence(trust(words, incident))
    counted = words.count("trust.sources", sources)
    where = _where(words, incident)
    return sentence(f"{words.say('trust.confirmed')}, {counted} ({where})")


def info_of(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "info : 2 h": the age of the newest word, apart from the time of the event."""
    return info(words, now - incident.informed_at, is_old=is_old(incident, now=now))


def short_info_of(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "2 h", or "info ancienne : 3 j"."""
    return short_info(words, now - incident.informed_at, is_old=is_old(incident, now=now))


def is_old(incident: Incident, *, now: datetime) -> bool:
    """Whether its word is older than words of its kind hold."""
    return now - incident.informed_at > old_after(incident, since=incident.informed_at)


def reference(words: Words, incident: Incident) -> str:
    """As in "Réf. 0512"; nothing for what rests on no report, such as a pump: there is nothing to quote."""
    return words.say("incident.ref", id=incident.id) if incident.reports else ""


def passage(words: Words, incident: Incident, *, now: datetime) -> str:
    """Whether one can get through, as far as the incident itself says so."""
    if is_lifted(incident) or is_old(incident, now=now) or not says_passage(incident):
        return words.say("passage.unknown")
    return words.say("passage.closed") if closes(incident, now=now) else words.say("passage.restricted")


def standing(words: Words, incident: Incident) -> str:
    """As in "TRÈS GRAVE", "GRAVE, NON CONFIRMÉ" or "ANNONCÉ LEVÉ": how its first line begins."""
    if is_lifted(incident):
        return words.say("mark.lifted")
    gravity = words.say(f"gravity.{incident.severity.lower()}").upper()
    return f"{gravity}, {words.say('mark.unconfirmed')}" if incident.trust is Trust.UNCONFIRMED else gravity


def last_line(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "Passage : pas d'info. Réf. 0512"; what is announced lifted may still be a danger.

    Fuel says nothing about passage.
    """
    told = [] if incident.event_type in FUEL else [words.say("passage.line", passage=passage(words, incident, now=now))]
    if is_lifted(incident):
        told.append(words.say("fuel.caution" if incident.event_type in FUEL else "alert.remains"))
    return " ".join([*told, reference(words, incident)])


def closes(incident: Incident, *, now: datetime) -> bool:
    """Whether it cuts the road it is on. Of a whole region nobody can say that this very road is cut."""
    exact = incident.location.precision in {Precision.TOWN, Precision.NEAR}
    holds = not is_lifted(incident) and not is_old(incident, now=now)
    return exact and holds and passage_of(incident) is Passage.CLOSED


def says_passage(incident: Incident) -> bool:
    """Whether a kind of it tells anything of passage: an attack on a road leaves open whether one gets through now.

    A bridge is out whoever blew it up, and a road shut for an attack is shut.
    """
    kinds = [kind_of(event_type) for event_type in incident.event_types]
    told = any(kind.passage is not Passage.NONE and not kind.families <= VIOLENCE for kind in kinds)
    return told and passage_of(incident) is not Passage.NONE


def is_wide(incident: Incident) -> bool:
    """Whether it is known of a whole region only."""
    return incident.location.precision is Precision.REGION


def line(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "🔴 RN1 Sandaré–Diéma : très grave · attaque armée ce matin · confirmé, presse · 2 h · Réf. 0512"."""
    told = [*_standing(words, incident), inside(what(words, incident, now=now)), *_sure(words, incident, now=now)]
    where = place(words, incident.location, separator=" ")
    return f"{exercise_mark(words, incident)}{icon(incident)} " + words.say(
        "short.line",
        place=where,
        state=" · ".join(filter(None, [*told, reference(words, incident)])),
    )


def short_line(words: Words, incident: Incident, *, now: datetime, note: str = "", wide: bool = False) -> str:
    """As in "RN1 Sandaré–Diéma : très perturbé 3/3, camions · confirmé · 2 h · Réf. 0512"."""
    told = short_parts(words, incident, now=now, note=note, wide=wide)
    where = place(words, incident.location, separator=" ")
    return exercise_mark(words, incident) + words.say("short.line", place=where, state=" · ".join(told))


def short_parts(
    words: Words,
    incident: Incident,
    *,
    now: datetime,
    note: str = "",
    wide: bool = False,
    cut: bool = False,
) -> list[str]:
    """What follows the place in short mode, for a phone that may be searched.

    `note` says what changed; `cut` that the road is, whatever the incident itself says.
    """
    told = [
        short_state(words, incident),
        words.say("status.closed") if cut or closes(incident, now=now) else "",
        note,
        words.say("mark.wide").lower() if wide or is_wide(incident) else "",
        words.say(f"trust.{incident.trust}"),
        short_info_of(words, incident, now=now),
        reference(words, incident),
    ]
    return [part for part in told if part]


def under_leg(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "Attaque armée ce matin · confirmé, presse · 2 h": where the place has just been said."""
    told = [what(words, incident, now=now), *_sure(words, incident, now=now)]
    return exercise_mark(words, incident) + " · ".join(told)


def _sure(words: Words, incident: Incident, *, now: datetime) -> list[str]:
    return [trust(words, incident), short_info_of(words, incident, now=now)]


def _standing(words: Words, incident: Incident) -> list[str]:
    if incident.status is Status.RETRACTED:
        return [words.say("history.retracted")]
    gravity = [] if is_lifted(incident) else [words.say(f"gravity.{incident.severity.lower()}")]
    return [*gravity, *([words.say("mark.wide").lower()] if is_wide(incident) else [])]


def short_state(words: Words, incident: Incident) -> str:
    """As in "très perturbé 3/3, camions": neutral words, whatever happened."""
    if incident.status is Status.RETRACTED:
        return words.say("history.retracted")
    if is_lifted(incident):
        return words.say("short.lifted")
    gravity = words.say(f"short.gravity.{incident.severity.lower()}")
    if incident.event_type in FUEL:
        event = inside(words.say(f"event.{incident.event_type}"))
        return event if incident.severity is Severity.MINOR else f"{event}, {gravity}"
    hit = dict.fromkeys(words.say(f"short.vehicles.{vehicle}") for vehicle in incident.vehicles)
    return ", ".join([gravity, *hit])


def exercise_mark(words: Words, incident: Incident) -> str:
    """As in "EXERCICE · ": how the first line of a drill begins, whatever shows it."""
    return f"{words.say('mark.exercise')} · " if incident.exercise else ""


def _where(words: Words, incident: Incident) -> str:
    if incident.status is Status.LIFTED:
        return words.say(f"where.{incident.lifted_by}") if incident.lifted_by else ""
    # What is held for an admin is not public, not even that it exists.
    kinds = {report.source_kind for report in incident.reports if not report.held}
    order = (SourceKind.OFFICIAL, SourceKind.PRESS, SourceKind.FIELD)
    return ", ".join(words.say(f"where.{kind}") for kind in order if kind in kinds)


def _independent_sources(incident: Incident) -> int:
    clear = [report for report in incident.reports if not report.held]
    return sum(1 for group in voices(clear) if any(grade_of(report) != "F" for report in group))
