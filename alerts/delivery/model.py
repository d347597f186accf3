"""What leaves: an alert, whom it is for, and what became of each send."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from alerts.audience.model import Recipient
from alerts.fuel.model import PumpNews
from alerts.geography.model import Location
from alerts.incidents.kinds import rank
from alerts.incidents.model import Change, ChangeKind, DayPart, Incident, Severity
from alerts.reading.model import EventType


class MsgType(StrEnum):
    """CAP message type."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


class Lane(IntEnum):
    """Who goes first, lowest first."""

    REPLY = 0
    CRITICAL = 1
    HIGH = 2
    NORMAL = 3


class Scope(StrEnum):
    """Whom a decision speaks to."""

    CONCERNED = "concerned"
    ALL_REPORTS = "all_reports"
    DESK = "desk"
    EARLIER_READERS = "earlier_readers"
    NOBODY = "nobody"


class Reason(StrEnum):
    """Why an incident speaks, or stays silent: the answer to "why did I get (or not get) this?"."""

    CONFIRMED = "confirmed by independent sources"
    ADMIN = "posted or approved by an admin"
    PROBABLE = "probable: one source graded A or B, or two independent ones"
    SEVERE_UNTOUCHED = "severe, and untouched in the queue"
    WIDE_AREA = "a state of a whole area"
    LIFTED = "announced lifted"
    IN_PART = "lifts a part, at most, of what still stands"
    RETRACTED = "retracted"
    UNCONFIRMED = "unconfirmed: only for chats that chose all reports"
    HELD = "held for an admin by the do-no-harm check"
    NO_PLACE = "place or type not determined"
    TOO_OLD = "older than 72 hours"
    FIRST_READ = "the source was read for the first time"
    NOTHING_NEW = "nothing that changes what a reader was told"
    DOUBTFUL = "a doubtful grade"
    AT_THE_PUMP = "told with what holds at the pump of that town"
    PUMP_CHANGED = "availability changed at the pump"
    PUMP_UNSURE = "changed at the pump by an unconfirmed word: only for chats that chose all reports"
    PUMP_QUIET = "a first reading: shown, not pushed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """To whom a change speaks, and why. `sounds` is False for messages that arrive silently."""

    scope: Scope
    reason: Reason
    lane: Lane = Lane.NORMAL
    sounds: bool = False
    wide_area: bool = False

    @property
    def speaks(self) -> bool:
        """Whether any chat of a reader gets a message."""
        return self.scope in {Scope.CONCERNED, Scope.ALL_REPORTS, Scope.EARLIER_READERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What readers were told and an admin or a source set right; None where it still holds.

    `redated` is whether the day is another one; none may have been told before. A gravity is one told too high.
    """

    location: Location | None = None
    event_type: EventType | None = None
    onset: date | None = None
    day_part: DayPart | None = None
    redated: bool = False
    severity: Severity | None = None

    @classmethod
    def of(cls, change: Change) -> "Former | None":
        """What `change` corrects of what was announced; None where it corrects nothing."""
        after, before = change.incident, change.before
        if before is None or not before.announced or after.status is not before.status:
            return None
        if change.kind is not ChangeKind.CORRECTED and after.by_hand == before.by_hand:
            return None
        redated = after.onset != before.onset
        former = cls(
            location=before.location if after.location != before.location else None,
            event_type=before.event_type if after.event_type is not before.event_type else None,
            onset=before.onset if redated else None,
            day_part=before.day_part if redated else None,
            redated=redated,
            severity=before.severity if rank(after.severity) < rank(before.severity) else None,
        )
        return former if former != cls() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What the outbox holds: the facts as they stood, worded for each chat only when it is sent.

    `id` is "<incident id>.<incident version>", after "desk." for a card to the admins, so the same decision is stored
    once. An UPDATE or CANCEL also goes to every chat that got an earlier alert of this incident. `change` is what an
    UPDATE says has changed. Where `pump` is set, that is what it tells, and its incident only says where. `former` is
    what was told wrongly.
    """

    id: str
    msg_type: MsgType
    incident: Incident
    decision: Decision
    created_at: datetime
    change: ChangeKind | None = None
    pump: PumpNews | None = None
    former: Former | None = None

    @classmethod
    def of(cls, change: Change, decision: Decision, *, now: datetime) -> "Alert":
        """The outbox entry of a decided change: a first word, an update of one, or its cancellation."""
        told_before = change.before is not None and change.before.announced
        if change.kind is ChangeKind.RETRACTED:
            msg_type = MsgType.CANCEL
        else:
            msg_type = MsgType.UPDATE if told_before else MsgType.ALERT
        return cls(
            id=f"{change.incident.id}.{change.incident.version}",
            msg_type=msg_type,
            incident=change.incident,
            decision=decision,
            created_at=now,
            change=change.kind,
            former=Former.of(change),
        )

    @property
    def corrects(self) -> bool:
        """Whether something told before was wrong."""
        return self.change is ChangeKind.CORRECTED or self.former is not None

    def for_the_desk(self) -> "Alert":
        """A card on the same news for the admins, beside what readers get; a severe one sounds."""
        severe = self.incident.severity in {Severity.EXTREME, Severity.SEVERE}
        decision = replace(self.decision, scope=Scope.DESK, sounds=severe)
        return replace(self, id=f"desk.{self.id}", msg_type=MsgType.ALERT, decision=decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """What stands under a message: it sends `data` back, or leads into the private chat, which begins with `opens`."""

    label: str
    data: str = ""
    opens: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message as it leaves. `reply_to` and `edits` are ids of messages in that chat, answered or replaced."""

    recipient: Recipient
    text: str
    sounds: bool
    protected: bool = False
    reply_to: int | None = None
    edits: int | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram answered with a message id."""

    message_id: int


@dataclass(frozen=True, slots=True)
class RetryIn:
    """Surely not sent: again after `delay`."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may have been sent: alerts and corrections go again, briefs and replies do not."""

    detail: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Blocked, removed or deleted: stop, keep the subscriptions for a while."""

    detail: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Our fault: Telegram understood the call and refused what it says."""

    detail: str


Outcome = Delivered | RetryIn | Ambiguous | Moved | Unreachable | Rejected
