"""Does the reading know what English news writers say in their many ways, and when the same words tell of no road?"""

import pytest

from alerts.reading.model import EventType
from tests.alerts.reading.conftest import Read

TOLD = [
    pytest.param(
        "Attackers hiding in millet fields cut down five Malian gendarmes",
        "The men were caught off guard on the road between Koro and Bankass.",
        EventType.AMBUSH,
        id="attackers-hiding-millet-fields",
    ),
    pytest.param(
        "JNIM claims deadly trap for Wagner fighters near Kidal",
        "The group says dozens of mercenaries fell between Aguelhok and Tessalit.",
        EventType.AMBUSH,
        id="jnim-claims-deadly-trap",
    ),
    pytest.param(
        "Fuel convoy hit again on road to Bamako",
        "At least a dozen tankers were lost between Diéma and Kolokani on Saturday.",
        EventType.ATTACK_ON_CONVOY,
        id="fuel-convoy-hit-again",
    ),
    pytest.param(
        "Gunmen target gas tankers south of Kolondiéba",
        "Several drivers are still missing.",
        EventType.ATTACK_ON_CONVOY,
        id="gunmen-target-gas-tankers",
    ),
    pytest.param(
        "Army logistics convoy struck near Goundam",
        "Jihadists destroyed four vehicles, a military source said.",
        EventType.ATTACK_ON_CONVOY,
        id="army-logistics-convoy-struck",
    ),
    pytest.param(
        "Jihadists prey on lorries between Ségou and Bla",
        "Haulage firms say three trucks were seized this week.",
        EventType.ATTACK_ON_CONVOY,
        id="jihadists-prey-lorries-between",
    ),
    pytest.param(
        "Militants pick off tankers one by one on Mali's Ivorian route",
        "Ten were destroyed near Zégoua over the weekend.",
        EventType.ATTACK_ON_CONVOY,
        id="militants-pick-off-tankers",
    ),
    pytest.param(
        "Militants incinerate three lorries outside Koutiala",
        "The vehicles were carrying cotton.",
        EventType.VEHICLE_BURNING,
        id="militants-incinerate-three-lorries",
    ),
    pytest.param(
        "Armed men set light to a bus between Koutiala and San",
        "They accuse the operator of carrying soldiers.",
        EventType.VEHICLE_BURNING,
        id="armed-men-set-light",
    ),
    pytest.param(
        "Militants set public minibus alight near Djenné",
        "It had ignored an order to stop.",
        EventType.VEHICLE_BURNING,
        id="militants-set-public-minibus",
    ),
    pytest.param(
        "Roadside device claims four lives near Bandiagara",
        "The victims were on a donkey cart.",
        EventType.IED,
        id="roadside-device-claims-four",
    ),
    pytest.param(
        "Truck runs over explosive near Gossi",
        "The driver was blown to bits.",
        EventType.IED,
        id="truck-runs-over-explosive",
    ),
    pytest.param(
        "Soldiers maimed as armoured carrier trips mine near Tessalit",
        "The vehicle was thrown several metres.",
        EventType.IED,
        id="soldiers-maimed-armoured-carrier",
    ),
    pytest.param(
        "Tricycle triggers explosive on Djenné road",
        "Its rider and two children were killed.",
        EventType.IED,
        id="tricycle-triggers-explosive-djenne",
    ),
    pytest.param(
        "Mines sown on road to Farabougou, locals warn",
        "A cart was destroyed on Tuesday.",
        EventType.IED,
        id="mines-sown-road-farabougou",
    ),
    pytest.param(
        "Gunmen whisk away district official near Kolokani",
        "His driver was let go.",
        EventType.KIDNAPPING,
        id="gunmen-whisk-away-district",
    ),
    pytest.param(
        "Two truck crews fall into hands of militants near Zégoua",
        "Their employers are negotiating.",
        EventType.KIDNAPPING,
        id="two-truck-crews-fall",
    ),
    pytest.param(
        "Mayor hauled off by gunmen near Douentza",
        "He was returning from a meeting in Mopti.",
        EventType.KIDNAPPING,
        id="mayor-hauled-off-gunmen",
    ),
    pytest.param(
        "Drivers forced to cough up at rogue roadblocks near Ménaka",
        "Hauliers speak of 100,000 CFA per truck.",
        EventType.CHECKPOINT_EXTORTION,
        id="drivers-forced-cough-up",
    ),
    pytest.param(
        "JNIM fighters check IDs on Koro road",
        "Women without veils were turned back.",
        EventType.CHECKPOINT_EXTORTION,
        id="jnim-fighters-check-ids",
    ),
    pytest.param(
        "Zakat demanded from hauliers on Gossi road",
        "Drivers say it is the price of passage.",
        EventType.CHECKPOINT_EXTORTION,
        id="zakat-demanded-from-hauliers",
    ),
    pytest.param(
        "Women ordered to cover up at militants' barrier near Bandiagara",
        "Buses were let through only after a sermon.",
        EventType.CHECKPOINT_EXTORTION,
        id="women-ordered-cover-up",
    ),
    pytest.param(
        "Armed men levy fees on river boats near Diafarabé",
        "Every pinasse pays.",
        EventType.CHECKPOINT_EXTORTION,
        id="armed-men-levy-fees",
    ),
    pytest.param(
        "Jihadists roll into Diafarabé",
        "Residents hid in their homes as fighters paraded in the streets.",
        EventType.TOWN_ATTACK,
        id="jihadists-roll-into-diafarabe",
    ),
    pytest.param(
        "Fierce gun battle rages outside Kidal",
        "Both sides claimed the upper hand.",
        EventType.ARMED_CLASH,
        id="fierce-gun-battle-rages",
    ),
    pytest.param(
        "Malian troops lock horns with FLA fighters at Tinzaouatène",
        "Casualties are high.",
        EventType.ARMED_CLASH,
        id="malian-troops-lock-horns",
    ),
    pytest.param(
        "Gun duel at Gossi",
        "Two soldiers were hurt, a security source said.",
        EventType.ARMED_CLASH,
        id="gun-duel-gossi",
    ),
    pytest.param(
        "Troops flush out jihadists in forest near Bougouni",
        "Several fighters were killed.",
        EventType.ARMED_CLASH,
        id="troops-flush-out-jihadists",
    ),
    pytest.param(
        "Unmanned aircraft targets gold miners near Ber",
        "Six dead.",
        EventType.AIRSTRIKE,
        id="unmanned-aircraft-targets-gold",
    ),
    pytest.param(
        "Bombs dropped from the air kill herders near Ménaka",
        "A child was among the victims.",
        EventType.AIRSTRIKE,
        id="bombs-dropped-from-air",
    ),
    pytest.param(
        "Turkish-made drone takes out truck near Aguelhok",
        "Three died.",
        EventType.AIRSTRIKE,
        id="turkish-made-drone-takes",
    ),
    pytest.param(
        "Civilians die in bombing by army plane near Tessalit",
        "The army spoke of terrorists.",
        EventType.AIRSTRIKE,
        id="civilians-die-bombing-army",
    ),
    pytest.param(
        "Town of Boni under lockdown by armed groups for a month",
        "No supplies get through.",
        EventType.BLOCKADE,
        id="town-boni-under-lockdown",
    ),
    pytest.param(
        "Extremists bar lorries from road to Ménaka",
        "Prices have doubled.",
        EventType.BLOCKADE,
        id="extremists-bar-lorries-from",
    ),
    pytest.param(
        "Militants tighten noose around Ségou",
        "Trucks are stopped on all roads.",
        EventType.BLOCKADE,
        id="militants-tighten-noose-around",
    ),
    pytest.param(
        "Jihadists cordon off villages near Djenné",
        "Residents cannot reach their fields.",
        EventType.BLOCKADE,
        id="jihadists-cordon-off-villages",
    ),
    pytest.param(
        "Governor bars movement on Mopti-Djenné axis",
        "The measure runs until further notice.",
        EventType.ROAD_CLOSED,
        id="governor-bars-movement-mopti",
    ),
    pytest.param(
        "Span gives way near Bandiagara",
        "A truck plunged through.",
        EventType.BRIDGE_OUT,
        id="span-gives-way-bandiagara",
    ),
    pytest.param(
        "Floods sweep bridge away near Nioro",
        "The road to Mauritania is cut.",
        EventType.BRIDGE_OUT,
        id="floods-sweep-bridge-away",
    ),
    pytest.param(
        "Bridge buckles at Kati", "Only light vehicles may cross.", EventType.BRIDGE_OUT, id="bridge-buckles-kati"
    ),
    pytest.param(
        "Saboteurs target bridges on Mopti road",
        "Two are down.",
        EventType.BRIDGE_OUT,
        id="saboteurs-target-bridges-mopti",
    ),
    pytest.param(
        "Streets awash in Sikasso after cloudburst",
        "Cars were swept off.",
        EventType.FLOOD,
        id="streets-awash-sikasso-after",
    ),
    pytest.param(
        "Houses swept away by rains at Koulikoro", "Six people died.", EventType.FLOOD, id="houses-swept-away-rains"
    ),
    pytest.param(
        "Villages marooned as Niger swells",
        "Relief has not reached Diafarabé.",
        EventType.FLOOD,
        id="villages-marooned-niger-swells",
    ),
    pytest.param(
        "Dumper truck mows down pupils at Kayes", "Three were killed.", EventType.ACCIDENT, id="dumper-truck-mows-down"
    ),
    pytest.param(
        "Crowd bars road with stones near Yanfolila",
        "They are protesting at a gold mine.",
        EventType.STRIKE_PROTEST,
        id="crowd-bars-road-stones",
    ),
    pytest.param(
        "Youth erect barricades in Timbuktu",
        "They denounce blackouts.",
        EventType.STRIKE_PROTEST,
        id="youth-erect-barricades-timbuktu",
    ),
    pytest.param(
        "City brought to standstill by minibus strike in Bamako",
        "Commuters walked.",
        EventType.STRIKE_PROTEST,
        id="city-brought-standstill-minibus",
    ),
    pytest.param(
        "Senegal halts trucks at Kidira",
        "Vehicles bound for Mali are held up.",
        EventType.BORDER_CLOSED,
        id="senegal-halts-trucks-kidira",
    ),
    pytest.param(
        "Frontier off limits at Kadiana",
        "Ivorian troops turn people back.",
        EventType.BORDER_CLOSED,
        id="frontier-off-limits-kadiana",
    ),
    pytest.param(
        "Cross-border traffic suspended at Kouremalé",
        "Guinean authorities cite security.",
        EventType.BORDER_CLOSED,
        id="cross-border-traffic-suspended",
    ),
    pytest.param(
        "Fuel crunch bites in Kayes", "Ambulances are grounded.", EventType.FUEL_SHORTAGE, id="fuel-crunch-bites-kayes"
    ),
    pytest.param(
        "Bamako gas lines grow",
        "Drivers speak of a three-day wait.",
        EventType.FUEL_SHORTAGE,
        id="bamako-gas-lines-grow",
    ),
    pytest.param(
        "Bamako street sellers charge triple for petrol",
        "A bottle costs 2,000 CFA.",
        EventType.FUEL_PRICE,
        id="bamako-street-sellers-charge",
    ),
    pytest.param(
        "Army lifts cordon around Sévaré",
        "Traffic is back to normal.",
        EventType.ESCORT_OR_REOPENING,
        id="army-lifts-cordon-around",
    ),
    pytest.param(
        "Vehicles able to use Konna causeway once more",
        "Waters have fallen.",
        EventType.ESCORT_OR_REOPENING,
        id="vehicles-able-use-konna",
    ),
    pytest.param(
        "Route Ségou-Niono given all-clear",
        "Mines were cleared.",
        EventType.ESCORT_OR_REOPENING,
        id="route-segou-niono-given",
    ),
    pytest.param(
        "Mali troops walk straight into jihadist trap at Sokolo",
        "The military put the losses at nine.",
        EventType.AMBUSH,
        id="mali-troops-walk-straight",
    ),
    pytest.param(
        "Fighters surprise army column near Gossi",
        "They poured fire on the soldiers from a dune.",
        EventType.AMBUSH,
        id="fighters-surprise-army-column",
    ),
    pytest.param(
        "Fuel trucks savaged by gunmen south of Bougouni",
        "Drivers leapt from their cabs and ran.",
        EventType.ATTACK_ON_CONVOY,
        id="fuel-trucks-savaged-gunmen",
    ),
    pytest.param(
        "Army lorry flies into the air as mine goes off near Boulkessi",
        "Four soldiers perished.",
        EventType.IED,
        id="army-lorry-flies-into",
    ),
    pytest.param(
        "Jihadists let go four drivers after forty days",
        "The men were picked up by villagers near Nioro.",
        EventType.KIDNAPPING,
        id="jihadists-let-go-four",
    ),
    pytest.param(
        "Bus stopped, men picked out and led off, on Hombori road",
        "Militants kept twelve travellers.",
        EventType.KIDNAPPING,
        id="bus-stopped-men-picked",
    ),
    pytest.param(
        "Troops driven out of Farabougou camp",
        "Militants filmed themselves inside.",
        EventType.TOWN_ATTACK,
        id="troops-driven-out-farabougou",
    ),
    pytest.param(
        "Jihadists swarm over army base at Soumpi",
        "Soldiers retreated into the bush.",
        EventType.TOWN_ATTACK,
        id="jihadists-swarm-over-army",
    ),
    pytest.param(
        "Lorries cannot get past Konna",
        "A hole has opened in the road.",
        EventType.ROAD_CLOSED,
        id="lorries-cannot-get-past",
    ),
    pytest.param(
        "Bus line to Gao axed over insecurity",
        "Passengers got their money back.",
        EventType.ROAD_CLOSED,
        id="bus-line-gao-axed",
    ),
    pytest.param(
        "Rains wreck 200 homes at Niono", "Three people drowned.", EventType.FLOOD, id="rains-wreck-homes-niono"
    ),
    pytest.param(
        "Van goes over edge near Bandiagara",
        "Five passengers died in the gorge.",
        EventType.ACCIDENT,
        id="van-goes-over-edge",
    ),
    pytest.param(
        "Seven perish as pinasse turns turtle at Mopti",
        "The boat carried too many people.",
        EventType.ACCIDENT,
        id="seven-perish-pinasse-turns",
    ),
    pytest.param(
        "Tyre bursts, bus rolls, 12 dead near Ségou",
        "It was bound for Bamako.",
        EventType.ACCIDENT,
        id="tyre-bursts-bus-rolls",
    ),
    pytest.param(
        "Transport unions call all-out strike in Mopti",
        "No coaches left on Monday.",
        EventType.STRIKE_PROTEST,
        id="transport-unions-call-all",
    ),
    pytest.param(
        "Ségou filling stations bare",
        "Not a litre came in this week.",
        EventType.FUEL_SHORTAGE,
        id="segou-filling-stations-bare",
    ),
    pytest.param(
        "Fuel at last for Mopti", "Twelve tankers came in overnight.", EventType.FUEL_ARRIVAL, id="fuel-last-mopti"
    ),
    pytest.param(
        "Petrol stations open their doors again in Kayes",
        "Supplies came on Monday.",
        EventType.FUEL_ARRIVAL,
        id="petrol-stations-open-their",
    ),
    pytest.param(
        "Zégoua crossing opens once more",
        "The first lorries went over at dawn.",
        EventType.ESCORT_OR_REOPENING,
        id="zegoua-crossing-opens-once",
    ),
    pytest.param(
        "Korioumé ferry sails again",
        "Lorries for Timbuktu are crossing.",
        EventType.ESCORT_OR_REOPENING,
        id="korioume-ferry-sails-again",
    ),
    pytest.param(
        "Rebels take Tessalit camp", "The army pulled out.", EventType.TOWN_ATTACK, id="rebels-take-tessalit-camp"
    ),
    pytest.param(
        "Food trucks bound for Ménaka fall prey to gunmen",
        "The drivers walked home.",
        EventType.ATTACK_ON_CONVOY,
        id="fall-prey",
    ),
    pytest.param(
        "Pick-up blown to shreds outside Hombori", "Nobody survived the blast.", EventType.IED, id="blown-to-shreds"
    ),
    pytest.param("Petrol convoy limps into Bamako", "Motorists rejoice.", EventType.FUEL_ARRIVAL, id="limps-into"),
    pytest.param(
        "First coach in months pulls into Ménaka",
        "Soldiers rode with it.",
        EventType.ESCORT_OR_REOPENING,
        id="first-coach-in-months",
    ),
]


