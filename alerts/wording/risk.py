"""How is the risk on a stretch put in one line: its level as a word, and what makes it?

Only what stands makes a level. Where nothing does, the line says why: no recent information, or an announced end.
"""

from collections.abc import Sequence
from datetime import datetime

from alerts.incidents.model import Incident
from alerts.incidents.outlook import LegOutlook
from alerts.incidents.risk import Factor, Freshness, Nearness, Risk, RiskLevel, risk_of
from alerts.wording import incident as told
from alerts.wording.words import Words, inside

REASONS = 2
"""How many of its factors a line names, the weightiest first."""

_GRAVITY = {
    RiskLevel.WATCH: "minor",
    RiskLevel.SERIOUS: "moderate",
    RiskLevel.VERY_SERIOUS: "severe",
    RiskLevel.EXTREME: "extreme",
}

_NEARNESS = {
    Nearness.ON_IT: "risk.near.leg",
    Nearness.AT_A_STOP: "risk.near.town",
    Nearness.SOMEWHERE_AROUND: "risk.near.area",
}


def risk_line(words: Words, leg: LegOutlook, *, now: datetime) -> str:
    """As in "Niveau : très grave — attaque armée ce matin, sur ce tronçon, confirmé"."""
    risk = risk_of(leg, now=now)
    level = _level(words, risk, gravity="gravity")
    by_id = {incident.id: incident for incident in leg.incidents}
    reasons = [_reason(words, factor, by_id[factor.incident_id], now=now) for factor in _making(risk)[:REASONS]]
    return _line(words, level, _together(words, reasons))


def short_risk_line(words: Words, leg: LegOutlook, *, now: datetime) -> str:
    """As in "Niveau : très perturbé 3/3 — sur ce tronçon, confirmé": neutral words, the weightiest factor alone."""
    risk = risk_of(leg, now=now)
    reasons = [", ".join(_standing(words, factor)) for factor in _making(risk)[:1]]
    return _line(words, _level(words, risk, gravity="short.gravity"), "".join(reasons))


def bare_risk_line(words: Words, leg: LegOutlook, *, now: datetime) -> str:
    """As in "Niveau : très perturbé 3/3", where there is no room for a reason; an old level still says so."""
    risk = risk_of(leg, now=now)
    level = _level(words, risk, gravity="short.gravity")
    is_old = risk.is_old and risk.level is not RiskLevel.UNKNOWN
    return _line(words, f"{level}, {words.say('risk.old')}" if is_old else level, "")


def _line(words: Words, level: str, reasons: str) -> str:
    return words.say("risk.because", level=level, reasons=reasons) if reasons else words.say("risk.line", level=level)


def _together(words: Words, reasons: Sequence[str]) -> str:
    match reasons:
        case [first, second]:
            return words.say("risk.two", first=first, second=second)
        case _:
            return "".join(reasons)


def _level(words: Words, risk: Risk, *, gravity: str) -> str:
    """A word for the level; there is none that says a stretch is free of danger."""
    if risk.level is not RiskLevel.UNKNOWN:
        return words.say(f"{gravity}.{_GRAVITY[risk.level]}")
    ended = any(factor.is_over and factor.freshness is not Freshness.SPENT for factor in risk.factors)
    return words.say("risk.ended" if ended else "status.unknown")


def _making(risk: Risk) -> list[Factor]:
    """What the level rests on: what was announced ended makes none."""
    return [factor for factor in risk.factors if not factor.is_over]


def _reason(words: Words, factor: Factor, incident: Incident, *, now: datetime) -> str:
    """As in "attaque armée ce matin, sur ce tronçon, confirmé"."""
    return ", ".join([inside(told.what(words, incident, now=now)), *_standing(words, factor)])


def _standing(words: Words, factor: Factor) -> list[str]:
    """How near, how sure, and whether the word of it is old."""
    old = [] if factor.freshness is Freshness.RECENT else [words.say("risk.old")]
    return [words.say(_NEARNESS[factor.nearness]), words.say(f"trust.{factor.trust}"), *old]
