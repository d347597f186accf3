"""What did the bot really do in the people's chats? Read from the stand-in's own record, never from the bot's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.demo.story import Person
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.seen import Button, Call, SentMessage

SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
EDITS = frozenset({"editMessageText", "editMessageCaption"})
DELETIONS = frozenset({"deleteMessage", "deleteMessages"})
TAKEN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message that arrived in `who`'s chat, or the new wording of one; `at` is seconds on the stand-in's clock."""

    who: str
    at: float
    text: str
    message_id: int
    edited: bool = False
    silent: bool = False
    answers: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The bot took `count` messages out of `who`'s chat."""

    who: str
    at: float
    count: int


class Ear:
    """Listens in all chats; each piece of news is told once."""

    def __init__(self, telegram: Telegram, people: Mapping[str, Person]) -> None:
        self._telegram = telegram
        self._people = people
        self._read = dict.fromkeys(people, 0)

    async def news(self) -> list[Heard | Gone]:
        """What happened since the last call, in the order it happened."""
        found: list[Heard | Gone] = []
        for person in self._people.values():
            calls = await self._telegram.log(person.chat)
            fresh = [call for call in calls[self._read[person.id] :] if call.code == TAKEN]
            self._read[person.id] = len(calls)
            standing = {message.message_id: message for message in await self._telegram.messages(person.chat)}
            found += _heard(person.id, fresh, standing)
            found += _gone(person.id, fresh)
        return sorted(found, key=lambda one: one.at)


def _heard(who: str, calls: Iterable[Call], standing: Mapping[int, SentMessage]) -> list[Heard]:
    found = []
    for call in calls:
        if call.method not in SENDS | EDITS or call.message_id is None:
            continue
        message = standing.get(call.message_id)
        found.append(
            Heard(
                who=who,
                at=call.at,
                text=call.text,
                message_id=call.message_id,
                edited=call.method in EDITS,
                silent=message is not None and message.disable_notification,
                answers=message is not None and message.reply_to is not None,
                buttons=message.buttons if message else (),
            )
        )
    return found


def _gone(who: str, calls: Iterable[Call]) -> list[Gone]:
    """One line for however many; a bulk deletion names no single message and counts as one."""
    times = [call.at for call in calls if call.method in DELETIONS]
    return [Gone(who=who, at=times[-1], count=len(times))] if times else []
