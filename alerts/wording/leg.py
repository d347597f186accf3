"""What is known of one leg, in full: as a message, or as a pop-up that leaves none?"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from alerts.incidents.model import Incident
from alerts.incidents.outlook import LegOutlook
from alerts.wording import incident as told
from alerts.wording.limits import fit
from alerts.wording.risk import bare_risk_line, risk_line, short_risk_line
from alerts.wording.way import leg_name, public, sources_line
from alerts.wording.words import Words, inside


def leg_text(words: Words, leg: LegOutlook, *, sources_read_at: datetime | None, now: datetime) -> str:
    """How grave and why, each incident as its alert told it, then what closes every answer."""
    incidents = public(leg)
    items = [f"\n{in_full(words, incident, now=now)}" for incident in incidents]
    return fit(
        items or [words.say("now.none")],
        head=[
            words.say("route.head", place=leg_name(words, leg).upper(), km=words.number(leg.km)),
            risk_line(words, leg, now=now),
        ],
        tail=[
            *([""] if incidents else []),
            words.say("alert.silence"),
            sources_line(words, sources_read_at, now=now),
            words.say("alert.advice"),
        ],
        more=words.more,
        limit=words.limit,
    )


def leg_popup(words: Words, leg: LegOutlook, *, now: datetime) -> str:
    """The same within `words.limit`, a line each: as many as there is room for, then as fully as there is room for."""
    incidents, name = public(leg), leg_name(words, leg)
    if not incidents:
        return "\n".join([words.say("short.line", place=name, state=words.say("status.unknown")), _silence(words)])
    because, bare = short_risk_line(words, leg, now=now), bare_risk_line(words, leg, now=now)
    at_length, briefly = partial(in_a_line, words, now=now), partial(in_brief, words, now=now)
    shapes = [
        _popup(words, incidents, [name, because], at_length),
        _popup(words, incidents, [name, bare], at_length),
        _popup(words, incidents, [name, because], briefly),
        _popup(words, incidents, [name, bare], briefly),
        _popup(words, incidents, [bare], briefly),
    ]
    return max(shapes, key=lambda shape: shape[0])[1]


def _popup(
    words: Words, incidents: Sequence[Incident], head: Sequence[str], write: Callable[[Incident], str]
) -> tuple[int, str]:
    """How many of the incidents it tells, and the text."""
    items = [write(incident) for incident in incidents]
    text = fit(items, head=head, more=words.more, limit=words.limit)
    return sum(1 for line in text.splitlines() if line in items), text


def _silence(words: Words) -> str:
    return words.say("alert.silence")


def in_full(words: Words, incident: Incident, *, now: datetime) -> str:
    """As its alert told it, as it stands now."""
    wide = [words.say("mark.wide")] if told.is_wide(incident) else []
    where = told.place(words, incident.location)
    hit = "" if told.is_lifted(incident) else told.vehicles_hit(words, incident)
    lines = [
        told.exercise_mark(words, incident)
        + f"{told.icon(incident)} "
        + " · ".join([told.standing(words, incident), *wide, where]),
        f"{told.what_in_full(words, incident, now=now)}{hit}",
        f"{told.trust_in_full(words, incident)} · {told.info_of(words, incident, now=now)}",
        told.last_line(words, incident, now=now),
    ]
    return "\n".join(lines)


def in_a_line(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "Attaque armée ce matin · confirmé, presse · 2 h · passage : pas d'info · Réf. 0512"."""
    passage = inside(words.say("passage.line", passage=told.passage(words, incident, now=now))).rstrip(".")
    parts = [
        told.under_leg(words, incident, now=now),
        *([] if incident.event_type in told.FUEL else [passage]),
        told.reference(words, incident),
    ]
    return " · ".join(parts)


def in_brief(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "Attaque armée ce matin · confirmé · 2 h · Réf. 0512"."""
    parts = [
        told.what(words, incident, now=now),
        words.say(f"trust.{incident.trust}"),
        told.short_info_of(words, incident, now=now),
        told.reference(words, incident),
    ]
    return " · ".join(parts)
