"""Is an alarm that waited still worth a message?"""

from datetime import datetime

from alerts.delivery.composing import joins
from alerts.delivery.model import Alert
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import ChangeKind
from alerts.incidents.telling import age_of
from alerts.safety.decide import PUSHED_FOR


def is_past_use(alert: Alert, now: datetime) -> bool:
    """Whether it grew old while it waited: it is then named as missed in the chat's next message.

    The end of a danger and a correction are of use however late.
    """
    if not joins(alert) or alert.change is ChangeKind.LIFTED:
        return False
    return _is_old(alert, now) and not _is_old(alert, alert.created_at)


def _is_old(alert: Alert, at: datetime) -> bool:
    incident = alert.incident
    return age_of(incident, at) > PUSHED_FOR or at - incident.informed_at > kind_of(incident.event_type).old_after
