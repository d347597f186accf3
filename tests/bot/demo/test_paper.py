"""The transcript reads well where it is kept, and has colour only where somebody looks at it."""

from datetime import UTC, datetime
from io import StringIO

import pytest

from bot.demo.ear import Gone, Heard
from bot.demo.paper import Paper
from bot.demo.story import Line, Person
from bot.demo.telegram.seen import Button

PEOPLE = {"driver": Person(id="driver", chat=1, name="the driver", about="")}
AT = datetime(2025, 10, 5, 17, 30, tzinfo=UTC)


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


def heard(text: str = "RN1\nPassage", **fields: object) -> Heard:
    return Heard(**({"who": "driver", "at": 1.0, "text": text, "message_id": 1} | fields))  # type: ignore[arg-type]


def printed(stream: StringIO) -> list[str]:
    return [line for line in stream.getvalue().splitlines() if line]


def test_a_message_is_a_block_with_its_time_and_reader():
    stream = StringIO()
    Paper(PEOPLE, stream).news(heard(silent=True, answers=True), AT)
    assert printed(stream) == [
        "  17:30  to the driver (without sound, answers the alert)",
        "    │ RN1",
        "    │ Passage",
    ]


@pytest.mark.parametrize(
    ("numbers", "row"), [((), "[RN1]  [RN6]"), (("1 ", "2 "), "1 [RN1]  2 [RN6]")], ids=["story", "to-be-typed"]
)
def test_buttons_have_numbers_where_they_can_be_typed(numbers: tuple[str, ...], row: str):
    stream = StringIO()
    buttons = ((Button(text="RN1"), Button(text="RN6")),)
    Paper(PEOPLE, stream).news(heard(buttons=buttons), AT, numbers=numbers)
    assert printed(stream)[-1] == f"    │ {row}"


def test_deletions_are_one_line():
    stream = StringIO()
    Paper(PEOPLE, stream).news(Gone(who="driver", at=1.0, count=3), AT)
    assert printed(stream) == ["  17:30  the bot deletes 3 messages in the chat of the driver (short mode)"]


def test_what_is_typed_and_what_is_tapped_look_different():
    stream = StringIO()
    paper = Paper(PEOPLE, stream)
    paper.typed(Line(who="driver", types="/dementir {ref}"), "/dementir 0010", AT)
    paper.typed(Line(who="driver", taps="RN1"), "", AT)
    assert printed(stream) == ["  17:30  the driver types  /dementir 0010", "  17:30  the driver taps  [RN1]"]


@pytest.mark.parametrize(("stream", "has_colour"), [(StringIO(), False), (Screen(), True)], ids=["file", "terminal"])
def test_colour_is_for_terminals(stream: StringIO, has_colour: bool):  # noqa: FBT001
    Paper(PEOPLE, stream).news(heard(), AT)
    assert ("\x1b" in stream.getvalue()) is has_colour
