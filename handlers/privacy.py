"""What is kept of a chat, and how does it go: short mode, wiping, forgetting?"""

from dataclasses import replace

from alerts.geography.spelling import fold
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.reply import Button, reply

HOURS = (6, 12, 24)
ON = frozenset({"on", "oui", "yes", "marche"})
OFF = frozenset({"off", "non", "no", "arret"})
AT_ONCE = 100  # messages that one call deletes at most


async def privacy(asked: Asked) -> None:
    """What is kept, for how long, and what no bot can delete."""
    await reply(asked, asked.say("privacy.text"), [[(asked.voice.label("button.forget"), "c:forget:ask")]])


async def short(asked: Asked) -> None:
    """Switch short mode, or the hours after which messages go; without words, say how it stands."""
    words = fold(asked.words)
    hours = words.removesuffix("h").strip()
    if not words:
        await show_short(asked)
    elif not await may_choose(asked):
        return
    elif words in OFF:
        await _set_short(asked, is_short=False, hours=asked.chat.delete_after_hours)
    elif hours.isdecimal() and int(hours) in HOURS:
        await _set_short(asked, is_short=True, hours=int(hours))
    elif words in ON:
        await _set_short(asked, is_short=True, hours=asked.chat.delete_after_hours or 12)
    else:
        await reply(asked, asked.say("short.example"), _short_buttons(asked))


async def show_short(asked: Asked) -> None:
    """How it stands, with the buttons that change it."""
    await reply(asked, how_short(asked), _short_buttons(asked))


async def wipe(asked: Asked) -> None:
    """Delete the bot's messages now, then offer to forget everything."""
    if not await may_choose(asked):
        return
    agenda = asked.siraba.store.agenda
    for chat_id, message_id in await agenda.messages_of(asked.chat.recipient.chat_id):
        await agenda.delete_later(chat_id, message_id, at=asked.now)
    await reply(asked, asked.say("wipe.done"), [[(asked.voice.label("button.forget"), "c:forget:ask")]])


async def forget(asked: Asked) -> None:
    """Erase the chat once that was confirmed by a tap."""
    if not await may_choose(asked):
        return
    if not asked.is_tap or asked.words == "ask":
        label = asked.voice.label
        buttons = [[(label("button.forget_yes"), "c:forget:yes"), (label("button.cancel"), "c:cancel")]]
        await reply(asked, asked.say("forget.sure"), buttons)
    elif asked.words == "yes":
        await _erase(asked)


async def _erase(asked: Asked) -> None:
    """Erase first; what is said and deleted after that leaves no entry behind."""
    store, chat_id = asked.siraba.store, asked.chat.recipient.chat_id
    messages = [message_id for _, message_id in await store.agenda.messages_of(chat_id)]
    await store.chats.forget(asked.chat.recipient)
    nobody = replace(asked, chat=replace(asked.chat, subscriptions=(), delete_after_hours=0), is_known=False)
    await reply(nobody, asked.say("forget.done"))
    for start in range(0, len(messages), AT_ONCE):
        await asked.context.bot.delete_messages(chat_id, messages[start : start + AT_ONCE])


async def _set_short(asked: Asked, *, is_short: bool, hours: int) -> None:
    kept = hours if asked.is_private else 0  # what a group reads stays for those who come later
    settled = await settle(asked, lambda chat: replace(chat, short=is_short, delete_after_hours=kept))
    await reply(settled, how_short(settled), _short_buttons(settled))


def how_short(asked: Asked) -> str:
    """How messages look and whether they stay, as a sentence."""
    if not asked.chat.short:
        return asked.say("short.off")
    if not asked.is_private:
        return asked.say("short.on_group")
    return asked.voice.count("short.on", asked.chat.delete_after_hours)


def _short_buttons(asked: Asked) -> list[list[Button]]:
    label = asked.voice.label
    off = (label("button.short_off"), "c:short:off")
    if not asked.is_private:
        return [[off if asked.chat.short else (label("button.short_on"), "c:short:on")]]
    hours = [(label("button.short_hours", hours=hours), f"c:short:{hours}") for hours in HOURS]
    return [hours, [off]] if asked.chat.short else [hours]
