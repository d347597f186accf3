"""What goes wrong, by script? Seeded, so that a run can be repeated."""

import random
from dataclasses import dataclass
from enum import StrEnum

from bot.demo.telegram.errors import ApiError


class FaultKind(StrEnum):
    """`…_before` means that the call had no effect, `…_after` that it had and the bot was not told."""

    REFUSE = "refuse"
    PORTAL_BEFORE = "portal_before"
    UNAVAILABLE_BEFORE = "unavailable_before"
    BAD_GATEWAY_BEFORE = "bad_gateway_before"
    BAD_GATEWAY_AFTER = "bad_gateway_after"
    GATEWAY_TIMEOUT_AFTER = "gateway_timeout_after"
    INTERNAL_AFTER = "internal_after"
    HANG_BEFORE = "hang_before"
    HANG_AFTER = "hang_after"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    GARBAGE_BEFORE = "garbage_before"
    GARBAGE_AFTER = "garbage_after"
    CUT_AFTER = "cut_after"

    @property
    def strikes_first(self) -> bool:
        """Whether it strikes before the call takes effect."""
        return self is FaultKind.REFUSE or self.value.endswith("_before")


@dataclass(slots=True, kw_only=True)
class Fault:
    """Strikes calls of `method` to `chat`, None for any; `left` times, None for ever."""

    kind: FaultKind
    chat: int | None = None
    method: str | None = None
    left: int | None = None
    probability: float = 1.0
    refusal: ApiError | None = None

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Whether it may strike this call at all."""
        spent = self.left is not None and self.left <= 0
        return not spent and self.method in (None, method) and self.chat in (None, chat_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Seconds before a call takes effect and before its answer leaves, each plus or minus up to its jitter."""

    before: float = 0.0
    before_jitter: float = 0.0
    after: float = 0.0
    after_jitter: float = 0.0


class Faults:
    """The script: the first fault that concerns a call and whose dice say so strikes it."""

    def __init__(self, seed: int) -> None:
        self.latency = Latency()
        self._faults: list[Fault] = []
        self._random = random.Random(seed)

    def add(self, fault: Fault) -> None:
        """Add to the end of the script."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Forget the script and the latency."""
        self._faults.clear()
        self.latency = Latency()

    def draw(self, method: str, chat_id: int | None) -> Fault | None:
        """Return what strikes this call, used up by one."""
        for fault in self._faults:
            if fault.concerns(method, chat_id) and self._random.random() < fault.probability:
                if fault.left is not None:
                    fault.left -= 1
                return fault
        return None

    def pause_before(self) -> float:
        """Return seconds to wait before a call takes effect."""
        return self._around(self.latency.before, self.latency.before_jitter)

    def pause_after(self) -> float:
        """Return seconds to wait before an answer leaves."""
        return self._around(self.latency.after, self.latency.after_jitter)

    def _around(self, middle: float, jitter: float) -> float:
        return max(0.0, middle + self._random.uniform(-jitter, jitter)) if middle or jitter else 0.0
