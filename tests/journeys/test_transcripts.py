"""Three conversations, played over the real bot: docs/conversations.md tells them word for word, or this fails.

`make conversations` writes the page anew.
"""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from alerts.delivery.model import Decision, Lane, MsgType, Reason, Scope
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.incidents.model import Change, ChangeKind, DayPart, Status
from alerts.sources.model import FeedMarks
from alerts.store.commit import Batch
from tests.support.broadcast import Broadcast
from tests.support.builders import NOW, alert, incident, next_version, retraction
from tests.support.conversation import DRIVER, GROUP
from tests.support.transcript import Transcript

PAGE = Path(__file__).parents[2] / "docs" / "conversations.md"
HEAD = """# Three conversations

Written by the tests that play them over the real bot and the stand-in for Telegram (`make conversations` writes them
anew); facts and people are invented. Lines after `>` are typed, those in `[ ]` are buttons.
"""
AMBUSH = incident(announced=True)


async def a_driver(broadcast: Broadcast) -> str:
    """A cheap phone that may be searched: taps first, short neutral words, messages that go by themselves."""
    me = Transcript(broadcast=broadcast)
    await read_sources(broadcast)
    await me.types("/start")
    await me.taps("RN1")
    await broadcast.goes_out(AMBUSH)
    await me.hears()
    await me.taps("Détails")
    await me.types("/route Kayes Bamako")
    await me.taps("Texte à copier")
    await me.types("/pause 4h")
    broadcast.talk.clock.now += timedelta(hours=4)
    me.told("four hours later")
    await broadcast.clocked.sweep(now=broadcast.talk.clock.now)
    await me.hears()
    wrong = retraction(alert(incident=AMBUSH))
    await broadcast.speaks(wrong, Change(kind=ChangeKind.RETRACTED, incident=wrong.incident, before=AMBUSH))
    await me.hears()
    await me.types("j'ai vu un barrage à Diéma")
    await me.types("/effacer")
    await me.taps("Tout oublier")
    await me.taps("Oui, tout oublier")
    return "## A driver\n\n" + me.page()


async def a_logistician(broadcast: Broadcast) -> str:
    """Several routes, full messages, kinds and levels chosen, a brief each morning to copy into a report."""
    me = Transcript(broadcast=broadcast, language="en")
    await read_sources(broadcast)
    await me.types("/start")
    await me.types("Kayes Bamako")
    await me.types("/short no")
    await me.types("/subscribe Sikasso until Friday")
    await me.types("/subscriptions")
    await me.taps("c:stop:place:sikasso:50")
    await me.types("/subscriptions")
    await me.taps("Set")
    await me.taps("Confirmed only")
    await me.taps("• fuel")
    await me.taps("All, even unconfirmed")
    await broadcast.goes_out(AMBUSH)
    await me.hears()
    await me.taps("Details")
    lifted = next_version(AMBUSH, status=Status.LIFTED, informed_at=NOW, updated_at=NOW)
    ended = Decision(scope=Scope.CONCERNED, reason=Reason.LIFTED, lane=Lane.NORMAL, sounds=True)
    news = alert(incident=lifted, msg_type=MsgType.UPDATE, change=ChangeKind.LIFTED, decision=ended)
    await broadcast.speaks(news, Change(kind=ChangeKind.LIFTED, incident=lifted, before=AMBUSH))
    await me.hears()
    await me.types("/brief")
    await me.types("/brief 6h")
    await me.types("/history RN1 30d")
    await me.types("/fuel Kayes")
    broadcast.talk.clock.now += timedelta(hours=21)
    me.told("the next morning")
    await broadcast.clocked.sweep(now=broadcast.talk.clock.now)
    await me.hears()
    await me.types("/settings")
    return "## A logistician\n\n" + me.page()


async def a_dispatcher(broadcast: Broadcast) -> str:
    """A group of drivers: its admin chooses, everyone may ask, messages stay."""
    talk = broadcast.talk
    await read_sources(broadcast)
    await talk.telegram.join(GROUP, user=DRIVER, title="Chauffeurs")
    await talk.telegram.promote(GROUP, DRIVER)
    await talk.telegram.promote(GROUP, 5, status="member")
    await talk.take()
    admin = Transcript(broadcast=broadcast, chat=GROUP, user=DRIVER)
    admin.told("the bot is added to the group")
    await admin.hears()
    await admin.types("/suivre RN1")
    member = Transcript(broadcast=broadcast, chat=GROUP, user=5, lines=admin.lines)
    member.told("a member of the group")
    await member.types("/stop tout")
    await member.types("/axe RN1")
    night = incident(announced=True, day_part=DayPart.NIGHT, onset=date(2025, 10, 5))
    await broadcast.goes_out(night)
    await member.hears()
    await member.taps("Détails")
    await member.taps("Texte à copier")
    admin.told("the dispatcher again")
    await admin.types("/pause 22-6")
    await admin.types("/encours")
    return "## A dispatcher's group\n\n" + admin.page()


JOURNEYS = (a_driver, a_logistician, a_dispatcher)


async def read_sources(broadcast: Broadcast) -> None:
    read = FeedMarks(source_id="tamani", checked_at=NOW, succeeded_at=NOW - timedelta(minutes=12))
    fuel = FuelReport(
        id="f1",
        place="kayes",
        product=Product.DIESEL,
        availability=Availability.LIMITED,
        source=FuelSource.TRUSTED,
        observed_at=NOW - timedelta(hours=3),
    )
    await broadcast.talk.store.commit(Batch(marks=(read,), fuel=(fuel,)), now=NOW)


def told_on_the_page(told: str) -> str:
    """The part of the page under the heading that `told` begins with."""
    heading = told.splitlines()[0]
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(f"{heading}\n")
    body, _, _ = rest.partition("\n## ")
    return f"{heading}\n{body}".rstrip() + "\n"


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
async def test_the_page_tells_the_conversation_word_for_word(
    broadcast: Broadcast, journey: Callable[[Broadcast], Awaitable[str]], request: pytest.FixtureRequest
):
    told = await journey(broadcast)
    if request.config.getoption("--rewrite"):
        rewrite(told, first=journey is JOURNEYS[0])
    assert told_on_the_page(told) == told


def rewrite(told: str, *, first: bool) -> None:
    before = HEAD if first else PAGE.read_text(encoding="utf-8")
    PAGE.write_text(f"{before}\n{told}", encoding="utf-8")
