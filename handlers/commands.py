"""Which command or button is answered by whom, and which of them change something?

python-telegram-bot's own command filter refuses accents, so one router reads the first word itself: any case, with or
without accents, French or English whatever the chat speaks.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from alerts.desk.roles import Role
from alerts.geography.spelling import fold
from alerts.wording.voice import Voice
from handlers import (
    alerts,
    brief,
    cancel,
    channel,
    follow,
    fuel,
    fuel_trend,
    help,  # noqa: A004
    history,
    images,
    language,
    legs,
    now,
    pause,
    privacy,
    routes,
    settings,
    sources,
    start,
    tuning,
)
from handlers.admin import (
    audit,
    cards,
    correct,
    crisis,
    document,
    drafts,
    fuelreport,
    grades,
    halt,
    incident,
    price,
    review,
    status,
    team,
    update,
)
from handlers.asked import Asked, understand
from handlers.context import SirabaApplication, SirabaContext
from handlers.membership import membership, moved
from handlers.reply import close_tap

log = logging.getLogger(__name__)

Callback = Callable[[Asked], Awaitable[None]]

_COMMAND = re.compile(r"/(?P<name>[^\s@/]+)(?:@(?P<bot>\w+))?(?:\s+(?P<words>.*))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`names` are the French one, the English one, and other spellings. A `question` changes nothing.

    `unless` says of the words after a question whether they change something all the same; `needs` is the role at the
    desk without which nobody learns that it exists, and which private chats alone give.
    `in_menu` shows it in Telegram's menu, which someone may look at over the person's shoulder.
    """

    names: tuple[str, ...]
    callback: Callback
    question: bool = False
    unless: Callable[[str], bool] | None = None
    needs: Role | None = None
    in_menu: bool = False

    def only_asks(self, words: str) -> bool:
        """Whether it changes nothing with these words behind it."""
        return self.question and not (self.unless and self.unless(words))

    def name_in(self, language: str) -> str:
        """Its name in this language."""
        return self.names[1] if language == "en" else self.names[0]


