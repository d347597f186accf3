from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.incidents.model import Change, ChangeKind, Incident, Status
from alerts.store import keys
from alerts.store.codec import UnreadableValueError
from alerts.store.commit import Batch
from alerts.store.incidents import INCIDENT, Incidents
from alerts.store.store import Store
from tests.support.builders import NOW, change, incident, next_version


async def store_new(redis: Redis, *ids: str) -> None:
    await Store.over(redis).commit(Batch(changes=tuple(change(id=one) for one in ids)), now=NOW)


async def follow_up(redis: Redis, before: Incident) -> Incident:
    after = next_version(before, status=Status.LIFTED)
    told = Change(kind=ChangeKind.LIFTED, incident=after, before=before)
    await Store.over(redis).commit(Batch(changes=(told,)), now=NOW)
    return after


async def ids(incidents: Incidents) -> list[str]:
    return sorted(one.id for one in await incidents.recent(now=NOW))


async def test_the_copy_follows_what_another_connection_stores(redis: Redis):
    copy = Incidents(redis)
    assert await copy.recent(now=NOW) == ()
    await store_new(redis, "0001", "0002")
    assert await ids(copy) == ["0001", "0002"]
    after = await follow_up(redis, incident(id="0001"))
    assert after in await copy.recent(now=NOW)


async def test_a_copy_that_lags_behind_a_trimmed_stream_misses_nothing(redis: Redis):
    copy = Incidents(redis)
    await store_new(redis, "0001")
    await copy.recent(now=NOW)
    await store_new(redis, "0002")
    await store_new(redis, "0003")
    await redis.xtrim(keys.INCIDENT_CHANGES, maxlen=1, approximate=False)
    assert await ids(copy) == ["0001", "0002", "0003"]


async def test_a_copy_made_late_holds_all_there_is(redis: Redis):
    await store_new(redis, "0001", "0002")
    await redis.delete(keys.INCIDENT_CHANGES)
    assert await ids(Incidents(redis)) == ["0001", "0002"]


async def test_what_was_untouched_for_60_days_is_found_but_no_longer_recent(redis: Redis):
    store = Store.over(redis)
    old = change(updated_at=NOW - timedelta(days=61))
    await store.commit(Batch(changes=(old, change(id="0002"))), now=NOW)
    assert await ids(store.incidents) == ["0002"]
    assert await store.incidents.find("0512") == old.incident


async def test_the_newest_change_comes_first(redis: Redis):
    store = Store.over(redis)
    older, newer = change(id="0001", updated_at=NOW - timedelta(hours=2)), change(id="0002")
    await store.commit(Batch(changes=(older, newer)), now=NOW)
    assert [one.id for one in await store.incidents.recent(now=NOW)] == ["0002", "0001"]


@pytest.mark.parametrize("typed", ["0512", "512", " 512 "])
async def test_a_reference_is_found_as_people_type_it(redis: Redis, typed: str):
    await store_new(redis, "0512")
    found = await Incidents(redis).find(typed)
    assert found is not None
    assert found.id == "0512"


async def test_no_reference_is_given_twice(redis: Redis):
    given = [
        *await Incidents(redis).next_ids(3),
        *await Incidents(redis).next_ids(0),
        *await Incidents(redis).next_ids(2),
    ]
    assert given == ["0001", "0002", "0003", "0004", "0005"]


def test_an_error_names_fields_and_never_what_is_stored():
    broken = INCIDENT.dump(incident()).replace('"severity":', '"severity_of":').replace("2025", "Kayes")
    with pytest.raises(UnreadableValueError) as refused:
        INCIDENT.load(broken)
    assert "severity" in str(refused.value)
    assert "Kayes" not in repr(refused.value)
    assert refused.value.__cause__ is refused.value.__context__ is None
