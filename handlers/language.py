"""In which language does a chat want its answers?"""

from handlers.asked import Asked
from handlers.choices import may_choose
from handlers.reply import Button, reply

NAMES = {"fr": "Français", "en": "English", "bm": "Bamanankan"}


async def language(asked: Asked) -> None:
    """Offer the languages."""
    if await may_choose(asked):
        await reply(asked, asked.say("language.which"), [language_buttons(asked)])


def language_buttons(asked: Asked) -> list[Button]:
    """A button for each language, the chat's own marked."""
    return [(_label(code, chosen=asked.chat.language), f"c:language:{code}") for code in NAMES]


def _label(code: str, *, chosen: str) -> str:
    return f"• {NAMES[code]}" if code == chosen else NAMES[code]
