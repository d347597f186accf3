"""What is due by the clock reaches its chat once, in its own words, and comes again when it should."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Chat, Occasion, Recipient, Timetable
from alerts.delivery.clocked import Clocked
from alerts.delivery.digest import Digest
from alerts.delivery.model import Ambiguous, Moved, Outcome, Rejected, RetryIn, Unreachable
from alerts.desk.roles import DESK_KEEPS
from alerts.incidents.model import Change, ChangeKind, Incident, Status
from alerts.sources.model import FeedMarks, Source
from alerts.store.commit import Batch
from alerts.store.store import Store
from tests.support.builders import NOW, RN1, chat, incident
from tests.support.occasions import next_of
from tests.support.service import BAMAKO, FakeSender, atlas, voices

DRIVER = Recipient(100)
SIX = Timetable(hour=6)
SOURCES = (Source(id="tamani", url="http://127.0.0.1/tamani", grade="B"),)
HOUR = timedelta(hours=1)
ADMINS = (900,)


class Night:
    """The clock's side of the service, over a real store."""

    def __init__(self, redis: Redis) -> None:
        self.store = Store.over(redis)
        self.sender = FakeSender()
        digest = Digest(store=self.store, atlas=atlas(), voices=voices(), timezone=BAMAKO)
        self.clocked = Clocked(self.store, digest, self.sender, sources=SOURCES, timezone=BAMAKO, admin_ids=ADMINS)

    async def wants(self, kind: Occasion, *, at: datetime = NOW, **fields: Any) -> Chat:
        wanting = replace(chat(100, RN1), **fields)
        await self.store.chats.save(wanting)
        await self.store.occasions.set(kind, DRIVER, at)
        return wanting

    async def know(self, *incidents: Incident) -> None:
        changes = tuple(Change(kind=ChangeKind.NEW, incident=one) for one in incidents)
        await self.store.commit(Batch(changes=changes), now=NOW)

    async def read(self, **marks: Any) -> None:
        await self.store.commit(Batch(marks=(FeedMarks(source_id="tamani", **marks),)), now=NOW)

    async def sweep(self, now: datetime = NOW) -> list[str]:
        seen = len(self.sender.sent)
        await self.clocked.sweep(now=now)
        return [message.text for message in self.sender.sent[seen:]]

    async def next_of(self, kind: Occasion) -> datetime | None:
        return await next_of(self.store, kind, DRIVER)


@pytest.fixture
def night(redis: Redis) -> Night:
    return Night(redis)


async def test_a_brief_comes_at_its_hour_and_again_a_day_later(night: Night):
    await night.know(incident())
    await night.wants(Occasion.BRIEF, brief_at=SIX)
    assert await night.sweep(NOW - timedelta(seconds=1)) == []
    [text] = await night.sweep()
    assert text.startswith("POINT · 5 oct. 2025, 09:00 · RN1\nDepuis hier\nNouveau :\n")
    assert "Réf. 0512" in text
    assert await night.sweep() == []
    assert await night.next_of(Occasion.BRIEF) == datetime(2025, 10, 6, 6, tzinfo=NOW.tzinfo)


async def test_briefs_that_were_missed_are_made_up_for_once(night: Night):
    await night.wants(Occasion.BRIEF, at=NOW - timedelta(days=3), brief_at=SIX)
    assert len(await night.sweep()) == 1
    assert await night.sweep() == []


async def test_a_quiet_day_says_how_old_the_reading_is_and_never_that_all_is_well(night: Night):
    await night.read(checked_at=NOW, succeeded_at=NOW - timedelta(minutes=12))
    await night.wants(Occasion.BRIEF, brief_at=SIX)
    [text] = await night.sweep()
    assert text.splitlines()[1:] == [
        "Depuis hier : rien de signalé.",
        "Sans signalement ne veut pas dire sans danger.",
        "Sources lues il y a 12 min",
        "Pas un conseil : vérifiez avec vos contacts.",
    ]


async def test_a_weekly_brief_tells_of_the_week(night: Night):
    past = NOW - timedelta(days=4)
    await night.know(incident(status=Status.LIFTED, updated_at=past, informed_at=past))
    await night.wants(Occasion.BRIEF, brief_at=replace(SIX, weekday=6))
    [text] = await night.sweep()
    assert "Depuis 7 jours" in text
    assert "Réf. 0512" in text
    assert await night.next_of(Occasion.BRIEF) == datetime(2025, 10, 12, 6, tzinfo=NOW.tzinfo)


async def test_the_fuel_summary_comes_likewise(night: Night):
    await night.wants(Occasion.FUEL, fuel_at=SIX)
    [text] = await night.sweep()
    assert "Personne n'en a parlé" in text or "pas d'info récente" in text.lower()
    assert await night.next_of(Occasion.FUEL) == datetime(2025, 10, 6, 6, tzinfo=NOW.tzinfo)


async def test_when_a_pause_ends_one_message_says_what_is_still_active(night: Night):
    began = NOW - timedelta(hours=4)
    standing = incident(first_reported_at=began + HOUR, informed_at=began + HOUR)
    ended = incident(id="0511", status=Status.LIFTED, updated_at=began + HOUR)
    await night.know(standing, ended)
    await night.wants(Occasion.WAKE, muted_from=began, muted_until=NOW)
    [text] = await night.sweep()
    assert text.startswith("La pause est finie.\nToujours en cours :\n")
    assert text.index("Réf. 0512") < text.index("Annoncé levé, ou retiré :") < text.index("Réf. 0511")
    assert await night.next_of(Occasion.WAKE) is None
    chat_now = await night.store.chats.find(DRIVER)
    assert chat_now is not None
    assert chat_now.muted_until is None


