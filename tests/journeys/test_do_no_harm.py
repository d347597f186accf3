"""Does a coming movement ever reach a reader, and what do readers get of a real attack?

From what a source publishes to whom the planner finds: real reading, real data, real Redis; no network.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Level, Subscription
from alerts.delivery.model import Alert, Scope
from alerts.delivery.plan import Planner
from alerts.geography.model import Area, AreaKind
from alerts.reading.model import Item
from alerts.safety.screen import Origin, screen
from alerts.sources.model import Source
from alerts.store.binaries import ServerBinary
from alerts.wording.voice import LANGUAGES
from tests.alerts.test_pipeline import Bench
from tests.support.builders import NOW, RN1, chat
from tests.support.redis import flavours
from tests.support.service import atlas, voices

ADMIN = 900
OFFICIAL = Source(id="official", url="https://official.example/feed", grade="A")
JOURNAL = Source(id="journal", url="https://journal.example/feed", grade="A")
LATER = NOW + timedelta(hours=1)
ATTACK = "Des hommes armés ont attaqué des camions ce matin entre Diangounté Camara et Diéma."
REAL_ATTACK = Item(
    id="real",
    title="Embuscade entre Diangounté Camara et Diéma",
    summary=ATTACK,
    published=NOW - timedelta(hours=1),
    language="fr",
)


def _announcements() -> list[str]:
    """What a source may say of a coming movement, or of one under way."""
    listed = Path(__file__).parents[1] / "alerts" / "safety" / "held.txt"
    rows = (line.split("\t", 1) for line in listed.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    feeds = [text for origin, text in rows if origin == "feed"]
    return [text for text in feeds if _rule(text) in {"future_movement", "under_way"}]


def _rule(text: str) -> str:
    hit = screen(text, origin=Origin.FEED)
    return hit.rule if hit else ""


ANNOUNCEMENTS = _announcements()[::2]  # every one of them is screened beside an attack in test_screen.py


@dataclass(slots=True)
class Watch:
    """A pipeline with readers who asked for everything, and a desk."""

    bench: Bench
    planner: Planner
    heard: set[str] = field(default_factory=set)

    async def followers(self) -> None:
        regions = [one.id for one in atlas().regions.values() if one.level == "region" and not one.former]
        everywhere = [RN1, *(Area(kind=AreaKind.REGION, id=region) for region in regions)]
        wishes = tuple(Subscription(area=area, level=Level.ALL) for area in everywhere)
        await self.bench.store.chats.save(replace(chat(100), subscriptions=wishes))

    async def audience_of_the_new(self, *, now: datetime) -> set[str]:
        """Who is to get what has come to the outbox since it was last looked at."""
        alerts = [alert for alert in await self.bench.alerts() if alert.id not in self.heard]
        self.heard |= {alert.id for alert in alerts}
        return {key for alert in alerts async for page in self.planner.audience(alert, now=now) for key in page}


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One flavour is enough: nothing here depends on it."""
    found = [row.values[0] for row in flavours() if row.values[0] is not None]
    if not found:
        pytest.skip("no Redis server on this machine")
    return found[0]


@pytest.fixture
async def watch(redis: Redis) -> Watch:
    bench = Bench(redis)
    made = Watch(bench=bench, planner=Planner(bench.store, atlas(), admin_ids=[ADMIN]))
    await made.followers()
    return made


def _item(title: str, item_id: str, summary: str = "") -> Item:
    return replace(REAL_ATTACK, id=item_id, title=title, summary=summary, language=None)


def test_the_list_of_announcements_is_long_enough_to_mean_something():
    assert len(ANNOUNCEMENTS) >= 150


async def test_the_readers_of_these_tests_hear_of_a_real_attack(watch: Watch):
    await watch.bench.publish(REAL_ATTACK, source=OFFICIAL)
    assert await watch.audience_of_the_new(now=NOW) == {"100"}


@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
async def test_an_announcement_reaches_no_reader_even_beside_an_attack_or_later_or_repeated(
    watch: Watch, announcement: str
):
    alone, beside = _item(announcement, "1"), _item(announcement, "2", ATTACK)
    await watch.bench.publish(alone, beside, source=OFFICIAL)
    assert await watch.audience_of_the_new(now=NOW) == {str(ADMIN)}
    await watch.bench.pipeline.review(now=LATER)
    await watch.bench.publish(replace(alone, id="3"), replace(beside, id="4"), source=JOURNAL, now=LATER)
    await watch.bench.pipeline.review(now=LATER + timedelta(hours=1))
    assert await watch.audience_of_the_new(now=LATER) <= {str(ADMIN)}


