"""What may a test or a demo tell the stand-in, and ask it? `POST /control/<verb>` with a JSON object."""

# ruff: noqa: ASYNC109 - whoever waits says for how long

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.demo.telegram import people
from bot.demo.telegram.chats import Chat, Message
from bot.demo.telegram.errors import ApiError, refusal, too_many_requests
from bot.demo.telegram.faults import Fault, FaultKind, Latency
from bot.demo.telegram.limits import Flood, Limits
from bot.demo.telegram.methods import METHODS
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.state import State

Verb = Callable[..., Any | Awaitable[Any]]
LONGEST_WAIT = 600.0


def open_chats(state: State, chats: list[Json]) -> Json:
    """Make chats known, each by `id` and maybe `kind`, `title`, `username`, `bot_status`."""
    for wanted in chats:
        chat = state.chats.open(wanted["id"], wanted.get("kind"))
        for name in ("title", "username", "bot_status"):
            setattr(chat, name, wanted.get(name, getattr(chat, name)))
    return {}


def messages(state: State, chat: int) -> Json:
    """Return what stands in a chat now."""
    known = state.chats.known(chat)
    return {"rings": state.changes.rings, "messages": [_shown(message) for message in known.visible()] if known else []}


def calls(state: State, chat: int) -> list[Json]:
    """Return every call of the bot that named the chat."""
    known: Chat | None = state.chats.known(chat)
    return [asdict(call) for call in known.calls] if known else []


async def wait(state: State, rings: int, timeout: float) -> Json:
    """Return when anything changed since `rings`, or after `timeout` seconds."""
    await state.changes.wait_until(lambda: state.changes.rings != rings, min(timeout, LONGEST_WAIT))
    return {"rings": state.changes.rings}


async def drained(state: State, timeout: float) -> bool:
    """Wait until the bot has confirmed every update; say whether it has."""
    return await state.updates.bell.wait_until(lambda: not len(state.updates), min(timeout, LONGEST_WAIT))


async def answer(state: State, tap: str, timeout: float) -> Json | None:
    """Return what the bot answered a tap, None if nothing within `timeout` seconds."""
    await state.changes.wait_until(lambda: state.taps[tap].answer is not None, min(timeout, LONGEST_WAIT))
    return state.taps[tap].answer


def counters(state: State) -> Json:
    """Return the ledger, what the lockouts were, and when this was told."""
    return state.ledger.totals() | {
        "at": state.clock.seconds() - state.started,
        "rings": state.changes.rings,
        "longest_lockout": state.flood.longest_lockout,
        "refused_in_lockout": state.flood.refused_in_lockout,
    }


def fail(state: State, kind: str, retry_after: int = 1, migrate_to: int = 0, **rest: Any) -> Json:
    """Add a fault: a `FaultKind`, a refusal's name, or "flood" (429), "migrated" or "error" (code, description)."""
    state.faults.add(
        Fault(
            kind=FaultKind(kind) if kind in set(FaultKind) else FaultKind.REFUSE,
            chat=rest.get("chat"),
            method=_method(rest.get("method")),
            left=rest.get("times"),
            probability=rest.get("probability", 1.0),
            refusal=_refusal(kind, retry_after, migrate_to, rest),
        )
    )
    return {}


def heal(state: State) -> Json:
    """Forget every fault and latency."""
    state.faults.clear()
    return {}


def latency(state: State, **seconds: float) -> Json:
    """Set the latency."""
    state.faults.latency = Latency(**seconds)
    return {}


def limits(state: State, **switches: Any) -> Json:
    """Enforce these limits from now on, with empty windows."""
    state.flood = Flood(Limits(**switches))
    return {}


def clock(state: State, date: int | None) -> Json:
    """Set the date that messages get."""
    state.clock.tell(date)
    return {}


def profile(state: State) -> Json:
    """Return names, descriptions and menus."""
    return {
        "texts": [[*key, text] for key, text in state.profile.texts.items()],
        "commands": [[*key, menu] for key, menu in state.profile.commands.items()],
    }


def _method(name: str | None) -> str | None:
    if name is not None and name not in METHODS:
        raise ValueError(f"no method {name}")
    return name


def _refusal(kind: str, retry_after: int, migrate_to: int, rest: Json) -> ApiError | None:
    match kind:
        case "flood":
            return too_many_requests(retry_after)
        case "error":
            return ApiError(rest["code"], rest["description"])
        case "migrated":
            return refusal("migrated", migrate_to_chat_id=migrate_to)
        case _ if kind in set(FaultKind):
            return None
        case _:
            return refusal(kind)


def _shown(message: Message) -> Json:
    return {
        "payload": message.payload,
        "from_bot": message.from_bot,
        "silent": message.silent,
        "protected": message.protected,
        "edited": message.edited,
    }


VERBS: dict[str, Verb] = {
    "say": people.say,
    "send_document": people.send_document,
    "edit": people.edit,
    "tap": people.tap,
    "bot_status": people.change_bot_status,
    "member": people.set_member,
    "migrate": people.migrate,
    "open_topic": people.open_topic,
    "delete_topic": people.delete_topic,
    "open_chats": open_chats,
    "messages": messages,
    "calls": calls,
    "wait": wait,
    "drained": drained,
    "answer": answer,
    "counters": counters,
    "pending": lambda state: state.updates.waiting(),
    "fail": fail,
    "heal": heal,
    "latency": latency,
    "limits": limits,
    "clock": clock,
    "profile": profile,
}


async def obey(state: State, request: web.Request) -> web.Response:
    """Do what a control call says; 400 with its reason if it cannot be done."""
    verb = VERBS.get(request.match_info["verb"])
    if verb is None:
        return web.json_response({"error": "no such verb"}, status=404)
    try:
        result = verb(state, **await request.json())
        return web.json_response(await result if isinstance(result, Awaitable) else result)
    except (people.NobodyCouldError, KeyError, TypeError, ValueError) as error:
        return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
