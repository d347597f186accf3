"""Do the French lists know the many ways one event is worded, and what only sounds like one?"""

import pytest

from alerts.reading.model import EventType
from tests.alerts.reading.conftest import Read

WORDED = [
    pytest.param(
        "Neuf soldats fauchés près de Nampala",
        "Leur patrouille est tombée nez à nez avec des combattants.",
        EventType.AMBUSH,
        id="neuf-soldats-fauches-pres",
    ),
    pytest.param(
        "Des gros porteurs escortés par l'armée visés près de Loulouni",
        "Six chauffeurs portés disparus.",
        EventType.ATTACK_ON_CONVOY,
        id="gros-porteurs-escortes-armee",
    ),
    pytest.param(
        "Deux bus de Sonef passés par le feu",
        "Des hommes armés les ont arrêtés entre Gao et Labbezanga.",
        EventType.VEHICLE_BURNING,
        id="deux-bus-sonef-passes",
    ),
    pytest.param(
        "Camions de marchandises détruits par le feu près de Bafoulabé",
        "L'acte est attribué à des hommes armés.",
        EventType.VEHICLE_BURNING,
        id="camions-marchandises-detruits-feu",
    ),
    pytest.param(
        "Un camion frigorifique et un minicar flambent vers Niéna",
        "Des hommes cagoulés y ont bouté le feu.",
        EventType.VEHICLE_BURNING,
        id="camion-frigorifique-minicar-flambent",
    ),
    pytest.param(
        "Une mine éventre un pick-up près de Kidal",
        "Deux blessés graves ont été évacués.",
        EventType.IED,
        id="mine-eventre-pick-pres",
    ),
    pytest.param(
        "Un député arraché à son véhicule vers Nioro",
        "On ignore tout de son sort.",
        EventType.KIDNAPPING,
        id="depute-arrache-son-vehicule",
    ),
    pytest.param(
        "Ils descendent les hommes du car et repartent avec eux",
        "Les femmes ont pu regagner Macina.",
        EventType.KIDNAPPING,
        id="ils-descendent-hommes-car",
    ),
    pytest.param(
        "Check-points sauvages entre Kidal et Tessalit",
        "Les chauffeurs paient à chaque cordon.",
        EventType.CHECKPOINT_EXTORTION,
        id="check-points-sauvages-entre",
    ),
    pytest.param(
        "Un poste de douane visé à Hérémakono",
        "Un agent tué, la barrière incendiée.",
        EventType.TOWN_ATTACK,
        id="poste-douane-vise-heremakono",
    ),
    pytest.param(
        "Violents combats aux abords de Tinzawatène",
        "Des hélicoptères survolaient la zone.",
        EventType.ARMED_CLASH,
        id="violents-combats-aux-abords",
    ),
    pytest.param(
        "Heurts armés à Goundam",
        "Les commerces ont baissé leurs rideaux.",
        EventType.ARMED_CLASH,
        id="heurts-armes-goundam",
    ),
    pytest.param(
        "Un drone pilonne un véhicule à Tinzawatène",
        "Des civils figurent parmi les victimes.",
        EventType.AIRSTRIKE,
        id="drone-pilonne-vehicule-tinzawatene",
    ),
    pytest.param(
        "Diafarabé encerclé : les habitants crient famine",
        "Aucune pirogue n'accoste.",
        EventType.BLOCKADE,
        id="diafarabe-encercle-habitants-crient",
    ),
    pytest.param(
        "Plus rien ne passe vers Gao",
        "Des groupes armés ont ordonné l'arrêt des transports.",
        EventType.BLOCKADE,
        id="rien-passe-vers-gao",
    ),
    pytest.param(
        "La route Kayes-Yélimané n'est plus carrossable",
        "Seules les motos passent encore.",
        EventType.ROAD_CLOSED,
        id="route-kayes-yelimane-est",
    ),
    pytest.param(
        "Le pont de Ouo saute", "La charge explosive a ouvert un trou béant.", EventType.BRIDGE_OUT, id="pont-ouo-saute"
    ),
    pytest.param(
        "Pneus brûlés sur la RN5",
        "Les habitants de Siby protestent contre la mine.",
        EventType.STRIKE_PROTEST,
        id="pneus-brules-rn5",
    ),
    pytest.param(
        "Émeute à Kéniéba",
        "Des jeunes en furie ont érigé des barricades.",
        EventType.STRIKE_PROTEST,
        id="emeute-kenieba",
    ),
    pytest.param(
        "Gogui : les camions bloqués au poste-frontière",
        "La Mauritanie a suspendu le passage.",
        EventType.BORDER_CLOSED,
        id="gogui-camions-bloques-poste",
    ),
    pytest.param(
        "Hérémakono : le poste de douane ferme",
        "Les voyageurs sont refoulés.",
        EventType.BORDER_CLOSED,
        id="heremakono-poste-douane-ferme",
    ),
    pytest.param(
        "Files interminables à Zégoua",
        "La Côte d'Ivoire n'autorise plus l'entrée des citernes.",
        EventType.BORDER_CLOSED,
        id="files-interminables-zegoua",
    ),
    pytest.param(
        "Bamako en panne sèche",
        "Les files s'étirent sur des kilomètres.",
        EventType.FUEL_SHORTAGE,
        id="bamako-panne-seche",
    ),
    pytest.param(
        "Du carburant enfin à Mopti",
        "Un convoi a livré dix camions.",
        EventType.FUEL_ARRIVAL,
        id="carburant-enfin-mopti",
    ),
    pytest.param(
        "Arrivage de citernes à Bougouni",
        "Les taximen se frottent les mains.",
        EventType.FUEL_ARRIVAL,
        id="arrivage-citernes-bougouni",
    ),
    pytest.param(
        "Le super renchérit à Kidal",
        "Le bidon de 20 litres est passé à 40 000.",
        EventType.FUEL_PRICE,
        id="super-rencherit-kidal",
    ),
    pytest.param(
        "Les liaisons de bus Bamako-Gao reprennent",
        "Les compagnies ont reçu des garanties.",
        EventType.ESCORT_OR_REOPENING,
        id="liaisons-bus-bamako-gao",
    ),
    pytest.param(
        "La voie est libre à Diéma",
        "Le camion renversé a été dégagé.",
        EventType.ESCORT_OR_REOPENING,
        id="voie-est-libre-diema",
    ),
    pytest.param(
        "Sous bonne garde, 200 camions quittent Kayes",
        "L'armée les accompagne jusqu'à Bamako.",
        EventType.ESCORT_OR_REOPENING,
        id="sous-bonne-garde-200",
    ),
    pytest.param(
        "Découverte de corps au bord de la route à Ségou",
        "Trois dépouilles ont été trouvées ligotées.",
        EventType.OTHER,
        id="decouverte-corps-bord-route",
    ),
    pytest.param(
        "Un infirmier abattu au volant sur la piste de Youwarou",
        "Ses agresseurs ont pris la fuite.",
        EventType.AMBUSH,
        id="infirmier-abattu-volant-piste",
    ),
    pytest.param(
        "L'escorte de l'armée accrochée à hauteur de Didiéni",
        "Plusieurs citernes ont été endommagées.",
        EventType.ATTACK_ON_CONVOY,
        id="escorte-armee-accrochee-hauteur",
    ),
    pytest.param(
        "À Ténenkou, on ne mange plus que du riz",
        "Les djihadistes bloquent la ville depuis quarante jours.",
        EventType.BLOCKADE,
        id="tenenkou-mange-que-riz",
    ),
    pytest.param(
        "Tronçon sectionné entre Sandaré et Kayes",
        "Le passage est impossible.",
        EventType.ROAD_CLOSED,
        id="troncon-sectionne-entre-sandare",
    ),
    pytest.param(
        "Les voyageurs cloués à la gare de Sévaré",
        "Tous les départs vers Douentza sont suspendus.",
        EventType.ROAD_CLOSED,
        id="voyageurs-cloues-gare-sevare",
    ),
    pytest.param(
        "La crue a eu raison du ponceau de Niéna",
        "Il a été emporté dans la nuit.",
        EventType.BRIDGE_OUT,
        id="crue-raison-ponceau-niena",
    ),
    pytest.param(
        "Embardée fatale d'un minibus vers Konobougou",
        "Quatre passagers sont morts.",
        EventType.ACCIDENT,
        id="embardee-fatale-minibus-vers",
    ),
    pytest.param(
        "Mali : les routiers déposent les clés à Kayes",
        "Ils dénoncent l'insécurité.",
        EventType.STRIKE_PROTEST,
        id="mali-routiers-deposent-cles",
    ),
    pytest.param(
        "Une soixantaine de citernes ont touché Bamako",
        "Elles venaient de Sénou, sous escorte.",
        EventType.FUEL_ARRIVAL,
        id="soixantaine-citernes-ont-touche",
    ),
    pytest.param(
        "L'essence hors de prix à Tombouctou",
        "Le litre frôle les 1 800 francs.",
        EventType.FUEL_PRICE,
        id="essence-hors-prix-tombouctou",
    ),
    pytest.param(
        "Mali : le JNIM bannit toute citerne venant du Sénégal",
        "La consigne a été diffusée dans une vidéo.",
        EventType.FUEL_IMPORT_BAN,
        id="mali-jnim-bannit-toute",
    ),
    pytest.param(
        "« Aucune citerne ne passera » : les djihadistes menacent les importateurs au Mali",
        "Le blocus vise Kayes et Nioro.",
        EventType.FUEL_IMPORT_BAN,
        id="aucune-citerne-passera-djihadistes",
    ),
    pytest.param(
        "Mopti : des voyageurs dévalisés en plein jour à Fatoma",
        "Les malfrats avaient barré la route avec des troncs.",
        EventType.CHECKPOINT_EXTORTION,
        id="mopti-voyageurs-devalises-plein",
    ),
    pytest.param(
        "Youwarou : la base militaire prise puis abandonnée par les assaillants",
        "L'armée a repris le camp.",
        EventType.TOWN_ATTACK,
        id="youwarou-base-militaire-prise",
    ),
    pytest.param(
        "Des civils périssent sous les bombes à Tinzaouaten",
        "Le mouvement rebelle accuse l'armée.",
        EventType.AIRSTRIKE,
        id="civils-perissent-sous-bombes",
    ),
    pytest.param(
        "Le pont de Farako cassé en deux",
        "Les habitants franchissent le marigot en pirogue.",
        EventType.BRIDGE_OUT,
        id="pont-farako-casse-deux",
    ),
    pytest.param(
        "Le gasoil se fait désirer à Mopti",
        "Les bateaux restent à quai.",
        EventType.FUEL_SHORTAGE,
        id="gasoil-fait-desirer-mopti",
    ),
    pytest.param(
        "Un engin éventre un autocar à Bandiagara", "Huit morts.", EventType.IED, id="engin-eventre-autocar-bandiagara"
    ),
    pytest.param(
        "Boni : le blindé de tête projeté en l'air par une charge",
        "Trois soldats sont morts.",
        EventType.IED,
        id="boni-blinde-tete-projete",
    ),
    pytest.param(
        "Trois gendarmes fauchés à la sortie de Tominian",
        "Ils tombent sous les rafales d'hommes à moto.",
        EventType.AMBUSH,
        id="trois-gendarmes-fauches-sortie",
    ),
    pytest.param(
        "L'escorte n'a rien pu faire",
        "Le convoi de Kita a été taillé en pièces par les djihadistes.",
        EventType.ATTACK_ON_CONVOY,
        id="escorte-rien-faire",
    ),
    pytest.param(
        "Ils sont partis avec le marabout de Sarro",
        "Des hommes armés l'ont embarqué sur une moto.",
        EventType.KIDNAPPING,
        id="ils-sont-partis-avec",
    ),
    pytest.param(
        "Les bandits font les poches des passagers à Konobougou",
        "Ils avaient barré la route avec une corde.",
        EventType.CHECKPOINT_EXTORTION,
        id="bandits-font-poches-passagers",
    ),
    pytest.param(
        "Rude empoignade à l'arme lourde à Ménaka",
        "L'EIS et les milices se disputent la zone.",
        EventType.ARMED_CLASH,
        id="rude-empoignade-arme-lourde",
    ),
    pytest.param(
        "À Nara au Mali, l'oued charrie des voitures",
        "La pluie n'a pas cessé de la nuit.",
        EventType.FLOOD,
        id="nara-mali-oued-charrie",
    ),
    pytest.param(
        "Un sotrama se disloque contre un mur à Bamako",
        "Onze blessés.",
        EventType.ACCIDENT,
        id="sotrama-disloque-contre-mur",
    ),
    pytest.param(
        "Le goudron tue encore à Fana",
        "Deux cars se sont rentrés dedans.",
        EventType.ACCIDENT,
        id="goudron-tue-encore-fana",
    ),
    pytest.param(
        "On pousse sa moto à San au Mali",
        "Plus une station ne sert.",
        EventType.FUEL_SHORTAGE,
        id="pousse-moto-san-mali",
    ),
    pytest.param(
        "L'essence vaut de l'or à Ansongo",
        "Le litre se monnaie 2 000 francs.",
        EventType.FUEL_PRICE,
        id="essence-vaut-ansongo",
    ),
]