async def test_a_pause_that_was_made_longer_ends_later(night: Night):
    await night.wants(Occasion.WAKE, muted_from=NOW, muted_until=NOW + HOUR)
    assert await night.sweep() == []
    assert await night.next_of(Occasion.WAKE) == NOW + HOUR


@pytest.mark.parametrize("kind", [Occasion.BRIEF, Occasion.FUEL])
async def test_a_pause_holds_back_what_comes_by_the_clock(night: Night, kind: Occasion):
    await night.wants(kind, brief_at=SIX, fuel_at=SIX, muted_from=NOW, muted_until=NOW + HOUR)
    assert await night.sweep() == []
    assert await night.next_of(kind) == datetime(2025, 10, 6, 6, tzinfo=NOW.tzinfo)


async def test_nothing_comes_to_who_chose_otherwise_meanwhile_or_is_gone(night: Night):
    await night.wants(Occasion.BRIEF)
    await night.store.occasions.set(Occasion.FUEL, Recipient(101), NOW)
    assert await night.sweep() == []
    assert await night.store.occasions.due(now=NOW, count=10) == []


async def test_while_all_sending_is_halted_nothing_comes(night: Night):
    await night.wants(Occasion.BRIEF, brief_at=SIX)
    await night.store.desk.halt(by=900, now=NOW)
    assert await night.sweep() == []
    await night.store.desk.resume(by=900, now=NOW)
    assert len(await night.sweep()) == 1


async def test_in_short_mode_it_is_protected_and_goes_with_the_hours(night: Night):
    await night.wants(Occasion.BRIEF, brief_at=SIX, short=True, delete_after_hours=6)
    await night.sweep()
    assert night.sender.sent[0].protected
    assert await night.store.agenda.deletions_due(now=NOW + timedelta(hours=6)) == [(100, 1000)]


@pytest.mark.parametrize("outcome", [Ambiguous("no answer"), Rejected("bad")])
async def test_what_may_have_arrived_or_was_refused_is_not_sent_again(night: Night, outcome: Outcome):
    night.sender.outcomes[100] = [outcome]
    await night.wants(Occasion.BRIEF, brief_at=SIX)
    await night.sweep()
    assert await night.next_of(Occasion.BRIEF) == datetime(2025, 10, 6, 6, tzinfo=NOW.tzinfo)


async def test_what_surely_did_not_leave_is_tried_again(night: Night):
    night.sender.outcomes[100] = [RetryIn(timedelta(seconds=5))]
    await night.wants(Occasion.BRIEF, brief_at=SIX)
    assert await night.sweep() == []
    assert len(await night.sweep(NOW + timedelta(seconds=5))) == 1


async def test_who_blocked_the_bot_is_not_written_to_again(night: Night):
    night.sender.outcomes[100] = [Unreachable("blocked")]
    await night.wants(Occasion.BRIEF, brief_at=SIX)
    await night.sweep()
    gone = await night.store.chats.find(DRIVER)
    assert gone is not None
    assert gone.unreachable_since == NOW


async def test_a_group_that_moved_gets_its_brief_at_its_new_number(night: Night):
    group = Recipient(-100)
    await night.store.chats.save(replace(chat(-100, RN1), brief_at=SIX))
    await night.store.occasions.set(Occasion.BRIEF, group, NOW)
    night.sender.outcomes[-100] = [Moved(-200)]
    assert await night.sweep() == []
    assert len(await night.sweep()) == 1
    assert night.sender.texts(-200) != []


@pytest.mark.expects_warnings
async def test_followers_are_told_once_that_nothing_can_be_read_and_once_that_it_can(night: Night):
    await night.store.chats.save(chat(100, RN1))
    await night.store.chats.save(chat(101))
    await night.read(checked_at=NOW, succeeded_at=NOW - timedelta(hours=7), failures=5)
    [told] = await night.sweep()
    assert told.startswith("Je n'arrive plus à lire les sources depuis 7 h.")
    assert "ne veut pas dire sans danger" in told
    assert await night.sweep(NOW + timedelta(hours=1)) == []

    await night.read(checked_at=NOW, succeeded_at=NOW)
    [back] = await night.sweep(NOW + timedelta(hours=2))
    assert back.startswith("Je lis de nouveau les sources.")
    assert await night.sweep(NOW + timedelta(hours=3)) == []
    assert night.sender.texts(101) == []


@pytest.mark.expects_warnings
async def test_the_operator_reads_of_blindness_too(night: Night, caplog: pytest.LogCaptureFixture):
    await night.read(checked_at=NOW, succeeded_at=NOW - timedelta(hours=7), failures=5)
    await night.sweep()
    assert "no source can be read: the followers are told" in caplog.text


@pytest.mark.parametrize(("who", "goes"), [(900, True), (100, False)], ids=["desk", "reader"])
async def test_a_brief_outside_short_mode_stays_with_readers_and_not_at_the_desk(
    night: Night,
    who: int,
    goes: bool,  # noqa: FBT001
):
    await night.store.chats.save(replace(chat(who, RN1), brief_at=SIX))
    await night.store.occasions.set(Occasion.BRIEF, Recipient(who), NOW)
    assert len(await night.sweep()) == 1
    assert bool(await night.store.agenda.deletions_due(now=NOW + DESK_KEEPS)) is goes
    assert await night.store.agenda.deletions_due(now=NOW + DESK_KEEPS - timedelta(minutes=1)) == []
