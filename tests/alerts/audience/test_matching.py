"""Does each chat get what it asked for, when it wants it?"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from alerts.audience.matching import is_held_back, is_quiet, sounds, topic_of, wants
from alerts.audience.model import Chat, Level, Loudness, Subscription, Topic
from alerts.delivery.model import Decision, Lane, Reason, Scope
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind, Directness, Location, Precision
from alerts.incidents.model import Credibility, Incident
from alerts.reading.model import EventType
from tests.support.builders import KAYES, NOW, RN1, chat, incident

ATLAS = Atlas.load()
BAMAKO_TIME = ZoneInfo("Africa/Bamako")
ROUTE = Area(kind=AreaKind.ROUTE, id="kayes/bamako")
GAO = Area(kind=AreaKind.PLACE, id="gao", radius_km=50)
REGION = Area(kind=AreaKind.REGION, id="region-nioro")
TOLD = Decision(scope=Scope.CONCERNED, reason=Reason.PROBABLE, lane=Lane.HIGH, sounds=True)
CRITICAL = replace(TOLD, lane=Lane.CRITICAL)
UNCONFIRMED = Decision(scope=Scope.ALL_REPORTS, reason=Reason.UNCONFIRMED)


def follower(area: Area = RN1, **fields: Any) -> Chat:
    return replace(chat(), subscriptions=(Subscription(area=area, **fields),))


def wanted(by: Chat, told: Incident | None = None, decision: Decision = TOLD) -> Directness | None:
    return wants(by, told or incident(), decision, holds=ATLAS.holds, now=NOW)


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        pytest.param(RN1, Directness.ON_IT, id="the road"),
        pytest.param(ROUTE, Directness.ON_IT, id="the route"),
        pytest.param(REGION, Directness.ON_IT, id="the region"),
        pytest.param(KAYES, None, id="a town far off"),
        pytest.param(GAO, None, id="elsewhere"),
    ],
)
def test_who_is_concerned(area: Area, expected: Directness | None):
    assert wanted(follower(area)) is expected


def test_a_chat_without_subscriptions_gets_nothing():
    assert wanted(chat()) is None


def test_the_most_direct_subscription_counts():
    both = replace(chat(), subscriptions=(Subscription(area=GAO), Subscription(area=RN1)))

    assert wanted(both) is Directness.ON_IT


@pytest.mark.parametrize(
    ("level", "credibility", "decision", "gets"),
    [
        (Level.PROBABLE, Credibility.PROBABLE, TOLD, True),
        (Level.PROBABLE, Credibility.CONFIRMED, TOLD, True),
        (Level.PROBABLE, Credibility.POSSIBLE, UNCONFIRMED, False),
        (Level.PROBABLE, Credibility.POSSIBLE, replace(TOLD, reason=Reason.SEVERE_UNTOUCHED), True),
        (Level.PROBABLE, Credibility.POSSIBLE, replace(TOLD, reason=Reason.ADMIN), True),
        (Level.ALL, Credibility.POSSIBLE, UNCONFIRMED, True),
        (Level.ALL, Credibility.PROBABLE, TOLD, True),
        (Level.CONFIRMED, Credibility.PROBABLE, TOLD, False),
        (Level.CONFIRMED, Credibility.CONFIRMED, TOLD, True),
        (Level.CONFIRMED, Credibility.POSSIBLE, replace(TOLD, reason=Reason.ADMIN), False),
        (Level.CONFIRMED, Credibility.PROBABLE, replace(TOLD, reason=Reason.LIFTED), True),
    ],
)
def test_how_sure_news_must_be(level: Level, credibility: Credibility, decision: Decision, gets: bool):  # noqa: FBT001 - a table's column
    found = wanted(follower(level=level), incident(credibility=credibility), decision)

    assert (found is not None) is gets


@pytest.mark.parametrize(
    ("topics", "event_type", "gets"),
    [
        (frozenset({Topic.SECURITY}), EventType.AMBUSH, True),
        (frozenset({Topic.FUEL}), EventType.AMBUSH, False),
        (frozenset({Topic.FUEL}), EventType.FUEL_SHORTAGE, True),
        (frozenset({Topic.FUEL}), EventType.FUEL_ARRIVAL, True),
        (frozenset({Topic.ROAD}), EventType.BRIDGE_OUT, True),
        (frozenset({Topic.ROAD}), EventType.BLOCKADE, False),
    ],
)
def test_only_the_topics_asked_for(topics: frozenset[Topic], event_type: EventType, gets: bool):  # noqa: FBT001 - a table's column
    found = wanted(follower(topics=topics), incident(event_types=(event_type,)))

    assert (found is not None) is gets


@pytest.mark.parametrize("event_type", list(EventType))
def test_every_type_has_a_topic(event_type: EventType):
    assert topic_of(event_type) in Topic
    assert (topic_of(event_type) is Topic.FUEL) is event_type.startswith("fuel")


def test_a_trip_that_has_ended_is_followed_no_more():
    assert wanted(follower(until=NOW)) is None
    assert wanted(follower(until=NOW + timedelta(seconds=1))) is Directness.ON_IT


def test_critical_news_breaks_through_a_pause():
    paused = replace(follower(), muted_until=NOW + timedelta(hours=1))

    assert wanted(paused) is None
    assert wanted(paused, decision=CRITICAL) is Directness.ON_IT
    assert wanted(replace(paused, muted_until=NOW)) is Directness.ON_IT


def test_a_chat_out_of_reach_is_not_tried():
    assert wanted(replace(follower(), unreachable_since=NOW), decision=CRITICAL) is None


@pytest.mark.parametrize("scope", [Scope.DESK, Scope.NOBODY, Scope.EARLIER_READERS])
def test_what_is_not_for_everyone_concerned_finds_no_new_reader(scope: Scope):
    assert wanted(follower(level=Level.ALL), decision=replace(TOLD, scope=scope)) is None


def test_a_state_of_the_region_concerns_its_followers():
    wide = incident(
        event_types=(EventType.BLOCKADE,), location=Location(regions=("region-nioro",), precision=Precision.REGION)
    )

    assert wanted(follower(REGION), wide, replace(TOLD, wide_area=True)) is not None
    assert wanted(follower(GAO), wide, replace(TOLD, wide_area=True)) is None


def test_drills_reach_only_those_who_asked():
    drill = incident(exercise=True)

    assert wanted(follower(), drill) is None
    assert wanted(replace(follower(), wants_exercises=True), drill) is Directness.ON_IT


@pytest.mark.parametrize(
    ("hour", "decision", "heard"),
    [
        pytest.param(9, TOLD, True, id="by day"),
        pytest.param(9, replace(TOLD, sounds=False), False, id="silent by decision"),
        pytest.param(23, TOLD, False, id="at night"),
        pytest.param(4, TOLD, False, id="before five"),
        pytest.param(5, TOLD, True, id="from five"),
        pytest.param(22, TOLD, False, id="from ten in the evening"),
        pytest.param(23, CRITICAL, True, id="critical at night"),
        pytest.param(23, replace(CRITICAL, sounds=False), False, id="critical, but delayed"),
    ],
)
def test_only_critical_news_sounds_at_night(hour: int, decision: Decision, heard: bool):  # noqa: FBT001 - a table's column
    at = datetime(2025, 10, 5, hour, tzinfo=UTC)

    assert sounds(chat(), decision, now=at, timezone=BAMAKO_TIME) is heard


def test_the_night_is_that_of_the_chat():
    at = datetime(2025, 10, 5, 21, tzinfo=UTC)

    assert sounds(chat(), TOLD, now=at, timezone=BAMAKO_TIME)
    assert not sounds(chat(), TOLD, now=at, timezone=ZoneInfo("Europe/Paris"))


def test_a_paused_chat_hears_only_critical_news():
    paused = replace(chat(), muted_until=NOW + timedelta(hours=1))

    assert not sounds(paused, TOLD, now=NOW, timezone=BAMAKO_TIME)
    assert sounds(paused, CRITICAL, now=NOW, timezone=BAMAKO_TIME)


@pytest.mark.parametrize(
    ("start", "end", "hour", "quiet"),
    [
        pytest.param(time(13), time(15), time(14), True, id="within a day"),
        pytest.param(time(13), time(15), time(15), False, id="its end"),
        pytest.param(time(22), time(5), time(12), False, id="over midnight, noon"),
        pytest.param(time(0), time(0), time(3), False, id="no quiet hours"),
    ],
)
def test_quiet_hours(start: time, end: time, hour: time, quiet: bool):  # noqa: FBT001 - a table's column
    assert is_quiet(replace(chat(), silent_from=start, silent_to=end), hour) is quiet


PAUSED = replace(follower(), muted_from=NOW, muted_until=NOW + timedelta(hours=4))
LIFTED = replace(TOLD, reason=Reason.LIFTED)
RETRACTED = replace(TOLD, reason=Reason.RETRACTED)


@pytest.mark.parametrize(
    ("by", "decision", "expected"),
    [
        pytest.param(PAUSED, TOLD, True, id="a-pause-holds-back-news"),
        pytest.param(PAUSED, LIFTED, True, id="and-the-end-of-it"),
        pytest.param(PAUSED, RETRACTED, False, id="never-a-retraction"),
        pytest.param(PAUSED, CRITICAL, False, id="critical-breaks-through"),
        pytest.param(replace(PAUSED, critical_through=False), CRITICAL, True, id="unless-switched-off"),
        pytest.param(replace(PAUSED, muted_until=NOW), TOLD, False, id="a-pause-that-is-over"),
        pytest.param(replace(follower(), hushed=("0512",)), TOLD, True, id="a-hushed-incident"),
        pytest.param(replace(follower(), hushed=("0512",)), CRITICAL, True, id="however-grave-it-gets"),
        pytest.param(replace(follower(), hushed=("0512",)), LIFTED, False, id="but-its-end-is-told"),
        pytest.param(replace(follower(), hushed=("0512",)), RETRACTED, False, id="or-that-it-was-wrong"),
        pytest.param(replace(follower(), hushed=("0511",)), TOLD, False, id="another-incident"),
    ],
)
def test_what_a_chat_asked_not_to_hear_is_held_back(by: Chat, decision: Decision, expected: bool):  # noqa: FBT001
    assert is_held_back(by, incident(), decision, now=NOW) is expected


@pytest.mark.parametrize(
    ("loudness", "loud"),
    [
        (Loudness.ALL, {Lane.CRITICAL, Lane.HIGH, Lane.NORMAL}),
        (Loudness.GRAVE, {Lane.CRITICAL, Lane.HIGH}),
        (Loudness.CRITICAL, {Lane.CRITICAL}),
    ],
)
def test_by_day_only_what_is_grave_enough_sounds(loudness: Loudness, loud: set[Lane]):
    by = replace(follower(), loudness=loudness)
    noon = datetime(2025, 10, 5, 12, tzinfo=UTC)
    lanes = (Lane.CRITICAL, Lane.HIGH, Lane.NORMAL)
    assert {lane for lane in lanes if sounds(by, replace(TOLD, lane=lane), now=noon, timezone=BAMAKO_TIME)} == loud


def test_at_night_nothing_sounds_where_critical_news_was_switched_off():
    by = replace(follower(), critical_through=False)
    assert not sounds(by, CRITICAL, now=datetime(2025, 10, 5, 23, tzinfo=UTC), timezone=BAMAKO_TIME)


def test_quiet_hours_go_by_the_clock_of_the_chat():
    at = datetime(2025, 10, 5, 21, 30, tzinfo=UTC)  # 22:30 in Niamey
    assert sounds(follower(), TOLD, now=at, timezone=BAMAKO_TIME)
    assert not sounds(replace(follower(), zone="Africa/Niamey"), TOLD, now=at, timezone=BAMAKO_TIME)