COMMANDS: tuple[Command, ...] = (
    Command(names=("start", "start"), callback=start.start),
    Command(names=("suivre", "subscribe", "follow"), callback=follow.follow, in_menu=True),
    Command(names=("stop", "unsubscribe", "arreter"), callback=follow.stop),
    Command(names=("mesroutes", "subscriptions"), callback=follow.mine, question=True, in_menu=True),
    Command(names=("route", "route"), callback=routes.route, question=True, in_menu=True),
    Command(names=("axe", "road"), callback=routes.road, question=True, in_menu=True),
    Command(names=("encours", "now"), callback=now.now, question=True, in_menu=True),
    Command(names=("carburant", "fuel"), callback=fuel.fuel, question=True, unless=brief.names_an_hour, in_menu=True),
    Command(names=("historique", "history"), callback=history.history, question=True),
    Command(names=("point", "brief"), callback=brief.brief, question=True, unless=bool, in_menu=True),
    Command(names=("pause", "mute"), callback=pause.pause, question=True, unless=bool, in_menu=True),
    Command(names=("reglages", "settings"), callback=settings.settings, question=True, in_menu=True),
    Command(names=("langue", "language"), callback=language.language, in_menu=True),
    Command(names=("court", "short"), callback=privacy.short),
    Command(names=("effacer", "wipe"), callback=privacy.wipe),
    Command(names=("oubli", "forget"), callback=privacy.forget),
    Command(names=("aide", "help"), callback=help.help_, question=True, in_menu=True),
    Command(names=("confidentialite", "privacy"), callback=privacy.privacy, question=True),
    Command(names=("apropos", "about"), callback=help.about, question=True),
    Command(names=("sources", "sources"), callback=sources.sources, question=True),
    Command(names=("annuler", "cancel"), callback=cancel.cancel),
    Command(names=("incident", "incident"), callback=incident.incident, needs=Role.EDITOR),
    Command(names=("averifier", "review"), callback=review.review, needs=Role.ADMIN),
    Command(names=("modifier", "update"), callback=update.update, needs=Role.ADMIN),
    Command(names=("dementir", "retract"), callback=correct.retract, needs=Role.ADMIN),
    Command(names=("finalerte", "lifted"), callback=correct.lifted, needs=Role.ADMIN),
    Command(names=("dispo", "fuelreport"), callback=fuelreport.fuelreport, needs=Role.ADMIN),
    Command(names=("prix", "price"), callback=price.price, needs=Role.ADMIN),
    Command(names=("exercice", "exercise"), callback=incident.exercise, needs=Role.ADMIN),
    Command(names=("suspendre_tout", "halt"), callback=halt.halt, needs=Role.ADMIN),
    Command(names=("reprendre_tout", "resume"), callback=halt.resume, needs=Role.ADMIN),
    Command(names=("service", "status"), callback=status.status, needs=Role.ADMIN),
    Command(names=("registre", "audit"), callback=audit.audit, needs=Role.ADMIN),
    Command(names=("admins", "admins"), callback=team.admins, needs=Role.OWNER),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """What a button's data means: `verb`, then its words after a colon.

    One that `closes_itself` answers the tap with a notice or a pop-up of its own. `needs` is as for commands.
    """

    verb: str
    callback: Callback
    needs: Role | None = None
    closes_itself: bool = False


TAPS: tuple[Tap, ...] = (
    Tap(verb="q:now", callback=now.now),
    Tap(verb="q:mine", callback=follow.mine),
    Tap(verb="q:help", callback=help.help_),
    Tap(verb="q:route", callback=routes.route),
    Tap(verb="q:road", callback=routes.road),
    Tap(verb="q:leg", callback=legs.leg, closes_itself=True),
    Tap(verb="q:image", callback=images.strip, closes_itself=True),
    Tap(verb="q:map", callback=images.corridor, closes_itself=True),
    Tap(verb="q:fuel", callback=fuel.fuel),
    Tap(verb="q:trend", callback=fuel_trend.trend, closes_itself=True),
    Tap(verb="q:history", callback=history.history),
    Tap(verb="c:language", callback=start.change_language),
    Tap(verb="c:follow", callback=follow.follow),
    Tap(verb="c:follow_area", callback=follow.follow_area),
    Tap(verb="c:stop", callback=follow.tap_stop),
    Tap(verb="q:tune", callback=tuning.tune),
    Tap(verb="c:level", callback=tuning.set_level),
    Tap(verb="c:topics", callback=tuning.set_topics),
    Tap(verb="c:radius", callback=tuning.set_radius),
    Tap(verb="c:until", callback=tuning.set_end),
    Tap(verb="q:alert", callback=alerts.details, closes_itself=True),
    Tap(verb="q:sms", callback=alerts.sms),
    Tap(verb="c:hush", callback=alerts.hush),
    Tap(verb="q:pause", callback=pause.pause),
    Tap(verb="c:pause", callback=pause.tap_pause),
    Tap(verb="c:quiet", callback=pause.tap_quiet),
    Tap(verb="c:critical", callback=pause.tap_critical),
    Tap(verb="c:loud", callback=pause.tap_loud),
    Tap(verb="q:brief_hour", callback=brief.choose_hour),
    Tap(verb="c:brief", callback=brief.set_brief),
    Tap(verb="c:fuel_at", callback=brief.set_fuel),
    Tap(verb="q:settings", callback=settings.settings),
    Tap(verb="c:zone", callback=settings.set_zone),
    Tap(verb="q:language", callback=language.language),
    Tap(verb="q:short", callback=privacy.show_short),
    Tap(verb="c:stop_named", callback=follow.stop),
    Tap(verb="c:short", callback=privacy.short),
    Tap(verb="c:forget", callback=privacy.forget),
    Tap(verb="c:cancel", callback=cancel.cancel),
    Tap(verb="c:answer", callback=incident.tap_answer, needs=Role.EDITOR),
    Tap(verb="c:edit", callback=incident.edit, needs=Role.EDITOR),
    Tap(verb="c:post", callback=drafts.send, needs=Role.EDITOR),
    Tap(verb="c:drill", callback=settings.tap_exercises),
    Tap(verb="c:reword", callback=drafts.reword, needs=Role.EDITOR),
    Tap(verb="c:second", callback=drafts.ask_second, needs=Role.ADMIN),
    Tap(verb="c:discard", callback=drafts.discard, needs=Role.EDITOR),
    Tap(verb="c:import", callback=document.tap_take_in, needs=Role.ADMIN),
    Tap(verb="q:review", callback=review.review, needs=Role.ADMIN),
    Tap(verb="q:card", callback=cards.card, needs=Role.ADMIN),
    Tap(verb="c:approve", callback=review.tap_approve, needs=Role.ADMIN),
    Tap(verb="c:probable", callback=review.tap_probable, needs=Role.ADMIN),
    Tap(verb="c:fix", callback=review.tap_fix, needs=Role.ADMIN),
    Tap(verb="c:merge", callback=review.tap_merge, needs=Role.ADMIN),
    Tap(verb="c:reject", callback=review.tap_reject, needs=Role.ADMIN),
    Tap(verb="c:leave", callback=review.tap_leave, needs=Role.ADMIN),
    Tap(verb="q:panel", callback=update.panel, needs=Role.ADMIN),
    Tap(verb="q:log", callback=audit.log, needs=Role.ADMIN),
    Tap(verb="q:audit", callback=audit.older, needs=Role.ADMIN),
    Tap(verb="c:retract", callback=correct.retract, needs=Role.ADMIN),
    Tap(verb="c:lift", callback=correct.lifted, needs=Role.ADMIN),
    Tap(verb="c:change", callback=update.tap_change, needs=Role.ADMIN),
    Tap(verb="c:amend", callback=update.tap_send, needs=Role.ADMIN),
    Tap(verb="c:role", callback=team.tap_role, needs=Role.OWNER),
    Tap(verb="q:grades", callback=grades.grades, needs=Role.ADMIN),
    Tap(verb="q:grade", callback=grades.letters, needs=Role.ADMIN),
    Tap(verb="c:grade", callback=grades.tap_grade, needs=Role.ADMIN),
    Tap(verb="q:pump", callback=fuelreport.step, needs=Role.ADMIN),
    Tap(verb="c:pump", callback=fuelreport.record, needs=Role.ADMIN),
    Tap(verb="c:crisis", callback=crisis.tap_crisis, needs=Role.ADMIN),
    Tap(verb="c:resume", callback=halt.tap_resume, needs=Role.ADMIN),
)


def plain(name: str) -> str:
    """A command's name as it is compared: without accents, capitals and the signs between its words."""
    return fold(name).replace(" ", "")


_BY_NAME: Mapping[str, Command] = {plain(name): command for command in COMMANDS for name in command.names}
_BY_VERB: Mapping[str, Tap] = {tap.verb: tap for tap in TAPS}


def register(application: SirabaApplication) -> None:
    """Plug every conversation into `application`; edited messages are never run, but edited news are read again."""
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST, _on_message))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_CHANNEL_POST, _on_edited_post))
    application.add_handler(CallbackQueryHandler(_on_tap))
    application.add_handler(ChatMemberHandler(_on_membership, ChatMemberHandler.MY_CHAT_MEMBER))


