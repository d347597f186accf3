"""When does a chat want quiet: for a while, each night, but for the worst?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from babel.dates import format_time

from alerts.audience.choices import pause as paused
from alerts.audience.choices import resume
from alerts.audience.matching import is_muted
from alerts.audience.model import Chat, Loudness, Occasion
from alerts.audience.timetable import read_span, zone_of
from alerts.audience.trips import until
from alerts.geography.spelling import fold
from alerts.wording.catalogue import load
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.reply import Button, reply

OFF = frozenset({"non", "off", "fin", "stop", "no", "reprendre", "end"})
HOURS = (1, 4, 8)
MORNING = time(6)
LONGEST = timedelta(days=31)
SPANS = {"22-5": (time(22), time(5)), "20-6": (time(20), time(6)), "0-0": (time(0), time(0))}


async def pause(asked: Asked) -> None:
    """Quiet for a while ("4h", "jusqu'à vendredi") or each night ("22-5"); without words, how it stands."""
    if not asked.words:
        await _show(asked)
    elif await may_choose(asked):
        await _set(asked, asked.words)


async def tap_pause(asked: Asked) -> None:
    """Quiet for the hours of the button, until the morning, or no more."""
    if not await may_choose(asked):
        return
    if asked.words == "morning":
        await _pause_until(asked, _next_morning(asked))
    elif asked.words.isdecimal() and int(asked.words) in HOURS:
        await _pause_until(asked, asked.now + timedelta(hours=int(asked.words)))
    else:
        await _resume(asked)


async def tap_quiet(asked: Asked) -> None:
    """Store the quiet hours of the button."""
    span = SPANS.get(asked.words)
    await _store(asked, (lambda chat: replace(chat, silent_from=span[0], silent_to=span[1])) if span else None)


async def tap_critical(asked: Asked) -> None:
    """Store whether critical news breaks through."""
    through = {"on": True, "off": False}.get(asked.words)
    await _store(asked, None if through is None else lambda chat: replace(chat, critical_through=through))


async def tap_loud(asked: Asked) -> None:
    """Store how grave news must be to sound by day."""
    is_known = asked.words in set(Loudness)
    await _store(asked, (lambda chat: replace(chat, loudness=Loudness(asked.words))) if is_known else None)


def quiet_lines(asked: Asked) -> list[str]:
    """How the chat's quiet stands, a line each."""
    chat, label = asked.chat, asked.voice.label
    muted = [_muted_line(asked)] if is_muted(chat, asked.now) else []
    return [
        *muted,
        asked.say("quiet.none") if chat.silent_from == chat.silent_to else asked.say("quiet.hours", **_span(asked)),
        asked.say("quiet.critical_on" if chat.critical_through else "quiet.critical_off"),
        asked.say("quiet.loudness", what=label(f"loud.{chat.loudness}")),
    ]


async def _set(asked: Asked, words: str) -> None:
    if fold(words) in OFF:
        await _resume(asked)
    elif (span := read_span(words)) is not None:
        await _store(asked, lambda chat: replace(chat, silent_from=span[0], silent_to=span[1]))
    else:
        rest, ends = until(words, asked.now, asked.siraba.timezone)
        if rest or ends is None or ends > asked.now + LONGEST:
            await reply(asked, asked.say("pause.example"), _buttons(asked))
        else:
            await _pause_until(asked, ends)


async def _pause_until(asked: Asked, ends: datetime) -> None:
    settled = await settle(asked, lambda chat: paused(chat, ends, now=asked.now))
    await asked.siraba.store.occasions.set(Occasion.WAKE, asked.chat.recipient, ends)
    await _show(settled)


async def _resume(asked: Asked) -> None:
    """A pause that is broken off ends like one that ran out: with what still stands."""
    was_muted = is_muted(asked.chat, asked.now)
    text = await asked.siraba.digest.wake(asked.chat, now=asked.now) if was_muted else asked.say("pause.none")
    settled = await settle(asked, resume)
    await asked.siraba.store.occasions.set(Occasion.WAKE, asked.chat.recipient, None)
    await reply(settled, text, [[(settled.voice.label("button.settings"), "q:settings")]])


async def _store(asked: Asked, change: Callable[[Chat], Chat] | None) -> None:
    """Store a choice and show it; a button that nobody made shows how it stands."""
    if not await may_choose(asked):
        return
    await _show(await settle(asked, change) if change else asked)


async def _show(asked: Asked) -> None:
    await reply(asked, "\n".join([*quiet_lines(asked), asked.say("pause.example")]), _buttons(asked))


def _buttons(asked: Asked) -> list[list[Button]]:
    label, chat = asked.voice.label, asked.chat
    hours = [(label("button.for_hours", hours=hours), f"c:pause:{hours}") for hours in HOURS]
    ends = [[(label("button.resume_now"), "c:pause:off")]] if is_muted(chat, asked.now) else []
    spans = [(_span_label(asked, name), f"c:quiet:{name}") for name in SPANS]
    critical = ("critical_off", "off") if chat.critical_through else ("critical_on", "on")
    return [
        *ends,
        [*hours, (label("button.until_morning"), "c:pause:morning")],
        spans,
        [(label(f"button.{critical[0]}"), f"c:critical:{critical[1]}")],
        [(label(f"loud.{one}"), f"c:loud:{one}") for one in Loudness if one is not chat.loudness],
    ]


def _span_label(asked: Asked, name: str) -> str:
    start, end = SPANS[name]
    return asked.voice.label("button.no_quiet") if start == end else f"{start.hour} h – {end.hour} h"


def _span(asked: Asked) -> dict[str, str]:
    locale = load(asked.chat.language).locale
    ends = {"start": asked.chat.silent_from, "end": asked.chat.silent_to}
    return {name: format_time(at, format="short", locale=locale) for name, at in ends.items()}


def _muted_line(asked: Asked) -> str:
    assert asked.chat.muted_until is not None  # noqa: S101 - its caller has looked
    zone = zone_of(asked.chat, asked.siraba.timezone)
    local = asked.chat.muted_until.astimezone(zone)
    return asked.say("pause.until", until=asked.voice.moment(local))


def _next_morning(asked: Asked) -> datetime:
    local = asked.now.astimezone(zone_of(asked.chat, asked.siraba.timezone))
    morning = datetime.combine(local.date(), MORNING, local.tzinfo)
    return (morning if morning > local else morning + timedelta(days=1)).astimezone(UTC)
