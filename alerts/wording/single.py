"""What more is told of one alert when its button is tapped: as a message, or as a pop-up that leaves none?"""

from dataclasses import replace
from datetime import datetime

from alerts.incidents.model import Incident, Status
from alerts.wording import incident as told
from alerts.wording.leg import in_a_line, in_brief, in_full
from alerts.wording.limits import clip, units
from alerts.wording.times import when_told
from alerts.wording.words import Words


def details_text(words: Words, incident: Incident, *, now: datetime) -> str:
    """How it stands now, since when it is known, and by how many reports."""
    if incident.status is Status.RETRACTED:
        closing = [words.say("retracted.caution"), words.say("alert.advice")]
        return "\n".join([told.line(words, incident, now=now), *closing])
    reports = [report for report in incident.reports if not report.held]
    first = when_told(words, incident.first_reported_at, now=now)
    lines = [
        in_full(words, incident, now=now),
        words.count("details.reports", len(reports), when=first),
        words.say("alert.advice"),
    ]
    return "\n".join(lines)


def details_popup(words: Words, incident: Incident, *, now: datetime) -> str:
    """The same within `words.limit`: as fully as there is room for."""
    where = told.exercise_mark(words, incident) + told.place(words, incident.location)
    if incident.status is Status.RETRACTED:
        return clip(told.short_line(words, incident, now=now), words.limit)
    marked = replace(incident, exercise=False)  # the first line says it, and says it once
    shapes = [f"{where}\n{write(words, marked, now=now)}" for write in (in_a_line, in_brief)]
    return next((shape for shape in shapes if units(shape) <= words.limit), clip(shapes[-1], words.limit))
