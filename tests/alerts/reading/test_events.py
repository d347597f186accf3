import pytest

from alerts.reading.model import EventType
from tests.alerts.reading.conftest import Read

MAIN = [
    pytest.param("fr", "Un convoi militaire saute sur une mine à Boni", EventType.IED, id="mine"),
    pytest.param(
        "fr", "Des citernes attaquées par des hommes armés à Loulouni", EventType.ATTACK_ON_CONVOY, id="tankers"
    ),
    pytest.param("fr", "Une patrouille tombe dans une embuscade à Dioura", EventType.AMBUSH, id="ambush"),
    pytest.param("fr", "Trois voyageurs enlevés près de Bankass", EventType.KIDNAPPING, id="kidnapping"),
    pytest.param("fr", "Le camp de Nampala attaqué à l'aube", EventType.TOWN_ATTACK, id="camp"),
    pytest.param("fr", "Violents combats entre l'armée et les rebelles à Kidal", EventType.ARMED_CLASH, id="fighting"),
    pytest.param("fr", "Frappe de drone à Tinzaouaten", EventType.AIRSTRIKE, id="drone"),
    pytest.param("fr", "Diafarabé sous blocus depuis trois mois", EventType.BLOCKADE, id="blockade"),
    pytest.param("fr", "Le blocus de Diafarabé levé", EventType.ESCORT_OR_REOPENING, id="blockade-lifted"),
    pytest.param("fr", "Le pont de Songho dynamité", EventType.BRIDGE_OUT, id="bridge"),
    pytest.param("fr", "La route rouverte entre Koro et Bankass", EventType.ESCORT_OR_REOPENING, id="reopened"),
    pytest.param("fr", "La frontière fermée à Zégoua", EventType.BORDER_CLOSED, id="border"),
    pytest.param("fr", "Le carburant de nouveau disponible à Mopti", EventType.FUEL_ARRIVAL, id="fuel-back"),
    pytest.param("fr", "Pénurie d'essence à Mopti", EventType.FUEL_SHORTAGE, id="shortage"),
    pytest.param("fr", "Mali : le litre d'essence passe à 875 FCFA", EventType.FUEL_PRICE, id="price"),
    pytest.param("fr", "Deux camions se percutent à Fana", EventType.ACCIDENT, id="accident"),
    pytest.param("fr", "Inondations à Niono : des quartiers sous les eaux", EventType.FLOOD, id="flood"),
    pytest.param("fr", "Gana Transport a repris ses départs vers Nioro", EventType.ESCORT_OR_REOPENING, id="line-back"),
    pytest.param("en", "Fuel convoy attacked near Bougouni", EventType.ATTACK_ON_CONVOY, id="convoy-in-english"),
    pytest.param("en", "Bus hits landmine near Bankass", EventType.IED, id="mine-in-english"),
    pytest.param(
        "en", "Gunmen abduct bus passengers near Koro, Mali", EventType.KIDNAPPING, id="kidnapping-in-english"
    ),
    pytest.param("en", "Militants capture army base at Farabougou", EventType.TOWN_ATTACK, id="base-in-english"),
    pytest.param("en", "Truckers go on strike in Gao", EventType.STRIKE_PROTEST, id="strike-in-english"),
    pytest.param("en", "Long queues at petrol stations in Ségou amid shortage", EventType.FUEL_SHORTAGE, id="queues"),
    pytest.param("en", "Militants ban fuel imports into Mali", EventType.FUEL_IMPORT_BAN, id="import-ban"),
    pytest.param(
        "en", "Sonef bus company resumes operations to Gao after halt", EventType.ESCORT_OR_REOPENING, id="line-resumes"
    ),
    pytest.param("en", "Trucks pile up at Zegoua, border closed", EventType.BORDER_CLOSED, id="no-pile-up"),
    pytest.param("en", "Road between Gao and Ansongo reopens", EventType.ESCORT_OR_REOPENING, id="reopened-in-english"),
]


@pytest.mark.parametrize(("language", "title", "kind"), MAIN)
def test_the_main_type_stands_first(read: Read, language: str, title: str, kind: EventType):
    assert read(title, language=language).event_types[0] is kind


