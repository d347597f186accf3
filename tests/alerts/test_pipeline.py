"""From what a source published to what stands in the outbox: real reading, real data, real Redis; no network."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from redis.asyncio import Redis

from alerts.delivery.model import Alert, MsgType, Reason, Scope
from alerts.findings import Findings
from alerts.fuel.model import Product
from alerts.incidents.life import retract
from alerts.incidents.model import ChangeKind, Credibility, RetractionReason, SourceKind, Status, Vehicles
from alerts.pipeline import AT_ONCE, Pipeline
from alerts.reading.model import EventType, Item
from alerts.reading.reader import Reader
from alerts.sources.fetch import Fetcher
from alerts.sources.health import health
from alerts.sources.model import Failed, Fault, FeedMarks, Kind, MarketPrice, Read, Source, Unchanged
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader, Take
from alerts.store.commit import Batch, ConflictError
from alerts.store.store import Store
from tests.support.builders import NOW
from tests.support.service import atlas

TAMANI = Source(id="tamani", name="Radio Tamani", url="https://tamani.example/feed", grade="B")
JOURNAL = Source(id="journal", url="https://journal.example/feed", grade="B")
RUMOUR = Source(id="rumour", url="https://rumour.example/feed", grade="C")
AMBUSH = Item(
    id="1",
    title="Embuscade entre Diangounté Camara et Diéma",
    summary="Des hommes armés ont attaqué des camions ce matin entre Diangounté Camara et Diéma.",
    published=NOW - timedelta(hours=1),
    language="fr",
)
SAME_BY_ANOTHER = replace(
    AMBUSH,
    id="77",
    title="Des camions attaqués près de Diéma, sur la route de Diangounté Camara",
    summary="Plusieurs camions ont été attaqués dimanche 5 octobre entre Diéma et Diangounté Camara.",
)
COMING_CONVOY = Item(
    id="9",
    title="Un convoi de 200 citernes quittera Kayes demain matin pour Bamako",
    summary="Le convoi, escorté par l'armée, partira mercredi à 6 heures et passera par Diéma.",
    published=NOW - timedelta(hours=1),
    language="fr",
)
FOOTBALL = Item(
    id="5",
    title="Football : le Stade malien s'impose à Sikasso",
    summary="Le match a attiré plus de mille spectateurs dimanche.",
    published=NOW - timedelta(hours=1),
    language="fr",
)


class Bench:
    """A pipeline on a real store; nothing is fetched: reads are handed in."""

    def __init__(self, redis: Redis) -> None:
        self.store = Store.over(redis)
        self.woken = 0
        self.pipeline = Pipeline(
            sources=[TAMANI, JOURNAL, RUMOUR, METEO, CHANNEL],
            source_reader=SourceReader(
                fetcher=Fetcher(contact=None, allow_private=False, version="0"),
                parser=Parser(),
                minimum_interval=timedelta(minutes=5),
            ),
            reader=Reader(atlas()),
            atlas=atlas(),
            store=self.store,
            wake=self._wake,
        )

    def _wake(self) -> None:
        self.woken += 1

    async def publish(
        self, *items: Item, source: Source = TAMANI, now: datetime = NOW, first_read: bool = False
    ) -> None:
        marks = FeedMarks(source_id=source.id, etag="x", succeeded_at=now)
        await self.pipeline.take_in(Read(source=source, marks=marks, items=items), first_read=first_read, now=now)

    async def alerts(self) -> list[Alert]:
        found = [await self.store.outbox.alert(alert_id) for alert_id in await self.store.outbox.waiting()]
        return [alert for alert in found if alert]


@pytest.fixture
async def bench(redis: Redis) -> Bench:
    return Bench(redis)


async def test_news_of_an_ambush_becomes_one_alert(bench: Bench):
    await bench.publish(AMBUSH, FOOTBALL)
    (alert,) = await bench.alerts()
    assert alert.decision.scope is Scope.CONCERNED
    assert alert.decision.reason is Reason.PROBABLE
    assert alert.incident.announced
    assert bench.woken == 1


async def test_the_same_entry_is_told_once(bench: Bench):
    await bench.publish(AMBUSH)
    await bench.publish(AMBUSH)
    assert len(await bench.alerts()) == 1


async def test_a_source_read_for_the_first_time_fills_the_store_and_pushes_nothing(bench: Bench):
    await bench.publish(AMBUSH, first_read=True)
    assert await bench.alerts() == []
    assert len(await bench.store.incidents.recent(now=NOW)) == 1
    await bench.publish(AMBUSH)
    assert await bench.alerts() == []


async def test_a_second_source_confirms_the_incident_and_makes_no_other(bench: Bench):
    await bench.publish(AMBUSH)
    await bench.publish(SAME_BY_ANOTHER, source=JOURNAL, now=NOW + timedelta(minutes=30))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.credibility is Credibility.CONFIRMED
    assert [alert.msg_type for alert in await bench.alerts()] == [MsgType.UPDATE]


async def test_a_coming_convoy_is_heard_of_by_the_desk_alone(bench: Bench):
    await bench.publish(COMING_CONVOY)
    assert [alert.decision.scope for alert in await bench.alerts()] in ([], [Scope.DESK])


async def test_soldiers_who_make_travellers_pay_are_no_unofficial_barrier(bench: Bench):
    await bench.publish(replace(AMBUSH, title="Des soldats rackettent les passagers à un barrage à Konna", summary=""))
    [card] = await bench.alerts()
    assert (card.decision.scope, card.decision.reason) == (Scope.DESK, Reason.HELD)


async def test_of_an_attack_and_a_search_by_soldiers_only_the_attack_is_told(bench: Bench):
    title = "Un bus attaqué à Konna, des passagers tués"
    await bench.publish(
        replace(AMBUSH, title=title, summary="Des soldats rackettent les voyageurs à un barrage à Konna.")
    )
    (alert,) = await bench.alerts()
    assert alert.decision.scope is Scope.CONCERNED
    assert EventType.CHECKPOINT_EXTORTION not in alert.incident.event_types


@pytest.mark.parametrize(
    "title",
    [
        "Barrages de l'Africa Corps entre Konna et Douentza : voyageurs fouillés",
        "Des mercenaires russes dépouillent les passagers près de Konna",
    ],
)
async def test_a_barrier_of_the_states_allies_is_for_the_desk(bench: Bench, title: str):
    await bench.publish(replace(AMBUSH, title=title, summary=""))
    assert all(alert.decision.scope is Scope.DESK for alert in await bench.alerts())


async def test_armed_men_who_make_travellers_pay_are_told(bench: Bench):
    await bench.publish(replace(AMBUSH, title="Des hommes armés rackettent les passagers à Konna", summary=""))
    [alert] = await bench.alerts()
    assert alert.decision.scope is Scope.CONCERNED


async def test_a_malian_outlets_headline_needs_no_country(bench: Bench):
    bus = replace(AMBUSH, title="Bus attaqué à Kita", summary="")
    await bench.publish(bus)
    assert not await bench.alerts()
    await bench.publish(replace(bus, id="2"), source=replace(JOURNAL, country="ML"))
    (alert,) = await bench.alerts()
    assert alert.incident.location.places == ("kita",)


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Les passagers d'un bus abattus près de Farabougou", "unread"),
        ("Une citerne explose entre Kita et Bamako", "weighed"),
        ("Cinq chauffeurs de citernes portés disparus près de Kadiana", "weighed"),
        ("Un bus attaqué à Boni Kayna", "other_place"),
        ("La RN6 sera fermée dimanche à San", "day_ahead"),
        ("Le pont de Gossi fermé à partir de demain", "day_ahead"),
        ("Route Bla-San fermée du 15 au 20 octobre", "day_ahead"),
        ("Fermeture de la frontière à Zégoua à compter du 1er décembre", "day_ahead"),
        ("Attaque d'un bus à Konna le 25 octobre, 12 morts", "day_ahead"),
    ],
)
async def test_what_no_rule_reads_and_what_is_to_come_is_a_card_with_its_reason(bench: Bench, title: str, rule: str):
    await bench.publish(replace(AMBUSH, title=title, summary=""))
    (alert,) = await bench.alerts()
    assert alert.decision.scope is Scope.DESK
    assert str(alert.incident.held).startswith(f"{rule}: ")
    assert alert.incident.location.places or alert.incident.location.leg


@pytest.mark.parametrize(
    "title",
    [
        "Football : Sikasso abattu par le Stade malien",
        "Aucun convoi n'a été attaqué à Sikasso, selon l'armée",
        "Un bijoutier tué à Bamako",
        "Trente morts dans un incendie à Marseille",
        "Le JNIM menace de bloquer la route de Ségou",
        "Visite du ministre à Kayes",
    ],
)
async def test_the_desk_is_not_flooded(bench: Bench, title: str):
    await bench.publish(replace(AMBUSH, title=title, summary=""), source=replace(TAMANI, country="ML"))
    assert not await bench.alerts()


async def test_what_was_not_understood_holds_back_no_clear_word_on_it(bench: Bench):
    unread = replace(AMBUSH, title="Les passagers d'un bus abattus près de Farabougou", summary="")
    await bench.publish(unread)
    await bench.publish(replace(unread, id="2", title="Attaque d'un bus près de Farabougou"), source=JOURNAL)
    assert any(alert.decision.scope is Scope.CONCERNED for alert in await bench.alerts())


async def test_what_a_source_says_and_its_validators_are_stored_together_or_not_at_all(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    async def always_too_late(*_: object, **__: object) -> None:
        raise ConflictError("changed")

    monkeypatch.setattr(bench.store.commit, "_compare_versions", always_too_late)
    with pytest.raises(ConflictError):
        await bench.publish(AMBUSH)
    assert await bench.alerts() == []
    assert (await bench.store.feeds.marks(["tamani"]))["tamani"] == FeedMarks(source_id="tamani")
    assert await bench.store.incidents.recent(now=NOW) == ()
    monkeypatch.undo()
    await bench.publish(AMBUSH)
    assert len(await bench.alerts()) == 1


async def test_an_admins_retraction_in_the_same_moment_is_never_overwritten(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    await bench.publish(AMBUSH)
    recent = bench.store.incidents.recent
    retractions = []

    async def recent_then_retracted(*, now: datetime) -> tuple[object, ...]:
        known = await recent(now=now)
        if not retractions:
            retractions.append(retract(known[0], reason=RetractionReason.FALSE, now=now))
            await bench.store.commit(Batch(changes=tuple(retractions)), now=now)
        return known

    monkeypatch.setattr(type(bench.store.incidents), "recent", lambda _, *, now: recent_then_retracted(now=now))
    await bench.publish(SAME_BY_ANOTHER, source=JOURNAL, now=NOW + timedelta(minutes=5))
    monkeypatch.undo()
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.status is Status.RETRACTED
    assert len(incident.reports) == 2
    assert all(alert.decision.scope is not Scope.CONCERNED for alert in (await bench.alerts())[1:])


GRAVER_WITH_A_PLAN = replace(
    SAME_BY_ANOTHER,
    title="Attaque contre des camions entre Diangounté Camara et Diéma : quinze morts",
    summary="Des hommes armés ont tué quinze personnes dimanche 5 octobre. Un convoi repartira demain de Kayes.",
)


async def test_a_held_report_on_a_known_incident_waits_at_the_desk_with_its_reason(bench: Bench):
    await bench.publish(AMBUSH, source=RUMOUR)
    await bench.publish(GRAVER_WITH_A_PLAN)
    [card] = [one for one in await bench.alerts() if one.decision.reason is Reason.HELD]
    assert (card.decision.scope, card.id) == (Scope.DESK, "desk.0001.2")
    assert card.incident.reports[-1].held is not None
    assert await bench.store.desk.in_review("0001")


async def test_what_a_held_report_joins_stays_public_as_the_clear_ones_tell_it(bench: Bench):
    await bench.publish(AMBUSH, source=RUMOUR)
    before = await bench.store.incidents.find("0001")
    await bench.publish(GRAVER_WITH_A_PLAN)
    after = await bench.store.incidents.find("0001")
    assert before is not None
    assert after is not None
    assert (after.trust, after.severity, after.held) == (before.trust, before.severity, None)


async def test_a_held_report_makes_no_card_where_everything_is_held_or_read_for_the_first_time(bench: Bench):
    await bench.publish(COMING_CONVOY)
    await bench.publish(replace(COMING_CONVOY, id="10"), source=JOURNAL)
    await bench.publish(AMBUSH)
    await bench.publish(GRAVER_WITH_A_PLAN, source=JOURNAL, first_read=True)
    assert len([one for one in await bench.alerts() if one.id.startswith("desk.")]) == 0


async def test_what_spoke_by_rule_leaves_its_held_report_with_the_desk_and_speaks_once(bench: Bench):
    await bench.publish(AMBUSH, source=RUMOUR)
    await bench.publish(GRAVER_WITH_A_PLAN)
    for minutes in (20, 21, 22):
        await bench.pipeline.review(now=NOW + timedelta(minutes=minutes))
    spoken = [one.id for one in await bench.alerts() if one.decision.reason is Reason.SEVERE_UNTOUCHED]
    assert spoken == ["0001.3"]
    assert await bench.store.desk.in_review("0001")


async def test_what_is_not_severe_is_not_told_again_by_rule(bench: Bench):
    accident = replace(AMBUSH, title="Accident à Diéma", summary="Un camion s'est renversé ce matin à Diéma.")
    await bench.publish(accident, source=RUMOUR)
    told = {one.id for one in await bench.alerts()}
    for minutes in (20, 21, 22):
        await bench.pipeline.review(now=NOW + timedelta(minutes=minutes))
    assert {one.id for one in await bench.alerts()} == told == {"0001.1", "desk.0001.1"}


async def test_a_severe_report_nobody_looked_at_speaks_after_twenty_minutes_without_sound(bench: Bench):
    await bench.publish(AMBUSH, source=RUMOUR)
    asked = {alert.id: alert.decision.scope for alert in await bench.alerts()}
    assert asked == {"0001.1": Scope.ALL_REPORTS, "desk.0001.1": Scope.DESK}
    await bench.pipeline.review(now=NOW + timedelta(minutes=19))
    assert len(await bench.alerts()) == 2
    await bench.pipeline.review(now=NOW + timedelta(minutes=20))
    (spoken,) = [alert for alert in await bench.alerts() if alert.decision.scope is not Scope.DESK]
    assert (spoken.decision.scope, spoken.decision.reason) == (Scope.CONCERNED, Reason.SEVERE_UNTOUCHED)
    assert not spoken.decision.sounds
    await bench.pipeline.review(now=NOW + timedelta(minutes=21))
    assert {alert.id for alert in await bench.alerts()} == {spoken.id, "desk.0001.1"}


async def test_a_coming_convoy_never_speaks_by_rule(bench: Bench):
    await bench.publish(COMING_CONVOY, source=RUMOUR)
    await bench.pipeline.review(now=NOW + timedelta(hours=1))
    assert all(alert.decision.scope is Scope.DESK for alert in await bench.alerts())


@pytest.mark.expects_warnings
async def test_a_failed_read_is_remembered_and_looks_like_no_news(bench: Bench):
    marks = FeedMarks(source_id="tamani", failures=3, last_failure="no answer")
    await bench.pipeline.take_in(Failed(source=TAMANI, marks=marks, reason="no answer"), first_read=False, now=NOW)
    assert (await bench.store.feeds.marks(["tamani"]))["tamani"].failures == 3
    marks = replace(marks, failures=0, last_failure=None, succeeded_at=NOW)
    await bench.pipeline.take_in(Unchanged(source=TAMANI, marks=marks), first_read=False, now=NOW)
    assert await bench.store.feeds.last_read_at() == NOW


async def test_an_update_says_what_has_changed(bench: Bench):
    await bench.publish(AMBUSH)
    await bench.publish(SAME_BY_ANOTHER, source=JOURNAL, now=NOW + timedelta(minutes=30))
    assert [alert.change for alert in await bench.alerts()] == [ChangeKind.SURER]


async def test_an_edited_entry_updates_what_it_told_and_makes_no_other(bench: Bench):
    await bench.publish(AMBUSH)
    graver = replace(AMBUSH, summary=f"{AMBUSH.summary} Un bus de passagers a aussi été touché.")
    await bench.publish(graver, now=NOW + timedelta(minutes=20))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert len(incident.reports) == 1
    assert Vehicles.BUSES in incident.vehicles
    assert [alert.msg_type for alert in await bench.alerts()] == [MsgType.ALERT, MsgType.UPDATE]


async def test_an_edit_that_changes_no_fact_is_told_to_nobody(bench: Bench):
    await bench.publish(AMBUSH)
    before = await bench.store.incidents.recent(now=NOW)
    await bench.publish(replace(AMBUSH, summary=f"{AMBUSH.summary} (mis à jour)"), now=NOW + timedelta(minutes=20))
    assert await bench.store.incidents.recent(now=NOW) == before
    assert [alert.msg_type for alert in await bench.alerts()] == [MsgType.ALERT]


async def test_an_entry_through_another_feed_is_no_second_voice(bench: Bench):
    await bench.publish(AMBUSH)
    hit = replace(AMBUSH, id="x", title=f"{AMBUSH.title} - Radio Tamani", url="https://search.example/1", summary="")
    await bench.publish(hit, source=RUMOUR, now=NOW + timedelta(minutes=10))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.credibility is Credibility.PROBABLE
    assert [report.source_id for report in incident.reports] == ["tamani"]


async def test_another_story_of_an_outlet_through_another_feed_is_that_outlets_voice(bench: Bench):
    await bench.publish(AMBUSH)
    await bench.publish(replace(SAME_BY_ANOTHER, outlet="Radio Tamani"), source=RUMOUR, now=NOW + timedelta(minutes=9))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert len(incident.reports) == 2
    assert incident.credibility is Credibility.PROBABLE


async def test_a_better_feed_of_an_entry_raises_its_grade_and_confirms_nothing(bench: Bench):
    page = replace(AMBUSH, url="https://tamani.example/embuscade")
    await bench.publish(replace(page, id="hit"), source=RUMOUR)
    await bench.publish(page, now=NOW + timedelta(minutes=10))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.credibility is Credibility.PROBABLE


async def test_what_a_source_brings_is_counted(bench: Bench):
    await bench.publish(FOOTBALL)
    await bench.publish(AMBUSH, FOOTBALL, replace(FOOTBALL, id="6", title="Football : match nul à Dakar", summary=""))
    marks = (await bench.store.feeds.marks(["tamani"]))["tamani"]
    told = health(TAMANI, marks, least=timedelta(minutes=5), now=NOW)
    assert told.entries == 2
    assert told.relevant >= 1


async def test_more_entries_than_go_into_one_step_are_all_taken_in_and_marked_last(bench: Bench):
    filling = [replace(FOOTBALL, id=f"f{number}", title=f"Match {number}") for number in range(AT_ONCE + 1)]
    await bench.publish(*filling, replace(AMBUSH, published=NOW))
    assert len(await bench.alerts()) == 1
    marks = (await bench.store.feeds.marks(["tamani"]))["tamani"]
    assert marks.etag == "x"
    assert sum(day.entries for day in marks.days) == len(filling) + 1


FLOOD = Item(
    id="w1",
    title="Inondations : route coupée entre Sévaré et Konna",
    summary="La route entre Sévaré et Konna est inondée.",
    published=NOW - timedelta(hours=1),
    language="fr",
)
METEO = Source(id="meteo", url="https://meteo.example/cap", grade="A", source_kind=SourceKind.OFFICIAL, kind=Kind.CAP)


async def cancel(bench: Bench, *ended: str, now: datetime) -> None:
    marks = FeedMarks(source_id="meteo", succeeded_at=now)
    await bench.pipeline.take_in(Read(source=METEO, marks=marks, items=(), ended=ended), now=now)


async def test_a_cancelled_warning_is_announced_lifted(bench: Bench):
    await bench.publish(FLOOD, source=METEO)
    later = replace(FLOOD, id="w2", summary=f"{FLOOD.summary} Deux jours.", replaces=("w1",))
    await bench.publish(later, source=METEO, now=NOW + timedelta(hours=1))
    await cancel(bench, "w2", now=NOW + timedelta(hours=2))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.status is Status.LIFTED
    assert incident.lifted_by is SourceKind.OFFICIAL


async def test_a_warning_that_others_tell_of_too_is_not_ended_by_its_source(bench: Bench):
    await bench.publish(FLOOD, source=METEO)
    seen = replace(FLOOD, id="p1", title="Konna : la route vers Sévaré est sous les eaux, inondation depuis dimanche")
    await bench.publish(seen, source=JOURNAL, now=NOW + timedelta(hours=1))
    await cancel(bench, "w1", now=NOW + timedelta(hours=2))
    incidents = await bench.store.incidents.recent(now=NOW)
    assert Status.ACTIVE in {incident.status for incident in incidents}
    assert all(incident.status is Status.ACTIVE for incident in incidents if len(incident.reports) > 1)


async def test_a_warning_cancelled_before_it_was_read_is_never_told(bench: Bench):
    marks = FeedMarks(source_id="meteo", succeeded_at=NOW)
    await bench.pipeline.take_in(Read(source=METEO, marks=marks, items=(FLOOD,), ended=("w1",)), now=NOW)
    assert await bench.store.incidents.recent(now=NOW) == ()


async def test_a_flood_that_was_only_measured_is_told_for_its_region(bench: Bench):
    measured = Item(
        id="FL1",
        title="Orange flood alert in Mali",
        summary="A flood started in Mali. From 01/10/2025 to 05/10/2025.",
        published=NOW - timedelta(hours=1),
        language="en",
        point=(14.49, -4.19),
    )
    await bench.publish(measured, source=METEO)
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.location.regions == ("region-mopti",)


CHANNEL = Source(id="canal", url="https://t.me/route_mali", grade="C", kind=Kind.CHANNEL)


async def test_a_channels_first_post_is_news(bench: Bench):
    await bench.pipeline.take_post(CHANNEL, replace(AMBUSH, id="45"), now=NOW)
    assert {alert.incident.id for alert in await bench.alerts()} == {"0001"}
    marks = (await bench.store.feeds.marks(["canal"]))["canal"]
    assert (marks.succeeded_at, marks.newest_entry_at) == (NOW, AMBUSH.published)


@pytest.mark.expects_warnings
async def test_a_channel_that_is_closed_to_us_raises_its_hand_until_it_is_open(bench: Bench):
    await bench.pipeline.channel_closed(CHANNEL, now=NOW)
    cut = (await bench.store.feeds.marks(["canal"]))["canal"]
    assert (cut.fault, cut.failures, cut.succeeded_at) == (Fault.NOT_ADMIN, 1, None)
    await bench.pipeline.channel_opened(CHANNEL, now=NOW + timedelta(hours=1))
    assert (await bench.store.feeds.marks(["canal"]))["canal"].failures == 0


@pytest.mark.expects_warnings
async def test_a_fault_of_ours_in_one_source_is_its_failure_and_stops_no_other(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
):
    bench = Bench(redis)
    outcomes = [
        Read(source=source, marks=FeedMarks(source_id=source.id, etag="x", succeeded_at=NOW), items=(AMBUSH,))
        for source in (TAMANI, JOURNAL)
    ]

    async def read_due(due: object, take: Take, *, now: datetime) -> None:
        for outcome in outcomes:
            await take(outcome)

    real = bench.pipeline._finder.find

    async def find(read: Read, *, now: datetime) -> Findings:
        if read.source is TAMANI:
            raise KeyError("a fault of ours")
        return await real(read, now=now)

    monkeypatch.setattr(bench.pipeline._source_reader, "read_due", read_due)
    monkeypatch.setattr(bench.pipeline._finder, "find", find)
    await bench.pipeline.cycle(now=NOW)

    marks = await bench.store.feeds.marks(["tamani", "journal"])
    assert (marks["tamani"].fault, marks["tamani"].etag) == (Fault.OURS, None)
    assert marks["journal"].succeeded_at == NOW


async def test_the_prices_of_a_list_are_kept_as_background(bench: Bench):
    price = MarketPrice(
        date=date(2025, 9, 15), market="Kayes", commodity="Fuel (diesel)", unit="L", price=725.0, currency="XOF"
    )
    marks = FeedMarks(source_id=TAMANI.id, succeeded_at=NOW)
    await bench.pipeline.take_in(Read(source=TAMANI, marks=marks, items=(), prices=(price,)), now=NOW)

    found = (await bench.store.pumps.prices()).month_price("kayes", Product.DIESEL)

    assert found is not None
    assert (found.price_xof, found.month) == (725, date(2025, 9, 1))


async def test_a_held_text_says_nothing_of_any_pump(bench: Bench):
    coming = (
        "Bamako : le gasoil est disponible dans les stations ce matin, un convoi de 40 citernes partira demain de Kayes"
    )
    there = "Bamako : le gasoil est disponible dans les stations ce matin"
    await bench.publish(replace(COMING_CONVOY, title=coming, summary=""))
    assert await bench.store.feeds.fuel() == ()

    await bench.publish(replace(COMING_CONVOY, id="10", title=there, summary=""))
    assert [(one.place, one.product) for one in await bench.store.feeds.fuel()] == [("bamako", Product.DIESEL)]


async def test_tankers_that_came_are_for_the_desk_and_fuel_on_sale_for_everyone(bench: Bench):
    came = replace(COMING_CONVOY, title="82 citernes de carburant sont arrivées hier soir à Mopti", summary="")
    await bench.publish(came)
    (alert,) = await bench.alerts()
    assert alert.decision.scope is Scope.DESK
    assert await bench.store.feeds.fuel() == ()


async def test_a_reopening_to_come_lifts_no_blockade(bench: Bench):
    cut = replace(AMBUSH, title="La route Sévaré-Bandiagara est coupée par des hommes armés", summary="")
    await bench.publish(cut)
    await bench.publish(
        replace(cut, id="2", title="Réouverture de la route Sévaré-Bandiagara annoncée pour dimanche"), source=JOURNAL
    )
    first, second = await bench.alerts()
    assert {first.decision.scope, second.decision.scope} == {Scope.CONCERNED, Scope.DESK}
    assert all(one.status is Status.ACTIVE for one in await bench.store.incidents.recent(now=NOW))

    await bench.publish(
        replace(cut, id="3", title="La route Sévaré-Bandiagara a été rouverte ce matin"), source=JOURNAL
    )
    assert Status.LIFTED in {one.status for one in await bench.store.incidents.recent(now=NOW)}


CLOSED = replace(AMBUSH, id="closed", title="Route Sévaré-Bandiagara coupée par des hommes armés", summary="")
REOPENED = replace(AMBUSH, id="open", title="Route Sévaré-Bandiagara rouverte à la circulation", summary="")


async def test_an_end_on_one_doubtful_word_is_for_the_desk_alone(bench: Bench):
    await bench.publish(CLOSED)
    await bench.publish(REOPENED, source=replace(RUMOUR, grade="C"), now=NOW + timedelta(minutes=30))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    cards = [alert for alert in await bench.alerts() if alert.decision.scope is Scope.DESK]
    assert incident.status is Status.ACTIVE
    assert [card.decision.reason for card in cards] == [Reason.DOUBTFUL]


async def test_a_good_word_of_an_end_is_told_to_all(bench: Bench):
    await bench.publish(CLOSED)
    await bench.publish(REOPENED, source=JOURNAL, now=NOW + timedelta(minutes=30))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.status is Status.LIFTED
    assert ChangeKind.LIFTED in [alert.change for alert in await bench.alerts()]


async def test_an_attack_told_of_again_a_day_later_sounds(bench: Bench):
    await bench.publish(replace(AMBUSH, title="Attaque d'un bus à Konna", summary="", published=NOW))
    later = NOW + timedelta(days=1)
    item = replace(AMBUSH, id="2", title="Un camion de bétail attaqué à Konna", summary="", published=later)
    await bench.publish(item, source=JOURNAL, now=later)
    told = [alert for alert in await bench.alerts() if alert.change is ChangeKind.AGAIN]
    assert [(one.decision.scope, one.decision.sounds) for one in told] == [(Scope.CONCERNED, True)]


@pytest.mark.parametrize(
    ("title", "status", "reason"),
    [
        ("Le blocus de Kayes levé", Status.ACTIVE, Reason.IN_PART),
        ("Le blocus de Kayes et Nioro levé", Status.LIFTED, None),
        ("Le blocus de Léré levé", Status.ACTIVE, None),
    ],
)
async def test_one_towns_lifting_leaves_the_others_blocked_and_the_desk_is_shown(
    bench: Bench, title: str, status: Status, reason: Reason | None
):
    blocked = "Les jihadistes imposent un blocus à Kayes et Nioro"
    await bench.publish(replace(AMBUSH, title=blocked, summary="", published=NOW - timedelta(hours=5)))
    await bench.publish(replace(AMBUSH, id="2", title=title, summary=""), source=JOURNAL)

    found = await bench.store.incidents.find("0001")
    assert found is not None
    assert found.status is status
    cards = [one.decision.reason for one in await bench.alerts() if one.decision.scope is Scope.DESK]
    assert cards == ([reason] if reason else [])
