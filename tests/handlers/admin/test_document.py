"""An admin sends a sheet of incidents, sees what it comes to, and takes it in once, by a tap."""

import json
from datetime import timedelta
from typing import Any

import pytest

from alerts.incidents.model import Incident
from alerts.store import keys
from handlers.admin.document import MOST_ROWS
from handlers.files import LARGEST_FILE
from tests.support.builders import NOW
from tests.support.conversation import ADMIN, DRIVER, GROUP, OTHER_ADMIN, Conversation
from tests.support.desk import DeskAtWork

EDITOR = 902
SEEN = "Je ne comprends que les commandes"
HEAD = "date,type,place,road,source,text\n"
ROWS = (
    "2025-10-05,ambush,Loulouni,RN7,field B,trucks burned\n",
    "2025-10-04,blockade,Sandaré–Diéma,,press C,\n",
)
GOOD = (HEAD + "".join(ROWS)).encode()
BAD = GOOD + b"2025-10-03,ambush,Atlantis,,,\n2031-01-01,ambush,Kayes,,,\n2025-10-03,,Kayes,,,\n"
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": None, "properties": {"date": "2025-10-05", "type": "ied", "place": "Kayes"}}
        ],
    }
).encode()


async def stored(talk: Conversation) -> tuple[Incident, ...]:
    return await talk.store.incidents.recent(now=talk.clock.now)


async def looked_at(talk: Conversation, content: bytes, *, name: str = "a.csv", chat: int = ADMIN) -> str:
    [message] = await talk.send_document(name, content, chat=chat)
    return message.text


async def imports(talk: Conversation) -> list[tuple[str, str]]:
    return [(line["who"], line["what"]) for line in await talk.store.desk.audit() if line["did"] == "import"]


async def fetched(talk: Conversation) -> int:
    return (await talk.telegram.counters()).calls["getFile", 200]


async def test_a_good_sheet_is_looked_at_first_and_stored_by_a_tap(talk: Conversation):
    [look] = await talk.send_document("a.csv", GOOD, chat=ADMIN)
    assert look.text.startswith("Fichier lu. Lignes : 2, toutes utilisables.\nNouveaux incidents : 2 ·")
    assert look.button_texts == ["Enregistrer"]
    assert await stored(talk) == ()

    [done] = await talk.tap("Enregistrer", chat=ADMIN)

    assert done.text.startswith("Enregistré, sans alerter personne. Nouveaux incidents : 2 ·")
    assert sorted(one.event_type for one in await stored(talk)) == ["ambush", "blockade"]
    assert await imports(talk) == [(str(ADMIN), "2")]


async def test_a_map_does_as_well(talk: Conversation):
    assert (await looked_at(talk, GEOJSON, name="a.geojson")).startswith("Fichier lu. Lignes : 1,")
    await talk.tap("Enregistrer", chat=ADMIN)
    assert [one.event_type for one in await stored(talk)] == ["ied"]


async def test_it_is_shown_to_who_asks_and_pushed_to_nobody(desk: DeskAtWork):
    await desk.talk.say("/suivre RN7")
    before = await desk.texts(DRIVER)
    await desk.talk.send_document("a.csv", GOOD, chat=ADMIN)
    await desk.talk.tap("Enregistrer", chat=ADMIN)
    await desk.settle()
    assert await desk.texts(DRIVER) == before
    assert "Réf. 0001" in await desk.talk.answer("/axe RN7")


async def test_each_bad_row_has_its_reason_and_none_is_stored(talk: Conversation):
    [look] = await talk.send_document("a.csv", BAD, chat=ADMIN)
    first, second, *rows = look.text.splitlines()
    assert (first, second[:21]) == ("Fichier lu. Lignes utilisables : 2 · à corriger : 3", "Rien n'est enregistré")
    assert [row.partition(" : ")[0] for row in rows] == ["4", "5", "6"]
    assert all(row.partition(" : ")[2] for row in rows)
    assert look.button_texts == []
    assert await stored(talk) == ()


async def test_words_that_could_help_an_attacker_keep_a_row_out(talk: Conversation):
    held = (HEAD + "2025-10-05,ambush,Loulouni,RN7,field B,le convoi part demain\n").encode()
    assert "Ces mots peuvent aider un agresseur : " in await looked_at(talk, held)


