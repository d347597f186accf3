from math import inf

import pytest

from alerts.delivery.model import Lane
from bot.telegram.chats import Chats

PERSON, GROUP = 7, -5


def hear(chats: Chats, chat_id: int, *moments: float) -> None:
    for moment in moments:
        chats.take(chat_id)
        chats.answer(chat_id, moment)


@pytest.mark.parametrize(
    ("chat_id", "lane", "heard", "free_at"),
    [
        pytest.param(PERSON, Lane.CRITICAL, [], -inf, id="never heard anything"),
        pytest.param(PERSON, Lane.CRITICAL, [10.0], 11.0, id="one a second"),
        pytest.param(PERSON, Lane.REPLY, [10.0], -inf, id="an answer may follow at once"),
        pytest.param(PERSON, Lane.REPLY, [10.0, 10.1, 10.2], 13.0, id="three in three seconds"),
        pytest.param(PERSON, Lane.NORMAL, [10.0, 10.1, 10.2], 13.0, id="whoever speaks"),
        pytest.param(GROUP, Lane.NORMAL, [float(at) for at in range(18)], 18.0, id="a group not yet full"),
        pytest.param(GROUP, Lane.NORMAL, [2.0 * at for at in range(19)], 60.0, id="a full group"),
        pytest.param(PERSON, Lane.NORMAL, [2.0 * at for at in range(19)], 37.0, id="a person is never full"),
    ],
)
def test_when_a_chat_may_hear_something_again(chat_id: int, lane: Lane, heard: list[float], free_at: float):
    chats = Chats()
    hear(chats, chat_id, *heard)
    assert chats.free_at(chat_id, lane) == free_at


def test_a_message_without_an_answer_yet_holds_the_next_one_but_an_answer_to_a_person():
    chats = Chats()
    chats.take(PERSON)
    assert chats.free_at(PERSON, Lane.HIGH) == inf
    assert chats.free_at(PERSON, Lane.REPLY) == -inf


def test_what_did_not_leave_counts_for_nothing():
    chats = Chats()
    chats.take(PERSON)
    chats.give_back(PERSON, 10.0)
    assert chats.free_at(PERSON, Lane.HIGH) == -inf
    assert len(chats) == 0


def test_only_chats_that_still_rest_are_kept_in_mind():
    chats = Chats()
    for number in range(10_000):
        hear(chats, 1 + number, number / 30)
    assert len(chats) <= 91
    hear(chats, -1, 400.0)
    hear(chats, 1, 461.0)
    assert len(chats) == 1
