import pytest

from tests.alerts.reading.conftest import Read

RELEVANT = [
    pytest.param(
        "fr",
        "L'essence venue de Niamey applaudie",
        "Trente camions sont arrivés à Gao puis à Sévaré.",
        id="goods-from-abroad",
    ),
    pytest.param(
        "fr",
        "Un convoi entre à Léré sous bonne garde",
        "Les camions ont franchi sans incident le poste de Niafunké.",
        id="arrived-without-incident",
    ),
    pytest.param("fr", "Un camion-citerne brûlé près de Niéna", "", id="tanker-burned"),
    pytest.param("fr", "Kolondiéba : la route de Kadiana coupée par les eaux", "", id="road-cut-by-water"),
    pytest.param(
        "fr", "Plus une goutte d'essence à Koulikoro", "Les stations sont vides depuis mardi.", id="pumps-empty"
    ),
    pytest.param("en", "Gunmen open fire on bus near Hombori", "", id="bus-shot-at"),
    pytest.param("en", "Bridge washed away between Kita and Bafoulabé", "", id="bridge-washed-away"),
    pytest.param("en", "Drivers' strike paralyses the Bamako-Kayes road", "", id="drivers-strike"),
    pytest.param("fr", "Des voyageurs détroussés à un faux barrage vers Konna", "", id="travellers-robbed"),
    pytest.param("fr", "Farabougou coupé du monde depuis onze jours", "Des hommes armés cernent le village.", id="cup"),
    pytest.param(
        "fr",
        "Sept Casques bleus togolais tués par un engin explosif",
        "Leur convoi allait de Douentza à Sévaré.",
        id="nationality-of-victims",
    ),
    pytest.param(
        "fr",
        "Communiqué n°45 de l'état-major",
        "L'état-major informe l'opinion nationale qu'une attaque a visé le poste de Sokolo.",
        id="not-an-opinion",
    ),
    pytest.param(
        "fr",
        "Lomé rend hommage à ses soldats de la Minusma",
        "Leur véhicule avait sauté dimanche sur une mine entre Douentza et Sévaré.",
        id="homage-to-those-just-killed",
    ),
    pytest.param(
        "fr",
        "« Le car roulait trop vite », dit un rescapé",
        "Soigné à Sikasso, il raconte la chute du car mardi à Koumantou, qui a fait 31 morts.",
        id="a-survivor-tells",
    ),
    pytest.param("en", "Mali in mourning for 132 slain civilians", "The killings took place at Bankass.", id="slain"),
]
NOT_RELEVANT = [
    pytest.param(
        "fr",
        "Brive : un scooter percuté avenue de Sikasso",
        "L'automobiliste n'aurait pas cédé le passage. La circulation a été coupée.",
        id="a-street",
    ),
    pytest.param("fr", "Niger : embuscade entre Boni et Torodi", "Des soldats sont morts.", id="a-namesake-abroad"),
    pytest.param("en", "Profile: a chief of Ansongo", "He was twice reported dead by the army.", id="a-life"),
    pytest.param(
        "fr", "Il y a onze ans, la prise de Gao", "Un témoin se souvient de la chute du camp.", id="years-ago"
    ),
    pytest.param("en", "Gao two clear at the turn", "A birdie put him ahead before flooding halted play.", id="golf"),
    pytest.param(
        "fr",
        "Kita : des motards à l'école",
        "On y parle vitesse et causes d'accident à moto.",
        id="causes-of-accidents",
    ),
    pytest.param(
        "en",
        "What the new force means for Mali",
        "Whether that is enough to reopen the roads of the north is another question.",
        id="an-open-question",
    ),
    pytest.param("fr", "Nampala, dix ans déjà", "Le camp avait été pris d'assaut en juillet.", id="ten-years-on"),
    pytest.param(
        "fr",
        "Vérification : ces citernes en flammes n'ont pas été filmées au Mali",
        "La vidéo d'un convoi brûlé près de Kayes montre en fait un incendie.",
        id="a-fact-check",
    ),
    pytest.param(
        "fr", "Accident à Boni : un car se renverse", "Il allait de Bobo-Dioulasso à Ouagadougou.", id="a-namesake-town"
    ),
    pytest.param("fr", "Trois Maliens morts dans un accident de car en Côte d'Ivoire", "", id="malians-hurt-abroad"),
    pytest.param(
        "fr", "La classe politique prise en otage, selon l'opposition malienne", "", id="hostage-as-a-figure-of-speech"
    ),
    pytest.param(
        "fr",
        "Guinée : un camion tombe dans un ravin sur la route de Mali",
        "L'accident s'est produit dans la préfecture de Mali.",
        id="a-town-called-mali",
    ),
    pytest.param(
        "en", "Convoy hit by roadside bomb near Boni forest", "Al-Shabaab is suspected in Lamu.", id="another-war"
    ),
    pytest.param(
        "en", "Guinea: bus crash near Siguiri", "It was on its way to Bamako when a tyre burst.", id="bound-here"
    ),
    pytest.param(
        "fr", "Un convoi de citernes attaqué près de Dori", "Le Burkina Faso déplore dix morts.", id="burkina"
    ),
    pytest.param("en", "Soldiers ambushed near Tillabéri", "Niger's army said the attackers fled to Mali.", id="niger"),
    pytest.param("fr", "RN1 : collision mortelle à Kaffrine", "Deux cars venaient de Dakar.", id="another-rn1"),
    pytest.param("en", "Gao Feng jailed after convoy crash in China", "", id="a-surname"),
    pytest.param("fr", "Le Stade malien a attaqué d'entrée à Kati", "Le match s'est joué dimanche.", id="football"),
    pytest.param("fr", "« Bamako », le film, repasse en salle", "Un tribunal, une attaque, un village.", id="film"),
    pytest.param("fr", "Aucun convoi n'a été attaqué à Sikasso, selon l'armée", "", id="denied"),
    pytest.param("en", "No ambush took place near Konna, army says", "", id="denied-in-english"),
    pytest.param("fr", "Le JNIM menace de bloquer la route de Ségou", "", id="threat"),
    pytest.param("en", "A fuel convoy could be attacked near Bougouni, embassy warns", "", id="warning"),
    pytest.param("fr", "Il y a un an, l'attaque de Sénou", "Les familles se souviennent.", id="anniversary"),
    pytest.param("fr", "Les magistrats en grève à Bamako", "Les audiences sont suspendues.", id="another-strike"),
    pytest.param("fr", "Sortie de promotion à Kati", "Les officiers rejoignent leurs unités.", id="ceremony"),
    pytest.param(
        "en", "Barrick resumes gold shipments from Loulo", "The blockade on its gold ended Monday.", id="mining"
    ),
]


