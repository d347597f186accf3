"""The table at the end counts with the stand-in's numbers, and says when they speak against the transcript."""

from collections import Counter

from bot.demo.ear import Heard
from bot.demo.story import Expected, Person
from bot.demo.table import Row, count_faults, rows_of, table
from bot.demo.telegram.seen import Counters

PEOPLE = {"driver": Person(id="driver", chat=1, name="the driver", about="")}
HEARD = Heard(who="driver", at=12.5, text="RN1", message_id=1)
ROW = Row(alert="tankers burned", who="driver", heard=HEARD, seconds=0.5)


def counters(sends: dict[tuple[int, str], int]) -> Counters:
    return Counters(
        at=20.0,
        calls=Counter(),
        sends=Counter(sends),
        faults=Counter(),
        longest_lockout=0.0,
        refused_in_lockout=0,
    )


def test_only_alerts_stand_in_the_table_with_the_seconds_they_took():
    alert, reply = Expected(who="driver", says=("RN1",), alert="tankers burned"), Expected(who="driver", says=("RN1",))
    assert rows_of([(alert, HEARD), (reply, HEARD)], started=12.0) == [ROW]
    last = table([ROW], counters({(1, "RN1"): 1}), PEOPLE)[2]
    assert [cell.strip() for cell in last.split("  ") if cell] == ["tankers burned", "the driver", "1", "0.50"]


def test_one_copy_each_is_no_fault():
    assert count_faults([ROW], [HEARD], counters({(1, "RN1"): 1}), PEOPLE) == []


def test_an_alert_that_came_twice_is_a_fault():
    assert "2 times" in count_faults([ROW], [HEARD, HEARD], counters({(1, "RN1"): 2}), PEOPLE)[0]


def test_a_message_that_nobody_saw_is_a_fault():
    told = count_faults([ROW], [HEARD], counters({(1, "RN1"): 1, (2, "RN6"): 1}), PEOPLE)
    assert told == ["the stand-in counted 2 messages, the transcript shows 1"]
