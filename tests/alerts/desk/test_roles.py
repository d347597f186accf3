"""Who belongs to the desk, and which changes may not be?"""

import asyncio
from collections.abc import Mapping

import pytest
from redis.asyncio import Redis

from alerts.desk.roles import MOST_MEMBERS, REMOVED, NewRole, Role, RoleRefusal, change_role, members_of, refusal, team
from alerts.store.store import Store
from tests.support.builders import NOW


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        pytest.param({}, {1: Role.OWNER, 2: Role.OWNER}, id="the settings alone"),
        pytest.param({2: "removed"}, {1: Role.OWNER}, id="removed in chat"),
        pytest.param({2: "editor"}, {1: Role.OWNER, 2: Role.EDITOR}, id="lowered in chat"),
        pytest.param({3: "admin"}, {1: Role.OWNER, 2: Role.OWNER, 3: Role.ADMIN}, id="added in chat"),
    ],
)
def test_what_owners_decided_stands_above_the_settings(stored: Mapping[int, str], expected: Mapping[int, Role]):
    assert team({1, 2}, stored) == expected


@pytest.mark.parametrize(
    ("role", "least", "may"),
    [
        (Role.OWNER, Role.ADMIN, True),
        (Role.ADMIN, Role.ADMIN, True),
        (Role.EDITOR, Role.ADMIN, False),
        (Role.ADMIN, Role.OWNER, False),
    ],
)
def test_a_role_allows_what_the_lower_ones_do(role: Role, least: Role, may: bool):  # noqa: FBT001
    assert role.may(least) is may


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(NewRole(person=3, role=Role.ADMIN), None, id="new"),
        pytest.param(NewRole(person=2, role=Role.EDITOR), None, id="lower"),
        pytest.param(NewRole(person=2, role=Role.ADMIN), RoleRefusal.SAME, id="same"),
        pytest.param(NewRole(person=9, role=None), RoleRefusal.UNKNOWN, id="nobody"),
        pytest.param(NewRole(person=1, role=None), RoleRefusal.LAST_OWNER, id="last-owner"),
        pytest.param(NewRole(person=1, role=Role.ADMIN), RoleRefusal.LAST_OWNER, id="last-owner-lowered"),
    ],
)
def test_which_changes_may_be(change: NewRole, why: RoleRefusal | None):
    assert refusal(change, {1: Role.OWNER, 2: Role.ADMIN}) is why


def test_a_desk_does_not_grow_without_end():
    full = dict.fromkeys(range(MOST_MEMBERS), Role.OWNER)
    assert refusal(NewRole(person=1000, role=Role.EDITOR), full) is RoleRefusal.TOO_MANY


async def test_two_owners_who_remove_each_other_at_once_leave_one(redis: Redis):
    store = Store.over(redis)
    outcomes = await asyncio.gather(
        change_role(NewRole(person=2, role=None), by=1, first_owners=[1, 2], store=store, now=NOW),
        change_role(NewRole(person=1, role=None), by=2, first_owners=[1, 2], store=store, now=NOW),
    )
    assert sorted(map(str, outcomes)) == ["None", "last_owner"]
    assert len(await members_of([1, 2], store)) == 1
    assert list((await store.desk.roles()).values()) == [REMOVED]
