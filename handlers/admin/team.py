"""How does an owner add people to the desk, and take them out?"""

from alerts.desk.roles import REMOVED, NewRole, Role, change_role, team
from alerts.desk.words import desk_words, named
from handlers.asked import Asked
from handlers.reply import Button, reply

LONGEST_ID = 15  # digits; Telegram's are shorter


async def admins(asked: Asked) -> None:
    """Who belongs to the desk; `add 123 editor` and `remove 123` change it."""
    if not asked.words:
        await _list(asked)
        return
    person = next((word for word in asked.words.split() if _is_id(word)), None)
    role = named(asked.words, desk_words().roles)
    if person is None or role is None:
        await reply(asked, asked.say("team.example"))
        return
    await _change(asked, person, role)


async def tap_role(asked: Asked) -> None:
    """A button of the list: "person:role"."""
    person, _, role = asked.words.partition(":")
    if not _is_id(person) or role not in {REMOVED, *Role}:
        await reply(asked, asked.say("team.example"))
        return
    await _change(asked, person, role)


async def _change(asked: Asked, person: str, role: str) -> None:
    siraba = asked.siraba
    change = NewRole(person=int(person), role=None if role == REMOVED else Role(role))
    why = await change_role(change, by=asked.member, first_owners=siraba.admin_ids, store=siraba.store, now=asked.now)
    if why is None:
        await reply(asked, asked.say(f"team.done.{role}", who=person))
    else:
        await reply(asked, asked.say(f"team.refused.{why}", who=person))


async def _list(asked: Asked) -> None:
    members = team(asked.siraba.admin_ids, await asked.siraba.store.desk.roles())
    label = asked.voice.label
    lines = [f"{person} · {label(f'role.{role}')}" for person, role in members.items()]
    buttons: list[list[Button]] = [
        [(label("team.remove", who=person), f"c:role:{person}:{REMOVED}")]
        for person in members
        if person != asked.person
    ]
    await reply(asked, "\n".join([asked.say("team.head"), *lines, asked.say("team.example")]), buttons)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
