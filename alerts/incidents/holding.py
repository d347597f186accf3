"""What keeps a report from readers until a person, or a second report, has spoken for it?

`Report.held` says why, as "rule: words". The rules of the do-no-harm check are those of `alerts.safety.screen`; two
more come from the desk itself, and belong to who posted rather than to what was written. What one witness knows may
be held for another reason besides, which stands behind: another member's word ends that one, a second report the first.
"""

from collections.abc import Sequence
from dataclasses import replace

from alerts.incidents.model import Report

BY_EDITOR = "editor: "
"""An editor's post: it needs an admin."""

ONE_WITNESS = "witness: "
"""What only one person can know would give that person away: it waits for a second report."""

OF_THE_DESK = (BY_EDITOR, ONE_WITNESS)


def of_one_witness(held: str | None) -> str:
    """The hold of what only one witness can know, besides what holds it anyway."""
    return f"{ONE_WITNESS}{held or ''}"


def holds_of(held: str) -> tuple[str, ...]:
    """Each hold by itself, as "rule: words"."""
    if not held.startswith(ONE_WITNESS):
        return (held,)
    other = held.removeprefix(ONE_WITNESS)
    return (ONE_WITNESS, other) if other else (ONE_WITNESS,)


def waits_for_the_desk(report: Report) -> bool:
    """Whether another member's word lets it out, or some of it; nobody's word stands for a second report."""
    return report.held not in {None, ONE_WITNESS}


def agreed(report: Report) -> Report:
    """`report` once two of the desk let it out: what one witness knows still waits for a second report."""
    held = report.held or ""
    return replace(report, held=ONE_WITNESS if held.startswith(ONE_WITNESS) else None, vouched_by=None)


def rule_of(held: str) -> str:
    """The rule that holds a report."""
    return held.partition(":")[0]


def heard_twice(reports: Sequence[Report]) -> Sequence[Report]:
    """`reports`, those of one witness free where somebody else reports the same."""
    return [_without_witness(one) if _is_seconded(one, reports) else one for one in reports]


def _without_witness(report: Report) -> Report:
    return replace(report, held=(report.held or "").removeprefix(ONE_WITNESS) or None)


def _is_seconded(report: Report, reports: Sequence[Report]) -> bool:
    if report.held is None or not report.held.startswith(ONE_WITNESS):
        return False
    others = [one for one in reports if one.held in {None, ONE_WITNESS}]
    return any(one.admin_id != report.admin_id for one in others)
