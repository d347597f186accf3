"""How is the desk told what waits for a person to look at it, and what was done?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from alerts.delivery.model import Alert
from alerts.incidents.figures import at_odds, fatalities, vehicles_destroyed
from alerts.incidents.grading import grade_of
from alerts.incidents.holding import holds_of
from alerts.incidents.model import Incident, Report, Status
from alerts.wording import incident as told
from alerts.wording.alert import alert_text
from alerts.wording.limits import clip, fit
from alerts.wording.words import Words

LONGEST_TITLE = 200
LONGEST_REASON = 300
LONGEST_FIGURES = 300
NOBODY: Mapping[str, str] = MappingProxyType({})

# What the audit says was done; a line of an older version may say something else.
DEEDS = (
    "alert",
    "amend",
    "approve",
    "card",
    "delivered",
    "dropped",
    "exercise",
    "expired",
    "fuel",
    "fuel_crisis",
    "fuel_crisis_over",
    "grade",
    "halt",
    "import",
    "incident",
    "leave",
    "lifted",
    "merge",
    "missed",
    "overrule",
    "overtaken",
    "price",
    "reject",
    "resume",
    "retract",
    "role_admin",
    "role_editor",
    "role_owner",
    "role_removed",
    "vouch",
)
_COUNTED = MappingProxyType({"desk.dead": fatalities, "desk.destroyed": vehicles_destroyed})
FACTS = (
    "incident",
    "alert",
    "kind",
    "why",
    "told",
    "what",
    "place",
    "source",
    "from",
    "to",
    "whom",
    "by",
    "product",
    "xof",
)


def card_text(
    words: Words,
    alert: Alert,
    *,
    now: datetime,
    similar: Sequence[Incident] = (),
    names: Mapping[str, str] = NOBODY,
) -> str:
    """Why it waits, what readers would be told, what was read, which reports it rests on, and what it resembles.

    For admins alone: report titles are shown as they came, names and all, never their addresses. `names` are the
    sources that may be named.
    """
    incident = alert.incident
    why = words.say(f"reason.{alert.decision.reason.name.lower()}")
    holds = dict.fromkeys(hold for report in incident.reports if report.held for hold in holds_of(report.held))
    held = [words.say("desk.held", why=_why_held(words, one)) for one in holds]
    alike = [told.line(words, one, now=now) for one in similar]
    return fit(
        [_report(words, report, names) for report in incident.reports if report.title or report.admin_id is not None],
        head=[
            words.say("desk.head", why=why),
            *held,
            alert_text(words, alert, short=False, now=now),
            _read(words, incident),
            *_figures_at_odds(words, incident, names),
        ],
        tail=[words.say("desk.similar"), *alike] if alike else [],
        more=words.more,
        limit=words.limit,
    )


def standing_line(words: Words, incident: Incident) -> str:
    """As in "Statut : probable · source : terrain B"."""
    last = incident.reports[-1]
    return words.say(
        "desk.standing",
        trust=words.say(f"trust.{incident.trust}"),
        where=words.say(f"where.{last.source_kind}"),
        grade=grade_of(last),
    )


def card_buttons(words: Words, incident: Incident) -> list[list[tuple[str, str]]]:
    """What an admin may decide about a card."""
    ref = incident.id
    return [
        [(words.say("card.approve"), f"c:approve:{ref}"), (words.say("card.probable"), f"c:probable:{ref}")],
        [(words.say(f"card.fix.{field}"), f"c:fix:{ref}:{field}") for field in ("where", "type", "when")],
        [(words.say("card.merge"), f"c:merge:{ref}"), (words.say("card.no_event"), f"c:reject:{ref}")],
        [(words.say("card.history"), f"q:log:{ref}"), (words.say("card.leave"), f"c:leave:{ref}")],
    ]


def copy_buttons(words: Words, incident: Incident) -> list[list[tuple[str, str]]]:
    """Under an admin's own copy of an alert, as long as there is something to correct."""
    if incident.status is Status.RETRACTED:
        return []
    return [[(words.say("card.wrong"), f"q:panel:{incident.id}")]]


def log_line(words: Words, line: Mapping[str, str], *, chats: str = "") -> str:
    """One line of the audit: when, who, what, to which incident, to how many."""
    at = datetime.fromisoformat(line["at"]).astimezone(words.timezone)
    did = words.say(f"did.{line['did']}") if line["did"] in DEEDS else line["did"]
    who = words.say("did.by_rule") if line["who"] == "rule" else line["who"]
    facts = [line[name] for name in FACTS if name in line and (name != "incident" or "alert" not in line)]
    return " · ".join([f"{at:%Y-%m-%d %H:%M}", who, did, *facts, *([chats] if chats else [])])


def _read(words: Words, incident: Incident) -> str:
    """As in "Lu : embuscade, Loulouni, 2025-10-05": what the reading made of it."""
    facts = [
        *(words.say(f"event.{kind}").lower() for kind in incident.event_types),
        told.place(words, incident.location, separator=" "),
        incident.onset.isoformat() if incident.onset else words.say("desk.no_day"),
    ]
    return words.say("desk.read", facts=", ".join(facts))


def _figures_at_odds(words: Words, incident: Incident, names: Mapping[str, str]) -> list[str]:
    """As in "Dead, 11 to 15: 11 (press, B) · 15 (official, C)"; of vehicles too, which no reader is told."""
    lines = []
    for what, counted in _COUNTED.items():
        if found := at_odds(incident.reports, counted):
            said = [f"{one.number} ({'; '.join(_who(words, by, names) for by in one.reports)})" for one in found]
            line = words.say(what, low=found[0].number, high=found[-1].number, said=" · ".join(said))
            lines.append(clip(line, LONGEST_FIGURES))
    return lines


def _who(words: Words, report: Report, names: Mapping[str, str]) -> str:
    parts = (words.say(f"where.{report.source_kind}"), names.get(report.source_id, ""), grade_of(report))
    return ", ".join(filter(None, parts))


def _report(words: Words, report: Report, names: Mapping[str, str]) -> str:
    where = words.say(f"where.{report.source_kind}")
    name = names.get(report.source_id, "")
    claim = words.say("desk.claim") if report.is_claim else ""
    title = clip(report.title, LONGEST_TITLE) or words.say("desk.posted", who=report.admin_id)
    return words.say(
        "desk.report", grade=grade_of(report), where=", ".join(filter(None, [where, name, claim])), title=title
    )


def _why_held(words: Words, held: str) -> str:
    """A hit of the do-no-harm check, "rule: words", as a sentence."""
    rule, _, found = held.partition(":")
    return words.say(f"held.{rule}", words=clip(found.strip(), LONGEST_REASON))
