"""Do the words of a report tell the small facts they should?"""

import pytest

from alerts.errors import DataError
from alerts.incidents.model import DayPart, Vehicles
from alerts.incidents.words import (
    cited_in,
    day_part_of,
    days_in,
    fold,
    is_amid,
    is_claim,
    outlet_named,
    parse_words,
    people_in,
    recounts,
    says_also_that_day,
    says_another,
    says_since,
    vehicles_in,
    victims_in,
    voice_key,
)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Attaque ce matin à Diéma", DayPart.MORNING),
        ("Tirs dans la nuit de lundi à mardi", DayPart.NIGHT),
        ("Embuscade vers 14h près de Kobé", DayPart.AFTERNOON),
        ("Embuscade vers 19 heures", DayPart.EVENING),
        ("Un bus attaqué dans l'après-midi", DayPart.AFTERNOON),
        ("The blast hit in the early afternoon", DayPart.AFTERNOON),
        ("Gunmen struck overnight", DayPart.NIGHT),
        ("Attack in the evening", DayPart.EVENING),
        ("Attaque à l'aube", DayPart.MORNING),
        ("Attaque près de Kayes", None),
        ("Attaqués le matin, puis le soir", None),
        ("Il est tombé 138,3 mm", None),
    ],
)
def test_the_part_of_the_day_is_read(text: str, part: DayPart | None):
    assert day_part_of(text) is part


@pytest.mark.parametrize(
    ("text", "vehicles"),
    [
        ("Des camions-citernes incendiés", (Vehicles.TANKERS,)),
        ("Deux camions et une citerne brûlés", (Vehicles.TRUCKS, Vehicles.TANKERS)),
        ("Un bus et un taxi visés", (Vehicles.BUSES, Vehicles.CARS)),
        ("Tankers torched", (Vehicles.TANKERS,)),
        ("Motorcycles banned", (Vehicles.MOTORBIKES,)),
        ("Poids lourds bloqués", (Vehicles.TRUCKS,)),
        ("Un village attaqué", ()),
    ],
)
def test_the_traffic_is_a_class_and_never_a_number(text: str, vehicles: tuple[Vehicles, ...]):
    assert set(vehicles_in(text)) == set(vehicles)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("L'attaque du 7 février", ("02-07",)),
        ("Le 1er mars", ("03-01",)),
        ("on Friday, February 7", ("02-07", "friday")),
        ("Oct. 27 to Nov. 9", ("10-27", "11-09")),
        ("5 October – Kayes", ("10-05",)),
        ("Dimanche, une mine sur la route de Songho, déjà endeuillé vendredi par l'attaque d'un car", ("sunday",)),
        ("DAKAR, Feb 2 - shot last Thursday", ("thursday",)),
        ("BAMAKO, 2 février 2026 (AFP) – L'attaque du 29 janvier", ("01-29",)),
        ("mardi vers 10 h", ("tuesday",)),
        ("trois marsouins", ()),
        ("Bloquée depuis samedi. Le ministre des Transports est attendu sur place mercredi.", ("saturday",)),
        ("Shut since Monday; talks with the governor are due on Friday", ("monday",)),
        ("Un convoi attaqué mardi ; le ministre est arrivé mercredi", ("tuesday", "wednesday")),
    ],
)
def test_days_without_a_year_are_kept(text: str, days: tuple[str, ...]):
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Cinq camions détruits, selon RFI.", {"rfi"}),
        ("BAMAKO (AFP) - Une attaque", {"afp"}),
        ("A source told Reuters", {"reuters"}),
        ("L'AFP a constaté la rupture", {"afp"}),
        ("Le monde entier regarde", set()),
        ("Une attaque à Diéma", set()),
    ],
)
def test_citations_are_found(text: str, cited: set[str]):
    assert {outlet.id for outlet in cited_in(text)} == cited


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Selon l'armée, une attaque a été repoussée à Diéma", True),
        ("L'armée malienne annonce avoir repoussé une attaque", True),
        ("D'après l'état-major, trois véhicules ont brûlé", True),
        ("Le JNIM revendique l'attaque de Loulouni", True),
        ("According to the Malian army, the road is cut", True),
        ("The army says it repelled an attack", True),
        ("Le Jnim annonce la levée du blocus de Léré", True),
        ("JNIM announces end of blockade on Léré", True),
        ("La population annonce la levée du blocus", False),
        ("Des hommes armés attaquent un camion à Loulouni", False),
        ("Attaque contre un camp de l'armée à Diéma", False),
        ("L'armée se déploie à Ségou", False),
        ("Selon des transporteurs, la route est coupée", False),
        ("Le gouvernement a annoncé la fermeture de la frontière", False),
    ],
)
def test_who_speaks_for_a_side_makes_a_claim(text: str, claims: bool):  # noqa: FBT001
    assert is_claim(text) is claims


def test_an_outlet_has_one_key_in_any_spelling():
    assert outlet_named("Agence France-Presse") == outlet_named("afp")
    assert outlet_named("Une gazette inconnue") is None
    assert voice_key("Studio-Tamani") == voice_key("studio tamani")


def test_folding_keeps_nothing_but_plain_letters():
    assert fold("  L’ÉTÉ\n à Ségou ") == "l'ete a segou"


@pytest.mark.parametrize(
    "broken",
    [pytest.param({}, id="nothing there"), pytest.param({"day_part": {"night": ["("]}}, id="no expression")],
)
def test_a_broken_lexicon_is_refused(broken: dict[str, object]):
    with pytest.raises(DataError):
        parse_words(broken, {"outlet": []})


