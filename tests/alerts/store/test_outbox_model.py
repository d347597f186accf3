"""Outbox, claims and answers in any order, against a model that fits in the head.

Hypothesis publishes, claims, answers, crashes, halts, retracts, forgets, moves and takes over as it likes; the model
holds who waits for what and how often each chat got each alert. Redis is real. When something is wrong, the shortest
way there is printed.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from alerts.audience.model import Recipient
from alerts.delivery.model import Alert, Decision, Lane, MsgType, Reason, Scope
from alerts.incidents.model import Change, ChangeKind, Incident
from alerts.store.commit import Batch
from alerts.store.connection import connect
from alerts.store.lease import Lease
from alerts.store.outbox import Answer, Count, Stopped
from alerts.store.store import Store
from tests.support.builders import NOW, RN1, alert, chat, incident, retraction
from tests.support.outbox import readers
from tests.support.redis import Server, newest

GROUPS = (-1, -2, -3, -4, -5)
LANES = st.sampled_from([Lane.CRITICAL, Lane.HIGH, Lane.NORMAL])
ENDS = {"unreachable": Count.UNREACHABLE, "rejected": Count.REJECTED}


@dataclass(slots=True, eq=False)
class Told:
    """One alert in the model: who waits for it, in order, and how often each chat got it."""

    alert: Alert
    waiting: list[str] = field(default_factory=list)
    copies: Counter[str] = field(default_factory=Counter)
    lost_answers: Counter[str] = field(default_factory=Counter)
    given_up: set[str] = field(default_factory=set)
    is_written_down: bool = True
    is_cancelled: bool = False

    @property
    def rank(self) -> tuple[Lane, Any]:
        return self.alert.decision.lane, self.alert.created_at


class Deliveries(RuleBasedStateMachine):
    """The rules are what may happen; the invariants what must hold after each of them."""

    address: ClassVar[str]

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.redis = self.run(connect(self.address))
        self.run(self.redis.flushall())
        self.told: list[Told] = []
        self.wire: list[tuple[Told, str]] = []
        self.known = {str(group) for group in GROUPS}
        self.is_halted = False
        self.services = 0
        self.messages = 0
        self.another_service()
        for group in GROUPS:
            self.run(self.store.chats.save(chat(group, RN1)))

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def teardown(self) -> None:
        if not hasattr(self, "runner"):
            return
        if self.is_halted:
            self.resume()
        self.deliver_the_rest()
        self.run(self.redis.aclose())
        self.runner.close()

    # What may happen

    @rule(lane=LANES, halfway=st.booleans())
    def publish(self, *, lane: Lane, halfway: bool) -> None:
        """News for everyone; perhaps the process dies while the audience is being written down."""
        news = incident(id=f"{len(self.told) + 1:04d}")
        decision = Decision(scope=Scope.CONCERNED, reason=Reason.PROBABLE, lane=lane)
        told = Told(
            alert=alert(incident=news, decision=decision, created_at=NOW + timedelta(seconds=len(self.told))),
            waiting=sorted(self.known),
            is_written_down=False,
        )
        self.store_alert(told.alert, ChangeKind.NEW)
        self.told.append(told)
        if halfway:
            self.run(self.store.outbox.open_plan(told.alert.id))
            self.run(self.store.outbox.extend_plan(told.alert, told.waiting[:2]))
        else:
            self.write_down(told)

    @precondition(lambda self: any(not told.is_written_down for told in self.told))
    @rule()
    def go_on_writing_down(self) -> None:
        self.write_down(next(told for told in self.told if not told.is_written_down))

    @rule()
    def claim(self) -> None:
        """The next send, as delivery picks it: the gravest alert, its first reader who is not on the wire."""
        picked = self.run(self.pick())
        assert picked == self.expected()
        if picked is None:
            return
        told, reader = picked
        claimed = self.run(self.store.outbox.claim(told.alert, [reader]))
        assert not isinstance(claimed, Stopped)
        assert claimed[0].chat is not None
        self.wire.append((told, reader))

    @precondition(lambda self: self.wire)
    @rule(which=st.integers(0, 99), outcome=st.sampled_from(["delivered", "delivered", "ambiguous", "retry", *ENDS]))
    def answer(self, which: int, outcome: str) -> None:
        told, reader = self.wire.pop(which % len(self.wire))
        match outcome:
            case "delivered":
                self.arrive(told, reader, is_recorded=True)
            case "ambiguous":
                self.arrive(told, reader, is_recorded=False)
            case "unreachable" | "rejected":
                self.record(told, reader, ENDS[outcome])
                told.given_up.add(reader)

    @precondition(lambda self: self.wire)
    @rule(which=st.integers(0, 99))
    def answer_that_it_moved(self, which: int) -> None:
        """A group became a supergroup; what else is on its way to the old number arrives nowhere that is known."""
        _, reader = self.wire.pop(which % len(self.wire))
        if reader not in self.known:
            return
        new = f"{reader}0"
        self.run(self.store.chats.move(int(reader), int(new)))
        self.known = self.known - {reader} | {new}
        for one in self.told:
            one.waiting = [new if name == reader else name for name in one.waiting]
            for count in (one.copies, one.lost_answers):
                count[new] += count.pop(reader, 0)
            if reader in one.given_up:
                one.given_up.add(new)
        self.wire = [(one, name) for one, name in self.wire if name != reader]

    @rule(arrived=st.integers(0, 31))
    def crash(self, arrived: int) -> None:
        """kill -9: of what was on the wire some has arrived, and nobody will know."""
        for place, (told, reader) in enumerate(self.wire):
            if arrived >> place % 5 & 1:
                self.arrive(told, reader, is_recorded=False)
        self.wire = []
        self.another_service()

    @rule(answered=st.booleans())
    def pause_and_take_over(self, *, answered: bool) -> None:
        """The old service wakes up: it may say what has arrived, and gets to claim and to store nothing."""
        old, wire = self.store, self.wire
        self.another_service()
        for told, reader in wire:
            self.arrive(told, reader, is_recorded=answered, by=old)
        self.wire = []
        for told in self.told:
            claimed = self.run(old.outbox.claim(told.alert, told.waiting[:1]))
            assert claimed is Stopped.OVERTAKEN

    @precondition(lambda self: not self.is_halted)
    @rule()
    def halt(self) -> None:
        """Nothing leaves any more but retractions, not even what was picked a moment before."""
        self.run(self.store.desk.halt(by=900, now=NOW))
        self.is_halted = True
        for told in self.told:
            if told.waiting and told.alert.msg_type is MsgType.ALERT:
                assert self.run(self.store.outbox.claim(told.alert, told.waiting[:1])) is Stopped.HALTED

    @precondition(lambda self: self.is_halted)
    @rule()
    def resume(self) -> None:
        self.run(self.store.desk.resume(by=900, now=NOW))
        self.is_halted = False

    @precondition(lambda self: any(self.may_be_retracted(told) for told in self.told))
    @rule(which=st.integers(0, 99))
    def retract(self, which: int) -> None:
        """The waiting alert is cancelled; whoever got it, or may have, is told."""
        able = [told for told in self.told if self.may_be_retracted(told)]
        gone = able[which % len(able)]
        cancel = Told(alert=retraction(gone.alert), is_written_down=False)
        self.store_alert(cancel.alert, ChangeKind.RETRACTED, before=gone.alert.incident)
        gone.is_cancelled, gone.waiting = True, []
        self.told.append(cancel)
        self.write_down(cancel)

    @precondition(lambda self: len(self.known) > 1)
    @rule(which=st.integers(0, 99))
    def forget(self, which: int) -> None:
        reader = sorted(self.known)[which % len(self.known)]
        self.run(self.store.chats.forget(Recipient.parse(reader)))
        self.known.remove(reader)
        for told in self.told:
            told.waiting = [name for name in told.waiting if name != reader]

    # What must hold

    @invariant()
    def nobody_who_was_promised_an_alert_is_lost(self) -> None:
        for told in getattr(self, "told", []):
            if told.is_written_down:
                assert self.run(self.store.outbox.next_recipients(told.alert.id, 99)) == told.waiting

    @invariant()
    def nobody_gets_more_copies_than_answers_were_lost(self) -> None:
        for told in getattr(self, "told", []):
            for reader, copies in told.copies.items():
                assert copies <= 1 + told.lost_answers[reader]

    # How it is done

    def another_service(self) -> None:
        """One more process, which takes the lease, has an empty memory, and goes on."""
        self.services += 1
        lease = Lease(self.redis, f"service {self.services}")
        self.run(lease.seize())
        self.store = Store.over(self.redis, lease.fence)

    def store_alert(self, alert: Alert, kind: ChangeKind, *, before: Incident | None = None) -> None:
        change = Change(kind=kind, incident=alert.incident, before=before)
        self.run(self.store.commit(Batch(changes=(change,), alerts=(alert,)), now=NOW))

    def write_down(self, told: Told) -> None:
        """As delivery does: an audience that was not written to its end is begun anew."""
        if told.alert.msg_type is MsgType.CANCEL:
            earlier = next(one for one in self.told if one.alert.incident.id == told.alert.incident.id)
            reached = self.run(self.reached_by(earlier))
            assert {name for name in self.known - earlier.given_up if earlier.copies[name]} <= set(reached)
            told.waiting = [name for name in reached if name in self.known]
        audience = list(told.waiting)
        assert self.run(self.store.outbox.open_plan(told.alert.id))
        self.run(self.store.outbox.extend_plan(told.alert, audience))
        self.run(self.store.outbox.close_plan(told.alert.id, count=len(audience), now=NOW))
        told.is_written_down = True

    async def reached_by(self, told: Told) -> list[str]:
        incident_id = told.alert.incident.id
        return sorted({*await readers(self.store, incident_id), *await self.store.outbox.may_have_read(incident_id)})

    def may_be_retracted(self, told: Told) -> bool:
        return told.alert.msg_type is MsgType.ALERT and not told.is_cancelled and told.is_written_down

    async def pick(self) -> tuple[Told, str] | None:
        halted = await self.store.desk.halted() is not None
        for alert_id in await self.store.outbox.waiting():
            told = next(one for one in self.told if one.alert.id == alert_id)
            if halted and told.alert.msg_type is not MsgType.CANCEL:
                continue
            for reader in await self.store.outbox.next_recipients(alert_id, 99):
                if (told, reader) not in self.wire and told.is_written_down:
                    return told, reader
        return None

    def expected(self) -> tuple[Told, str] | None:
        """By the model: the gravest first, then the oldest; a halt lets corrections through."""
        for told in sorted(self.told, key=lambda one: one.rank):
            held = self.is_halted and told.alert.msg_type is not MsgType.CANCEL
            for reader in told.waiting if told.is_written_down and not held else []:
                if (told, reader) not in self.wire:
                    return told, reader
        return None

    def arrive(self, told: Told, reader: str, *, is_recorded: bool, by: Store | None = None) -> None:
        told.copies[reader] += 1
        if is_recorded:
            self.record(told, reader, Count.SENT, by=by)
        else:
            told.lost_answers[reader] += 1

    def record(self, told: Told, reader: str, count: Count, *, by: Store | None = None) -> None:
        self.messages += 1
        number = self.messages if count is Count.SENT else None
        outbox, answer = (by or self.store).outbox, Answer(recipient=reader, count=count, message_id=number)
        [recorded] = self.run(outbox.record(told.alert, [answer]))
        assert recorded or reader not in told.waiting
        told.waiting = [name for name in told.waiting if name != reader]
        assert self.run(outbox.record(told.alert, [answer])) == [False]  # of two services that both say so, one counts

    def deliver_the_rest(self) -> None:
        """At the end everybody who waits gets what waits, and the outbox is empty."""
        while self.wire:
            self.answer(0, "delivered")
        for told in self.told:
            if not told.is_written_down:
                self.write_down(told)
        while self.run(self.pick()) is not None:
            self.claim()
            self.answer(0, "delivered")
        for told in self.told:
            assert not told.waiting
            if not told.is_cancelled:
                assert self.run(self.store.outbox.finish(told.alert.id, now=NOW))
        assert self.run(self.store.outbox.waiting()) == []


@newest()
def test_whatever_happens_in_whatever_order_the_outbox_does_as_its_model(redis_server: Server):
    Deliveries.address = redis_server.address
    run_state_machine_as_test(
        Deliveries,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
