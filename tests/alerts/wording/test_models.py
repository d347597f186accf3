"""The model messages: the same facts give the same message, line for line.

Beside the models, alerts name where their sources are ("presse"), and short lines carry the reference.
"""

from textwrap import dedent

from alerts.delivery.model import MsgType
from alerts.fuel.model import Availability, Product, PumpNews, Queue
from alerts.incidents.model import ChangeKind, RetractionReason, SourceKind, Status
from alerts.wording.voice import Voice
from tests.alerts.wording.facts import (
    NOW,
    an_alert,
    french,
    fuel_at,
    the_attack,
    the_fuel,
    the_lifting,
    the_route,
    voices,
)


def model(text: str) -> str:
    return dedent(text).strip("\n")


def lines_of(voice: Voice, *, short: bool = False) -> list[str]:
    return voice.alert(an_alert(the_attack()), short=short, now=NOW).splitlines()


def test_an_armed_attack_in_french():
    assert french().alert(an_alert(the_attack()), short=False, now=NOW) == model("""
        🔴 TRÈS GRAVE · RN1 · Sandaré–Diéma
        Attaque armée ce matin. Poids lourds touchés.
        Confirmé, 2 sources (presse) · info : 2 h
        Passage : pas d'info. Réf. 0512
        Pas un conseil : vérifiez avec vos contacts.
    """)


def test_an_armed_attack_in_english():
    assert voices()["en"].alert(an_alert(the_attack()), short=False, now=NOW) == model("""
        🔴 VERY SERIOUS · RN1 · Sandaré–Diéma
        Armed attack this morning. Heavy trucks hit.
        Confirmed, 2 sources (press) · info: 2 h
        Passage: no report. Ref. 0512
        Not advice: check with your contacts.
    """)


def test_an_armed_attack_in_bambara_with_the_french_beneath():
    bambara, _, beneath = voices()["bm"].alert(an_alert(the_attack()), short=False, now=NOW).partition("\n\n")
    lines = bambara.splitlines()
    assert lines[0] == "🔴 A KA JUGU · RN1 · Sandaré–Diéma"
    assert lines[1].startswith("Marifatigiw binna mobilibaw kan bi sɔgɔma.")
    assert lines[3:] == ["Tɛmɛni: kunnafoni tɛ. N° 0512", "Nin tɛ laadilikan ye: i ka mɔgɔw ɲininka."]
    assert beneath.splitlines() == lines_of(french())


def test_a_lifting():
    assert french().alert(an_alert(the_lifting(), MsgType.UPDATE), short=False, now=NOW) == model("""
        🔵 ANNONCÉ LEVÉ · RN16 · Douentza–Boni
        Blocage annoncé levé hier soir · probable · info : 13 h
        Passage : pas d'info. Un danger peut rester. Réf. 0498
        Pas un conseil : vérifiez avec vos contacts.
    """)


def test_a_lifting_says_who_announced_it():
    lifting = the_lifting(lifted_by=SourceKind.OFFICIAL)
    assert "levé hier soir · probable, officiel · info : 13 h" in french().alert(
        an_alert(lifting), short=False, now=NOW
    )


def test_a_retraction():
    denied = the_attack(status=Status.RETRACTED, retraction_reason=RetractionReason.FALSE)
    assert french().alert(an_alert(denied, MsgType.CANCEL), short=False, now=NOW) == model("""
        DÉMENTI · RN1 · Sandaré–Diéma : l'alerte Réf. 0512 du 5 oct. (attaque armée) est retirée, information fausse.
        Cela ne veut pas dire que la route est sans danger.
        Pas un conseil : vérifiez avec vos contacts.
    """)


def test_an_update_says_what_changed_on_its_second_line():
    worse = an_alert(the_attack(), MsgType.UPDATE, change=ChangeKind.WORSE)
    surer = an_alert(the_attack(), MsgType.UPDATE, change=ChangeKind.SURER)
    assert french().alert(worse, short=False, now=NOW).splitlines()[1] == "Mise à jour : plus grave qu'annoncé."
    assert french().alert(surer, short=False, now=NOW).splitlines()[1] == (
        "Mise à jour : mieux établi, maintenant confirmé."
    )
    again = an_alert(the_attack(), MsgType.UPDATE, change=ChangeKind.AGAIN)
    assert french().alert(again, short=False, now=NOW).splitlines()[1] == (
        "Mise à jour : signalé de nouveau, peut-être un autre fait."
    )


