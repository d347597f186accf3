"""What does a chat follow, and how does it change that?"""

from dataclasses import replace

from babel.dates import format_skeleton

from alerts.audience.choices import TooManyAreasError, current, subscribe, unsubscribe
from alerts.audience.model import Chat, Subscription
from alerts.audience.trips import until
from alerts.geography.model import Area, AreaKind, Resolved
from alerts.geography.spelling import fold
from alerts.incidents.outlook import now_active
from alerts.wording.catalogue import load
from alerts.wording.limits import MESSAGE_LIMIT
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.lookup import look_up, name_for_button, road_buttons
from handlers.pause import quiet_lines
from handlers.privacy import how_short
from handlers.reply import Button, reply
from handlers.start import expect_road

EVERYTHING = frozenset({"tout", "toutes", "tous", "all", "everything", "bee"})


async def follow(asked: Asked) -> None:
    """Follow what the words name, for good or until the end of a trip; ask for a road where there are no words."""
    if not await may_choose(asked):
        return
    if not asked.words:
        await expect_road(asked)
        await reply(asked, asked.say("follow.which"), road_buttons("c:follow"))
        return
    await follow_words(asked)


async def follow_words(asked: Asked) -> None:
    """Follow what `asked.words` name; the answer asks back where they are not clear."""
    text, ends = until(asked.words, asked.now, asked.siraba.timezone)
    if found := await look_up(asked.with_words(text), "c:follow"):
        await _add(asked, found, Subscription(area=_area_of(found), until=ends))


async def follow_area(asked: Asked) -> None:
    """Follow the area whose key a button carries, or ask where nothing has that key any more."""
    try:
        area = Area.parse(asked.words)
    except ValueError:
        await follow(asked.with_words(""))
        return
    await follow(asked.with_words(asked.siraba.atlas.name(area)))


async def mine(asked: Asked) -> None:
    """List what the chat follows, each with a button to stop."""
    followed = _followed(asked)
    if not followed:
        await reply(asked, asked.say("mine.none"), road_buttons("c:follow"))
        return
    lines = [asked.say("mine.head"), *[f"• {_named(asked, one)}" for one in followed], asked.say("mine.how")]
    await reply(asked, "\n".join(lines), _stop_buttons(asked, followed))


async def stop(asked: Asked) -> None:
    """Stop following one area, or all; without words, say which there are."""
    if not asked.words:
        await mine(asked)
    elif await may_choose(asked):
        await _stop_words(asked)


async def tap_stop(asked: Asked) -> None:
    """Stop the area behind a button of the list: its key, or all."""
    if not await may_choose(asked):
        return
    area = next((one.area for one in asked.chat.subscriptions if one.area.key == asked.words), None)
    if fold(asked.words) in EVERYTHING:
        await _stop_all(asked)
    elif area is None:
        await reply(asked, asked.say("stop.already"))
    else:
        await _stop_one(asked, area)


async def _add(asked: Asked, found: Resolved, subscription: Subscription) -> None:
    name = asked.voice.area(subscription.area)
    try:
        settled = await settle(asked, lambda chat: subscribe(current(chat, asked.now), _as_before(chat, subscription)))
    except TooManyAreasError as error:
        await reply(asked, asked.voice.count("follow.too_many", error.limit))
        return
    if asked.is_private:
        await asked.siraba.store.dialogs.close(asked.chat.recipient)
    if subscription.until is None:
        text = settled.say("follow.done", area=name)
    else:
        until = until_day(settled, subscription).removesuffix(".")  # "nov." brings a full stop of its own
        text = settled.say("follow.done_until", area=name, until=until)
    if not asked.chat.subscriptions:
        text = "\n\n".join([text, await _first_look(settled), _how_i_write(settled)])
    await reply(settled, text, _next_steps(settled, found))


