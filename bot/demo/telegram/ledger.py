"""What did the bot really do? Counted as it happens, so that lost, repeated and too fast are facts."""

from collections import Counter, deque

from bot.demo.telegram.parameters import Json


class Peak:
    """The most arrivals in any one second."""

    def __init__(self) -> None:
        self.most = 0
        self._recent: deque[float] = deque()

    def add(self, now: float) -> None:
        """Count an arrival."""
        while self._recent and self._recent[0] <= now - 1.0:
            self._recent.popleft()
        self._recent.append(now)
        self.most = max(self.most, len(self._recent))


class Ledger:
    """Counts calls by method and status, sends by chat and text, and how densely sends arrived."""

    def __init__(self) -> None:
        self.calls: Counter[tuple[str, int]] = Counter()
        self.sends: Counter[tuple[int, str]] = Counter()
        self.faults: Counter[str] = Counter()
        self._overall = Peak()
        self._chats: dict[int, Peak] = {}

    def arrived(self, chat_id: int | None, now: float) -> None:
        """Count the arrival of a send, whatever becomes of it."""
        self._overall.add(now)
        if chat_id is not None:
            self._chats.setdefault(chat_id, Peak()).add(now)

    def accepted(self, chat_id: int, text: str) -> None:
        """Count a message that now stands in its chat."""
        self.sends[chat_id, text] += 1

    def answered(self, method: str, code: int) -> None:
        """Count an answer."""
        self.calls[method, code] += 1

    def totals(self) -> Json:
        """Return the counts as JSON."""
        return {
            "calls": [[method, code, count] for (method, code), count in self.calls.items()],
            "sends": [[chat, text, count] for (chat, text), count in self.sends.items()],
            "faults": dict(self.faults),
            "busiest_second": self._overall.most,
            "busiest_second_of_a_chat": max((peak.most for peak in self._chats.values()), default=0),
        }