ON_SALE = [
    pytest.param("fr", "L'essence revient à Bamako, longues files et vente limitée", "", id="queues-and-rations"),
    pytest.param("fr", "Longues files à la pompe à Bamako", "L'essence est de nouveau en vente.", id="queues-in-title"),
    pytest.param("fr", "Kayes : le carburant est de retour, mais rationné", "", id="rationed"),
    pytest.param("fr", "Bamako : vente limitée, mais le gasoil est disponible", "", id="limited-first"),
    pytest.param("fr", "Mopti : les stations-service rouvrent, longues files", "", id="stations-reopen"),
    pytest.param("fr", "Pénurie de carburant à Bamako : la vente reprend", "", id="shortage-in-the-same-breath"),
    pytest.param("en", "Petrol back on sale in Bamako, with long queues", "", id="queues-in-english"),
    pytest.param(
        "en", "Long queues at Bamako pumps", "Petrol is on sale again, ten litres each.", id="title-in-english"
    ),
    pytest.param("en", "Fuel rationed in Segou as diesel is available again", "", id="rationed-in-english"),
    pytest.param("en", "Fuel returns to Bamako but drivers queue for hours", "", id="returns"),
]


@pytest.mark.parametrize(("language", "title", "summary"), ON_SALE)
def test_fuel_on_sale_again_is_the_news_whatever_the_queue(read: Read, language: str, title: str, summary: str):
    assert read(title, summary, language=language).event_types[0] is EventType.FUEL_ARRIVAL


STILL_SHORT = [
    pytest.param("fr", "La pénurie de carburant revient à Bamako", id="the-shortage-is-back"),
    pytest.param("fr", "Les files d'attente reviennent devant les stations de Bamako", id="the-queues-are-back"),
    pytest.param("fr", "L'essence n'est toujours pas disponible à Mopti, longues files", id="not-available"),
    pytest.param("fr", "L'essence n'est plus en vente à Mopti", id="no-longer-on-sale"),
    pytest.param("fr", "L'essence sera de nouveau en vente lundi à Bamako, longues files", id="announced"),
    pytest.param("fr", "Pénurie de carburant à Bamako : les élèves reviennent en classe", id="pupils-are-back"),
    pytest.param("fr", "Longues files devant les stations de Bamako, des citernes arrivées samedi", id="tankers-only"),
    pytest.param("en", "Fuel shortage returns to Bamako", id="the-shortage-is-back-in-english"),
    pytest.param("en", "Mali fuel crisis: students return to school in Bamako", id="students-are-back"),
    pytest.param("en", "Petrol no longer available in Mopti, long queues", id="not-available-in-english"),
    pytest.param("en", "Fuel only on the black market in Mopti, pumps dry", id="black-market"),
]


@pytest.mark.parametrize(("language", "title"), STILL_SHORT)
def test_a_shortage_is_not_read_as_fuel_on_sale(read: Read, language: str, title: str):
    assert read(title, language=language).event_types[0] is EventType.FUEL_SHORTAGE


