"""Which keys are there in Redis, what does each hold, and how long does it live?

One function or constant a key; nothing outside `alerts.store` spells a key.
"""

from datetime import timedelta

SEEN_ENTRY_LIFETIME = timedelta(days=90)  # a feed rarely shows an entry for longer
SEEN_UPDATE_LIFETIME = timedelta(hours=48)  # Telegram keeps an unconfirmed update for 24 hours
SENT_LIFETIME = timedelta(days=30)  # a bound; shortened to 48 hours after the incident ends
SENT_AFTER_END = timedelta(hours=48)
ALERT_LIFETIME = timedelta(days=30)  # the audit's counts outlive it
DIALOG_LIFETIME = timedelta(hours=24)
REVIEW_LIFETIME = timedelta(hours=72)  # older news is pushed to nobody
DRAFT_LIFETIME = timedelta(hours=48)
FUEL_LIFETIME = timedelta(days=28)  # the trend people are shown

SCHEMA = "siraba:schema"
"""Integer: the schema version this database was written with."""

LEASE = "siraba:lease"
"""String: mark of the service that may send; expires by itself."""

FENCE = "siraba:fence"
"""String: "number:word", the mark of the last service that took the lease; what an earlier one asks is refused."""

REFERENCE = "siraba:reference"
"""Integer: the last incident reference given out; gaps mean nothing."""

INCIDENTS = "siraba:incidents"
"""Sorted set: incident id -> when it last changed (epoch seconds)."""

INCIDENT_CHANGES = "siraba:incident-changes"
"""Stream: one entry with an incident id for each stored change, so that a reader's copy can follow."""

FEEDS = "siraba:feeds"
"""Hash: source id -> its FeedMarks as JSON."""

SEEN_ENTRIES = "siraba:seen-entries"
"""Sorted set: a name of an entry -> when it was first stored (epoch seconds); lives SEEN_ENTRY_LIFETIME."""

KNOWN_ENTRIES = "siraba:known-entries"
"""Hash: the same names -> KnownEntry as JSON: whose entry it is, and digests that tell an edited one."""

SOURCE_ALARMS = "siraba:source-alarms"
"""Set: "admin|source id" of each source that this admin was told to be silent; until told that it is back."""

FUEL = "siraba:fuel"
"""Hash: fuel report id -> FuelReport as JSON; entries live FUEL_LIFETIME."""

FUEL_CHANGES = "siraba:fuel-changes"
"""Integer: grows with every stored word on fuel, so that nobody looks for changes where there is none."""

PUMPS = "siraba:pumps"
"""Hash: town -> PumpTold as JSON: what its followers were told of the pumps last."""

FUEL_CRISIS = "siraba:fuel-crisis"
"""String: JSON of which admin declared that words on fuel grow stale sooner, and when. Absent: no crisis."""

CEILINGS = "siraba:ceilings"
"""Hash: product -> OfficialPrice as JSON."""

MONTH_PRICES = "siraba:month-prices"
"""Hash: "town|product" -> MonthPrice as JSON, the newest that a price list held."""

REVIEW = "siraba:review"
"""Sorted set: incident id -> since when it waits for an admin (epoch seconds)."""

AREAS = "siraba:areas"
"""Set: keys of all areas that anyone follows (or followed lately)."""

CHATS = "siraba:chats"
"""Set: recipient keys of all chats known."""

OUTBOX = "siraba:outbox"
"""Sorted set: alert id -> lane and time; what stands here has not reached everyone yet."""

HALT = "siraba:halt"
"""String: JSON of who halted all sending, and when. Absent: sending."""

DELETIONS = "siraba:deletions"
"""Sorted set: "chat:message" -> when the bot must delete that message of its own (epoch seconds)."""

INBOX = "siraba:inbox"
"""Stream: updates from Telegram that change something, stripped of names, until they are done."""

INBOX_ATTEMPTS = "siraba:inbox-attempts"
"""Hash: inbox entry -> how often it failed."""

PARKED = "siraba:parked"
"""Stream: updates that failed too often, for the operator; at most 1,000."""

SEEN_UPDATES = "siraba:seen-updates"
"""Sorted set: id of an update that was stored or answered -> when (epoch seconds); lives SEEN_UPDATE_LIFETIME."""

DUE = "siraba:due"
"""Sorted set: name of a job -> when it is due (epoch seconds)."""

REWRITE = "siraba:rewrite"
"""String: present while someone was forgotten whom the append-only file may still name."""

AUDIT = "siraba:audit"
"""Stream: who of the admins did what, and what went out because of it; about 100,000 entries."""


def incident(incident_id: str) -> str:
    """Hash: `version` (integer) and `json` (the Incident)."""
    return f"siraba:incident:{incident_id}"


def chat(recipient: str) -> str:
    """String: Chat as JSON; erased by /forget and after 180 days without use."""
    return f"siraba:chat:{recipient}"


def followers(area: str) -> str:
    """Set: recipient keys of the chats that follow the area with this key."""
    return f"siraba:followers:{area}"


def alert(alert_id: str) -> str:
    """String: Alert as JSON; lives ALERT_LIFETIME."""
    return f"siraba:alert:{alert_id}"


def delivery(alert_id: str) -> str:
    """Hash: counts of one alert's delivery, and when it was planned, finished or cancelled; then ALERT_LIFETIME."""
    return f"siraba:delivery:{alert_id}"


def todo(alert_id: str) -> str:
    """List: recipient keys that have no answer yet, most directly concerned first."""
    return f"siraba:todo:{alert_id}"


def sent(incident_id: str) -> str:
    """Hash: recipient key -> "alert id|message id" of the last message about this incident."""
    return f"siraba:sent:{incident_id}"


def begun(incident_id: str) -> str:
    """Set: "alert id|recipient key" of each send that began and has no recorded answer: it may have arrived."""
    return f"siraba:begun:{incident_id}"


def dialog(recipient: str) -> str:
    """String: JSON state of a dialogue with this chat; lives DIALOG_LIFETIME."""
    return f"siraba:dialog:{recipient}"


def draft(draft_id: str) -> str:
    """String: JSON of an admin's post between preview and confirmation; lives DRAFT_LIFETIME."""
    return f"siraba:draft:{draft_id}"
