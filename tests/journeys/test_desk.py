"""A day at the desk over the bot as an operator runs it: three people, a crash, and a register that tells it all."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.telegram.seen import SentMessage
from tests.support.stack import Stack, stack

OWNER, ADMIN, EDITOR, READER = 900, 901, 902, 101


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Stack]:
    async with stack(tmp_path) as built:
        await built.telegram.open_chats(OWNER, ADMIN, EDITOR)
        await begin(built)
        await built.telegram.say(READER, "/suivre RN7")
        await built.telegram.wait_for(READER, 1, timeout=30)
        yield built


async def begin(desk: Stack) -> None:
    desk.process = await desk.spawn(SIRABA_ADMIN_IDS=f"{OWNER},{ADMIN}")


async def says(desk: Stack, chat: int, words: str, *, times: int = 1) -> SentMessage:
    """Wait until a message with these words stands in a chat, so often."""
    found = await desk.telegram.wait_until(
        chat, lambda stands: sum(words in one.text for one in stands) >= times, timeout=30
    )
    return [one for one in found if words in one.text][-1]


async def test_a_draft_outlives_a_crash_and_is_sent_once_whatever_is_tapped(desk: Stack):
    await desk.telegram.say(OWNER, "/incident embuscade RN7 Loulouni | source : terrain B")
    await says(desk, OWNER, "Voici ce que les lecteurs recevront")
    await desk.kill()
    await begin(desk)
    await desk.telegram.tap(OWNER, "Envoyer")
    await desk.telegram.tap(OWNER, "Envoyer")
    await says(desk, OWNER, "Envoyé. Réf. 0001", times=2)
    await says(desk, READER, "Réf. 0001")
    await desk.telegram.say(OWNER, "/registre 0001")
    log = await says(desk, OWNER, "Historique de 0001")
    assert log.text.count("alerte créée") == 1
    assert sum("Réf. 0001" in one.text for one in await desk.telegram.messages(READER)) == 1


async def test_an_editor_posts_an_admin_approves_an_owner_takes_it_back(desk: Stack):
    await desk.telegram.say(OWNER, f"/admins ajouter {EDITOR} rédacteur")
    await says(desk, ADMIN, "a fait de 902 un rédacteur")
    await desk.telegram.say(EDITOR, "/incident ambush RN7 Loulouni trucks", language_code="en")
    await says(desk, EDITOR, "This is what readers will get")
    await desk.telegram.tap(EDITOR, "Hand to an admin")
    await says(desk, ADMIN, "Posté par un rédacteur")
    await says(desk, OWNER, "Posté par un rédacteur")
    await desk.telegram.tap(ADMIN, "Approuver et envoyer")
    await desk.telegram.tap(OWNER, "Approuver et envoyer")
    await says(desk, ADMIN, "Réf. 0001")
    await says(desk, READER, "Réf. 0001")
    await desk.telegram.say(OWNER, "/dementir 0001 faux")
    await says(desk, READER, "information fausse")
    await desk.telegram.say(ADMIN, "/registre 0001")
    log = await says(desk, ADMIN, "Historique de 0001")
    for piece in ("902 · poste", "approuve", "alerte créée · 0001.2", "900 · dément"):
        assert piece in log.text
    assert log.text.count("approuve") == 1


async def test_a_halt_stops_both_admins_posts_until_one_of_them_resumes(desk: Stack):
    await desk.telegram.say(ADMIN, "/halt")
    await says(desk, OWNER, "L'admin 901 a suspendu tout l'envoi")
    await desk.telegram.say(OWNER, "/incident embuscade RN7 Loulouni")
    await says(desk, OWNER, "Voici ce que les lecteurs recevront")
    await desk.telegram.tap(OWNER, "Envoyer")
    await says(desk, OWNER, "Envoyé. Réf. 0001")
    await desk.telegram.say(OWNER, "/reprendre_tout")
    await says(desk, OWNER, "1 alerte attend")
    assert len(await desk.telegram.messages(READER)) == 1
    await desk.telegram.tap(OWNER, "Envoyer ce qui attend")
    await says(desk, OWNER, "1 alerte va partir")
    await desk.telegram.tap(OWNER, "Oui, tout envoyer")
    await says(desk, READER, "Réf. 0001")


async def test_a_sheet_that_was_looked_at_outlives_a_crash_and_is_stored_once(desk: Stack):
    sheet = b"date;type;lieu;route\nhier;embuscade;Loulouni;RN7\nhier;blocus;Kayes;\n"
    await desk.telegram.send_document(OWNER, "feuille.csv", sheet)
    await says(desk, OWNER, "Fichier lu. Lignes : 2, toutes utilisables.")
    await desk.kill()
    await begin(desk)
    await desk.telegram.tap(OWNER, "Enregistrer")
    await desk.telegram.tap(OWNER, "Enregistrer")
    await says(desk, OWNER, "Enregistré, sans alerter personne. Nouveaux incidents : 2")
    await says(desk, OWNER, "Ce fichier est déjà enregistré")
    await desk.telegram.say(READER, "/axe RN7")
    await says(desk, READER, "Réf. 0001")
    await desk.telegram.say(OWNER, "/registre")
    assert (await says(desk, OWNER, "importe")).text.count("importe") == 1