TWINS = [
    pytest.param(
        "fr",
        "Un bus se renverse à Fana",
        "Fana : les chauffeurs de bus révisent le code de la route",
        EventType.ACCIDENT,
        id="accident-or-road-safety",
    ),
    pytest.param(
        "fr",
        "Inondations à Gao : trois rues sous l'eau",
        "Gao : des dons aux sinistrés des inondations",
        EventType.FLOOD,
        id="flood-or-help",
    ),
    pytest.param(
        "fr",
        "La route de Kadiana emportée par la crue",
        "La feuille de route du gouverneur de Sikasso emporte l'adhésion",
        EventType.FLOOD,
        id="washed-away-or-a-phrase",
    ),
    pytest.param(
        "fr",
        "Les camionneurs de Kayes en grève",
        "Les camionneurs de Kayes déposent un préavis de grève",
        EventType.STRIKE_PROTEST,
        id="strike-or-notice",
    ),
    pytest.param(
        "fr",
        "Des jeunes barrent la route de Ségou à Fana",
        "Des jeunes nettoient la route de Ségou à Fana",
        EventType.STRIKE_PROTEST,
        id="barricade-or-broom",
    ),
    pytest.param(
        "fr",
        "Des miliciens exigent 2 000 francs par moto à Bankass",
        "La mairie de Bankass fixe la taxe sur les motos à 2 000 francs",
        EventType.CHECKPOINT_EXTORTION,
        id="extortion-or-tax",
    ),
    pytest.param(
        "fr",
        "Le litre de gasoil passe à 800 francs à Gao",
        "Le litre de lait passe à 800 francs à Gao",
        EventType.FUEL_PRICE,
        id="fuel-or-milk",
    ),
    pytest.param(
        "en",
        "Coach rams parked lorry at Fana",
        "Gao drivers learn to handle skids and burst tyres",
        EventType.ACCIDENT,
        id="crash-or-course",
    ),
    pytest.param(
        "en",
        "Ferry at Korioumé out of order, Timbuktu lorries wait",
        "Ferry at Korioumé to get new engines next year",
        EventType.ROAD_CLOSED,
        id="ferry-broken-or-bought",
    ),
    pytest.param(
        "en",
        "Kayes hauliers walk off the job",
        "Kayes hauliers shelve strike plan",
        EventType.STRIKE_PROTEST,
        id="strike-or-plan",
    ),
    pytest.param(
        "en",
        "Blockade of Boni comes to an end",
        "UN envoy flies to Boni",
        EventType.ESCORT_OR_REOPENING,
        id="lifting-or-visit",
    ),
    pytest.param(
        "fr",
        "Une pinasse chavire près de Tonka, six morts",
        "Une pinasse chavire au large de Dakar, six Maliens morts",
        EventType.ACCIDENT,
        id="on-the-river-or-at-sea",
    ),
    pytest.param(
        "en",
        "Dozens drown as boat hits rocks near Diré",
        "Boat race near Diré draws dozens",
        EventType.ACCIDENT,
        id="boat-lost-or-raced",
    ),
    pytest.param(
        "fr",
        "Couvre-feu de nuit à Gao",
        "Couvre-feu de nuit à Ouagadougou",
        EventType.OTHER,
        id="curfew-here-or-abroad",
    ),
    pytest.param(
        "fr",
        "Zégoua : les douaniers observent un arrêt de travail",
        "Zégoua : les douaniers reçoivent un nouveau directeur",
        EventType.STRIKE_PROTEST,
        id="customs-strike-or-head",
    ),
    pytest.param(
        "fr",
        "Diboli : les agents sénégalais ne laissent passer que les vivres, camions maliens à la frontière",
        "Diboli : les agents sénégalais laissent passer une course de vélos",
        EventType.BORDER_CLOSED,
        id="some-pass-or-racers-pass",
    ),
    pytest.param(
        "fr",
        "Yanfolila : les citernes n'arrivent plus",
        "Yanfolila : les cigognes n'arrivent plus",
        EventType.FUEL_SHORTAGE,
        id="tankers-or-storks",
    ),
    pytest.param(
        "en",
        "Jihadists blow up bridge near Bandiagara",
        "Painters brighten up bridge near Bandiagara",
        EventType.BRIDGE_OUT,
        id="bridge-blown-up-or-painted",
    ),
    pytest.param(
        "fr",
        "Accident de Fana : le bilan passe à 17 morts",
        "Accident domestique à Fana : 17 poules mortes",
        EventType.ACCIDENT,
        id="toll-of-a-crash-or-hens",
    ),
    pytest.param(
        "en",
        "Pumps run dry in Kayes",
        "Wells run dry in Kayes",
        EventType.FUEL_SHORTAGE,
        id="pumps-or-wells",
    ),
]


@pytest.mark.parametrize(("language", "news", "other", "kind"), TWINS)
def test_an_obstacle_is_told_from_what_only_uses_its_words(
    read: Read, language: str, news: str, other: str, kind: EventType
):
    assert read(news, language=language).event_types[0] is kind
    assert not read(other, language=language).relevant


CALLS = [
    pytest.param("fr", "Boni : les notables appellent à la levée du blocus", id="a-call"),
    pytest.param("fr", "Le blocus de Boni n'est toujours pas levé", id="not-yet"),
    pytest.param("en", "Imam calls for the blockade of Boni to be lifted", id="a-call-in-english"),
    pytest.param("en", "Boni still under blockade, talks on lifting it go on", id="talks"),
]


@pytest.mark.parametrize(("language", "title"), CALLS)
def test_a_call_to_lift_a_blockade_is_no_lifting(read: Read, language: str, title: str):
    assert EventType.ESCORT_OR_REOPENING not in read(title, "Mali.", language=language).event_types


