"""What keeps a report from readers until a person, or a second report, has spoken for it?

`Report.held` says why, as "rule: words". The rules of the do-no-harm check are those of `alerts.safety.screen`; two
more come from the desk itself, and belong to who posted rather than to what was written.
"""

from collections.abc import Sequence
from dataclasses import replace

from alerts.incidents.model import Report

BY_EDITOR = "editor: "
"""An editor's post: it needs an admin."""

ONE_WITNESS = "witness: "
"""What only one person can know would give that person away: it waits for a second report."""

OF_THE_DESK = (BY_EDITOR, ONE_WITNESS)


def rule_of(held: str) -> str:
    """The rule that holds a report."""
    return held.partition(":")[0]


def heard_twice(reports: Sequence[Report]) -> Sequence[Report]:
    """`reports`, those of one witness free where somebody else reports the same."""
    return [replace(one, held=None) if _is_seconded(one, reports) else one for one in reports]


def _is_seconded(report: Report, reports: Sequence[Report]) -> bool:
    if report.held != ONE_WITNESS:
        return False
    others = [one for one in reports if one.held in {None, ONE_WITNESS}]
    return any(one.admin_id != report.admin_id for one in others)
