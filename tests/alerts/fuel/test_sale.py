"""Is fuel that one can buy told from fuel that only arrived, or is still to come?"""

import pytest

from alerts.fuel.sale import says_on_sale


@pytest.mark.parametrize(
    "text",
    [
        "Le carburant est de nouveau en vente à Bamako",
        "L'essence revient à Bamako, la prudence reste",
        "Les pompes de Bamako sont de nouveau alimentées",
        "Les stations rouvrent à Mopti après l'arrivée de 40 citernes",
        "Fuel back on sale in Bamako",
        "Sixty tankers reach Sévaré, pumps reopen in Mopti",
        "Petrol is available again in Segou",
        "Bamako : le gasoil est disponible dans les stations ce matin",
        "Les files d'attente diminuent devant les stations de Bamako",
        "Queues at the pumps get shorter in Bamako",
        "Carburant de retour à Bamako",
        "Fuel sales resume in Kayes",
        "Stations servies à Ségou",
        "L'essence de nouveau disponible à Sikasso après l'arrivée de citernes",
        "On trouve à nouveau du carburant à Nioro",
        "Retour à la normale dans les stations de Bamako",
        "La distribution de carburant a repris à Kayes",
        "Filling stations reopen in Bamako as tankers arrive",
        "Queues melt away in Kayes. Petrol has been plentiful since Sunday",
        "Kita: 40 tankers home. Two stations reopened at once.",
        "The shortage is over, fuel is back on sale",
    ],
)
def test_fuel_that_one_can_buy_is_on_sale(text: str):
    assert says_on_sale(text)


@pytest.mark.parametrize(
    "text",
    [
        "82 citernes de carburant sont arrivées hier soir",
        "Plus de 300 camions-citernes arrivés à Bamako jeudi",
        "Des camions-citernes sont entrés à Kayes hier sous escorte militaire",
        "Fuel trucks reached Bamako last night via Bougouni",
        "Bamako : carburant, une cinquantaine de remorques sont entrées dans la ville hier",
        "Fuel tankers arrive in Bamako under escort",
        "2 millions de litres de gasoil reçus à Sikasso hier",
        "Un premier bateau de carburant est arrivé à Mopti",
        "Arrivée à Bamako de 150 camions de carburant escortés par l'armée",
        "Du carburant est arrivé à Gao par la route de Labbezanga hier",
        "Les dépôts de Bamako à nouveau remplis après l'arrivée de citernes hier",
        "Bamako ravitaillée par 82 citernes",
        "Les citernes sont de retour à Bamako",
        "Fuel convoys are back in Bamako",
        "Le carburant sera de nouveau disponible lundi dans les stations",
        "Fuel back on sale in Bamako tomorrow, government promises",
        "L'essence bientôt de retour à Mopti",
        "Le carburant n'est plus disponible",
        "40 citernes sont disponibles à Kati",
        "Sixty tankers reach Sévaré",
        "La pénurie est de retour à Bamako, longues files",
        "Une cargaison de gasoil livrée à Kayes",
        "A barge with diesel reached Gao",
        "Le gouvernement promet du carburant dans les stations",
        "Les stations seront servies dans 48 heures",
        "carburant arrivé à Kayes",
        "Bamako supplied with 200 tankers of fuel",
    ],
)
def test_fuel_that_came_or_is_to_come_is_not(text: str):
    assert not says_on_sale(text)
