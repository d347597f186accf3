"""Which keys are there in Redis, what does each hold, and how long does it live?

One function or constant a key; nothing outside `alerts.store` spells a key.
"""

from datetime import datetime, timedelta
from zlib import crc32

SEEN_ENTRY_LIFETIME = timedelta(days=90)  # a feed rarely shows an entry for longer
SEEN_UPDATE_LIFETIME = timedelta(hours=48)  # Telegram keeps an unconfirmed update for 24 hours
SENT_LIFETIME = timedelta(days=30)  # a bound; shortened to 48 hours after the incident ends
SENT_AFTER_END = timedelta(hours=48)
ALERT_LIFETIME = timedelta(days=30)  # the audit's counts outlive it
DIALOG_LIFETIME = timedelta(days=3)  # who began yesterday goes on where they were
REVIEW_LIFETIME = timedelta(hours=72)  # older news is pushed to nobody
DRAFT_LIFETIME = timedelta(hours=48)
NOTICE_LIFETIME = timedelta(hours=24)  # a word about the service is of no use later
AUDIT_KEPT = 1_000_000  # entries: years of them
SILENCE_LIFETIME = timedelta(hours=6)  # by then a chat knows, or nothing was to be told
PARKED_LIFETIME = timedelta(days=7)  # time for the operator to look
PARKED_KEPT = 1000
MISSED_LIFETIME = timedelta(days=7)
SENT_SHARDS = 256  # small hashes take a quarter of the room of a big one: up to 512 entries Redis packs them
DELETION_STEP = 10  # seconds that messages to delete are taken together by
FUEL_LIFETIME = timedelta(days=28)  # the trend people are shown

ALL = "siraba:*"
"""The pattern of every key below: a Redis may hold other people's as well."""

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

CHATS = "siraba:choices"
"""Hash: recipient key -> what this chat chose, as a row; erased by /forget and after 180 days without use."""

OUTBOX = "siraba:outbox"
"""Sorted set: alert id -> lane and time; what stands here has not reached everyone yet."""

MISSED = "siraba:missed"
"""Sorted set: id of an alert that grew old while it waited -> when it was given up; named once, for MISSED_LIFETIME."""

IN_TOUCH = "siraba:in-touch"
"""String: when Telegram is known to have answered last."""

SILENCE = "siraba:silence"
"""String: JSON of the last long time without contact, as long as chats are told of it (SILENCE_LIFETIME)."""

SILENCE_TOLD = "siraba:silence-told"
"""Set: recipient keys that were told of it; goes with it."""

HALT = "siraba:halt"
"""String: JSON of who halted all sending, and when. Absent: sending."""

DELETIONS = "siraba:deletion-times"
"""Sorted set: name of a list of messages of the bot -> when it must delete them (epoch seconds)."""

INBOX = "siraba:inbox"
"""Sorted set: an update from Telegram that changes something, stripped of names -> its number, until it is done.

No stream: what is deleted from one stays in its blocks, and so on disk, for as long as a neighbour does.
"""

INBOX_LAST = "siraba:inbox-last"
"""Integer: the number of the last update that came into the inbox."""

INBOX_ATTEMPTS = "siraba:inbox-attempts"
"""Hash: number of an update in the inbox -> how often it failed."""

PARKED = "siraba:parked"
"""Sorted set: an update that failed too often -> when (epoch seconds); PARKED_KEPT of them for PARKED_LIFETIME."""

SEEN_UPDATES = "siraba:seen-updates"
"""Sorted set: id of an update that was stored or answered -> when (epoch seconds); lives SEEN_UPDATE_LIFETIME."""

DUE = "siraba:due"
"""Sorted set: name of a job -> when it is due (epoch seconds)."""

OCCASIONS = "siraba:occasions"
"""Sorted set: "kind|recipient key" -> when the chat is told by the clock, such as its brief (epoch seconds)."""

BLIND = "siraba:blind"
"""String: since when no source can be read (ISO time), while the followers know of it."""

TOLD_BLIND = "siraba:told-blind"
"""Set: recipient keys of the chats that were told so, until they are told that reading works again."""

REWRITE = "siraba:rewrite"
"""String: present while someone was forgotten whom the append-only file may still name.

It is the number of the last update in the inbox then, and after a space the run of Redis that began to rewrite since.
"""

AUDIT = "siraba:audit"
"""Stream: who of the desk did what, and what went out because of it; about AUDIT_KEPT entries."""

ROLES = "siraba:roles"
"""Hash: user id -> role that an owner gave in chat, or "removed"; stands above SIRABA_ADMIN_IDS."""

GRADES = "siraba:grades"
"""Hash: source id -> Admiralty grade that an admin gave it; stands above the file of sources."""

CLAIMS = "siraba:claims"
"""Hash: incident id -> "admin|since" of whoever is at its card; leaves with the card."""

REMINDED = "siraba:reminded"
"""Set: incident ids of cards that the desk was reminded of; leaves with the card."""

NOTICES = "siraba:notices"
"""Sorted set: notice id -> when it was made (epoch seconds); what stands here has not reached everybody yet."""


def incident(incident_id: str) -> str:
    """Hash: `version` (integer) and `json` (the Incident)."""
    return f"siraba:incident:{incident_id}"


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


def sent(incident_id: str, recipient: str) -> str:
    """Hash, one of SENT_SHARDS: recipient key -> "alert|message" of the last message about this incident there."""
    return f"siraba:sent:{incident_id}:{crc32(recipient.encode()) % SENT_SHARDS}"


def all_sent(incident_id: str) -> list[str]:
    """All the hashes that `sent` may name."""
    return [f"siraba:sent:{incident_id}:{shard}" for shard in range(SENT_SHARDS)]


def begun(incident_id: str) -> str:
    """Set: "alert id|recipient key" of each send that began and has no recorded answer: it may have arrived."""
    return f"siraba:begun:{incident_id}"


def dialog(recipient: str) -> str:
    """String: JSON state of a dialogue with this chat; lives DIALOG_LIFETIME."""
    return f"siraba:dialog:{recipient}"


def draft(draft_id: str) -> str:
    """String: JSON of an admin's post or sheet between preview and confirmation; lives DRAFT_LIFETIME."""
    return f"siraba:draft:{draft_id}"


def incident_log(incident_id: str) -> str:
    """Stream: the lines of the audit that are about this incident, for its history."""
    return f"siraba:log:{incident_id}"


def notice(notice_id: str) -> str:
    """String: Notice as JSON; lives NOTICE_LIFETIME."""
    return f"siraba:notice:{notice_id}"


def notice_todo(notice_id: str) -> str:
    """List: recipient keys that have no answer yet; lives NOTICE_LIFETIME."""
    return f"siraba:notice-todo:{notice_id}"


def deletions(time: int) -> str:
    """List: "chat:message" of the bot's own messages to delete at a `deletion_time`."""
    return f"siraba:deletions:{time}"


def deletion_time(at: datetime) -> int:
    """When a message that must go at `at` goes: then, or up to DELETION_STEP seconds before (epoch seconds)."""
    return int(at.timestamp()) // DELETION_STEP * DELETION_STEP


def occasion_of(kind: str, recipient: str) -> str:
    """A member of OCCASIONS, no key of its own."""
    return f"{kind}|{recipient}"
