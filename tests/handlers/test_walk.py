"""Every command and every button, one after the other, over the real bot, in each language."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import pytest

from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.store.commit import Batch
from alerts.wording.catalogue import load
from alerts.wording.limits import MESSAGE_LIMIT, POPUP_LIMIT, units
from alerts.wording.voice import LANGUAGES
from bot.demo.telegram.seen import SentMessage
from handlers.commands import COMMANDS, TAPS, split_data
from handlers.reply import LONGEST_LABEL
from tests.support.broadcast import Broadcast, broadcasting
from tests.support.builders import NOW, incident
from tests.support.conversation import ADMIN, DRIVER, Conversation

WORDS = {"fuel": "Xyzzyville", "route": "Kayes Bamako", "subscribe": "RN6", "road": "RN1", "history": "RN1 30j"}
TAPS_OF_A_VERB = 2
LAST = ("c:stop:all", "c:forget:yes")  # what they take away, the others need
LATE = ("c:stop", "c:stop_named", "c:short")  # so do these


@dataclass(slots=True)
class Walk:
    """One person who tries everything."""

    talk: Conversation
    broadcast: Broadcast
    language: str
    tapped: Counter[str] = field(default_factory=Counter)
    ever: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)

    async def say(self, text: str) -> None:
        self.note(await self.talk.say(text, language_code=self.language))

    def note(self, messages: list[SentMessage]) -> None:
        assert messages
        for message in messages:
            self.said.append(message.text)
            for button in (one for row in message.buttons for one in row):
                self.labels.add(button.text)
                if button.data and button.data not in self.waiting:
                    self.waiting.append(button.data)

    async def tap_all(self) -> None:
        """Tap what the answers offer, and what those answers offer, a few times of each kind."""
        for data in self._worth_a_tap():
            verb, _ = split_data(data)
            self.tapped[verb] += 1
            self.ever.add(verb)
            tap = await self.talk.telegram.tap(DRIVER, data)
            seen = {message.message_id for message in await self.talk.telegram.messages(DRIVER)}
            await self.talk.take()
            new = [one for one in await self.talk.telegram.messages(DRIVER) if one.message_id not in seen]
            answer = await self.talk.telegram.answer(tap)
            assert new or answer.text, data
            assert units(answer.text) <= POPUP_LIMIT
            self.said.append(answer.text)
            if new:
                self.note(new)

    def _worth_a_tap(self) -> Iterator[str]:
        while todo := [one for one in self.waiting if self._is_new(one)]:
            data = min(todo, key=lambda one: split_data(one)[0] in LATE)
            self.waiting.remove(data)
            yield data

    def _is_new(self, data: str) -> bool:
        verb, words = split_data(data)
        if verb == "c:language" and words != self.language:
            return False
        return data not in LAST and self.tapped[verb] < TAPS_OF_A_VERB


@pytest.fixture
async def walker(talk: Conversation) -> AsyncIterator[Walk]:
    async with broadcasting(talk) as broadcast:
        yield Walk(talk=talk, broadcast=broadcast, language="fr")


async def know_things(broadcast: Broadcast) -> None:
    fuel = FuelReport(
        id="f1",
        place="kayes",
        product=Product.DIESEL,
        availability=Availability.LIMITED,
        source=FuelSource.TRUSTED,
        observed_at=NOW,
    )
    await broadcast.talk.store.commit(Batch(fuel=(fuel,)), now=NOW)
    await broadcast.goes_out(incident(announced=True))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_and_every_button_answers_in_each_language(walker: Walk, language: str):
    walker.language = language
    await walker.say("/start")
    await walker.say("/start RN7")
    await walker.talk.tap(f"c:language:{language}")
    await walker.say("/suivre Kayes Bamako 48h")
    await walker.say("/suivre Nioro")
    await know_things(walker.broadcast)
    walker.note([await walker.broadcast.last()])
    for full in (False, True):
        await walker.say("/court non" if full else "/court 12")
        walker.tapped.clear()
        for command in (one for one in COMMANDS if not one.needs):
            await walker.say(f"/{command.name_in(language)}")
            if command.names[1] in WORDS:
                await walker.say(f"/{command.name_in(language)} {WORDS[command.names[1]]}")
        await walker.say("/stop Point")
        await walker.say("RN6")
        await walker.tap_all()
    for data in LAST:
        await walker.say("/mesroutes" if "stop" in data else "/oubli")
        if data in walker.waiting:
            walker.ever.add(split_data(data)[0])
            walker.note(await walker.talk.tap(data))
    assert {tap.verb for tap in TAPS if not tap.needs} - walker.ever == set()
    assert [text for text in walker.said if units(text) > MESSAGE_LIMIT] == []
    assert [label for label in walker.labels if units(label) > LONGEST_LABEL or label.endswith("…")] == []
    if language == "en":
        assert [text for text in walker.said for french in french_sentences() if french in text] == []


def french_sentences() -> list[str]:
    """Whole sentences of the French catalogue that an English reader must never see."""
    french, english = load("fr"), load("en")
    texts = [french.text(key) for key in french.keys if french.text(key) != english.text(key)]
    return [text for text in texts if "{" not in text and len(text) > 20]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_of_the_desk_answers_in_each_language(talk: Conversation, language: str):
    await talk.say("/start", chat=ADMIN, language_code=language)
    unknown = await talk.answer("/nosuchthing", chat=ADMIN)
    for command in (one for one in COMMANDS if one.needs):
        text = await talk.answer(f"/{command.name_in(language)}", chat=ADMIN)
        assert text != unknown, command.names
        assert 0 < units(text) <= MESSAGE_LIMIT
