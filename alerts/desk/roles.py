"""Who belongs to the desk, and what may each of them do?

The first owners are those of the settings. Owners change the desk in chat; what they decided there stands above the
settings, so that a lost phone is out at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.delivery.notice import Notice
from alerts.store.desk import RolesChangedError
from alerts.store.store import Store

DESK_KEEPS = timedelta(hours=47)
"""How long a message stays with somebody of the desk at most: a bot may delete what is younger than 48 hours."""

REMOVED = "removed"
MOST_MEMBERS = 50  # a desk is a few people; a number typed in haste must not fill the list


class Role(StrEnum):
    """What somebody of the desk may do; each may do what the ones before may."""

    EDITOR = "editor"
    ADMIN = "admin"
    OWNER = "owner"

    def may(self, least: "Role") -> bool:
        """Whether this role allows what `least` is needed for."""
        ranks = tuple(Role)
        return ranks.index(self) >= ranks.index(least)


class RoleRefusal(StrEnum):
    """Why the desk stays as it is."""

    SAME = "same"
    UNKNOWN = "unknown"
    LAST_OWNER = "last_owner"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRole:
    """What somebody may do from now on; None is nothing any more."""

    person: int
    role: Role | None


def team(first_owners: Iterable[int], stored: Mapping[int, str]) -> dict[int, Role]:
    """Everybody of the desk with their role, the highest first."""
    known = dict.fromkeys(first_owners, str(Role.OWNER)) | dict(stored)
    members = [(person, Role(role)) for person, role in known.items() if role != REMOVED]
    return dict(sorted(members, key=lambda one: (-tuple(Role).index(one[1]), one[0])))


def refusal(change: NewRole, members: Mapping[int, Role]) -> RoleRefusal | None:
    """Why `change` must not be; None where it may."""
    before = members.get(change.person)
    if change.role is before:
        return RoleRefusal.UNKNOWN if before is None else RoleRefusal.SAME
    owners = [person for person, role in members.items() if role is Role.OWNER]
    if owners == [change.person]:
        return RoleRefusal.LAST_OWNER
    return RoleRefusal.TOO_MANY if before is None and len(members) >= MOST_MEMBERS else None


async def change_role(
    change: NewRole, *, by: int, first_owners: Iterable[int], store: Store, now: datetime
) -> RoleRefusal | None:
    """Give or take a role, tell all owners, and put back what a former admin had open; why not, if it must not be."""
    first_owners = tuple(first_owners)
    while True:
        seen = await store.desk.roles()
        members = team(first_owners, seen)
        if (why := refusal(change, members)) is not None:
            return why
        owners = [str(person) for person, role in members.items() if role is Role.OWNER]
        role = change.role or REMOVED
        told = Notice(
            id=f"role.{change.person}.{now.timestamp():.0f}",
            key=f"notice.role.{role}",
            facts={"who": str(change.person), "by": str(by)},
            of_the_desk=True,
        )
        try:
            await store.desk.save_role(change.person, role, seen=seen, by=by, tell=(told, owners), now=now)
        except RolesChangedError:
            continue
        return None


async def members_of(first_owners: Iterable[int], store: Store, *, least: Role = Role.ADMIN) -> list[int]:
    """Who of the desk may do what `least` is needed for."""
    members = team(first_owners, await store.desk.roles())
    return [person for person, role in members.items() if role.may(least)]