@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
async def test_an_update_of_a_real_attack_smuggles_no_announcement_in(watch: Watch, announcement: str):
    await watch.bench.publish(REAL_ATTACK, source=OFFICIAL)
    assert await watch.audience_of_the_new(now=NOW) == {"100"}
    (told,) = await watch.bench.store.incidents.recent(now=NOW)
    await watch.bench.publish(_item(announcement, "2", ATTACK), source=OFFICIAL, now=LATER)
    await watch.bench.pipeline.review(now=LATER + timedelta(hours=1))
    assert await watch.audience_of_the_new(now=LATER) <= {str(ADMIN)}
    after = await watch.bench.store.incidents.find(told.id)
    assert after is not None
    assert (after.location, after.event_types, after.vehicles) == (told.location, told.event_types, told.vehicles)


# Title, summary, and the names in it that are no place of the event.
REAL: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "a convoy on its way to the capital": (
        "Convoi de citernes attaqué entre Kolondiéba et Kadiana",
        "Le JNIM a brûlé 47 citernes qui se rendaient à Bamako. Voir https://paper.example/article-47",
        ("Bamako",),
    ),
    "a group that claims it": (
        "Embuscade du JNIM entre Diangounté Camara et Diéma",
        "La Katiba Macina revendique l'embuscade de ce matin : 38 camions partis de Dakar ont été incendiés.",
        ("Dakar",),
    ),
    "soldiers in an escort": (
        "Une escorte prise pour cible entre Gao et Ansongo",
        "L'escorte des FAMa et de Wagner a été attaquée hier. Le convoi de 63 véhicules allait à Niamey.",
        ("Niamey",),
    ),
    "a bus": (
        "Un bus attaqué entre Niono et Diabaly",
        "Des terroristes ont mitraillé un bus parti de Mopti, 29 passagers blessés.",
        ("Mopti",),
    ),
    "an explosive device": (
        "Engin explosif entre Douentza et Boni, un car détruit",
        "Une mine posée par le GSIM a fait 17 morts parmi des Peuls qui se rendaient à Gossi.",
        ("Gossi",),
    ),
    "English, with a destination": (
        "Gunmen burn tankers near Kolondieba",
        "JNIM fighters torched 52 tankers that were heading to Bamako on Saturday, a driver said.",
        ("Bamako",),
    ),
    "English, with an escort": (
        "Convoy ambushed between Gao and Ansongo",
        "Islamic State fighters killed 19 people. The convoy had left Niamey under army escort with 71 trucks.",
        ("Niamey",),
    ),
    "a kidnapping": (
        "Chauffeurs enlevés entre Niono et Diabaly",
        "Six chauffeurs ont été enlevés dimanche par des djihadistes. Ils venaient de Conakry avec 26 camions.",
        ("Conakry",),
    ),
    "a reopening that is quoted": (
        "Attaque armée entre Diangounté Camara et Diéma",
        "Des hommes armés ont attaqué 44 poids lourds ce matin. L'armée promet de renforcer les escortes.",
        (),
    ),
}
LEAKS = re.compile(
    r"jnim|gsim|katiba|macina|wagner|fama|islami|terroris|djihad|jihad|peul"  # names of groups, units, peoples
    r"|\b(?:47|38|63|29|52|71|26|44)\b"  # how many vehicles
    r"|-?\d{1,2}[.,]\d{3,}"  # coordinates
    r"|https?:|www\.|\.example"
    r"|(?:convoi|convoy|escort|citerne|tanker)\w*\W+(?:\w+\W+){0,5}(?:\w+(?:ra|ront)\b|will|demain|tomorrow|attendu|expected)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("case", REAL)
async def test_what_readers_get_of_an_attack_helps_no_ambusher(watch: Watch, case: str):
    title, summary, mentions = REAL[case]
    assert LEAKS.search(summary)
    assert all(name in summary for name in mentions)
    await watch.bench.publish(_item(title, "1", summary), source=OFFICIAL)
    public = [alert for alert in await watch.bench.alerts() if alert.decision.scope is Scope.CONCERNED]
    assert public
    for text in (text for alert in public for text in _worded(alert)):
        assert not LEAKS.search(text), text
        assert not [name for name in mentions if name in text], text


def _worded(alert: Alert) -> list[str]:
    return [
        voices()[language].alert(alert, short=short, now=NOW) for language, short in product(LANGUAGES, (False, True))
    ]