@pytest.mark.parametrize(("title", "summary", "kind"), WORDED)
def test_an_event_is_known_however_it_is_worded(read: Read, title: str, summary: str, kind: EventType):
    assert read(title, summary).event_types[:1] == (kind,)


SOUNDS_LIKE = [
    pytest.param(
        "La BCEAO resserre l'étau sur le crédit",
        "Les banques maliennes respirent moins.",
        id="bceao-resserre-etau-credit",
    ),
    pytest.param(
        "Bombardement de Gaza : une marche de soutien à Bamako",
        "Un millier de fidèles ont défilé.",
        id="bombardement-gaza-marche-soutien",
    ),
    pytest.param(
        "Théâtre : « Le pont s'écroule » joué à Ségou", "La troupe était ovationnée.", id="theatre-pont-ecroule-joue"
    ),
    pytest.param(
        "Sports : le Réal de Bamako en panne sèche",
        "Les attaquants n'ont plus marqué depuis quatre matches.",
        id="sports-real-bamako-panne",
    ),
    pytest.param(
        "Les prix des véhicules d'occasion flambent à Bamako",
        "Les concessionnaires invoquent le dollar.",
        id="prix-vehicules-occasion-flambent",
    ),
    pytest.param(
        "L'éboulement d'une mine fait dix morts à Kéniéba",
        "Les orpailleurs travaillaient dans une galerie.",
        id="eboulement-mine-fait-dix",
    ),
    pytest.param(
        "Explosion du nombre de cas de dengue à Bamako",
        "Les centres de santé sont débordés.",
        id="explosion-nombre-cas-dengue",
    ),
    pytest.param(
        "La voie est libre pour une prolongation de la Transition", "Le CNT a voté à Bamako.", id="voie-est-libre-pour"
    ),
    pytest.param(
        "Le pont de la mine de Sadiola inauguré",
        "Le ministre des Mines a coupé le ruban.",
        id="pont-mine-sadiola-inaugure",
    ),
    pytest.param(
        "Un nouveau pont sur le Bani à Djenné",
        "L'eau coule sous l'ouvrage depuis lundi.",
        id="nouveau-pont-bani-djenne",
    ),
    pytest.param(
        "Les usagers attendent un geste d'EDM à Bamako", "Les factures ont augmenté.", id="usagers-attendent-geste-edm"
    ),
    pytest.param(
        "Le bétail malade décimé par la fièvre à Ménaka",
        "Les éleveurs appellent au secours.",
        id="betail-malade-decime-fievre",
    ),
    pytest.param(
        "Rafales de vent et poussière à Gao", "Mali-Météo invite à la prudence.", id="rafales-vent-poussiere-gao"
    ),
    pytest.param(
        "Des pluies s'abattent sur le cercle de Kita", "Les paysans s'en réjouissent.", id="pluies-abattent-cercle-kita"
    ),
    pytest.param(
        "Les stations de radio de Ségou en grève",
        "Elles exigent le paiement de leur subvention.",
        id="stations-radio-segou-greve",
    ),
    pytest.param(
        "Bamako étouffe sous la chaleur", "Le thermomètre a dépassé 43 degrés.", id="bamako-etouffe-sous-chaleur"
    ),
    pytest.param(
        "Sit-in des médecins devant le ministère à Bamako",
        "Ils réclament des primes.",
        id="sit-medecins-devant-ministere",
    ),
    pytest.param(
        "Ville morte : un roman noir signé par un auteur de Gao",
        "L'ouvrage paraît en janvier.",
        id="ville-morte-roman-noir",
    ),
    pytest.param(
        "Le train reprend la ligne Bamako-Kayes",
        "Le ministre a salué la relance du rail.",
        id="train-reprend-ligne-bamako",
    ),
    pytest.param(
        "La campagne « zéro accident » lancée à Sikasso",
        "Les chauffeurs ont reçu des casques.",
        id="campagne-zero-accident-lancee",
    ),
    pytest.param(
        "Ils ont tiré la sonnette d'alarme sur le manque d'eau à Kidal",
        "Les forages tarissent.",
        id="ils-ont-tire-sonnette",
    ),
    pytest.param(
        "Des chasseurs dozos célèbrent leur fête à Koutiala",
        "Des coups de feu rituels ont retenti.",
        id="chasseurs-dozos-celebrent-leur",
    ),
    pytest.param(
        "Le Djoliba neutralisé par le Stade malien",
        "Un partout, balle au centre.",
        id="djoliba-neutralise-stade-malien",
    ),
    pytest.param(
        "Un chef terroriste jugé à Bamako",
        "Il nie avoir participé à l'attaque de Konna.",
        id="chef-terroriste-juge-bamako",
    ),
    pytest.param(
        "Les orpailleurs illégaux délogés à Kangaba",
        "Le préfet a fait détruire les machines.",
        id="orpailleurs-illegaux-deloges-kangaba",
    ),
]


@pytest.mark.parametrize(("title", "summary"), SOUNDS_LIKE)
def test_words_of_another_sense_raise_no_alarm(read: Read, title: str, summary: str):
    assert not read(title, summary).relevant
