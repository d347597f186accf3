"""How is an alert, an update, a lifting or a retraction worded?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.delivery.model import Alert, MsgType
from alerts.incidents.model import ChangeKind, Incident, RetractionReason, Status
from alerts.wording import incident as told
from alerts.wording.pump import pump_text
from alerts.wording.times import day_name, local_day, moment_text, when
from alerts.wording.words import Words, inside


def alert_text(words: Words, alert: Alert, *, short: bool, now: datetime) -> str:
    """The message of `alert`, complete in itself."""
    if alert.pump is not None:
        return pump_text(words, alert.pump, short=short, now=now)
    if alert.incident.status is Status.RETRACTED:
        return _short_retracted(words, alert.incident, now=now) if short else _retracted(words, alert.incident, now=now)
    if short:
        note = ", ".join(_short_changes(words, alert, now=now)) if alert.msg_type is MsgType.UPDATE else ""
        return told.short_line(words, alert.incident, now=now, note=note, wide=alert.decision.wide_area)
    if told.is_lifted(alert.incident):
        return _lifted(words, alert, now=now)
    return _active(words, alert, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What one message tells: alerts in order, alarms that grew old before they could be sent, how many more come.

    `cut_off` says from when to when the service was out of touch, to whoever has not heard of it.
    """

    alerts: tuple[Alert, ...] = ()
    missed: tuple[Incident, ...] = ()
    left: int = 0
    cut_off: tuple[datetime, datetime] | None = None


def bundle_text(words: Words, bundle: Bundle, *, short: bool, now: datetime) -> str:
    """Several alerts in one message, each whole, what they all close with once."""
    advice = words.say("alert.advice")
    items = {one.id: alert_text(words, one, short=short, now=now).removesuffix(f"\n{advice}") for one in bundle.alerts}
    line = told.short_line if short else told.line
    parts = [
        *_cut_off(words, bundle, items, short=short),
        *(words.say("alert.missed", incident=line(words, one, now=now)) for one in bundle.missed),
        *([words.count("alert.more_follow", bundle.left)] if bundle.left else []),
        *([] if short else [advice]),
    ]
    return ("\n" if short else "\n\n").join(parts)


def _cut_off(words: Words, bundle: Bundle, items: Mapping[str, str], *, short: bool) -> list[str]:
    """After a silence: from when to when, what stands, what was announced lifted; else just the items."""
    if bundle.cut_off is None:
        return list(items.values())
    since, until = (moment_text(words, moment) for moment in bundle.cut_off)
    lifted = [items[one.id] for one in bundle.alerts if told.is_lifted(one.incident)]
    standing = [items[one.id] for one in bundle.alerts if not told.is_lifted(one.incident)]
    return [
        words.say("silence.short" if short else "silence.head", since=since, until=until),
        *([words.say("silence.standing"), *standing] if standing else []),
        *([words.say("silence.lifted"), *lifted] if lifted else []),
    ]


def _active(words: Words, alert: Alert, *, now: datetime) -> str:
    incident = alert.incident
    lines = [
        _head(words, alert),
        *_exercise(words, incident),
        *(_changes(words, alert, now=now) if alert.msg_type is MsgType.UPDATE else []),
        f"{told.what_in_full(words, incident, now=now)}{told.vehicles_hit(words, incident)}",
        f"{told.trust_in_full(words, incident)} · {told.info_of(words, incident, now=now)}",
        told.last_line(words, incident, now=now),
        words.say("alert.advice"),
    ]
    return "\n".join(lines)


def _lifted(words: Words, alert: Alert, *, now: datetime) -> str:
    incident = alert.incident
    sure = [told.trust(words, incident), told.info_of(words, incident, now=now)]
    lines = [
        _head(words, alert),
        *_exercise(words, incident),
        *(_corrected(words, alert, now=now) if alert.msg_type is MsgType.UPDATE else []),
        " · ".join([told.what(words, incident, now=now), *sure]),
        told.last_line(words, incident, now=now),
        words.say("alert.advice"),
    ]
    return "\n".join(lines)


def _retracted(words: Words, incident: Incident, *, now: datetime) -> str:
    event = inside(words.say(f"event.{incident.event_type}"))
    where = told.place(words, incident.location)
    lines = [
        told.exercise_mark(words, incident)
        + words.say("retracted.head", place=where, event=event, **_withdrawn(words, incident, now=now)),
        *_exercise(words, incident),
        words.say("retracted.caution"),
        words.say("alert.advice"),
    ]
    return "\n".join(lines)


