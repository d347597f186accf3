"""How does a chat want one of its roads: how sure, which kinds of news, how far around, until when?

A button carries the state it leads to, never "the other one": tapped twice, or run again after a crash, it does once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from alerts.audience.choices import tuned
from alerts.audience.model import ALL_TOPICS, Level, Subscription, Topic
from alerts.geography.model import Area, AreaKind
from handlers.asked import Asked
from handlers.choices import may_choose, settle
from handlers.follow import mine_button, until_day
from handlers.reply import Button, reply

RADII = (10, 30, 50, 100)
TRIPS = {"48": timedelta(hours=48), "168": timedelta(days=7)}
LETTERS = {"s": Topic.SECURITY, "r": Topic.ROAD, "f": Topic.FUEL}


async def tune(asked: Asked) -> None:
    """Show how one road is followed, with buttons to change each."""
    found = _followed(asked, asked.words)
    if found is None:
        await reply(asked, asked.say("stop.already"), [[mine_button(asked)]])
        return
    await reply(asked, _card(asked, found), _buttons(asked, found))


async def set_level(asked: Asked) -> None:
    """Store how sure news must be: "confirmed:road:RN1"."""
    name, _, key = asked.words.partition(":")
    change = (lambda one: replace(one, level=Level(name))) if name in set(Level) else None
    await _change(asked, key, change)


async def set_topics(asked: Asked) -> None:
    """Store which kinds of news: "sr:road:RN1" is security and road."""
    letters, _, key = asked.words.partition(":")
    topics = frozenset(LETTERS[letter] for letter in letters if letter in LETTERS)
    await _change(asked, key, (lambda one: replace(one, topics=topics)) if topics else None)


async def set_radius(asked: Asked) -> None:
    """Store how far around a town: "30:place:kayes:50"."""
    typed, _, key = asked.words.partition(":")
    km = int(typed) if typed.isdecimal() else 0
    is_town = key.startswith(f"{AreaKind.PLACE}:")
    change = (lambda one: replace(one, area=replace(one.area, radius_km=km))) if is_town and km in RADII else None
    await _change(asked, key, change)


async def set_end(asked: Asked) -> None:
    """Store for how long: "48:road:RN1" is two days from now, "0:road:RN1" for good."""
    typed, _, key = asked.words.partition(":")
    ends = asked.now + TRIPS[typed] if typed in TRIPS else None
    await _change(asked, key, (lambda one: replace(one, until=ends)) if ends or typed == "0" else None)


async def _change(asked: Asked, key: str, change: Callable[[Subscription], Subscription] | None) -> None:
    """Change a road that is followed and show it; a button that nobody made shows it as it is."""
    if not await may_choose(asked):
        return
    found = _followed(asked, key)
    if found is None or change is None:
        await tune(asked.with_words(key))
        return
    followed = found.area.key
    settled = await settle(asked, lambda chat: tuned(chat, followed, change))
    await tune(settled.with_words(key))


def _followed(asked: Asked, key: str) -> Subscription | None:
    """The subscription to the area of the button, whatever its radius is by now."""
    try:
        target = Area.parse(key).target
    except ValueError:
        return None
    return next((one for one in asked.chat.subscriptions if one.area.target == target), None)


def _card(asked: Asked, subscription: Subscription) -> str:
    label = asked.voice.label
    topics = ", ".join(label(f"kind.{topic}") for topic in Topic if topic in subscription.topics)
    until = until_day(asked, subscription)
    return asked.say(
        "tune.card",
        area=asked.voice.area(subscription.area),
        level=label(f"level.{subscription.level}"),
        topics=topics,
        until=label("tune.until", day=until) if until else label("tune.for_good"),
    )


def _buttons(asked: Asked, subscription: Subscription) -> list[list[Button]]:
    label, key = asked.voice.label, subscription.area.key
    levels = [
        [(_marked(label(f"level.{one}"), is_on=one is subscription.level), f"c:level:{one}:{key}")] for one in Level
    ]
    ends = [(label("button.for_hours", hours=48), f"c:until:48:{key}"), (label("button.week"), f"c:until:168:{key}")]
    return [
        *levels,
        _topic_buttons(asked, subscription),
        *_radius_buttons(asked, subscription),
        [*ends, (_marked(label("tune.for_good"), is_on=subscription.until is None), f"c:until:0:{key}")],
        [(label("button.stop"), f"c:stop:{key}"), mine_button(asked)],
    ]


def _topic_buttons(asked: Asked, subscription: Subscription) -> list[Button]:
    """Each kind of news switches itself; the last one that is on stays on."""
    return [
        (
            _marked(asked.voice.label(f"kind.{topic}"), is_on=topic in subscription.topics),
            f"c:topics:{_letters(subscription.topics ^ {topic} or subscription.topics)}:{subscription.area.key}",
        )
        for topic in Topic
    ]


def _letters(topics: frozenset[Topic]) -> str:
    return "".join(letter for letter, topic in LETTERS.items() if topic in (topics or ALL_TOPICS))


def _radius_buttons(asked: Asked, subscription: Subscription) -> list[list[Button]]:
    area = subscription.area
    if area.kind is not AreaKind.PLACE:
        return []
    label = asked.voice.label
    return [
        [
            (_marked(label("button.radius", km=km), is_on=km == area.radius_km), f"c:radius:{km}:{area.key}")
            for km in RADII
        ]
    ]


def _marked(text: str, *, is_on: bool) -> str:
    return f"• {text}" if is_on else text
