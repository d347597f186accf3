"""How do many questions asked at once become few calls?

What is asked while a call is under way goes together in the next one. Nobody waits for company: alone, a question
leaves at once; under load a call carries as many as came up during the one before.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Together(Generic[Question, Answer]):
    """Asks `call` with all that wait; it answers in their order."""

    def __init__(self, call: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]], *, at_once: int) -> None:
        self._call = call
        self._at_once = at_once
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._caller: asyncio.Task[None] | None = None

    async def __call__(self, question: Question) -> Answer:
        """The answer to `question`; a failed call fails for all who were in it."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if self._caller is None:
            self._caller = asyncio.create_task(self._ask_all())
        return await future

    async def _ask_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self._at_once], self._waiting[self._at_once :]
            await self._ask(batch)
        self._caller = None

    async def _ask(self, batch: list[tuple[Question, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._call([question for question, _ in batch])
        except Exception as error:  # noqa: BLE001 - whoever asked is the one to hear of it
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), answer in zip(batch, answers, strict=True):
            if not future.done():
                future.set_result(answer)