def _short_retracted(words: Words, incident: Incident, *, now: datetime) -> str:
    state = words.say("retracted.short", **_withdrawn(words, incident, now=now))
    where = told.place(words, incident.location, separator=" ")
    return told.exercise_mark(words, incident) + words.say("short.line", place=where, state=state)


def _withdrawn(words: Words, incident: Incident, *, now: datetime) -> dict[str, str]:
    """Which alert, of which day, and why: the first message may be gone."""
    first = local_day(words, incident.first_reported_at)
    reason = incident.retraction_reason or RetractionReason.OTHER
    return {
        "ref": told.reference(words, incident),
        "date": day_name(words, first, today=local_day(words, now)),
        "reason": words.say(f"retraction.{reason}"),
    }


def _head(words: Words, alert: Alert) -> str:
    wide = alert.decision.wide_area or told.is_wide(alert.incident)
    parts = [
        f"{_mark(words, alert.incident)} {told.standing(words, alert.incident)}",
        *([words.say("mark.wide")] if wide else []),
        told.place(words, alert.incident.location),
    ]
    return " · ".join(parts)


def _mark(words: Words, incident: Incident) -> str:
    return told.exercise_mark(words, incident) + told.icon(incident)


def _exercise(words: Words, incident: Incident) -> list[str]:
    return [words.say("alert.exercise")] if incident.exercise else []


def _changes(words: Words, alert: Alert, *, now: datetime) -> list[str]:
    """What is new, and what it stands instead of: the message that said so may be gone."""
    wrong = _corrected(words, alert, now=now)
    return wrong if wrong and alert.change is ChangeKind.CORRECTED else [_change(words, alert), *wrong]


def _corrected(words: Words, alert: Alert, *, now: datetime) -> list[str]:
    former = alert.former
    if former is None:
        return []
    pieces = [
        _former_place(words, alert),
        inside(words.say(f"event.{former.event_type}")) if former.event_type else "",
        when(words, former.onset, former.day_part, now=now) if former.onset else "",
        words.say(f"gravity.{former.severity.lower()}") if former.severity else "",
    ]
    wrong = ", ".join(filter(None, pieces)).removesuffix(".")
    return [words.say("change.instead", wrong=wrong)] if wrong else []


def _short_changes(words: Words, alert: Alert, *, now: datetime) -> list[str]:
    """The same in neutral words: that it was something else, and not what."""
    former, incident = alert.former, alert.incident
    if former is None:
        return [_short_change(words, alert)]
    pieces = [
        _former_place(words, alert),
        words.say("short.change.other_event") if former.event_type else "",
        when(words, former.onset, former.day_part, now=now) if former.onset else "",
        words.say(f"short.gravity.{former.severity.lower()}") if former.severity else "",
    ]
    wrong = ", ".join(filter(None, pieces))
    day = when(words, incident.onset, incident.day_part, now=now) if former.redated and incident.onset else ""
    return [
        _short_change(words, alert),
        *([words.say("short.change.day", when=day)] if day else []),
        *([words.say("short.change.instead", wrong=wrong)] if wrong else []),
    ]


def _former_place(words: Words, alert: Alert) -> str:
    """As in "RN1 Sandaré–Diéma"; nothing where it is called the same now."""
    if alert.former is None or alert.former.location is None:
        return ""
    then, now = (told.place(words, one, separator=" ") for one in (alert.former.location, alert.incident.location))
    return then if then != now else ""


def _change(words: Words, alert: Alert) -> str:
    match alert.change:
        case ChangeKind.WORSE:
            return words.say("change.worse")
        case ChangeKind.SURER:
            return words.say("change.surer", trust=words.say(f"trust.{alert.incident.trust}"))
        case ChangeKind.CORRECTED:
            return words.say("change.corrected")
        case _:
            return words.say("change.detail")


def _short_change(words: Words, alert: Alert) -> str:
    match alert.change:
        case ChangeKind.WORSE:
            return words.say("short.change.worse")
        case ChangeKind.SURER:
            return words.say("short.change.surer")
        case ChangeKind.CORRECTED:
            return words.say("short.change.corrected")
        case _:
            return words.say("short.change.detail")