def test_short_alerts():
    assert lines_of(french(), short=True) == [
        "RN1 Sandaré–Diéma : très perturbé 3/3, camions · confirmé · 2 h · Réf. 0512",
    ]
    assert french().alert(an_alert(the_lifting()), short=True, now=NOW) == (
        "RN16 Douentza–Boni : fin annoncée, passage non vérifié · probable · 13 h · Réf. 0498"
    )


def test_a_route():
    assert french().outlook(the_route(), fuel=the_fuel(), short=False, now=NOW) == model("""
        KAYES → BAMAKO · 618 km, par Diéma
        🔴 Sandaré–Diéma : très grave, passage : pas d'info
         Attaque armée ce matin · confirmé, presse · 2 h
        🟠 Diéma–Didiéni : difficile
         Barrage non officiel hier · probable, terrain · 20 h
        ⚪ Kayes–Sandaré : pas d'info récente (3 j)
        ⚪ Didiéni–Bamako : pas d'info récente (26 h)
        Sans signalement ne veut pas dire sans danger.
        ⛽ Kayes gasoil limité (5 h) · Diéma inconnu · Bamako gasoil limité, essence rupture (3 h)
        Autre : par Kita, pas d'info récente
        Sources lues il y a 12 min
        Pas un conseil : vérifiez avec vos contacts.
    """)


def test_a_short_route():
    assert french().outlook(the_route(), fuel=the_fuel(), short=True, now=NOW) == model("""
        KAYES → BAMAKO · 618 km, par Diéma
        Sandaré–Diéma : très perturbé 3/3, camions · confirmé · 2 h · Réf. 0512
        Diéma–Didiéni : perturbé 2/3 · probable · 20 h · Réf. 0510
        Kayes–Sandaré (3 j), Didiéni–Bamako (26 h) : pas d'info récente
        Sans signalement ne veut pas dire sans danger.
        ⛽ Kayes gasoil un peu (5 h) · Diéma inconnu · Bamako gasoil un peu, essence non (3 h)
        Autre : par Kita, pas d'info récente
        Sources lues il y a 12 min
        Pas un conseil : vérifiez avec vos contacts.
    """)


def test_fuel():
    bamako = [
        fuel_at("bamako", Product.PETROL, Availability.OUT, hours=3),
        fuel_at("bamako", Product.DIESEL, Availability.LIMITED, hours=3, queue=Queue.OVER_60),
    ]
    assert french().fuel(bamako, place="bamako", now=NOW) == model("""
        ⛽ BAMAKO · gasoil en vente, limité
        Essence : rupture. Attente : plus de 1 h.
        Constaté ce matin · probable, terrain · info : 3 h

        Peut changer d'une heure à l'autre.
    """)
    assert french().fuel(bamako, place="bamako", now=NOW, short=True).splitlines()[0] == (
        "Bamako : gasoil un peu, essence non · probable · 3 h"
    )


def bamako_again() -> PumpNews:
    """The model of an alert on fuel: diesel is back, petrol is not."""
    states = (
        fuel_at("bamako", Product.PETROL, Availability.OUT, hours=3, queue=Queue.OVER_60),
        fuel_at("bamako", Product.DIESEL, Availability.LIMITED, hours=3, queue=Queue.OVER_60),
    )
    return PumpNews(place="bamako", states=states, changed=(Product.DIESEL,), back=(Product.DIESEL,))


def test_a_change_at_the_pump():
    alert = an_alert(the_attack(), pump=bamako_again())
    assert french().alert(alert, short=False, now=NOW) == model("""
        ⛽ BAMAKO · gasoil de nouveau en vente, limité
        Essence : rupture. Attente : plus de 1 h.
        Constaté ce matin · probable, terrain · info : 3 h
        Peut changer d'une heure à l'autre.
    """)
    assert voices()["en"].alert(alert, short=False, now=NOW).startswith("⛽ BAMAKO · diesel on sale again, limited\n")


def test_a_change_at_the_pump_in_short_mode():
    alert = an_alert(the_attack(), pump=bamako_again())
    assert french().alert(alert, short=True, now=NOW) == "Bamako : gasoil un peu, essence non · probable · 3 h"
