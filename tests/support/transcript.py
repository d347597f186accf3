"""A conversation as it is told in the documentation: what is typed and tapped, and every word of the answers."""

from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.seen import SentMessage
from tests.support.broadcast import Broadcast
from tests.support.conversation import DRIVER, Conversation


@dataclass(slots=True, kw_only=True)
class Transcript:
    """Plays one person in one chat, and writes down what both sides say."""

    broadcast: Broadcast
    chat: int = DRIVER
    language: str = "fr"
    user: int | None = None
    lines: list[str] = field(default_factory=list)
    seen: int = 0

    @property
    def talk(self) -> Conversation:
        """The people and the bot."""
        return self.broadcast.talk

    async def types(self, text: str) -> None:
        """The person writes."""
        self.lines.append(f"> {text}")
        await self._mark()
        await self.talk.say(text, chat=self.chat, language_code=self.language, **self._who())
        await self.hears()

    async def taps(self, button: str) -> None:
        """The person taps a button; a pop-up is written down like a message."""
        self.lines.append(f"> [{button}]")
        await self._mark()
        tap = await self.talk.telegram.tap(self.chat, button, **self._who())
        await self.talk.take()
        answer = await self.talk.telegram.answer(tap)
        if answer.text:
            self.lines += ["(pop-up)", answer.text, ""]
        await self.hears()

    async def hears(self) -> None:
        """Write down what came since."""
        for message in await self.talk.telegram.messages(self.chat):
            if message.message_id > self.seen:
                self.lines += [*_shown(message), ""]
        await self._mark()

    def told(self, text: str) -> None:
        """What happens meanwhile, in a line."""
        self.lines += [f"({text})", ""]

    def page(self) -> str:
        """The conversation as it stands in the documentation."""
        return "```text\n" + "\n".join(self.lines).rstrip() + "\n```\n"

    async def _mark(self) -> None:
        everything = await self.talk.telegram.messages(self.chat, everyone=True)
        self.seen = max((message.message_id for message in everything), default=0)

    def _who(self) -> dict[str, Any]:
        return {"user": self.user} if self.user is not None else {}


def _shown(message: SentMessage) -> list[str]:
    quiet = ["(without sound)"] if message.disable_notification else []
    rows = [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    return [*quiet, message.text, *rows]
