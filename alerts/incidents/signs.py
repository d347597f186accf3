"""What can speak for or against a report and an incident being one event, and how much does it weigh?

The figures are data (`data/evidence.toml`), each with its reason; this file reads and checks them.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from alerts.errors import DataError


class Sign(StrEnum):
    """One thing that was found when comparing; the file explains each."""

    SPOT = "spot"
    LISTED = "listed"
    STRETCH = "stretch"
    NEAR_SPOT = "near_spot"
    NEXT_TOWN = "next_town"
    ROAD = "road"
    ONE_STATE = "one_state"
    NEIGHBOURHOOD = "neighbourhood"
    WHOLE_COUNTRY = "whole_country"
    PLACE_IN_PASSING = "place_in_passing"
    REGION_IN_PASSING = "region_in_passing"
    NOWHERE = "nowhere"
    REGION = "region"
    SAME_DAY = "same_day"
    NEXT_DAY = "next_day"
    RECENT = "recent"
    NEAR_DAY = "near_day"
    NEXT_DAY_OTHERWISE = "next_day_otherwise"
    TWO_DAYS_OFF = "two_days_off"
    WITHIN_THE_WEEK = "within_the_week"
    WEEKDAY = "weekday"
    DATELESS = "dateless"
    GOES_ON = "goes_on"
    SAME_TYPE = "same_type"
    SHARED_TYPE = "shared_type"
    FAMILY = "family"
    MISTAKEN = "mistaken"
    BESIDE = "beside"
    VIOLENCE = "violence"
    AFTERMATH = "aftermath"
    OTHER_TYPE = "other_type"
    TWO_TYPES = "two_types"
    AMID = "amid"
    TOLL_OF_HUNDREDS = "toll_of_hundreds"
    TOLL_OF_DOZENS = "toll_of_dozens"
    TOLL = "toll"
    FEW_DEAD = "few_dead"
    GROWN_TOLL = "grown_toll"
    OTHER_TOLL = "other_toll"
    OTHER_RECOUNT = "other_recount"
    VEHICLES = "vehicles"
    NUMBER = "number"
    TITLE = "title"
    PEOPLE = "people"
    OTHER_WEEKDAY = "other_weekday"
    ANOTHER = "another"
    ALSO_THAT_DAY = "also_that_day"
    OTHER_VICTIMS = "other_victims"
    OTHER_COMPANY = "other_company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What each sign weighs, and how much it takes to be one event."""

    enough: int
    points: Mapping[Sign, int]

    def weight(self, signs: Iterable[Sign]) -> int:
        """What `signs` weigh together."""
        return sum(self.points[sign] for sign in signs)

    def heaviest(self, signs: Iterable[Sign]) -> tuple[Sign, ...]:
        """The one of `signs` that weighs most; none of none."""
        return tuple(sorted(signs, key=self.points.__getitem__)[-1:])


@cache
def scale() -> Scale:
    """The scale that ships with the project.

    Raises:
        DataError: a sign is missing, or a row does not hold what it must.
    """
    return parse_scale(tomllib.loads(files("alerts.incidents").joinpath("data/evidence.toml").read_text("utf-8")))


def parse_scale(rows: Mapping[str, Any]) -> Scale:
    """Check `rows`: one for each sign, and each with its reason.

    Raises:
        DataError: as `scale` says.
    """
    try:
        signs, enough = rows["signs"], rows["enough"]
        reasons = [row["because"] for row in signs.values()]
        points = {name: row["points"] for name, row in signs.items()}
    except (KeyError, TypeError) as error:
        raise DataError(f"evidence.toml: {error!r}") from error
    if set(points) != set(Sign) or not all(reasons):
        raise DataError(f"evidence.toml and the signs differ: {sorted(set(points) ^ set(Sign))}")
    if not all(isinstance(figure, int) for figure in (enough, *points.values())):
        raise DataError("evidence.toml: points are whole numbers")
    return Scale(enough=enough, points=MappingProxyType({Sign(name): figure for name, figure in points.items()}))
