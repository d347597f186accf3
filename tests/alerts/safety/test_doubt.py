"""Does the desk see what no rule reads, and what is only said of a day to come?"""

from datetime import date

import pytest

from alerts.safety.doubt import closes_later, day_to_come, dead_or_closed, happens_later

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "embuscade Loulouni demain",
        "attaque Kolondiéba le 25/11",
        "attaque Kolondiéba le 25 novembre",
        "ambush near Loulouni on November 25",
        "attack at Konna on 25 November 2026",
        "route coupée lundi prochain",
    ],
)
def test_a_day_that_has_not_come_is_noticed(text: str):
    assert day_to_come(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "embuscade Loulouni ce matin",
        "attaque Kolondiéba le 18/11",
        "attaque à Konna le 20 novembre",
        "attaque le 25 novembre 2025",
        "le lendemain de l'attaque",
        "route fermée jusqu'à demain",
        "route fermée du 18 au 30 novembre",
        "10 à 12 morts, 31/31",
        "",
    ],
)
def test_a_day_that_has_come_is_none(text: str):
    assert day_to_come(text, TODAY) is None


def test_of_a_day_without_a_year_the_nearest_is_meant():
    assert day_to_come("attaque le 2 janvier", date(2026, 12, 30))
    assert day_to_come("attaque le 30 décembre", date(2027, 1, 2)) is None


def test_only_the_statement_on_the_event_puts_it_ahead():
    assert happens_later("Attaque d'un bus à Konna le 25 novembre, 12 morts", TODAY)
    assert happens_later("Attaque d'un bus à Konna le 18 novembre, 12 morts", TODAY) is None
    assert happens_later("Attaque d'un bus à Konna, hommage national le 25 novembre", TODAY) is None
    assert happens_later("Les assaillants de Konna seront jugés le 25 novembre", TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "La RN6 sera fermée dimanche à San",
        "Le pont de Gossi fermé à partir de demain",
        "Route Bla-San fermée du 25 au 30 novembre",
        "Fermeture de la frontière à compter du 1er décembre",
        "The Gossi bridge will be closed from Monday",
    ],
)
def test_a_closure_to_come_is_noticed(text: str):
    assert closes_later(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Route fermée entre Bla et San pour travaux jusqu'à dimanche",
        "Route Bla-San fermée jusqu'à lundi prochain",
        "Route Bla-San fermée du 18 au 30 novembre",
        "La RN6 coupée à San depuis hier, le pont sera fermé dimanche",
        "La RN6 coupée par les eaux à San. Une réunion se tiendra demain.",
        "Attaque à Konna : trois jours de deuil à partir de demain",
    ],
)
def test_a_closure_that_is_there_is_told(text: str):
    assert closes_later(text, TODAY) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Les passagers d'un bus abattus près de Farabougou",
        "Une citerne explose entre Kita et Bamako",
        "Kayes coupée : les camions ne peuvent plus passer",
        "Aucun camion-citerne ne passe plus entre Kayes et Bamako",
        "Cinq chauffeurs de citernes portés disparus près de Kadiana",
        "Three traders found dead near Konna",
    ],
)
def test_death_and_closure_are_noticed_in_words_that_no_rule_knows(sentence: str):
    assert dead_or_closed(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Aucun convoi n'a été attaqué à Sikasso, selon l'armée",
        "« Touristes enlevés à Siby » : une intox",
        "Football : Sikasso abattu par le Stade malien",
        "Procès de l'attaque de Konna : deux condamnations à mort",
        "Le ministre en visite à Ségou",
        "",
    ],
)
def test_what_is_denied_or_of_another_kind_is_no_doubt(sentence: str):
    assert dead_or_closed(sentence) is None
