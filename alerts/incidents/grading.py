"""How sure, and how grave, is an event that several reports tell of?

The Admiralty rule: two independent sources, not both doubtful, confirm; one graded A or B makes it probable.
"""

from collections.abc import Sequence

from alerts.incidents.independence import voices
from alerts.incidents.kinds import kind_of, rank
from alerts.incidents.model import Credibility, Report, Severity
from alerts.reading.model import EventType

MANY_DEAD = 10
"""Deaths from which an event is as grave as its type can be."""

CLAIM = "C"
"""The best grade of what a side in the conflict says."""

_SOUND = frozenset("ABC")
_UNJUDGED = "F"


def credibility_of(reports: Sequence[Report]) -> Credibility:
    """How sure `reports` make it together. A source nobody has judged yet (F) confirms nothing."""
    grades = [min(map(grade_of, group)) for group in voices(reports)]
    judged = [grade for grade in grades if grade != _UNJUDGED]
    if len(judged) > 1:
        return Credibility.CONFIRMED if _SOUND & set(judged) else Credibility.POSSIBLE
    match judged:
        case ["A" | "B"]:
            return Credibility.PROBABLE
        case ["C"]:
            return Credibility.POSSIBLE
        case ["D" | "E"]:
            return Credibility.DOUBTFUL
        case _:
            return Credibility.UNJUDGED


def grade_of(report: Report) -> str:
    """The grade a report counts with: an admin's word makes an event probable, whatever the source is called.

    What a state, an army or an armed group claims is a claim, whoever passes it on: never better than C.
    """
    grade = "B" if report.admin_id is not None else report.grade
    return max(grade, CLAIM) if report.is_claim else grade


def severity_of(event_type: EventType, reports: Sequence[Report]) -> Severity:
    """CAP severity: an admin's, else that of the type, raised as far as it allows when any report counts many dead."""
    if judged := [report.severity for report in reports if report.severity is not None]:
        return judged[-1]
    kind = kind_of(event_type)
    dead = max((report.fatalities or 0 for report in reports), default=0)
    return kind.worst if dead >= MANY_DEAD else kind.severity


def gravest(one: Severity, other: Severity) -> Severity:
    """The graver of two."""
    return max(one, other, key=rank)
