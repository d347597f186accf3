"""What can this bot do, and who stands behind it?"""

from alerts.desk.roles import Role
from alerts.geography.model import AreaKind
from handlers.asked import Asked
from handlers.lookup import road_buttons
from handlers.reply import Button, reply

LONGEST_NAME = 80


async def help_(asked: Asked) -> None:
    """The commands of the chat's language, those of admins for admins."""
    parts = [asked.say("help.text"), *_of_the_desk(asked), *_contact(asked)]
    await reply(asked, "\n\n".join(parts), home(asked))


async def about(asked: Asked) -> None:
    """What this is, what it is not, who answers for it."""
    text = asked.say("about.text", version=asked.siraba.version)
    await reply(asked, "\n\n".join([text, *(_contact(asked) or [asked.say("about.no_contact")])]))


async def unknown_command(asked: Asked) -> None:
    """A command nobody knows, or may know."""
    await reply(asked, asked.say("unknown.command"), home(asked))


async def free_text(asked: Asked) -> None:
    """Something was told or sent outside any dialogue: this bot takes no reports, and says who does."""
    desk = _contact(asked) or [asked.say("about.no_contact")]
    await reply(asked, "\n".join([asked.say("unknown.text"), *desk]), home(asked))


async def names_a_place(asked: Asked) -> bool:
    """Whether a text outside any dialogue is nothing but the name of a road, town or trip; offers what can be done.

    Who began yesterday and types a town today is understood; nothing of it is stored until a button is tapped.
    """
    found = asked.siraba.atlas.resolve(asked.words) if len(asked.words) <= LONGEST_NAME else None
    if found is None or found.area is None:
        return False
    label, name = asked.voice.label, asked.siraba.atlas.name(found.area)
    ask = "q:route" if found.area.kind is AreaKind.ROUTE else "q:road"
    buttons = [[(label("button.status"), f"{ask}:{name}"), (label("button.follow_it"), f"c:follow:{name}")]]
    await reply(asked, asked.say("named.which", area=asked.voice.area(found.area)), buttons)
    return True


async def old_button(asked: Asked) -> None:
    """A button of long ago, or one that nobody made: a fresh keyboard helps more than an excuse."""
    await reply(asked, asked.say("unknown.button"), [*home(asked), *road_buttons("q:road")])


def home(asked: Asked) -> list[list[Button]]:
    """The three buttons that lead on from anywhere."""
    label = asked.voice.label
    return [
        [(label("button.now"), "q:now"), (label("button.mine"), "q:mine"), (label("button.follow_more"), "c:follow")]
    ]


def _contact(asked: Asked) -> list[str]:
    contact = asked.siraba.contact
    return [asked.say("help.contact", contact=contact)] if contact else []


def _of_the_desk(asked: Asked) -> list[str]:
    """What a member of the desk can do besides."""
    parts = [("help.editor", Role.EDITOR), ("help.admin", Role.ADMIN), ("help.owner", Role.OWNER)]
    return [asked.say(key) for key, least in parts if asked.may(least)]