def is_question(update: Mapping[str, Any], has_dialog: bool, *, of_source: bool = False) -> bool:  # noqa: FBT001 - intake's own question
    """Whether an update (as Telegram's JSON) only asks: it is then answered, and stored nowhere.

    `has_dialog` is whether its chat is in the middle of a dialogue, which a free text then answers; `of_source`
    whether it comes from a channel that is a source: its posts are news, and must not be lost.
    """
    if "edited_channel_post" in update:
        return not of_source
    if "callback_query" in update:
        return not str(update["callback_query"].get("data", "")).startswith("c:")
    message = update.get("message") or update.get("channel_post")
    if message is None:
        return False
    if "migrate_to_chat_id" in message:
        return False
    if "forward_origin" in message or "document" in message:
        return not of_source  # somebody else's words answer nothing and command nothing; a sheet is only looked at
    typed = _COMMAND.fullmatch(str(message.get("text", "")).strip())
    if typed is None:
        return not has_dialog and not of_source
    command = _BY_NAME.get(plain(typed["name"]))
    return command is None or command.only_asks(typed["words"] or "")


def menu(voice: Voice, *, only_questions: bool = False) -> list[tuple[str, str]]:
    """Names and descriptions for Telegram's menu in the voice's language; what only asks, for members of a group."""
    return [
        (command.name_in(voice.language), voice.label(f"menu.{command.names[1]}"))
        for command in COMMANDS
        if command.in_menu and (command.question or not only_questions)
    ]


