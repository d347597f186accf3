"""What is left of an incident once all that must not leave the desk is taken out?

Alerts, exports and feeds carry what a public chat would see and no more: how many vehicles burned, who posted it,
and words of a headline (groups, names) are not among it.
"""

from dataclasses import replace

from alerts.incidents.model import Incident, Report


def coarsen(incident: Incident) -> Incident:
    """`incident` without counts, headlines, admins and held reports. Grades, kinds of source and dates stay."""
    clear = tuple(_coarse(report) for report in incident.reports if report.held is None)
    return replace(incident, reports=clear, approved_by=None, retraction_reason=None)


def _coarse(report: Report) -> Report:
    return replace(report, title="", vehicles_destroyed=None, fatalities=None, admin_id=None, days=())
