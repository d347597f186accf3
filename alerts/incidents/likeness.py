"""Does a report tell of an incident already known?

Told twice, one event would be two alarms; two events told as one would hide the second. What speaks for and against
it is weighed together (`alerts.incidents.signs`): the less exact the place and the day, the more else must agree. A
few things alone part them, whatever else agrees: another day, another end of the country, an end and no attack.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from alerts.incidents.agreement import (
    counts_the_same,
    figure_signs,
    figures_agree,
    is_set_apart,
    says_it_is_another,
    share_a_telling_toll,
    speak_of_the_same,
    tell_of_one_strike,
    word_signs,
)
from alerts.incidents.dating import (
    SAME_DAY,
    Dates,
    are_dateless,
    dates_of,
    days_between,
    name_one_weekday,
    names_its_day,
    weekdays_clash,
)
from alerts.incidents.kindred import is_a_state, is_a_want, is_an_end_of_another, is_damage, shares_a_type, type_signs
from alerts.incidents.kinds import kind_of
from alerts.incidents.lasting import goes_on, is_reopened_since, lasts, still_lasts
from alerts.incidents.model import Incident, Report, Status
from alerts.incidents.nearness import ONE_PLACE, Nearness
from alerts.incidents.recurrence import is_a_later_one
from alerts.incidents.signs import Sign, scale
from alerts.incidents.whereabouts import (
    holds_at_one_place,
    is_compared,
    is_in_its_region,
    is_of_the_country,
    is_unplaced,
    name_each_other_in_passing,
    nearest,
    place_sign,
)

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

_OF_DATES = {
    Dates.SAME: Sign.SAME_DAY,
    Dates.RECENT: Sign.RECENT,
    Dates.NEAR: Sign.NEAR_DAY,
    Dates.LATER: Sign.WITHIN_THE_WEEK,
}

Fit = tuple[int, Nearness, Dates]
"""How well a report fits: the points of all signs, then place and day."""


def likeness(report: Report, incident: Incident, atlas: "Atlas") -> Fit | None:
    """How well `report` fits `incident`, for choosing the best of several; None when it tells of something else."""
    if _is_closed_to(report, incident) or _is_another_day(report, incident) or is_a_later_one(report, incident):
        return None
    dates = dates_of(report, incident)
    if dates is Dates.APART and not still_lasts(report, incident):  # most are: nothing dearer is asked of them
        return None
    near = nearest(report, incident, atlas)
    if _are_parted(report, incident, near, dates):
        return None
    weight = scale().weight(signs(report, incident, near, dates, atlas))
    return (weight, near, dates) if weight >= scale().enough else None


def signs(report: Report, incident: Incident, near: Nearness, dates: Dates, atlas: "Atlas") -> tuple[Sign, ...]:
    """All that speaks for or against one event, `near` and `dates` being how place and day agree."""
    return (
        place_sign(report, incident, near, atlas),
        *scale().heaviest(_day_signs(report, incident, near, dates, atlas)),
        *type_signs(report, incident),
        *figure_signs(report, incident),
        *word_signs(report, incident),
        *_contrary_signs(report, incident, near, dates),
    )


def _is_closed_to(report: Report, incident: Incident) -> bool:
    """Whether it is a drill, went into another, or was retracted and an admin posts anew: then it did happen."""
    taken_back = incident.status is Status.RETRACTED and report.admin_id is not None
    return incident.exercise or incident.merged_into is not None or taken_back


def _is_another_day(report: Report, incident: Incident) -> bool:
    """Whether the days of both are known and say that these are two events; of a state, its day says nothing.

    A paper may be two days off on one event, or name its type otherwise, but not both, and not where it says that it
    is a new one. The desk knows its day.
    """
    gap = days_between(report, incident)
    if not gap or lasts(report, incident):
        return False
    told_otherwise = not shares_a_type(report, incident) or says_it_is_another(report, incident)
    if report.admin_id is not None:
        return gap > SAME_DAY or told_otherwise
    return gap > SAME_DAY and told_otherwise


def _are_parted(report: Report, incident: Incident, near: Nearness, dates: Dates) -> bool:
    """Whether something forbids that they are one, whatever else agrees."""
    if is_an_end_of_another(report, incident) or is_reopened_since(report, incident):
        return True
    if dates <= Dates.LATER:
        looks_back = dates is Dates.LATER and figures_agree(report, incident)
        if near not in ONE_PLACE and not holds_at_one_place(report, incident, near):
            return True
        return not (looks_back or still_lasts(report, incident))
    return near is Nearness.APART and not _may_be_elsewhere(report, incident, dates)


def _may_be_elsewhere(report: Report, incident: Incident, dates: Dates) -> bool:
    """Whether one names no place, or another spot of the region, and the day and what is told outweigh that."""
    if tell_of_one_strike(report, incident):
        return True
    if not is_unplaced(report, incident):
        crossed = dates is Dates.UNKNOWN and name_each_other_in_passing(report, incident)
        one_day = crossed or dates is Dates.SAME or name_one_weekday(report, incident)
        near_enough = is_in_its_region(report, incident, of_old=speak_of_the_same(report, incident))
        return one_day and near_enough and share_a_telling_toll(report, incident)
    if is_of_the_country(report, incident):
        return dates in {Dates.SAME, Dates.UNKNOWN} or still_lasts(report, incident)
    return dates is Dates.SAME or (dates is Dates.UNKNOWN and name_one_weekday(report, incident))


def _day_signs(report: Report, incident: Incident, near: Nearness, dates: Dates, atlas: "Atlas") -> tuple[Sign, ...]:
    """All that may be said of the day, of which the best counts."""
    found = [_OF_DATES[dates]] if dates in _OF_DATES else []
    if gap := days_between(report, incident):
        found = [_off_by(gap, report, incident)]
    known = near > Nearness.VAGUE or dates > Dates.UNKNOWN or holds_at_one_place(report, incident, near)
    if known and goes_on(report, incident, dates) and not _is_other_state(report, incident, atlas):
        found.append(Sign.GOES_ON)
    if dates is not Dates.APART and name_one_weekday(report, incident):
        found.append(Sign.WEEKDAY)
    if dates is Dates.UNKNOWN and near is Nearness.SAME and _is_undated(report, incident):
        found.append(Sign.DATELESS)
    return tuple(found)


def _is_other_state(report: Report, incident: Incident, atlas: "Atlas") -> bool:
    """Whether it may be the flood or want of another town, or what happened later where a bridge had been blown up."""
    if (is_damage(incident) or is_a_want(incident)) and is_compared(report, incident, atlas):
        return True
    struck = not all(kind_of(kind).is_state for kind in report.event_types)
    return struck and bool(days_between(report, incident)) and says_it_is_another(report, incident)


def _off_by(gap: timedelta, report: Report, incident: Incident) -> Sign:
    """What it says that both tell the day, and not the same."""
    if gap == SAME_DAY:
        return Sign.NEXT_DAY if shares_a_type(report, incident) else Sign.NEXT_DAY_OTHERWISE
    if is_a_state(report) or is_a_state(incident):
        return Sign.NEAR_DAY
    meant = names_its_day(report, incident) and not says_it_is_another(report, incident)
    return Sign.NEAR_DAY if meant else Sign.TWO_DAYS_OFF


def _is_undated(report: Report, incident: Incident) -> bool:
    """Whether neither says a day that could part them; where one does, the types must be one."""
    dateless = are_dateless(report, incident)
    return all(dateless) or (any(dateless) and report.event_type is incident.event_type)


def _contrary_signs(report: Report, incident: Incident, near: Nearness, dates: Dates) -> tuple[Sign, ...]:
    unsure = dates in {Dates.LATER, Dates.UNKNOWN} or near <= Nearness.VAGUE
    lasting = goes_on(report, incident, dates)
    counted = near is Nearness.SAME and report.event_type is incident.event_type and counts_the_same(report, incident)
    other_day = unsure and not (lasting or counted) and weekdays_clash(report, incident)
    weekday = (Sign.OTHER_WEEKDAY,) if other_day else ()
    next_day = days_between(report, incident) == SAME_DAY
    one_day = (dates is Dates.SAME and not next_day) or _name_one_day(report, incident)
    another = (Sign.ANOTHER,) if not one_day and says_it_is_another(report, incident) else ()
    apart = (Sign.ALSO_THAT_DAY,) if not another and is_set_apart(report, incident) else ()
    return (*weekday, *another, *apart)


def _name_one_day(report: Report, incident: Incident) -> bool:
    """Whether both name one weekday, and came out within a week: nobody else says which Sunday it was."""
    out = [other.published_at for other in incident.reports if other.published_at]
    known = bool(report.published_at and out)
    return name_one_weekday(report, incident) and (known or incident.onset is None is report.event_date)