async def test_many_reasons_are_cut_to_whole_lines_and_the_rest_is_counted(talk: Conversation):
    rows = "".join(f"2025-10-03,ambush,Atlantis {number},,,\n" for number in range(200))
    text = await looked_at(talk, (HEAD + rows).encode())
    *shown, more = text.splitlines()[2:]
    assert all(row.endswith(shown[0].partition(" : ")[2]) for row in shown)
    assert more == f"et {200 - len(shown)} autres"
    assert len(text) <= 4096


async def test_a_sheet_that_is_known_has_nothing_to_store(talk: Conversation):
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    await talk.tap("Enregistrer", chat=ADMIN)
    [look] = await talk.send_document("a.csv", GOOD, chat=OTHER_ADMIN)
    assert look.text.startswith("Fichier lu. Lignes : 2, toutes connues.")
    assert look.button_texts == []


async def test_two_taps_store_once(talk: Conversation):
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    await talk.tap("Enregistrer", chat=ADMIN)
    [second] = await talk.tap("Enregistrer", chat=ADMIN)
    assert second.text.startswith("Ce fichier est déjà enregistré")
    assert len(await stored(talk)) == 2
    assert await imports(talk) == [(str(ADMIN), "2")]


async def test_a_tap_that_was_stored_and_not_answered_stores_nothing_twice(talk: Conversation):
    """A crash came between the step that stores and the one that forgets the draft."""
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    draft_id = str(talk.updates[-1]["update_id"])
    draft = await talk.store.desk.draft(draft_id)
    assert draft is not None
    await talk.tap("Enregistrer", chat=ADMIN)
    await talk.store.desk.save_draft(draft_id, draft)
    [again] = await talk.again(chat=ADMIN)
    assert "Nouveaux incidents : 0 " in again.text
    assert len(await stored(talk)) == 2
    assert await imports(talk) == [(str(ADMIN), "2")]


async def test_what_was_looked_at_is_what_is_stored_a_day_later_too(talk: Conversation):
    await talk.send_document("a.csv", (HEAD + "hier,ambush,Loulouni,RN7,field B,\n").encode(), chat=ADMIN)
    talk.clock.now += timedelta(days=1)
    await talk.tap("Enregistrer", chat=ADMIN)
    [one] = await stored(talk)
    assert one.onset == (NOW - timedelta(days=1)).date()
    [line] = [line for line in await talk.store.desk.audit() if line["did"] == "import"]
    assert line["at"] == talk.clock.now.isoformat()


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        pytest.param(bytes(LARGEST_FILE + 1), "Ce fichier dépasse 1 Mo.", id="too-large"),
        pytest.param(b"PK\x03\x04\x00\x00", "Je ne peux pas lire ce fichier.", id="a-workbook"),
        pytest.param(b'{"features": 1}', "Je ne peux pas lire ce fichier.", id="other-json"),
        pytest.param(b"Bonjour, voici la liste.", "Il manque une colonne", id="a-letter"),
        pytest.param(HEAD.encode(), "Ce fichier n'a aucune ligne", id="no-rows"),
        pytest.param(
            (HEAD + ROWS[0] * (MOST_ROWS + 1)).encode(), f"Ce fichier a plus de {MOST_ROWS} lignes.", id="too-many-rows"
        ),
    ],
)
async def test_what_is_no_sheet_is_refused_with_its_reason(talk: Conversation, content: bytes, begins: str):
    [message] = await talk.send_document("a.csv", content, chat=ADMIN)
    assert message.text.startswith(begins)
    assert message.button_texts == []


async def test_what_is_too_large_is_not_even_fetched(talk: Conversation):
    await looked_at(talk, bytes(LARGEST_FILE + 1))
    assert await fetched(talk) == 0


async def test_a_file_that_telegram_no_longer_gives_is_said_to_be_gone(talk: Conversation):
    await talk.telegram.fail("error", method="getFile", times=1, code=400, description="Bad Request: wrong file_id")
    assert (await looked_at(talk, GOOD)).startswith("Telegram ne donne plus ce fichier.")


async def test_nobody_elses_document_is_fetched_and_nothing_of_it_is_kept(talk: Conversation):
    await talk.say("/admins ajouter 902 rédacteur", chat=ADMIN)
    assert (await looked_at(talk, GOOD, chat=DRIVER)).startswith(SEEN)
    assert (await looked_at(talk, GOOD, chat=EDITOR)).startswith(SEEN)
    assert await fetched(talk) == 0
    assert not [value for value in (await talk.stored()).values() if "file-" in value or "Loulouni" in value]


