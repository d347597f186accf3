"""What does one message to one chat hold, now that its turn to leave has come?

The last look: halted, overtaken, forgotten, had it already? If not, that the send begins is noted in the same step, and
whatever else waits for the chat by then comes along.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from alerts.audience.matching import is_held_back
from alerts.audience.model import Chat, Recipient
from alerts.delivery.composing import Composer, Item, joins
from alerts.delivery.ledger import Ledger
from alerts.delivery.model import Alert, MsgType, Outgoing, Reason, Scope
from alerts.delivery.plan import Planner
from alerts.delivery.rounds import Round
from alerts.delivery.under_way import UnderWay, moment
from alerts.store.outbox import Answer, Claimed, Count, Stopped
from alerts.store.silences import Silence, Silences

OVERTAKEN_REST = timedelta(seconds=1)


@dataclass(slots=True, eq=False)
class Letter:
    """One message on its way to one chat: which alerts it holds, once it is composed."""

    recipient: str
    lead: Round
    chat: Chat | None = None
    holds: list[Round] = field(default_factory=list)
    silence: Silence | None = None


class Letters:
    """Writes them, no two to one chat at a time."""

    def __init__(
        self,
        under_way: UnderWay,
        ledger: Ledger,
        silences: Silences,
        planner: Planner,
        composer: Composer,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._under_way = under_way
        self._ledger = ledger
        self._silences = silences
        self._planner = planner
        self._composer = composer
        self._clock = clock
        self._on_the_wire: dict[str, Letter] = {}

    def __len__(self) -> int:
        return len(self._on_the_wire)

    async def compose(self, letter: Letter) -> Outgoing | None:
        """The message in the chat's own words; None when nothing must leave any more."""
        lead, recipient = letter.lead, letter.recipient
        if self._under_way.stopping:
            return None
        if self._on_the_wire.setdefault(recipient, letter) is not letter:
            lead.step_aside(recipient, moment())  # what it has to hear may be on its way with another alert
            return None
        letter.holds = [lead]
        claimed = await self._ledger.claim(lead.alert, recipient)
        if isinstance(claimed, Stopped):
            self._hold_back(letter, claimed)
            return None
        return await self._worded(letter, claimed)

    def let_go(self, letter: Letter) -> None:
        """It is no longer under way, one way or the other."""
        if self._on_the_wire.get(letter.recipient) is letter:
            del self._on_the_wire[letter.recipient]
        letter.lead.done(letter.recipient)
        for one in letter.holds:
            one.stale = True

    def _hold_back(self, letter: Letter, why: Stopped) -> None:
        if why is Stopped.OVERTAKEN:
            letter.lead.rest(letter.recipient, moment(), OVERTAKEN_REST)  # this service is about to end
        else:
            self._under_way.changed()  # the next look finds what stopped it

    async def _worded(self, letter: Letter, claimed: Claimed) -> Outgoing | None:
        alert, letter.chat = letter.lead.alert, claimed.chat
        if alert.decision.scope is Scope.DESK:
            return self._composer.card(alert, claimed.chat, Recipient.parse(letter.recipient), now=self._clock())
        if (count := _needs_nothing(alert, claimed, self._clock())) is not None:
            await self._ledger.record(alert, Answer(recipient=letter.recipient, count=count))
            letter.lead.settled(letter.recipient)
            return None
        assert claimed.chat is not None  # noqa: S101 - who is gone needs nothing
        return await self._together(letter, claimed.chat, _item(alert, claimed))

    async def _together(self, letter: Letter, chat: Chat, first: Item) -> Outgoing:
        """One message for all that waits for this chat by now; nothing was kept waiting for it."""
        items = [first, *await self._companions(letter, chat)]
        letter.silence = await self._untold_silence(letter) if joins(first.alert) else None
        message, told = self._composer.message(items, chat, silence=letter.silence, now=self._clock())
        if letter.recipient in self._under_way.desk:
            message = replace(message, buttons=(*message.buttons, *self._composer.copy_buttons(told, chat)))
        ids = {item.alert.id for item in told}
        letter.holds = [one for one in letter.holds if one.alert.id in ids]  # the rest comes with the next message
        return message

    async def _untold_silence(self, letter: Letter) -> Silence | None:
        silence = self._under_way.silence
        if silence is None or await self._silences.knows(letter.recipient):
            return None
        return silence

    async def _companions(self, letter: Letter, chat: Chat) -> list[Item]:
        """What else waits for this chat."""
        waiting = self._waiting_with(letter)
        claims = await asyncio.gather(*(self._ledger.claim(one.alert, letter.recipient) for one in waiting))
        items = []
        for one, claimed in zip(waiting, claims, strict=True):
            if not isinstance(claimed, Stopped) and self._is_for(one.alert, chat, claimed):
                items.append(replace(_item(one.alert, claimed), missed=one.missed))
                letter.holds.append(one)
        return items

    def _waiting_with(self, letter: Letter) -> list[Round]:
        lead, now = letter.lead, moment()
        if lead.alone or not joins(lead.alert):
            return []
        others = (*self._under_way.rounds.values(), *self._under_way.missed.values())
        return [
            one
            for one in others
            if one is not lead and not one.alone and joins(one.alert) and one.may_join(letter.recipient, now)
        ]

    def _is_for(self, alert: Alert, chat: Chat, claimed: Claimed) -> bool:
        """Whether the chat belongs to the alert's audience and has not had it."""
        if _needs_nothing(alert, claimed, self._clock()) is not None:
            return False
        knows = alert.msg_type is MsgType.UPDATE and claimed.earlier is not None
        return knows or self._planner.concerns(chat, alert, now=self._clock())


def _needs_nothing(alert: Alert, claimed: Claimed, now: datetime) -> Count | None:
    """Why there is nothing to send to a chat after all; None where there is."""
    if claimed.chat is None:
        return Count.GONE
    if claimed.chat.unreachable_since is not None:
        return Count.UNREACHABLE
    if is_held_back(claimed.chat, alert.incident, alert.decision, now=now) and not _puts_right(alert, claimed):
        return Count.HELD_BACK
    if claimed.earlier is None:
        return None
    has_it = claimed.earlier.alert_id == alert.id
    return Count.TOLD if has_it or alert.decision.reason is Reason.SEVERE_UNTOUCHED else None


def _puts_right(alert: Alert, claimed: Claimed) -> bool:
    """Whether the chat was told something that `alert` corrects: no pause leaves anybody with a wrong place or day."""
    return claimed.earlier is not None and alert.corrects


def _item(alert: Alert, claimed: Claimed) -> Item:
    return Item(alert=alert, earlier=claimed.earlier.message_id if claimed.earlier else None)
