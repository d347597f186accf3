"""Did exactly what had to arrive arrive, once, in the right chat?"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.demo.ear import Heard
from bot.demo.story import Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`met` pairs each expectation with what met it; `faults` are sentences, none when all is well."""

    met: tuple[tuple[Expected, Heard], ...]
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing; something may still have come that nobody expected."""
        return not any(fault.startswith("missing") for fault in self.faults)


def compare(expected: Sequence[Expected], heard: Sequence[Heard]) -> Verdict:
    """Match each expectation with one message, and name what is missing, repeated, misled or unexpected."""
    left, met, missing = list(heard), [], []
    for one in expected:
        found = next((message for message in left if fits(one, message)), None)
        if found is None:
            missing.append(f"missing: {one.who} was to read {_quoted(one.says)}")
        else:
            left.remove(found)
            met.append((one, found))
    surplus = [_fault(message, expected, [taken for _, taken in met]) for message in left]
    return Verdict(met=tuple(met), faults=(*missing, *surplus))


def fits(expected: Expected, heard: Heard) -> bool:
    """Whether `heard` is what was expected: the chat, the words, and whether it sounds."""
    return heard.who == expected.who and _says(expected, heard) and expected.silent in {None, heard.silent}


def _says(expected: Expected, heard: Heard) -> bool:
    return all(words in heard.text for words in expected.says) and not any(
        words in heard.text for words in expected.never
    )


def _fault(message: Heard, expected: Sequence[Expected], taken: Sequence[Heard]) -> str:
    if any(message.who == other.who and message.text == other.text for other in taken):
        return f"repeated: {message.who} got {_quoted([message.text])} more than once"
    if any(_says(one, message) and one.who != message.who for one in expected):
        return f"wrong chat: {message.who} got {_quoted([message.text])}"
    return f"unexpected: {message.who} got {_quoted([message.text])}"


def _quoted(words: Sequence[str]) -> str:
    return " … ".join(f"“{word.splitlines()[0] if word else word}”" for word in words)