async def test_a_group_is_no_place_for_it(talk: Conversation):
    await talk.telegram.join(GROUP, user=ADMIN, status="administrator")
    await talk.take()
    assert await talk.send_document("a.csv", GOOD, chat=GROUP, user=ADMIN) == []
    assert await fetched(talk) == 0


async def test_a_forwarded_sheet_is_somebody_elses(talk: Conversation):
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    update: dict[str, Any] = talk.updates[-1]
    origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1_760_000_000}
    forwarded = {"update_id": update["update_id"] + 1, "message": {**update["message"], "forward_origin": origin}}
    [answer] = await talk.receive(forwarded, chat=ADMIN)
    assert answer.text.startswith(SEEN)


async def test_a_document_leaves_a_dialogue_as_it_was(talk: Conversation):
    await talk.say("/suivre", chat=ADMIN)
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    await talk.say("Kayes", chat=ADMIN)
    assert await talk.follows(ADMIN) != []


async def test_a_draft_holds_what_the_columns_mean_and_no_name_of_a_file(talk: Conversation):
    await talk.send_document("liste_de_Amadou.csv", b"notes," + GOOD.replace(b"\n2", b"\nAmadou,2"), chat=ADMIN)
    [draft] = [value for key, value in (await talk.stored()).items() if ":draft:" in key]
    assert "Loulouni" in draft
    assert "Amadou" not in draft
    assert not [key for key, value in (await talk.stored()).items() if "Amadou" in value]


async def forge(talk: Conversation, data: str, *, chat: int) -> str:
    """Send what no button of this chat would, as if one had been tapped there."""
    [shown] = await talk.say("/reglages", chat=chat)
    await talk.telegram.tap(chat, shown.button_texts[0])
    [update] = [one.to_dict() for one in await talk.application.bot.get_updates(offset=-1, timeout=0)]
    forged = {"update_id": update["update_id"], "callback_query": {**update["callback_query"], "data": data}}
    [message] = await talk.receive(forged, chat=chat)
    return message.text


@pytest.mark.parametrize("words", ["", ":", ":1", ":x:y", ":../siraba", ":" + "9" * 50])
async def test_a_forged_button_stores_nothing_and_is_answered(talk: Conversation, words: str):
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    assert (await forge(talk, f"c:import{words}", chat=ADMIN)).startswith("Ce fichier est déjà enregistré")
    assert await stored(talk) == ()


@pytest.mark.parametrize(
    ("chat", "begins"),
    [
        pytest.param(OTHER_ADMIN, "Ce fichier est déjà enregistré", id="another-admin"),
        pytest.param(DRIVER, "Ce bouton", id="outsider"),
    ],
)
async def test_the_button_of_somebody_else_stores_nothing(talk: Conversation, chat: int, begins: str):
    [look] = await talk.send_document("a.csv", GOOD, chat=ADMIN)
    data = look.buttons[0][0].data
    assert data is not None
    assert (await forge(talk, data, chat=chat)).startswith(begins)
    assert await stored(talk) == ()


async def test_the_button_of_a_post_is_none_of_a_sheet_nor_the_other_way_round(talk: Conversation):
    await talk.say("/incident embuscade RN7 Loulouni", chat=ADMIN)
    post = talk.updates[-1]["update_id"]
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    sheet = talk.updates[-1]["update_id"]
    for data in (f"c:import:{post}", f"c:post:{sheet}", f"c:edit:{sheet}", f"c:amend:{sheet}", f"c:discard:{sheet}"):
        assert await forge(talk, data, chat=ADMIN)
    assert await stored(talk) == ()


async def test_a_button_that_waited_too_long_stores_nothing(talk: Conversation):
    await talk.send_document("a.csv", GOOD, chat=ADMIN)
    draft = keys.draft(str(talk.updates[-1]["update_id"]))
    assert 0 < await talk.store.redis.ttl(draft) <= keys.DRAFT_LIFETIME.total_seconds()
    await talk.store.redis.delete(draft)  # as its lifetime does
    [message] = await talk.tap("Enregistrer", chat=ADMIN)
    assert message.text.startswith("Ce fichier est déjà enregistré, ou il attend depuis trop longtemps.")
    assert await stored(talk) == ()


async def test_an_admin_who_was_taken_out_meanwhile_stores_nothing(talk: Conversation):
    await talk.send_document("a.csv", GOOD, chat=OTHER_ADMIN)
    await talk.say("/admins retirer 901", chat=ADMIN)
    await talk.tap("Enregistrer", chat=OTHER_ADMIN)
    assert await stored(talk) == ()