def test_the_day_before_a_named_one_is_named_too():
    assert days_in("Le groupe a publié dimanche des images de l'attaque de la veille") == ("saturday", "sunday")
    assert days_in("La veille, rien") == ()


def test_a_night_is_named_by_both_its_days():
    assert days_in("Tués dans la nuit du 18 au 19 juin") == ("06-18", "06-19")
    assert days_in("Killed in the night of 13 to 14 February") == ("02-13", "02-14")
    assert days_in("Du 5 au 28 juin") == ("06-28",)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Six camionneurs sénégalais enlevés", ("senegalese",)),
        ("Senegalese drivers held by gunmen", ("senegalese",)),
        ("Sept Casques bleus togolais tués", ("togolese", "peacekeepers")),
        ("Des orpailleurs tués", ("miners",)),
        ("Gold miners shot dead", ("miners",)),
        ("Trois soldats et deux civils tués", ()),
        ("Grève du Synabef : pompes fermées", ("striking_banks",)),
        ("A walkout by bank, insurance and petrol station staff", ("striking_banks",)),
        ("La grève des chauffeurs de cars", ()),
        ("Un car de la compagnie Sonef incendié", ("company_sonef",)),
        ("Le Synabef salue ses adhérents", ()),
    ],
)
def test_people_whom_the_news_seldom_names_are_noticed(text: str, people: tuple[str, ...]):
    assert people_in(text) == people


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("Une nouvelle attaque à Gossi", True),
        ("Deuxième attaque en une semaine", True),
        ("Bourem de nouveau attaquée", True),
        ("Trois jours après la précédente, quatre camions ont brûlé", True),
        ("Second convoy hit near Gossi", True),
        ("Une mine à Songho, déjà endeuillé vendredi par l'attaque d'un car", True),
        ("The town was attacked again on Monday", True),
        ("Nouveau bilan de l'attaque : 23 morts", False),
        ("Deux jours après, aucun bilan", False),
        ("The new toll is 42", False),
    ],
)
def test_a_new_attack_is_told_from_a_new_toll(text: str, another: bool):  # noqa: FBT001 - a table's column
    assert says_another(text) is another


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Two days after the bus blast, a pick-up hit a mine", True),
        ("A day after deadly assaults on a boat", True),
        ("Deux semaines après, des citernes brûlées", True),
        ("Le 14, quarante camions avaient déjà été détruits", True),
        ("Jeudi, douze camions avaient été incendiés au même endroit", True),
        ("On Tuesday a coach had been destroyed on the same axis", True),
        ("Mardi, un car a été détruit", False),
        ("Trucks waited on Monday, a day after the border was closed", False),
        ("Trois jours après la fermeture de la frontière", False),
        ("The toll had not been given by Tuesday", False),
    ],
)
def test_how_long_after_another_event_is_noticed(text: str, since: bool):  # noqa: FBT001 - a table's column
    assert says_since(text) is since


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Un soldat tué le même jour que le drame de Dallah", True),
        ("Quelques heures après l'explosion d'un car à Dallah", True),
        ("Quelques heures après l'attentat contre la Minusma", True),
        ("Hours after a bus was shot up at Sofara", True),
        ("L'armée avait perdu quatre hommes le matin même", True),
        ("Pendant que le marché était attaqué, une pirogue a été détournée", True),
        ("A bus had been burned there earlier that day", True),
        ("The vehicle had left Sévaré that morning", False),
        ("Le car avait quitté Sévaré le matin même", False),
        ("Quelques heures après l'attaque, des hélicoptères ont survolé la zone", False),
        ("Helicopters were deployed hours after the attack", False),
    ],
)
def test_another_event_of_the_same_day_is_told_from_what_followed(text: str, apart: bool):  # noqa: FBT001 - as above
    assert says_also_that_day(text) is apart


@pytest.mark.parametrize(
    ("text", "amid"),
    [
        ("Trois Indiens enlevés au cours de l'attaque", True),
        ("Enlevés lors de l'assaut mené ce jour-là", True),
        ("Abducted during the raid on the camp", True),
        ("Les assaillants de mardi ont emmené trois Indiens", True),
        ("Enlevés à leur domicile", False),
    ],
)
def test_what_was_done_in_an_attack_is_noticed(text: str, amid: bool):  # noqa: FBT001 - as above
    assert is_amid(text) is amid


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("Bilan provisoire : sept morts", True),
        ("Six blessés ont succombé", True),
        ("At least ten dead", True),
        ("Quatorze morts à Dallah", False),
        ("One soldier died", False),
    ],
)
def test_a_count_that_may_change_is_noticed(text: str, again: bool):  # noqa: FBT001 - as above
    assert recounts(text) is again


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Quatorze passagers ont été tués", ("civilian",)),
        ("Une dizaine de villageois abattus", ("civilian",)),
        ("Four soldiers were injured", ("armed",)),
        ("Trente-trois soldats morts", ("armed",)),
        ("Quatre autres Casques bleus blessés", ("armed",)),
        ("Seven Togolese peacekeepers killed", ("armed",)),
        ("Three soldiers and two civilians died", ("armed", "civilian")),
        ("L'armée a évacué les blessés", ()),
        ("Deux chauffeurs tués", ()),
    ],
)
def test_whom_it_hit_is_counted_by_side(text: str, sides: tuple[str, ...]):
    assert victims_in(text) == sides
