"""To whom does a change at the pump speak, and why?

Only what was seen, of a town, after the fact; the pump of a station, a delivery or a tanker never gets this far.
"""

from alerts.delivery.model import Decision, Reason, Scope
from alerts.fuel.model import Availability, FuelState, PumpNews
from alerts.incidents.model import Trust

DESK = "desk:"
"""What the source of a word begins with that an admin entered."""


def decide_pump(news: PumpNews) -> Decision:
    """To whom `news` speaks: everyone concerned by a probable word or an admin's, the rest to who asked for all."""
    told = [state for state in news.news if state.report is not None and not state.report.quiet]
    if not told:
        return Decision(scope=Scope.NOBODY, reason=Reason.PUMP_QUIET)
    if all(state.trust is Trust.UNCONFIRMED and not _is_of_the_desk(state) for state in told):
        return Decision(scope=Scope.ALL_REPORTS, reason=Reason.PUMP_UNSURE)
    reason = Reason.ADMIN if any(map(_is_of_the_desk, told)) else Reason.PUMP_CHANGED
    return Decision(scope=Scope.CONCERNED, reason=reason, sounds=_is_felt(news))


def _is_of_the_desk(state: FuelState) -> bool:
    return state.report is not None and state.report.source_id.startswith(DESK)


def _is_felt(news: PumpNews) -> bool:
    """Whether a driver acts on it at once: a product has run out, or is back, and the word is probable at least."""
    sure = [state for state in news.news if state.trust is not Trust.UNCONFIRMED]
    return any(state.availability is Availability.OUT or state.product in news.back for state in sure)
