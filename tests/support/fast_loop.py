"""An event loop whose clock moves by itself: hours of pacing in a moment, the same each time."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any


class _Impatient(selectors.SelectSelector):
    """Instead of waiting, moves the clock to when the loop wanted to wake up."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout:
            self.now += timeout
        return super().select(0)


class FastLoop(asyncio.SelectorEventLoop):
    """A real event loop in which sleeping takes no time."""

    def __init__(self) -> None:
        self.impatient = _Impatient()
        super().__init__(self.impatient)

    def time(self) -> float:
        return self.impatient.now


def play(story: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    with asyncio.Runner(loop_factory=FastLoop) as runner:
        return runner.run(story())