async def _first_look(asked: Asked) -> str:
    """What is active on the first road now; a part of a message, so within half of one."""
    siraba, areas = asked.siraba, followed_areas(asked)
    incidents = await siraba.store.incidents.recent(now=asked.now)
    return asked.voice.active_page(
        now_active(incidents, areas, atlas=siraba.atlas, now=asked.now),
        areas=areas,
        sources_read_at=await siraba.store.feeds.last_read_at(),
        short=asked.chat.short,
        limit=MESSAGE_LIMIT // 2,
        now=asked.now,
    ).text


def _how_i_write(asked: Asked) -> str:
    """How sure, how short, how loud: said once, with the way to change it."""
    return "\n".join([asked.say("start.level"), how_short(asked), *quiet_lines(asked)[:1], asked.say("start.change")])


def _as_before(chat: Chat, subscription: Subscription) -> Subscription:
    """Following a road again, for longer or for good, keeps the level that was chosen for it."""
    known = next((one for one in chat.subscriptions if one.area.target == subscription.area.target), None)
    return replace(subscription, level=known.level, topics=known.topics) if known else subscription


async def _stop_words(asked: Asked) -> None:
    if fold(asked.words) in EVERYTHING:
        await _stop_all(asked)
    elif (found := await look_up(asked, "c:stop_named")) is not None:
        await _stop_one(asked, _area_of(found))


async def _stop_one(asked: Asked, area: Area) -> None:
    followed = next((one.area for one in asked.chat.subscriptions if one.area.target == area.target), None)
    name = asked.voice.area(followed or area)
    if followed is None:
        await reply(asked, asked.say("stop.not_followed", area=name), _stop_buttons(asked, _followed(asked)))
        return
    settled = await settle(asked, lambda chat: unsubscribe(chat, area))
    await reply(settled, settled.say("stop.done", area=name), [[mine_button(settled)]])


async def _stop_all(asked: Asked) -> None:
    settled = await settle(asked, unsubscribe)
    await reply(settled, settled.say("stop.all"), [[(settled.voice.label("button.forget"), "c:forget:ask")]])


def _area_of(found: Resolved) -> Area:
    assert found.area is not None  # noqa: S101 - `look_up` answers itself where there is none
    return found.area


def _followed(asked: Asked) -> tuple[Subscription, ...]:
    return current(asked.chat, asked.now).subscriptions


def _named(asked: Asked, subscription: Subscription) -> str:
    name = asked.voice.area(subscription.area)
    if subscription.until is None:
        return name
    return asked.voice.label("mine.until", area=name, until=until_day(asked, subscription))


def until_day(asked: Asked, subscription: Subscription) -> str:
    """The last day of a trip; empty for good."""
    if subscription.until is None:
        return ""
    local = subscription.until.astimezone(asked.siraba.timezone)
    return format_skeleton("MMMd", local, locale=load(asked.chat.language).locale)


def _stop_buttons(asked: Asked, followed: tuple[Subscription, ...]) -> list[list[Button]]:
    label = asked.voice.label
    rows = [
        [
            (label("button.stop_one", area=_brief_name(asked, one.area)), f"c:stop:{one.area.key}"),
            (label("button.tune"), f"q:tune:{one.area.key}"),
        ]
        for one in followed
    ]
    if len(followed) > 1:
        rows.append([(label("button.stop_all"), "c:stop:all")])
    return rows


def _brief_name(asked: Asked, area: Area) -> str:
    """A town without its radius: a button is narrow, and the list above it says the rest."""
    return asked.siraba.atlas.name(area) if area.kind is AreaKind.PLACE else asked.voice.area(area)


def _next_steps(asked: Asked, found: Resolved) -> list[list[Button]]:
    label = asked.voice.label
    name = name_for_button(asked, found)
    status = [[(label("button.status"), f"q:road:{name}")]] if name else []
    return [*status, [(label("button.another"), "c:follow"), mine_button(asked)]]


def mine_button(asked: Asked) -> Button:
    """The button to the chat's roads."""
    return (asked.voice.label("button.mine"), "q:mine")


def followed_areas(asked: Asked) -> tuple[Area, ...]:
    """The areas of the chat that are still followed, each once."""
    return tuple(one.area for one in _followed(asked))
