"""How is the desk told that something waits for a person to look at it?"""

from datetime import datetime

from alerts.delivery.model import Alert
from alerts.wording.alert import alert_text
from alerts.wording.limits import clip, fit
from alerts.wording.words import Words

LONGEST_TITLE = 200
LONGEST_REASON = 300


def card_text(words: Words, alert: Alert, *, now: datetime) -> str:
    """Why it waits, what readers would be told, and which reports it rests on.

    For admins alone: report titles are shown as they came, names and all, never their addresses.
    """
    incident = alert.incident
    why = words.say(f"reason.{alert.decision.reason.name.lower()}")
    held = [words.say("desk.held", why=_why_held(words, incident.held))] if incident.held else []
    reports = [
        words.say("desk.report", grade=report.grade, where=words.say(f"where.{report.source_kind}"), title=title)
        for report in incident.reports
        if (title := clip(report.title, LONGEST_TITLE))
    ]
    return fit(
        reports,
        head=[words.say("desk.head", why=why), *held, alert_text(words, alert, short=False, now=now)],
        more=words.more,
        limit=words.limit,
    )


def _why_held(words: Words, held: str) -> str:
    """A hit of the do-no-harm check, "rule: words", as a sentence."""
    rule, _, found = held.partition(": ")
    return words.say(f"held.{rule}", words=clip(found, LONGEST_REASON))