async def _on_message(update: Update, context: SirabaContext) -> None:
    asked = await understand(update, context)
    message = update.effective_message
    if asked is None or message is None or _is_a_bots(message):
        return
    typed = None if message.forward_origin else _COMMAND.fullmatch((message.text or "").strip())
    if typed is None and (source := channel.source_behind(update, context)):
        await channel.post(update, context, source)
    elif message.migrate_to_chat_id is not None:
        await moved(asked, message.migrate_to_chat_id)
    elif message.document and not message.forward_origin and asked.is_admin:
        await document.look_at(asked, message.document)
    elif typed is None:
        await _free(asked.with_words("" if message.forward_origin else message.text or ""))
    elif _is_for_us(typed["bot"], context.bot.username):
        await _command(asked.with_words(typed["words"] or ""), typed["name"])


async def _on_edited_post(update: Update, context: SirabaContext) -> None:
    if source := channel.source_behind(update, context):
        await channel.post(update, context, source)


async def _command(asked: Asked, name: str) -> None:
    command = _BY_NAME.get(plain(name))
    if command is not None and (command.needs is None or asked.may(command.needs)):
        await command.callback(asked)
        return
    if command is not None:
        log.info("someone tried a command of the desk", extra={"command": command.names[1]})
    await help.unknown_command(asked)


async def _free(asked: Asked) -> None:
    """What is no command answers an open dialogue; otherwise, where one person writes, it gets a kind word."""
    if not asked.is_private:
        return
    state = await asked.siraba.store.dialogs.find(asked.chat.recipient)
    if not state or not asked.words:
        if not (asked.words and await help.names_a_place(asked)):
            await help.free_text(asked)
        return
    match state["expects"]:
        case "follow":
            await follow.follow_words(asked)
        case "post" if asked.may(Role.EDITOR):
            await incident.take_answer(asked, state)
        case "merge" if asked.is_admin:
            await review.take_reference(asked, state["ref"])
        case "change" if asked.is_admin:
            await update.take_answer(asked, state)
        case "pump" if asked.is_admin:
            await fuelreport.take_town(asked)
        case _:
            await help.free_text(asked)


async def _on_tap(update: Update, context: SirabaContext) -> None:
    asked = await understand(update, context)
    query = update.callback_query
    if asked is None or query is None:
        return
    verb, words = split_data(query.data or "")
    tap = _BY_VERB.get(verb)
    if tap is None or (tap.needs is not None and not asked.may(tap.needs)):
        await help.old_button(asked)
        await close_tap(asked)
        return
    await tap.callback(asked.with_words(words))
    if not tap.closes_itself:
        await close_tap(asked)


async def _on_membership(update: Update, context: SirabaContext) -> None:
    if source := channel.source_behind(update, context):
        await channel.standing(update, context, source)
    elif asked := await understand(update, context):
        await membership(asked)


def split_data(data: str) -> tuple[str, str]:
    """A button's verb ("q:route") and its words ("Kayes Bamako")."""
    kind, _, rest = data.partition(":")
    name, _, words = rest.partition(":")
    return f"{kind}:{name}", words


def _is_a_bots(message: Message) -> bool:
    """Another program's; an admin who writes in a group's own name comes as one, too, and is none."""
    return message.from_user is not None and message.from_user.is_bot and message.sender_chat is None


def _is_for_us(addressed: str | None, ours: str) -> bool:
    """A command with another bot's name is that bot's."""
    return addressed is None or addressed.casefold() == ours.casefold()
