"""The desk corrects, reports fuel, halts, resumes and looks at itself."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from alerts.delivery.figures import DeliveryCounts
from alerts.delivery.model import MsgType, Scope
from alerts.fuel.model import Availability, FuelSource, Product, Queue
from alerts.incidents.model import Change, ChangeKind, Incident, Status
from alerts.store.commit import Batch
from alerts.store.outbox import Count
from bot.telegram.pacer import PacerCounts
from handlers.context import SIRABA
from tests.support.builders import NOW, alert, incident
from tests.support.conversation import ADMIN, DRIVER, OTHER_ADMIN, Conversation
from tests.support.outbox import answer, write_down


async def told(talk: Conversation, one: Incident) -> None:
    """The incident was announced, and the driver got it."""
    spoken = alert(incident=one)
    await talk.store.commit(Batch(changes=(Change(kind=ChangeKind.NEW, incident=one),), alerts=(spoken,)), now=NOW)
    await write_down(talk.store, spoken, str(DRIVER))
    await answer(talk.store, spoken, str(DRIVER), Count.SENT, message_id=5)


@pytest.mark.parametrize(
    ("command", "language", "says"),
    [
        pytest.param("/dementir 0512 faux, un témoin s'est trompé", "fr", "Démenti. Réf. 0512", id="french"),
        pytest.param("/retract 512 wrong place", "en", "Retracted. Ref. 0512", id="english-without-zeros"),
    ],
)
async def test_a_retraction_goes_to_everyone_who_got_the_alert(
    talk: Conversation, command: str, language: str, says: str
):
    await told(talk, incident(announced=True))
    assert (await talk.answer(command, chat=ADMIN, language_code=language)).startswith(says)
    alerts = [await talk.store.outbox.alert(one) for one in await talk.store.outbox.waiting()]
    [correction] = [one for one in alerts if one and one.msg_type is MsgType.CANCEL]
    assert correction.decision.scope is Scope.EARLIER_READERS
    assert correction.incident.status is Status.RETRACTED


async def test_whoever_has_not_got_the_alert_will_not_get_it(talk: Conversation):
    await told(talk, incident(announced=True))
    await talk.say("/dementir 0512 faux", chat=ADMIN)
    assert await talk.store.outbox.waiting() == ["0512.2"]
    assert "cancelled" in await talk.store.outbox.counts("0512.1")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("faux", "false"),
        ("C'est une rumeur", "false"),
        ("mauvais lieu", "wrong_place"),
        ("wrong date", "wrong_date"),
        ("doublon", "duplicate"),
        ("invérifiable", "unverifiable"),
        ("autre : le chauffeur Moussa a menti", "other"),
        ("pas vérifiable, non vérifiable", "unverifiable"),
    ],
)
async def test_readers_are_told_one_of_a_few_reasons(talk: Conversation, typed: str, reason: str):
    await told(talk, incident(announced=True))
    await talk.say(f"/dementir 0512 {typed}", chat=ADMIN)
    found = await talk.store.incidents.find("0512")
    assert found is not None
    assert found.retraction_reason == reason


@pytest.mark.parametrize(
    ("command", "says"),
    [
        pytest.param("/dementir", "Exemple : /dementir 0512 faux", id="nothing"),
        pytest.param("/dementir 0512", "Exemple : /dementir 0512 faux", id="no-reason"),
        pytest.param("/dementir faux 0512", "Exemple : /dementir 0512 faux", id="no-reference"),
        pytest.param("/dementir 9999 faux", "Je ne connais pas la référence 9999.", id="unknown"),
        pytest.param("/finalerte", "Exemple : /finalerte 0512", id="no-end"),
        pytest.param("/finalerte 9999", "Je ne connais pas la référence 9999.", id="unknown-end"),
        pytest.param("/finalerte ٠٥١٢", "Exemple : /finalerte 0512", id="foreign-digits"),
    ],
)
async def test_a_correction_of_nothing_says_so(talk: Conversation, command: str, says: str):
    assert (await talk.answer(command, chat=ADMIN)).startswith(says)


@pytest.mark.parametrize(
    "command",
    [
        "/finalerte 0512 je crois",
        "/finalerte 0512 pas officiel",
        "/finalerte 0512 ?",
        "/finalerte 12",
        "/dementir 12 lieu",
        "/dementir 0512 faux je crois",
        "/dementir 0512 pas faux",
        "/dementir 0512 xyzzy",
    ],
)
async def test_what_is_not_understood_sends_nothing(talk: Conversation, command: str):
    one = incident(announced=True)
    await told(talk, one)
    waiting = await talk.store.outbox.waiting()
    assert (await talk.answer(command, chat=ADMIN)).startswith("Exemple : /")
    assert await talk.store.outbox.waiting() == waiting


@pytest.mark.parametrize("command", ["/finalerte 0512 selon l'armée", "/finalerte 0512 fini, officiel"])
async def test_an_end_may_name_its_source_in_a_few_words(talk: Conversation, command: str):
    await told(talk, incident(announced=True))
    await talk.say(command, chat=ADMIN)
    found = await talk.store.incidents.find("0512")
    assert found is not None
    assert found.lifted_by == "official"


@pytest.mark.parametrize("command", ["/dementir 0512 faux", "/finalerte 0512"])
async def test_a_correction_run_twice_is_one_correction(talk: Conversation, command: str):
    await told(talk, incident(announced=True))
    await talk.say(command, chat=ADMIN)
    once = await talk.store.incidents.find("0512")
    [again] = await talk.again(chat=ADMIN)
    assert again.text == "La référence 0512 est déjà close."
    assert await talk.store.incidents.find("0512") == once
    assert [line["did"] for line in await talk.store.desk.audit()].count(once_did(command)) == 1


def once_did(command: str) -> str:
    return "retract" if command.startswith("/dementir") else "lifted"


async def test_a_lifting_is_announced_as_one(talk: Conversation):
    await told(talk, incident(announced=True))
    assert (await talk.answer("/lifted 0512", chat=ADMIN)).startswith("Fin annoncée. Réf. 0512.")
    waiting = [await talk.store.outbox.alert(one) for one in await talk.store.outbox.waiting()]
    assert [(one.msg_type, one.incident.status) for one in waiting if one] == [(MsgType.UPDATE, Status.LIFTED)]


@pytest.mark.parametrize(
    ("line", "place", "expected"),
    [
        pytest.param(
            "/dispo Bamako gasoil rupture attente 60+ officiel",
            "bamako",
            [(Product.DIESEL, Availability.OUT, Queue.OVER_60, FuelSource.OFFICIAL)],
            id="french",
        ),
        pytest.param(
            "/fuelreport Kayes petrol available diesel limited trusted",
            "kayes",
            [
                (Product.DIESEL, Availability.LIMITED, None, FuelSource.TRUSTED),
                (Product.PETROL, Availability.AVAILABLE, None, FuelSource.TRUSTED),
            ],
            id="english-two-products",
        ),
    ],
)
async def test_fuel_is_reported_on_one_line(talk: Conversation, line: str, place: str, expected: list[object]):
    await talk.say(line, chat=ADMIN)
    reports = await talk.store.feeds.fuel()
    assert {one.place for one in reports} == {place}
    assert sorted((one.product, one.availability, one.queue, one.source) for one in reports) == expected


async def test_fuel_reported_twice_is_reported_once(talk: Conversation):
    await talk.say("/dispo Bamako gasoil rupture", chat=ADMIN)
    await talk.again(chat=ADMIN)
    assert len(await talk.store.feeds.fuel()) == 1
    assert len(await talk.store.desk.audit()) == 1


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        pytest.param("/dispo", "Quelle ville ?", id="nothing"),
        pytest.param("/dispo gasoil rupture", "Je ne vois pas quelle ville.", id="no-town"),
        pytest.param("/dispo Bamako", "Je ne vois pas quel carburant", id="no-product"),
        pytest.param("/dispo Bamako gasoil disponible, citernes attendues demain", "Pas enregistré.", id="a-delivery"),
        pytest.param("/dispo " + "x" * 400, "C'est trop long.", id="endless"),
    ],
)
async def test_a_fuel_line_that_will_not_do_says_why(talk: Conversation, line: str, begins: str):
    assert (await talk.answer(line, chat=ADMIN)).startswith(begins)
    assert await talk.store.feeds.fuel() == ()


@pytest.mark.parametrize("command", ["/suspendre_tout", "/halt", "/SuspendreTout"])
async def test_any_admin_can_halt_at_once(talk: Conversation, command: str):
    await talk.say(command, chat=OTHER_ADMIN)
    halted = await talk.store.desk.halted()
    assert halted is not None
    assert halted.by == OTHER_ADMIN


async def test_halting_twice_is_halting_once(talk: Conversation):
    await talk.say("/halt", chat=ADMIN)
    await talk.again(chat=ADMIN)
    assert len(await talk.store.desk.audit()) == 1


async def test_resuming_asks_twice_and_says_how_much_waits(talk: Conversation):
    await told(talk, incident(announced=True))
    await talk.say("/halt", chat=ADMIN)
    [which] = await talk.say("/reprendre_tout", chat=ADMIN)
    assert which.text.startswith("1 alerte attend")
    [sure] = await talk.tap("Envoyer ce qui attend", chat=ADMIN)
    assert sure.text.startswith("1 alerte va partir")
    assert await talk.store.desk.halted() is not None
    [done] = await talk.tap("Oui, tout envoyer", chat=ADMIN)
    assert done.text == "L'envoi reprend."
    assert await talk.store.desk.halted() is None
    assert await talk.store.outbox.waiting() == ["0512.1"]


async def test_what_waits_can_be_dropped_when_sending_goes_on(talk: Conversation):
    await told(talk, incident(announced=True))
    await talk.say("/halt", chat=ADMIN, language_code="en")
    await talk.say("/resume", chat=ADMIN, language_code="en")
    [sure] = await talk.tap("Drop what waits", chat=ADMIN)
    assert sure.text.startswith("1 alert will never go out")
    await talk.tap("Yes, drop it", chat=ADMIN)
    assert await talk.store.desk.halted() is None
    assert await talk.store.outbox.waiting() == []
    dropped = next(line for line in await talk.store.desk.audit() if line["did"] == "dropped")
    assert (dropped["alert"], dropped["who"]) == ("0512.1", str(ADMIN))


async def test_resuming_what_runs_says_so(talk: Conversation):
    assert await talk.answer("/resume", chat=ADMIN) == "L'envoi n'est pas suspendu."


async def test_the_status_counts_nobody_exactly(talk: Conversation):
    await talk.say("/suivre RN1")
    assert "Chats : moins de 5" in await talk.answer("/service", chat=ADMIN)
    for chat in range(1000, 1023):
        await talk.say("/suivre RN1", chat=chat)
    assert "Chats : environ 20" in await talk.answer("/status", chat=ADMIN)


async def test_the_status_says_that_sending_is_stopped(talk: Conversation):
    assert "Envoi : en marche" in await talk.answer("/service", chat=ADMIN)
    await talk.say("/halt", chat=ADMIN)
    assert "Envoi : SUSPENDU" in await talk.answer("/service", chat=ADMIN)


async def test_the_audit_tells_who_did_what_newest_first(talk: Conversation):
    assert await talk.answer("/registre", chat=ADMIN) == "Le registre est vide."
    await talk.say("/halt", chat=ADMIN)
    await talk.say("/dispo Bamako gasoil rupture", chat=OTHER_ADMIN)
    lines = (await talk.answer("/audit", chat=ADMIN)).splitlines()
    assert [line.split(" · ")[1:3] for line in lines[1:]] == [["901", "carburant"], ["900", "suspend tout"]]


async def test_the_status_tells_what_waits_and_what_came_of_the_sends(talk: Conversation):
    parts = replace(talk.application.bot_data[SIRABA], counts=DeliveryCounts(sent=40, unreachable=2, ambiguous=1))
    talk.application.bot_data[SIRABA] = parts
    told = alert()
    await talk.store.commit(Batch(alerts=(told,)), now=NOW)
    await write_down(talk.store, told, *map(str, range(1, 61)))
    talk.clock.now = NOW + timedelta(minutes=12)
    text = await talk.answer("/service", chat=ADMIN)
    assert "Messages en attente : 60. La plus ancienne alerte attend depuis 12 min ; fini dans 1 min environ" in text
    assert "Depuis le démarrage : 40 envoyés, moins de 5 échoués, 0 repris, moins de 5 sans réponse" in text
    assert "Freins de Telegram" not in text


@dataclass
class HeldBack:
    """A pace as after a refusal."""

    capacity: int = 30
    halted_for: float = 600.0
    counts: PacerCounts = field(default_factory=lambda: PacerCounts(refusals=1))


async def test_the_status_tells_that_telegram_holds_us_back(talk: Conversation):
    talk.application.bot_data[SIRABA] = replace(talk.application.bot_data[SIRABA], pace=HeldBack())
    text = await talk.answer("/service", chat=ADMIN)
    assert "Freins de Telegram depuis le démarrage : 1" in text
    assert "Telegram fait attendre : encore 10 min" in text


@pytest.mark.parametrize(("parked", "said"), [(0, "0"), (1, "moins de 5"), (4, "moins de 5"), (23, "20")])
async def test_what_was_set_aside_is_counted_without_pointing_at_anybody(talk: Conversation, parked: int, said: str):
    for number in range(parked):
        entry = await talk.store.inbox.accept(1_000_000 + number, f'{{"update_id": {number}}}', now=NOW)
        assert entry is not None
        while not await talk.store.inbox.failed(entry, now=NOW):
            pass
    lines = (await talk.answer("/service", chat=ADMIN)).splitlines()
    assert any("erreurs" in line and line.endswith(f": {said}") for line in lines)