def test_an_attack_on_a_convoy_is_not_also_one_on_the_town(read: Read):
    assert EventType.TOWN_ATTACK not in read("Un convoi de citernes attaqué près de Bougouni").event_types


def test_the_end_of_a_blockade_is_no_blockade(read: Read):
    assert EventType.BLOCKADE not in read("Le blocus de Boni a été levé samedi").event_types
    assert EventType.BLOCKADE in read("Le blocus de Boni n'est pas levé", "La ville est assiégée.").event_types


def test_a_strike_after_an_attack_is_a_strike(read: Read):
    reading = read("Gao : les chauffeurs en grève après l'attaque d'un camion")
    assert reading.event_types == (EventType.STRIKE_PROTEST,)


def test_an_assault_rifle_is_no_assault(read: Read):
    assert not read("Kayes : un trafiquant arrêté au poste avec des fusils d'assaut").relevant


def test_the_trail_says_which_words_decided(read: Read):
    trail = " / ".join(read("Un bus attaqué à Konna", "Deux passagers sont morts lundi.").because)
    assert "bus" in trail
    assert "à Konna" in trail
    assert "lundi" in trail


ALL_TYPES = [
    pytest.param(
        "fr",
        "Mondoro : le camp encore visé",
        "Vingt soldats sont morts dans l'attaque du camp, où des véhicules piégés ont été employés.",
        {EventType.TOWN_ATTACK, EventType.IED},
        id="car-bombs-at-a-camp",
    ),
    pytest.param(
        "fr",
        "Douze militaires tués à Bamba",
        "Des terroristes ont attaqué le camp jeudi. L'aviation a poursuivi les assaillants.",
        {EventType.TOWN_ATTACK},
        id="aircraft-that-come-to-help",
    ),
    pytest.param(
        "fr",
        "Deux gendarmes tués à Soumpi",
        "Des hommes à moto ont attaqué le poste de la ville et sont repartis avec un véhicule et des armes.",
        {EventType.TOWN_ATTACK},
        id="a-vehicle-carried-off",
    ),
    pytest.param(
        "fr",
        "Cent villageois tués autour de Bankass",
        "Des hommes armés ont envahi la commune, brûlant les cases et emmenant le bétail.",
        {EventType.TOWN_ATTACK},
        id="a-herd-is-no-hostage",
    ),
    pytest.param("fr", "Bamba aux mains des jihadistes", "", {EventType.TOWN_ATTACK}, id="a-town-taken"),
    pytest.param(
        "fr",
        "Djiguibombo : une noce vire au drame",
        "Les assaillants ont encerclé la fête, près de Bandiagara, et tiré sur les convives.",
        {EventType.TOWN_ATTACK},
        id="surrounded-for-an-hour",
    ),
    pytest.param(
        "fr",
        "Cinq gendarmes tués dans l'attaque d'un convoi à Kwala",
        "Quatre véhicules détruits, dit l'armée.",
        {EventType.ATTACK_ON_CONVOY},
        id="destroyed-is-not-burned",
    ),
    pytest.param(
        "en",
        "Army column hits roadside bomb near Gossi, Mali",
        "The resupply column was on its way to Hombori.",
        {EventType.IED, EventType.ATTACK_ON_CONVOY},
        id="supplies",
    ),
    pytest.param(
        "en",
        "Six Senegalese drivers held by gunmen near Diema",
        "They were forced off the road on Thursday on their way to Bamako.",
        {EventType.KIDNAPPING},
        id="forced-off-the-road",
    ),
    pytest.param(
        "en",
        "Gunmen rob bus passengers near Konna",
        "Two of them were beaten on Sunday.",
        {EventType.CHECKPOINT_EXTORTION},
        id="robbed-and-beaten",
    ),
    pytest.param(
        "en",
        "Niger's gift of fuel reaches Bamako",
        "The tankers came under escort. They are meant to ease a shortage caused by attacks on lorries.",
        {EventType.FUEL_ARRIVAL, EventType.ESCORT_OR_REOPENING, EventType.FUEL_SHORTAGE},
        id="a-shortage-that-ends",
    ),
    pytest.param(
        "fr",
        "Plus un camion n'arrive à Tombouctou",
        "Depuis que le JNIM a déclaré le blocus, la semaine dernière, rien ne vient d'Algérie.",
        {EventType.BLOCKADE},
        id="since-last-week",
    ),
    pytest.param(
        "fr",
        "Sadiola isolée de Kayes par la montée des eaux",
        "Le radier est submergé depuis lundi.",
        {EventType.FLOOD, EventType.ROAD_CLOSED},
        id="a-ford-under-water",
    ),
    pytest.param(
        "en",
        "Youths block RN7 at Bougouni",
        "Tyres were burning at both entrances, holding up coaches.",
        {EventType.STRIKE_PROTEST, EventType.ROAD_CLOSED},
        id="burning-tyres",
    ),
    pytest.param(
        "fr",
        "Koutiala : les pompistes en grève",
        "Depuis lundi, toutes les stations-service de la ville sont fermées.",
        {EventType.STRIKE_PROTEST, EventType.FUEL_SHORTAGE},
        id="pumps-on-strike",
    ),
    pytest.param("fr", "À Ménaka, l'essence a triplé", "Le litre est à 2 000.", {EventType.FUEL_PRICE}, id="tripled"),
    pytest.param(
        "fr",
        "Deux morts dans un accident de car à Fana",
        "Un camion-citerne est entré en collision avec le car. La route est rouverte à la circulation.",
        {EventType.ACCIDENT},
        id="after-an-accident",
    ),
    pytest.param(
        "fr",
        "Koro : trois soldats tués après l'assaut mené contre une escorte",
        "Des renforts sont arrivés de Bankass.",
        {EventType.ATTACK_ON_CONVOY},
        id="the-dead-after-an-assault",
    ),
    pytest.param(
        "fr",
        "Ségou : la RN6 barrée par des jeunes en colère",
        "Ils dénoncent les braquages sur l'axe de Bla.",
        {EventType.STRIKE_PROTEST, EventType.ROAD_CLOSED},
        id="protest-against-hold-ups",
    ),
    pytest.param(
        "en",
        "Lorries set on fire near Hombori",
        "The sacks of rice were carried off by gunmen on Monday.",
        {EventType.VEHICLE_BURNING},
        id="goods-carried-off",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "kinds"), ALL_TYPES)
