"""Does a chat's list of followed areas change as it was asked to?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.audience.choices import MOST_AREAS, TooManyAreasError, current, subscribe, unsubscribe
from alerts.audience.model import Level, Subscription
from alerts.geography.model import Area, AreaKind
from tests.support.builders import KAYES, NOW, RN1, chat


def road(number: int) -> Subscription:
    return Subscription(area=Area(kind=AreaKind.ROAD, id=f"RN{number}"))


def test_a_new_area_comes_last():
    assert [one.area for one in subscribe(chat(100, KAYES), Subscription(area=RN1)).subscriptions] == [KAYES, RN1]


def test_following_again_changes_the_choice_and_keeps_its_place():
    surer = Subscription(area=KAYES, level=Level.CONFIRMED)

    assert subscribe(chat(100, KAYES, RN1), surer).subscriptions == (surer, Subscription(area=RN1))


def test_the_list_has_an_end():
    full = replace(chat(), subscriptions=tuple(road(number) for number in range(MOST_AREAS)))

    with pytest.raises(TooManyAreasError) as error:
        subscribe(full, road(MOST_AREAS))

    assert error.value.limit == MOST_AREAS == 30
    assert subscribe(full, replace(road(3), level=Level.ALL)).subscriptions[3].level is Level.ALL


def test_one_area_or_all_can_be_left():
    following = chat(100, KAYES, RN1)

    assert [one.area for one in unsubscribe(following, KAYES).subscriptions] == [RN1]
    assert unsubscribe(following).subscriptions == ()


def test_leaving_what_one_does_not_follow_changes_nothing():
    assert unsubscribe(chat(100, KAYES), RN1) == chat(100, KAYES)


def test_trips_end():
    trip = Subscription(area=RN1, until=NOW)
    lasting = Subscription(area=KAYES, until=NOW + timedelta(hours=1))

    assert current(replace(chat(), subscriptions=(trip, lasting)), NOW).subscriptions == (lasting,)
    assert current(chat(100, KAYES), NOW) == chat(100, KAYES)
