"""Does a chat's list of followed areas change as it was asked to?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.audience.choices import (
    MOST_AREAS,
    MOST_HUSHED,
    TooManyAreasError,
    current,
    hush,
    pause,
    resume,
    subscribe,
    tuned,
    unsubscribe,
)
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


def test_a_hushed_incident_is_kept_once_and_the_oldest_make_room():
    quiet = chat()
    for number in range(60):
        quiet = hush(hush(quiet, f"{number:04}"), f"{number:04}")
    assert len(quiet.hushed) == MOST_HUSHED
    assert quiet.hushed[-1] == "0059"
    assert "0000" not in quiet.hushed


def test_a_longer_pause_began_when_it_began():
    first = pause(chat(), NOW + timedelta(hours=1), now=NOW)
    later = pause(first, NOW + timedelta(hours=4), now=NOW + timedelta(minutes=30))
    assert (later.muted_from, later.muted_until) == (NOW, NOW + timedelta(hours=4))
    assert resume(later) == chat()


def test_a_new_pause_begins_anew():
    old = pause(chat(), NOW - timedelta(hours=1), now=NOW - timedelta(hours=2))
    assert pause(old, NOW + timedelta(hours=1), now=NOW).muted_from == NOW


def test_one_road_is_tuned_and_no_other():
    both = tuned(chat(100, RN1, KAYES), RN1.key, lambda one: replace(one, level=Level.ALL))
    assert [one.level for one in both.subscriptions] == [Level.ALL, Level.PROBABLE]
    assert tuned(both, "road:RN7", lambda one: replace(one, level=Level.CONFIRMED)) == both
