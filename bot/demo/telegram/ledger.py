"""What did the bot really do? Counted as it happens, so that lost and repeated are facts."""

from collections import Counter

from bot.demo.telegram.parameters import Json


class Ledger:
    """Counts calls by method and status, sends by chat and text, and scripted faults by kind."""

    def __init__(self) -> None:
        self.calls: Counter[tuple[str, int]] = Counter()
        self.sends: Counter[tuple[int, str]] = Counter()
        self.faults: Counter[str] = Counter()

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
        }