@pytest.mark.parametrize(("language", "title", "summary"), RELEVANT)
def test_what_stops_or_endangers_traffic_is_news(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert reading.relevant, reading.reason


@pytest.mark.parametrize(("language", "title", "summary"), NOT_RELEVANT)
def test_what_only_sounds_like_it_is_not(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert not reading.relevant, reading.reason


@pytest.mark.parametrize(
    ("title", "relevant"),
    [
        pytest.param("Conakry ferme la frontière à Kourémalé", True, id="a-neighbour-shuts-our-side"),
        pytest.param("Le Burkina Faso ferme sa frontière à Faramana", True, id="the-town-across"),
        pytest.param("La Guinée ferme sa frontière avec la Sierra Leone", False, id="another-border"),
        pytest.param("Bénin : la frontière avec le Niger fermée à Malanville", False, id="far-away"),
    ],
)
def test_a_border_shut_is_news_where_it_is_a_border_of_mali(read: Read, title: str, *, relevant: bool):
    assert read(title).relevant is relevant


def test_no_fuel_is_a_shortage_and_no_denial(read: Read):
    assert read("No fuel at the pumps in Mopti", language="en").relevant
    assert read("Pas de carburant à Mopti depuis lundi").relevant
    assert not read("No fuel shortage in Mopti, governor says", language="en").relevant


def test_old_news_told_again_is_not_news(read: Read):
    title, summary = "Un convoi brûlé à Loulouni", "L'attaque a eu lieu le 5 octobre 2025."
    assert read(title, summary, published="2025-10-07").relevant
    assert not read(title, summary, published="2026-03-01").relevant


def test_a_convoy_to_come_is_no_event(read: Read):
    assert not read(
        "Deux cents citernes partiront vendredi de Zégoua", "Le convoi sera escorté jusqu'à Bamako."
    ).relevant


def test_the_reason_names_what_decided(read: Read):
    assert "sport" in read("Football : attaque en règle des Aigles à Bamako").reason
    assert "burkina" in read("Un convoi attaqué à Djibo, au Burkina Faso").reason


FEARED = [
    pytest.param("fr", "Les camionneurs appréhendent une embuscade entre Kita et Kayes", "", id="apprehend"),
    pytest.param("en", "Bus companies brace for attacks on the Ségou road", "", id="brace-for"),
    pytest.param("en", "Drivers terrified of being kidnapped near Konna", "", id="terrified"),
    pytest.param(
        "fr",
        "Route Kayes-Bamako : les transporteurs craignent des attaques",
        "Le syndicat craint de nouvelles attaques sur la route Kayes-Bamako et demande des mesures.",
        id="hauliers-fear-attacks",
    ),
    pytest.param(
        "fr",
        "Route Kayes-Bamako : la peur des attaques",
        "Les chauffeurs redoutent une attaque entre Diéma et Sandaré.",
        id="fear-of-attacks",
    ),
    pytest.param("fr", "Les voyageurs ont peur d'une embuscade entre Niono et Diabaly", "", id="travellers-afraid"),
    pytest.param(
        "fr",
        "La hantise des enlèvements sur la route de Sévaré",
        "Les passagers disent craindre que des hommes armés n'attaquent les cars.",
        id="dread-of-abductions",
    ),
    pytest.param(
        "fr", "Par crainte d'attaques, des chauffeurs demandent une escorte à Kita", "", id="escort-asked-out-of-fear"
    ),
    pytest.param(
        "fr",
        "Diéma : le spectre d'une attaque contre les camions",
        "Les commerçants craignaient une attaque avant la foire.",
        id="spectre",
    ),
    pytest.param("fr", "Les habitants de Sokolo s'inquiètent d'une attaque du village", "", id="villagers-worry"),
    pytest.param(
        "fr", "Les routiers craignent de se faire attaquer près de Bougouni", "", id="drivers-fear-being-attacked"
    ),
    pytest.param(
        "en",
        "Hauliers fear attacks on the Kayes-Bamako road",
        "The union fears new attacks on convoys and asks for escorts.",
        id="hauliers-fear",
    ),
    pytest.param("en", "Drivers dread an ambush between Diéma and Sandaré", "", id="drivers-dread"),
    pytest.param("en", "Fearful of attacks, truckers ask for escorts to Kayes", "", id="fearful-of"),
    pytest.param("en", "Attack fears grip truckers on the Kayes road", "", id="attack-fears"),
    pytest.param("en", "Bus passengers afraid of ambushes near Niono", "", id="passengers-afraid"),
    pytest.param("en", "Villagers worried about an attack on Sokolo", "", id="villagers-worried"),
    pytest.param(
        "en", "Dread of kidnappings on the Sévaré road", "Traders live in fear of an ambush near Konna.", id="dread-of"
    ),
    pytest.param("en", "Concerns over attacks on lorries near Bougouni", "", id="concerns-over"),
    pytest.param("fr", "San : la peur d'attaques sur la RN6", "", id="fear-on-the-rn6"),
    pytest.param("fr", "Transporteurs de Mopti : « nous redoutons une embuscade »", "", id="we-fear"),
    pytest.param(
        "fr", "Les chauffeurs craignent que leurs camions ne soient brûlés près de Diéma", "", id="lorries-might-burn"
    ),
    pytest.param("en", "Fear of ambush on the Gao-Ansongo road keeps buses at the depot", "", id="fear-keeps-buses-in"),
    pytest.param("en", "Truckers say they fear being attacked near Kayes", "", id="fear-being-attacked"),
]
WERE_IT_CUT = [
    pytest.param("fr", "Imaginez la route Bla-San coupée : quelles solutions ?", "", id="imagine"),
    pytest.param(
        "fr",
        "Si la route Bla-San est coupée, que faire ?",
        "Les usagers s'inquiètent : une coupure de la route Bla-San aggraverait la pénurie.",
        id="if-the-road-is-cut",
    ),
    pytest.param(
        "fr",
        "Que se passerait-il si la RN6 était coupée à San ?",
        "Une fermeture de la route entraînerait une hausse des prix.",
        id="what-would-happen",
    ),
    pytest.param("fr", "La route Bla-San risque-t-elle d'être coupée ?", "", id="risks-being-cut"),
    pytest.param(
        "fr", "Une fermeture de la route de Kayes provoquerait une pénurie de carburant à Bamako", "", id="would-cause"
    ),
    pytest.param(
        "fr",
        "Et si une crue emportait le pont de Kouoro ?",
        "La coupure de la route paralyserait Sikasso.",
        id="what-if-a-flood",
    ),
    pytest.param("fr", "Une coupure de la route Douentza-Gao ferait flamber les prix", "", id="would-raise-prices"),
    pytest.param(
        "fr",
        "La fermeture de la route Ségou-Niono serait une catastrophe, disent les riziculteurs",
        "",
        id="would-be-a-disaster",
    ),
    pytest.param("fr", "Un blocage de l'axe Sikasso-Bamako priverait la capitale de carburant", "", id="would-deprive"),
    pytest.param(
        "en",
        "What if the Bla-San road is cut?",
        "A closure of the Bla-San road would worsen the shortage.",
        id="what-if",
    ),
    pytest.param("en", "A closed Bla-San road would cause shortages", "", id="would-cause-en"),
    pytest.param("en", "Should the Kayes road be cut, what then?", "", id="should-the"),
    pytest.param(
        "en",
        "If the Sikasso road were closed, traders ask, who would pay?",
        "Closing the road would lead to queues.",
        id="if-closed",
    ),
    pytest.param("en", "If the RN6 is blocked at San prices would soar", "", id="if-it-is-blocked"),
    pytest.param("fr", "Une coupure de l'axe Bla-San obligerait les cars à passer par Koutiala", "", id="would-oblige"),
]
ON_THE_PITCH = [
    pytest.param("en", "Gao crush Timbuktu 3-0 after early assault", "They attacked at once in Gao.", id="a-score"),
    pytest.param(
        "fr",
        "Diéma : l'assaut de l'équipe locale",
        "L'équipe de Diéma a attaqué d'entrée et s'est imposée face à Kayes lundi.",
        id="local-team",
    ),
    pytest.param("fr", "L'équipe de Niono attaque d'entrée et s'incline face à Ségou", "", id="team-loses"),
    pytest.param(
        "fr",
        "Kita : belle victoire face à Kayes",
        "Les locaux ont attaqué sans relâche à Kita devant leur public.",
        id="victory-over",
    ),
    pytest.param(
        "fr",
        "Le club de Gao s'est imposé face à Tombouctou",
        "Il a attaqué le camp adverse à Gao dès la reprise.",
        id="club-wins",
    ),
    pytest.param(
        "fr",
        "Koutiala : l'équipe visiteuse repoussée",
        "L'équipe de San a attaqué en vain à Koutiala.",
        id="visiting-team",
    ),
    pytest.param("fr", "L'équipe de Sikasso a attaqué à Bougouni et ouvert le score", "", id="opened-the-score"),
    pytest.param(
        "en",
        "Home side attack from the start at Kita",
        "The team from Kita attacked and beat Kayes on Monday.",
        id="home-side",
    ),
    pytest.param(
        "en", "Niono: the local team's assault", "The visitors' defence was under attack at Niono.", id="local-team-en"
    ),
    pytest.param("en", "Visiting side attacked in Gao and opened the scoring", "", id="visiting-side"),
    pytest.param("en", "Late attack in Sikasso brings an equaliser", "", id="equaliser"),
    pytest.param(
        "fr", "L'équipe de Ségou s'est imposée face à San après un assaut final", "", id="wins-after-an-assault"
    ),
]
STILL_NEWS = [
    pytest.param("en", "Fears grow after gunmen burn trucks near Diéma", "", id="fears-grow-after"),
    pytest.param(
        "fr",
        "L'armée appréhende des assaillants après l'attaque d'un car à Niono",
        "Le car a été attaqué lundi.",
        id="arrests",
    ),
    pytest.param(
        "fr",
        "Deux camions brûlés à Diéma, les transporteurs craignent d'autres attaques",
        "",
        id="burned-and-more-feared",
    ),
    pytest.param(
        "fr",
        "Attaque contre un convoi à Diéma : la peur gagne les chauffeurs",
        "Trois citernes ont brûlé lundi.",
        id="attack-and-fear",
    ),
    pytest.param(
        "fr",
        "Un car attaqué près de Niono, les passagers redoutent d'autres attaques",
        "",
        id="bus-attacked-more-feared",
    ),
    pytest.param(
        "fr",
        "Les habitants de Sokolo fuient par peur de représailles",
        "Le village a été attaqué mardi par des hommes armés.",
        id="flee-out-of-fear",
    ),
    pytest.param(
        "fr", "Les chauffeurs bloquent la route de Kayes par crainte d'attaques", "", id="road-blocked-out-of-fear"
    ),
    pytest.param("en", "Two lorries burned at Diéma as drivers fear more attacks", "", id="burned-as-drivers-fear"),
    pytest.param("en", "Bus attacked near Niono, travellers dread more", "", id="attacked-dread-more"),
    pytest.param("en", "Truckers ambushed near Diéma fear more raids", "", id="ambushed-fear-more"),
    pytest.param(
        "en",
        "Villagers flee Sokolo after attack, fearing more",
        "Gunmen attacked Sokolo on Tuesday and killed six.",
        id="flee-fearing",
    ),
    pytest.param(
        "fr", "La peur d'une pénurie provoque de longues files devant les stations à Kayes", "", id="fear-causes-queues"
    ),
    pytest.param(
        "fr", "La route Bla-San coupée par les eaux, ce qui aggraverait la pénurie", "", id="cut-which-would-worsen"
    ),
    pytest.param(
        "fr", "La route Bla-San est coupée : que faire ?", "Les usagers passent par Koutiala.", id="cut-what-to-do"
    ),
    pytest.param("en", "Bla-San road cut by floods, which would worsen the shortage", "", id="cut-would-worsen"),
    pytest.param("fr", "L'attaque d'un car à Niono aurait fait dix morts", "", id="hearsay-of-the-dead"),
    pytest.param("en", "Mali: road closed at San, what now?", "", id="closed-what-now"),
    pytest.param("fr", "Une équipe de vaccination attaquée près de Niono", "", id="vaccinators"),
    pytest.param("fr", "Une équipe de MSF attaquée sur la route de Douentza", "", id="medical-team"),
    pytest.param("fr", "Une équipe d'ouvriers attaquée entre Bla et San", "", id="workers"),
    pytest.param("fr", "Une équipe de la Croix-Rouge attaquée près de Gao", "", id="aid-team"),
    pytest.param(
        "fr",
        "Attaque de Diéma : l'armée s'est imposée face à l'ennemi",
        "Un convoi a été attaqué lundi près de Diéma.",
        id="army-prevails",
    ),
    pytest.param("en", "Aid team attacked on the road to Douentza", "", id="aid-team-en"),
    pytest.param(
        "fr",
        "Les habitants de Diéma s'inquiètent de l'attaque de lundi contre un convoi",
        "",
        id="worry-over-a-real-one",
    ),
    pytest.param("fr", "Une équipe locale de MSF attaquée près de Niono", "", id="local-msf"),
    pytest.param(
        "fr",
        "Le président s'incline devant les victimes de l'attaque",
        "Un convoi a été attaqué lundi près de Diéma, faisant dix morts.",
        id="bows",
    ),
    pytest.param("fr", "Il s'agirait d'une attaque contre un car à Niono, trois morts", "", id="hearsay-attack"),
    pytest.param(
        "fr",
        "Embuscade meurtrière près de Bougouni : les routiers craignent le pire",
        "Quatre chauffeurs ont été tués.",
        id="fear-the-worst",
    ),
    pytest.param("en", "Mali: convoy attacked near Kita, raising fears of shortages", "", id="raising-fears"),
    pytest.param("en", "Attack on bus near Konna stokes fears", "", id="stokes-fears"),
]


@pytest.mark.parametrize(("language", "title", "summary"), FEARED)
def test_what_is_feared_has_not_happened(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert not reading.relevant, reading.reason


@pytest.mark.parametrize(("language", "title", "summary"), WERE_IT_CUT)
def test_what_would_follow_from_a_closed_road_closes_none(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert not reading.relevant, reading.reason


@pytest.mark.parametrize(("language", "title", "summary"), ON_THE_PITCH)
def test_an_attack_on_the_pitch_is_none(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert not reading.relevant, reading.reason


@pytest.mark.parametrize(("language", "title", "summary"), STILL_NEWS)
def test_what_happened_is_news_though_more_is_feared(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert reading.relevant, reading.reason