def test_what_belongs_to_an_event_is_told_from_what_only_goes_with_it(
    read: Read, language: str, title: str, summary: str, kinds: set[EventType]
):
    assert set(read(title, summary, language=language).event_types) == kinds


SECONDARY = [
    pytest.param(
        "en",
        "Night curfew begins in Kayes region",
        "Nobody may drive after 9 pm in the region, where militants raided towns at the start of the month.",
        EventType.OTHER,
        id="curfew-not-the-raids",
    ),
    pytest.param(
        "en",
        "Gunmen attack gendarmerie school in Bamako",
        "Shots rang out on Tuesday. Commuters were turned back at roadblocks.",
        EventType.TOWN_ATTACK,
        id="school-not-the-commuters",
    ),
    pytest.param(
        "fr",
        "Axe Bamako-Kayes : cinquième jour de blocage",
        "Des jeunes réclament une route digne de ce nom. Les stations de Kayes commencent à manquer d'essence.",
        EventType.STRIKE_PROTEST,
        id="protest-not-the-shortage",
    ),
    pytest.param(
        "en",
        "Coach rams lorry at Fana",
        "Firefighters needed two hours to free those trapped on Sunday.",
        EventType.ACCIDENT,
        id="firefighters-do-not-fight",
    ),
    pytest.param(
        "en",
        "Army column brings food to besieged Boni, Mali",
        "Forty lorries came in under escort on Friday.",
        EventType.ESCORT_OR_REOPENING,
        id="food-got-through-not-the-siege",
    ),
    pytest.param(
        "fr",
        "Assaut contre le camp de Nampala",
        "Les assaillants ont été repoussés mardi. Le convoi de renfort est arrivé dans la matinée.",
        EventType.TOWN_ATTACK,
        id="camp-not-the-relief-convoy",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "kind"), SECONDARY)
def test_what_is_mentioned_by_the_way_does_not_lead(
    read: Read, language: str, title: str, summary: str, kind: EventType
):
    assert read(title, summary, language=language).event_types[0] is kind
