"""How many calls may a second hold? As many as the operator says, until Telegram refuses one; then what that taught.

Telegram tells nobody its limits. A refusal shows one: so many calls had passed in the second before it. From there the
allowance grows back, by one for each minute's worth of calls that passed while others waited: who has time to spare
learns nothing. The level that was refused is tried again after ten minutes' worth, then after twice that, and so on:
a limit that stays costs ever fewer refusals, one that was lifted is found within the time that it has cost so far.
"""

from typing import Final

SHRINK: Final = 0.9
MINUTE: Final = 60
FIRST_TRY: Final = 10  # minutes' worth of calls before the level that was refused is tried again
LONGEST_TRY: Final = 24 * 60


class Allowance:
    """The number of calls that any second may hold, `level`; never more than `limit`."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.level = limit
        self._refused_level: int | None = None
        self._minutes_to_try = FIRST_TRY
        self._passed = 0

    def refused(self, *, passed: int) -> None:
        """A call was refused, after `passed` others within the second before it had not been.

        With little under way, something else was refused (one chat, a server about to restart): a little less then.
        """
        again = self._refused_level is not None and self.level >= self._refused_level
        self._minutes_to_try = min(2 * self._minutes_to_try, LONGEST_TRY) if again else FIRST_TRY
        is_telling = 2 * passed >= self.level
        self._refused_level = passed + 1 if is_telling else self.level
        shrunk = int(self.level * SHRINK)
        self.level = max(1, min(passed, shrunk) if is_telling else shrunk)
        self._passed = 0

    def passed(self) -> None:
        """A call left while others waited for its place."""
        if self.level == self.limit:
            return
        self._passed += 1
        if self._passed >= self.level * MINUTE * self._minutes():
            self._grow()

    def _minutes(self) -> int:
        return self._minutes_to_try if self.level + 1 == self._refused_level else 1

    def _grow(self) -> None:
        if self.level == self._refused_level:
            self._refused_level = None  # it held for a minute: what refused it is gone
        self.level += 1
        self._passed = 0
