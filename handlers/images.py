"""How is a way shown as a picture, as a strip or as a map, to whoever asks for one?

Never in short mode: a picture stays in a phone's gallery and is read from across a table.
"""

import asyncio
import logging

from alerts.geography.model import Area
from alerts.incidents.outlook import Outlook
from alerts.pictures.draw import PictureKind, draw
from handlers.asked import Asked
from handlers.help import old_button
from handlers.reply import Button, close_tap, notice, reply, reply_photo
from handlers.routes import answer
from handlers.ways import behind, outlook_of

log = logging.getLogger(__name__)


async def strip(asked: Asked) -> None:
    """Send the strip map of the way behind the button, with its status in words; the tap is answered here."""
    await _send(asked, PictureKind.STRIP)


async def corridor(asked: Asked) -> None:
    """Send the schematic map of that way and the others between its ends; the tap is answered here."""
    await _send(asked, PictureKind.MAP)


async def _send(asked: Asked, kind: PictureKind) -> None:
    found = behind(asked, asked.words)
    if found is None or found.area is None:
        await old_button(asked)
    elif asked.chat.short:
        await reply(asked, asked.say("image.short_mode"))
    else:
        outlook = await outlook_of(asked, found.area)
        picture = await _drawn(asked, outlook, kind)
        if picture is None:
            await answer(asked, found)
            await notice(asked, asked.voice.label("image.failed"))
            return
        caption = asked.voice.caption(outlook, others=kind is PictureKind.MAP, now=asked.now)
        await reply_photo(asked, picture, caption, [[_other_picture(asked, kind, found.area)]])
    await close_tap(asked)


def _other_picture(asked: Asked, kind: PictureKind, area: Area) -> Button:
    """The button to the other way to draw it."""
    if kind is PictureKind.STRIP:
        return asked.voice.label("button.map"), f"q:map:{area.id}"
    return asked.voice.label("button.strip"), f"q:image:{area.id}"


async def _drawn(asked: Asked, outlook: Outlook, kind: PictureKind) -> bytes | None:
    """The picture, drawn beside the event loop: others must not wait for it. None where that fails."""
    here = asked.now.astimezone(asked.siraba.timezone)
    try:
        return await asyncio.to_thread(draw, outlook, atlas=asked.siraba.atlas, voice=asked.voice, now=here, kind=kind)
    except Exception as error:  # noqa: BLE001 - whatever a drawing stumbles over, the person gets the text
        log.error("a picture could not be drawn", extra={"why": type(error).__name__})  # noqa: TRY400 - a trace could name the way
        return None