@pytest.mark.parametrize(("title", "summary", "kind"), TOLD)
def test_the_same_event_is_known_in_many_wordings(read: Read, title: str, summary: str, kind: EventType):
    reading = read(title, summary, language="en")
    assert reading.relevant, reading.reason
    assert reading.event_types[0] is kind, reading.because


NO_ROAD = [
    pytest.param("Mali's parliament besieged by lobbyists", "The bill is on royalties.", id="besieged-by-lobbyists"),
    pytest.param("Celebratory gunfire at wedding in Gao", "Nobody was hurt.", id="celebratory-gunfire"),
    pytest.param(
        "Mali's Eagles shot down by Senegal",
        "The visitors strafed the home goal at Bamako.",
        id="mali-eagles-shot-down",
    ),
    pytest.param(
        "Mine blast resistant vehicles delivered to Bamako", "China gave 20 trucks.", id="mine-blast-resistant-vehicles"
    ),
    pytest.param("History: the siege of Ségou in 1861", "How El Hadj Oumar took the city.", id="history-siege-segou"),
    pytest.param(
        "Landmine survivors learn to sew in Mopti", "The workshop is paid by Unicef.", id="landmine-survivors-learn-sew"
    ),
    pytest.param(
        "Lightning kills herder near Bougouni", "A storm swept the village.", id="lightning-kills-herder-bougouni"
    ),
    pytest.param("Explosion of joy in Bamako as Mali win", "Fans flooded the streets.", id="explosion-joy-bamako-mali"),
    pytest.param(
        "Blockade of assets: Mali bank accounts frozen", "The court in Bamako decided.", id="blockade-assets-mali-bank"
    ),
    pytest.param("Hostage drama premieres in Bamako", "The film runs 90 minutes.", id="hostage-drama-premieres-bamako"),
    pytest.param(
        "Sikasso mangoes under attack from fruit flies", "Growers fear losses.", id="sikasso-mangoes-under-attack"
    ),
    pytest.param("Gendarmes seize cocaine at Diboli", "It was hidden in a truck.", id="gendarmes-seize-cocaine-diboli"),
    pytest.param("Water pump runs dry in Koutiala", "Women walk two hours to a well.", id="water-pump-runs-dry"),
    pytest.param("Rangers seize ivory near Gossi", "Two men were held.", id="rangers-seize-ivory-gossi"),
    pytest.param("Stray dogs attack sheep in Kayes", "Herders lost six animals.", id="stray-dogs-attack-sheep"),
    pytest.param(
        "Fishermen wait for high water in Mopti", "The river is low this year.", id="fishermen-wait-high-water"
    ),
    pytest.param("Gas explosion kills family in Bamako", "A bottle leaked.", id="gas-explosion-kills-family"),
    pytest.param(
        "Bailiffs seize buses of bankrupt firm in Bamako",
        "Creditors want their money.",
        id="bailiffs-seize-buses-bankrupt",
    ),
]


@pytest.mark.parametrize(("title", "summary"), NO_ROAD)
def test_the_same_words_of_something_else_raise_no_alarm(read: Read, title: str, summary: str):
    reading = read(title, summary, language="en")
    assert not reading.relevant, reading.reason
