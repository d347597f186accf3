"""How is a way shown as a picture, to whoever asks for one?

Never in short mode: a picture stays in a phone's gallery and is read from across a table.
"""

import asyncio
import logging

from alerts.incidents.outlook import Outlook
from alerts.pictures.draw import PictureKind, draw
from handlers.asked import Asked
from handlers.help import old_button
from handlers.reply import close_tap, notice, reply, reply_photo
from handlers.routes import answer
from handlers.ways import behind, outlook_of

log = logging.getLogger(__name__)


async def image(asked: Asked) -> None:
    """Send the strip map of the way behind the button, with its status in words; the tap is answered here."""
    found = behind(asked, asked.words)
    if found is None or found.area is None:
        await old_button(asked)
    elif asked.chat.short:
        await reply(asked, asked.say("image.short_mode"))
    else:
        outlook = await outlook_of(asked, found.area)
        picture = await _drawn(asked, outlook)
        if picture is None:
            await answer(asked, found)
            await notice(asked, asked.voice.label("image.failed"))
            return
        await reply_photo(asked, picture, asked.voice.caption(outlook, now=asked.now))
    await close_tap(asked)


async def _drawn(asked: Asked, outlook: Outlook) -> bytes | None:
    """The picture, drawn beside the event loop: others must not wait for it. None where that fails."""
    here = asked.now.astimezone(asked.siraba.timezone)
    try:
        return await asyncio.to_thread(
            draw, outlook, atlas=asked.siraba.atlas, voice=asked.voice, now=here, kind=PictureKind.STRIP
        )
    except Exception as error:  # noqa: BLE001 - whatever a drawing stumbles over, the person gets the text
        log.error("a picture could not be drawn", extra={"why": type(error).__name__})  # noqa: TRY400 - a trace could name the way
        return None
