"""What is active on the roads this chat follows?"""

from alerts.incidents.outlook import now_active
from handlers.asked import Asked
from handlers.follow import followed_areas
from handlers.lookup import road_buttons
from handlers.reply import reply


async def now(asked: Asked) -> None:
    """Everything that stands, newest first; a button leads on where it was too long for one message."""
    areas = followed_areas(asked)
    if not areas:
        await reply(asked, asked.say("now.follows_nothing"), road_buttons("q:road"))
        return
    siraba = asked.siraba
    incidents = await siraba.store.incidents.recent(now=asked.now)
    page = asked.voice.active_page(
        now_active(incidents, areas, atlas=siraba.atlas, now=asked.now),
        areas=areas,
        sources_read_at=await siraba.store.feeds.last_read_at(),
        short=asked.chat.short,
        skip=int(asked.words) if asked.is_tap and asked.words.isdecimal() else 0,
        now=asked.now,
    )
    more = [] if page.next is None else [[(asked.voice.label("button.more"), f"q:now:{page.next}")]]
    await reply(asked, page.text, more)
