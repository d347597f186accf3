"""What is known of one leg of a way, when its button is tapped?

In short mode a pop-up tells it, which leaves no message. A keyboard may hang in a chat for months: where the way has
been laid out anew since, the whole of it is told instead.
"""

from handlers.asked import Asked
from handlers.help import old_button
from handlers.reply import close_tap, notice, popup, reply
from handlers.routes import answer
from handlers.ways import behind, leg_behind, outlook_of


async def leg(asked: Asked) -> None:
    """All that is told of the leg behind the button; the tap is answered here."""
    tapped = leg_behind(asked.words)
    found = behind(asked, tapped.area_id) if tapped else None
    if tapped is None or found is None or found.area is None:
        await old_button(asked)
        await close_tap(asked)
        return
    outlook = await outlook_of(asked, found.area)
    if len(outlook.ways[0].legs) != tapped.of:
        await answer(asked, found)
        await notice(asked, asked.voice.label("route.old_button"))
    elif asked.chat.short:
        await popup(asked, asked.voice.leg_popup(outlook, tapped.number, now=asked.now))
    else:
        await reply(asked, asked.voice.leg(outlook, tapped.number, now=asked.now))
        await close_tap(asked)
