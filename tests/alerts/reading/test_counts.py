import pytest

from tests.alerts.reading.conftest import Read

DEATHS = [
    pytest.param("fr", "Trois morts dans l'attaque d'un bus à Konna", 3, id="words"),
    pytest.param("fr", "Un bus attaqué à Konna : 25 civils tués", 25, id="figures"),
    pytest.param("fr", "Plus de vingt morts dans l'attaque d'un bus à Konna", 20, id="more-than"),
    pytest.param("fr", "Une trentaine de morts dans l'attaque d'un bus à Konna", 30, id="about"),
    pytest.param("fr", "Entre dix et quinze morts dans l'attaque d'un bus à Konna", 10, id="range"),
    pytest.param("fr", "Des dizaines de morts dans l'attaque d'un bus à Konna", None, id="dozens"),
    pytest.param("fr", "Vingt et un morts dans l'attaque d'un bus à Konna", 21, id="twenty-one"),
    pytest.param("fr", "L'attaque d'un bus à Konna a tué deux chauffeurs et un apprenti", 3, id="sum"),
    pytest.param("fr", "Un bus attaqué à Konna : le chauffeur a été tué", 1, id="the-driver"),
    pytest.param("fr", "Convoi attaqué à Konna : dix assaillants tués", None, id="attackers"),
    pytest.param("fr", "Convoi attaqué à Konna : dix assaillants et deux soldats tués", 2, id="both-sides"),
    pytest.param("fr", "Bus attaqué à Konna : six morts, dont deux enfants, et neuf blessés", 6, id="parts"),
    pytest.param("fr", "Bus attaqué à Konna, aucune victime", 0, id="none"),
    pytest.param("fr", "Bus attaqué à Konna, à 20 km de Sévaré", None, id="kilometres"),
    pytest.param("en", "At least 11 killed as bus is attacked at Konna", 11, id="at-least"),
    pytest.param("en", "Attack on bus at Konna kills five", 5, id="kills"),
    pytest.param("en", "Dozens dead as bus is attacked at Konna", None, id="dozens-in-english"),
    pytest.param("en", "Bus attacked at Konna, no casualties", 0, id="none-in-english"),
    pytest.param("en", "Two soldiers and nine attackers killed in Konna ambush", 2, id="both-sides-in-english"),
    pytest.param("en", "Driver and apprentice killed in attack on bus at Konna", 2, id="bare-pair"),
    pytest.param("en", "Nurse killed as bus hits mine at Konna", 1, id="bare-one"),
    pytest.param("en", "Mother and two children killed in attack on bus at Konna", 3, id="bare-and-counted"),
    pytest.param("fr", "Mari et femme tués dans l'attaque d'un bus à Konna", 2, id="bare-pair-in-french"),
]
FURTHER_DEATHS = [
    pytest.param("fr", "Le bilan de l'attaque passe à 17 morts.", 17, id="toll"),
    pytest.param("fr", "Le bilan passe de 12 à 15 morts.", 15, id="toll-from-to"),
    pytest.param("fr", "Bilan : 4 morts, 12 blessés.", 4, id="toll-behind-a-colon"),
    pytest.param("fr", "Bilan : 12 blessés.", None, id="toll-of-wounded"),
    pytest.param("fr", "Neuf corps ont été repêchés dans le fleuve.", 9, id="bodies"),
    pytest.param("fr", "L'attaque a coûté la vie au chauffeur et à son apprenti.", 2, id="cost-the-lives"),
    pytest.param("fr", "Un commerçant, sa femme, leur fille et le chauffeur ont péri.", 4, id="list"),
    pytest.param("fr", "Le chef du village et deux de ses conseillers ont été égorgés.", 3, id="list-with-a-number"),
    pytest.param(
        "fr", "Dix personnes sont mortes dans l'attaque d'un bus, dont six assaillants.", 4, id="attackers-among"
    ),
    pytest.param("fr", "L'armée dit avoir neutralisé vingt terroristes et déplore trois morts.", 3, id="own-dead"),
    pytest.param("fr", "Deux obus se sont abattus sur le bus, blessant un soldat.", None, id="shells-fall"),
    pytest.param("fr", "Trois orpailleurs ont été abattus.", 3, id="people-fall"),
    pytest.param("fr", "Une mine tue cinq passagers du bus.", 5, id="a-mine-kills"),
    pytest.param("fr", "Les FAMa ont perdu six hommes.", 6, id="lost-men"),
    pytest.param("fr", "Treize civils, pour la plupart des femmes, ont été massacrés.", 13, id="a-remark-between"),
    pytest.param("fr", "Une ONG réclame une enquête sur les civils tués.", None, id="an-inquiry-is-no-victim"),
    pytest.param("fr", "On ne déplore aucune victime.", 0, id="none-deplored"),
    pytest.param(
        "fr", "Le groupe dit avoir tué vingt soldats. L'armée parle de onze morts.", None, id="claim-disputed"
    ),
    pytest.param("en", "The death toll has risen to 17.", 17, id="toll-in-english"),
    pytest.param("en", "Two more bodies were found, bringing the death toll to nine.", 9, id="toll-before-more"),
    pytest.param("en", "Nine bodies were pulled from the river.", 9, id="bodies-in-english"),
    pytest.param("en", "A patient, her husband, a nurse and the driver died.", 4, id="list-in-english"),
    pytest.param("en", "The attack claimed the lives of a teacher and her two children.", 3, id="claimed-lives"),
    pytest.param("en", "Two passengers, a mother and her baby, did not survive.", 2, id="named-once-more"),
    pytest.param("en", "A bomb killed the driver and wounded his apprentice.", 1, id="one-wounded"),
    pytest.param("en", "Ten people died, six of them assailants.", 4, id="attackers-among-in-english"),
    pytest.param("en", "The army mourns three men; the rebels say they lost two.", 3, id="mourned"),
    pytest.param("en", "It left 300 passengers stranded.", None, id="left-stranded"),
    pytest.param("en", "Up to 40 people may have died.", 40, id="may-is-no-month"),
    pytest.param("en", "No one was killed.", 0, id="no-one"),
    pytest.param("en", "No civilian died.", 0, id="no-civilian"),
    pytest.param("en", "Drivers were released. No casualties.", 0, id="a-word-of-its-own"),
    pytest.param("fr", "Quinze des quarante passagers ont péri.", 15, id="so-many-of"),
    pytest.param("fr", "Sur les 40 passagers, 12 sont morts.", 12, id="of-so-many"),
    pytest.param("fr", "Le conducteur, âgé de 35 ans, est mort sur le coup.", 1, id="age"),
    pytest.param("fr", "1 200 personnes ont fui et 4 sont mortes.", 4, id="fled-and-died"),
    pytest.param("fr", "Quatre membres d'une même famille sont morts.", 4, id="family"),
    pytest.param("fr", "Le chauffeur a succombé à ses blessures.", 1, id="succumbed"),
    pytest.param("en", "Fifteen of the forty passengers perished.", 15, id="so-many-of-in-english"),
    pytest.param("en", "Of the 40 passengers, 12 died.", 12, id="of-so-many-in-english"),
    pytest.param("en", "The driver, 35, died on the spot.", 1, id="age-in-english"),
    pytest.param("en", "An eight-year-old child was killed.", 1, id="age-before"),
    pytest.param("en", "1,200 people fled and four died.", 4, id="fled-and-died-in-english"),
    pytest.param("en", "Four members of one family died.", 4, id="family-in-english"),
    pytest.param("en", "At least a dozen people died.", 12, id="a-dozen"),
    pytest.param("en", "Two passengers were shot dead, three days after the ambush at Boni.", 2, id="dated-by-another"),
    pytest.param(
        "fr", "Un second berger a rendu l'âme, portant à deux le nombre de morts.", 2, id="toll-behind-its-number"
    ),
    pytest.param("fr", "Un deuxième passager est mort à l'hôpital.", 2, id="the-second-to-die"),
    pytest.param(
        "fr", "L'infirmier et la parturiente qu'il accompagnait ont été tués sur le coup.", 2, id="a-remark-on-the-last"
    ),
    pytest.param("fr", "Un homme et son épouse ont été abattus à moto.", 2, id="shot-together"),
    pytest.param("fr", "Un couple a été tué.", 2, id="couple"),
    pytest.param("fr", "Les dépouilles des cinq mineurs ont été rapatriées.", 5, id="remains"),
    pytest.param("fr", "Les onze victimes ont été inhumées.", 11, id="buried"),
    pytest.param("fr", "Quatre des sept occupants du véhicule ont péri.", 4, id="whose-occupants"),
    pytest.param("fr", "L'attaque a fait onze victimes.", 11, id="victims"),
    pytest.param("fr", "L'attaque a fait onze victimes, dont plusieurs blessés.", None, id="victims-may-be-wounded"),
    pytest.param("fr", "Aucun des quatre occupants n'a survécu.", 4, id="none-of-them"),
    pytest.param("fr", "L'attaque a coûté à deux soldats la vie.", 2, id="cost-their-lives"),
    pytest.param("fr", "Un apprenti blessé dans l'attaque d'un camion lundi a succombé.", 1, id="wounded-then-dead"),
    pytest.param("fr", "Personne n'a été blessé.", 0, id="nobody-hurt"),
    pytest.param("fr", "Il n'y a pas eu mort d'homme.", 0, id="no-loss-of-men"),
    pytest.param("en", "Seven of them died.", 7, id="of-them-died"),
    pytest.param("en", "Ten people were killed, seven of them soldiers.", 10, id="of-them-soldiers"),
    pytest.param("en", "Two of the teachers died.", 2, id="of-the-teachers"),
    pytest.param("en", "Twenty-one soldiers died.", 21, id="twenty-one-soldiers"),
    pytest.param("en", "The soldiers died in the fighting.", None, id="a-plural-is-not-one"),
    pytest.param("en", "A family of four were crushed.", 4, id="family-of"),
    pytest.param("en", "A trader shot by gunmen on Sunday succumbed to his wounds.", 1, id="shot-then-succumbed"),
    pytest.param("en", "The mine claimed the life of a nurse.", 1, id="the-life-of"),
    pytest.param("en", "The blast cost two soldiers their lives.", 2, id="cost-their-lives-in-english"),
    pytest.param("en", "200 people fled for their lives.", None, id="fled-for-their-lives"),
    pytest.param("en", "The bodies of six men were found.", 6, id="bodies-of"),
    pytest.param("en", "There were no reports of casualties.", 0, id="no-reports"),
    pytest.param("en", "The army buried 25 of its men.", 25, id="of-its-men"),
    pytest.param("fr", "Le chauffeur est mort sur place. Son apprenti a rendu l'âme dans la nuit.", 2, id="then-his"),
    pytest.param("fr", "Six soldats sont tombés. L'attaque a aussi coûté la vie à un interprète.", 7, id="as-well"),
    pytest.param("fr", "Quatre civils et d'un militaire tués.", 5, id="and-of-one"),
    pytest.param("fr", "Quatre civils ont été tués. Deux autres ont succombé.", 6, id="two-others"),
    pytest.param("fr", "Dix soldats et deux autres passagers ont péri.", 12, id="others-in-one-sum"),
    pytest.param("fr", "Deux femmes et leurs quatre enfants ont été fauchés.", 6, id="theirs-are-counted-once"),
    pytest.param("fr", "Deux agents de la société des eaux et leur chauffeur ont été tués.", 3, id="agents-of"),
    pytest.param("fr", "Quatre sont morts sur place et deux pendant leur transfert.", 6, id="one-verb-for-two"),
    pytest.param("fr", "Moussa Traoré, transporteur connu, a été abattu.", 1, id="by-name"),
    pytest.param("fr", "Un douzième passager est mort à l'hôpital.", 12, id="the-twelfth-to-die"),
    pytest.param("fr", "Aucun des vingt-trois passagers n'est décédé.", 0, id="none-of-them-died"),
    pytest.param("fr", "Personne n'a été tué.", 0, id="nobody-killed"),
    pytest.param("en", "A blast killed the driver; a guard succumbed to his wounds.", 2, id="then-a-guard"),
    pytest.param("en", "A driver was shot dead. His 19-year-old apprentice was also killed.", 2, id="also"),
    pytest.param("en", "Ten people were killed and three more died on the way.", 13, id="three-more"),
    pytest.param("en", "Ten people were killed. Two of them died later in hospital.", 10, id="two-of-them-later"),
    pytest.param("en", "More than ten people were killed. One person was wounded.", 10, id="more-than-is-not-more"),
    pytest.param("en", "Six died at the scene and two at the regional hospital.", 8, id="one-verb-for-two-in-english"),
    pytest.param("en", "Six died at the scene and two are in hospital.", 6, id="in-hospital-alive"),
    pytest.param("en", "A customs officer, two gendarmes and a motorcyclist died.", 4, id="list-of-articles"),
    pytest.param("en", "A woman and her twin daughters died.", 3, id="twins"),
    pytest.param("en", "Eleven people, including a trader from Niger, died.", 11, id="including-one"),
    pytest.param("en", "Moussa Traoré, 41, was shot dead.", 1, id="by-name-in-english"),
    pytest.param("en", "Karim Diallo, a jihadist chief, was shot dead.", None, id="an-attacker-by-name"),
    pytest.param("en", "The army confirms the loss of 11 troops.", 11, id="loss-of"),
    pytest.param("en", "Of the 19 passengers, only four made it out alive.", 15, id="only-four-survived"),
    pytest.param("fr", "Sur les 19 passagers, seuls quatre ont survécu.", 15, id="only-four-survived-in-french"),
    pytest.param("en", "Of the 19 passengers, four made it out early.", None, id="four-survived-among-others"),
    pytest.param("fr", "Aucun des occupants n'a été tué.", 0, id="none-of-the-occupants"),
    pytest.param("fr", "Le chauffeur a été tué avec son apprenti.", 2, id="with-his"),
    pytest.param("en", "A trader was killed on Monday with his wife and two children.", 4, id="with-his-in-english"),
    pytest.param("en", "A guard was killed with his own rifle.", 1, id="with-a-thing"),
    pytest.param("en", "No survivors among the 18 passengers.", 18, id="no-survivors"),
    pytest.param("en", "4 soldiers KIA, 7 WIA.", 4, id="killed-in-action"),
    pytest.param("en", "Three traders kidnapped this week were found dead.", 3, id="this-week-counts-nothing"),
    pytest.param("en", "On October 6, Dozo hunters killed two traders.", 2, id="a-day-is-no-count"),
]
VEHICLES = [
    pytest.param("fr", "Sept citernes brûlées dans l'attaque d'un convoi à Konna", 7, id="burned"),
    pytest.param("fr", "Convoi attaqué à Konna : deux camions et trois minibus incendiés", 5, id="sum"),
    pytest.param("fr", "Convoi attaqué à Konna : plusieurs citernes en feu", None, id="several"),
    pytest.param("fr", "Un convoi de 40 citernes attaqué à Konna", None, id="not-lost"),
    pytest.param("fr", "Des hommes armés ont incendié un camion à Konna", 1, id="one"),
    pytest.param("en", "Over 20 tankers torched in Konna convoy attack", 20, id="over"),
    pytest.param("en", "Gunmen burned six trucks at Konna", 6, id="verb-first"),
]
FURTHER_VEHICLES = [
    pytest.param("en", "Four lorries were stopped; two of the vehicles were set on fire.", 2, id="two-of-the-vehicles"),
    pytest.param("fr", "Un car a été brûlé. Un camion immobilisé derrière a subi le même sort.", 2, id="same-fate"),
    pytest.param("en", "A coach was burned. Two lorries behind it met the same fate.", 3, id="same-fate-in-english"),
    pytest.param("fr", "Ils ont incendié trois camions, deux engins et une ambulance.", 6, id="long-sum"),
    pytest.param("fr", "Quatre camions ont été vidés et un cinquième a été brûlé.", 1, id="one-more"),
    pytest.param(
        "fr", "Un convoi de 40 citernes a été attaqué ; six d'entre elles ont été incendiées.", 6, id="of-them"
    ),
    pytest.param(
        "fr", "Les tirs ont visé les camions ; un témoin en a compté quatorze calcinés.", 14, id="bare-number"
    ),
    pytest.param("fr", "Leur véhicule a été détruit par l'explosion.", 1, id="their-vehicle"),
    pytest.param("fr", "Le blindé de tête d'une colonne a été entièrement détruit.", 1, id="further-from-its-verb"),
    pytest.param("fr", "Les maisons ont été brûlées et trois motos emportées.", None, id="taken-is-not-lost"),
    pytest.param("fr", "Des hommes venus à moto ont incendié les greniers.", None, id="a-is-no-article-in-french"),
    pytest.param("en", "Setting fire to twelve lorries and diggers, they fled.", 12, id="setting-fire"),
    pytest.param("en", "Trucks were stopped. Four were emptied and a fifth was burned.", 1, id="one-more-in-english"),
    pytest.param("en", "At least 40 of the 100 tankers were destroyed.", 40, id="part-of-a-number"),
    pytest.param("en", "A tanker overturned, nine people burned to death.", None, id="people-burn"),
    pytest.param("en", "Two pickups were destroyed and a third captured.", 2, id="captured-is-not-lost"),
    pytest.param("fr", "Cinq véhicules, dont deux camions, ont été incendiés.", 5, id="parts"),
    pytest.param("fr", "Ils ont brûlé la quasi-totalité des 60 camions.", None, id="nearly-all"),
    pytest.param("fr", "Ils ont mis le feu au véhicule avant de s'enfuir.", 1, id="set-fire-to-the"),
    pytest.param("fr", "Le convoi de cinquante camions a perdu douze véhicules.", 12, id="lost-so-many"),
    pytest.param("fr", "Aucun véhicule n'a été brûlé.", None, id="none-burned"),
    pytest.param("en", "They stopped a lorry, made the driver get off and set it on fire.", 1, id="set-it-on-fire"),
    pytest.param("en", "Burned-out wrecks of 17 tankers lined the road.", 17, id="wrecks-of"),
    pytest.param("en", "Their ambulance was blown apart.", 1, id="blown-apart"),
    pytest.param("fr", "Sur vingt camions, quatre ont été livrés aux flammes.", 4, id="of-twenty"),
    pytest.param("fr", "Il revendique la destruction de douze camions.", 12, id="destruction-of"),
    pytest.param(
        "fr", "Trois camions de coton brûlés. Les remorques attendaient.", 3, id="the-next-sentence-is-another"
    ),
    pytest.param("en", "Two of ten tankers went up in flames.", 2, id="two-of-ten"),
    pytest.param(
        "en", "Two more trucks burned, bringing the number of vehicles destroyed to nine.", 9, id="toll-of-vehicles"
    ),
    pytest.param("en", "It put the number of lorries destroyed in the fighting at twelve.", 12, id="put-at"),
]


MORE_DEATHS = [
    pytest.param("en", "Jordanian peacekeeper killed as bus is attacked at Konna", 1, id="bare-behind-an-adjective"),
    pytest.param("fr", "Bus attaqué à Konna : chauffeur sénégalais tué", 1, id="bare-before-an-adjective"),
    pytest.param("en", "Jihadist commander killed in Konna ambush", None, id="a-bare-attacker"),
    pytest.param("en", "Gunmen shoot dead two hauliers on a bus at Konna", 2, id="shoot-dead"),
    pytest.param("fr", "Bus attaqué à Konna : ils abattent trois passagers", 3, id="they-shoot"),
    pytest.param("fr", "Accident à Konna : un camion fauche un tricycle", None, id="a-thing-is-knocked-down"),
    pytest.param("fr", "Accident à Konna : un camion fauche deux élèves", 2, id="people-are-knocked-down"),
    pytest.param("fr", "Bus attaqué à Konna : neuf soldats tombent", 9, id="they-fall"),
    pytest.param("fr", "Attaque d'un bus à Konna : un blessé meurt à Mopti, 32 victimes", 32, id="the-title-sums-up"),
    pytest.param("en", "Half a dozen killed as bus is attacked at Konna", 6, id="half-a-dozen"),
    pytest.param("fr", "Bus attaqué à Konna : une demi-douzaine de morts", 6, id="half-a-dozen-in-french"),
]


@pytest.mark.parametrize(("language", "title", "deaths"), [*DEATHS, *MORE_DEATHS])
def test_the_dead_are_counted_and_attackers_are_not(read: Read, language: str, title: str, deaths: int | None):
    assert read(title, language=language).fatalities == deaths


@pytest.mark.parametrize(("language", "title", "lost"), VEHICLES)
def test_vehicles_count_once_they_are_lost(read: Read, language: str, title: str, lost: int | None):
    assert read(title, language=language).vehicles_destroyed == lost


TITLES = {"fr": "Un bus attaqué à Konna", "en": "Gunmen attack bus at Konna"}


@pytest.mark.parametrize(("language", "summary", "deaths"), FURTHER_DEATHS)
def test_the_dead_are_counted_however_they_are_told(read: Read, language: str, summary: str, deaths: int | None):
    assert read(TITLES[language], summary, language=language).fatalities == deaths


TAKEN_UP = [
    pytest.param("en", "They halted three lorries on Monday and put them to the flames.", 3, id="put-them-to"),
    pytest.param(
        "fr", "Ils ont arrêté deux cars et fait descendre tout le monde avant de mettre le feu.", 2, id="then"
    ),
    pytest.param("fr", "Ils sont partis avec un véhicule, après en avoir brûlé trois autres.", 3, id="three-others"),
    pytest.param("en", "Gunmen fired on a coach. It was shot at and burned.", 1, id="it-was-burned"),
    pytest.param("fr", "Le marché a été attaqué. Il a été incendié.", None, id="a-market-burns"),
    pytest.param("fr", "Le car et deux camions ont été incendiés.", 3, id="one-named-and-two"),
    pytest.param("en", "They torched the coach and the lorry.", 2, id="two-named"),
    pytest.param("en", "Both lorries were burned.", 2, id="both"),
    pytest.param("en", "A grader, a lorry and a van were set on fire.", 3, id="a-list"),
    pytest.param("fr", "De dix à quinze camions ont été brûlés.", 10, id="range"),
    pytest.param("fr", "Sept citernes sur un convoi de quarante ont été détruites.", 7, id="of-a-convoy-of"),
    pytest.param("fr", "Onze motos et un tricycle emportés, un car brûlé.", 1, id="taken-and-burned"),
    pytest.param("fr", "Ils ont emporté onze motos et brûlé le camion.", 1, id="took-some-and-burned-one"),
    pytest.param("fr", "Trois camions sont immobilisés depuis l'incendie du pont.", None, id="a-bridge-on-fire"),
    pytest.param("fr", "Deux camions ont flambé.", 2, id="in-a-blaze"),
    pytest.param("en", "Six terrorist motorbikes were destroyed.", None, id="terrorist-motorbikes"),
]


@pytest.mark.parametrize(("language", "summary", "lost"), [*FURTHER_VEHICLES, *TAKEN_UP])
def test_vehicles_are_counted_however_they_are_told(read: Read, language: str, summary: str, lost: int | None):
    assert read(TITLES[language], summary, language=language).vehicles_destroyed == lost


def test_a_strike_has_no_dead_of_its_own(read: Read):
    summary = "Les chauffeurs sont en grève à Kayes après la mort de douze collègues tués sur la route."
    assert read("Grève des chauffeurs à Kayes", summary).fatalities is None


def test_an_exact_count_goes_before_more_than(read: Read):
    assert read("Plus de 40 morts dans un accident de car à Fana", "Le bilan est passé à 43 morts.").fatalities == 43


@pytest.mark.parametrize(
    ("title", "summary", "deaths"),
    [
        pytest.param("Two killed in bus attack at Konna", "The driver was also killed.", 3, id="title-then-also"),
        pytest.param(
            "Eight killed in bus attack at Konna", "Six died on Monday. Two others died later.", 8, id="title-has-all"
        ),
        pytest.param(
            "Three killed in bus attack at Konna",
            "Three people died. Two were killed on the spot and a guard succumbed.",
            3,
            id="told-in-parts",
        ),
        pytest.param("Bus attack at Konna: toll rises to nine", "Two others died on Friday.", 9, id="toll-has-all"),
        pytest.param(
            "Three killed in bus attack at Konna", "Another mine killed six soldiers at Boni.", 3, id="another-attack"
        ),
        pytest.param("Two killed in bus attack at Konna", "A guard succumbed to his wounds.", 2, id="told-again"),
    ],
)
def test_who_dies_on_top_is_added_unless_the_title_has_done_so(read: Read, title: str, summary: str, deaths: int):
    assert read(title, summary, language="en").fatalities == deaths


def test_earlier_dead_are_not_counted(read: Read):
    assert (
        read("Deux morts dans l'attaque d'un bus à Konna", "L'an dernier, 30 personnes avaient péri.").fatalities == 2
    )


CORRECTIONS = [
    pytest.param("fr", "Neuf soldats, et non onze comme annoncé, ont été tués.", 9, id="and-not"),
    pytest.param("fr", "Le bilan, d'abord fixé à 12 morts, est désormais de 17.", 17, id="at-first"),
    pytest.param("fr", "Un premier bilan faisait état de 8 morts. Le bilan est désormais de 12.", 12, id="first-toll"),
    pytest.param("fr", "De 12 à 15 soldats auraient été tués.", 12, id="a-range-is-no-change"),
    pytest.param("fr", "2 ou 3 soldats ont péri.", 2, id="two-or-three"),
    pytest.param("en", "Forty-nine soldiers, not 53, lost their lives.", 49, id="not-in-english"),
    pytest.param("en", "Officials lowered the number of dead from 53 to 49.", 49, id="lowered"),
    pytest.param(
        "en", "It was the worst attack since 53 soldiers died at Indelimane. Nine died.", 9, id="the-worst-since"
    ),
]
SIDES = [
    pytest.param("fr", "Côté ennemi, une trentaine de tués.", None, id="enemy-side"),
    pytest.param("fr", "Les assaillants ont laissé dix corps sur le terrain.", None, id="left-behind"),
    pytest.param("fr", "L'ennemi a perdu dix hommes, l'armée déplore deux morts.", 2, id="their-losses-and-ours"),
    pytest.param("en", "The army lost six men, while 30 assailants were neutralised.", 6, id="ours-then-theirs"),
    pytest.param("en", "Two soldiers and a civilian died when a suicide bomber struck.", 3, id="and-a-civilian"),
    pytest.param("en", "Killing nine, the gunmen moved on.", 9, id="the-killers-are-no-victims"),
    pytest.param(
        "en", "More than 30 troops died. JNIM, which claimed the raid, put the toll at 100.", None, id="a-claimed-toll"
    ),
]
THOSE_WHO_DIE = [
    pytest.param("fr", "Sept personnes ont péri ; deux des blessés sont décédés depuis.", 9, id="of-the-wounded"),
    pytest.param("fr", "Deux des cinq blessés sont décédés.", 2, id="two-of-five-wounded"),
    pytest.param("en", "Five died; one of the injured succumbed overnight.", 6, id="one-of-the-injured"),
    pytest.param("fr", "Deux civils, dont un enfant de 4 ans, ont été tués.", 2, id="an-age-is-by-the-way"),
    pytest.param("fr", "Une fillette de 6 ans et son père ont été tués.", 2, id="an-age-in-a-list"),
    pytest.param("en", "Three women, one aged 70, were killed.", 3, id="aged"),
    pytest.param("fr", "L'armée a perdu un officier et six hommes du rang.", 7, id="lost-one-and-six"),
    pytest.param("fr", "L'armée a perdu un véhicule et deux hommes.", 2, id="lost-a-vehicle-and-men"),
    pytest.param("fr", "L'attaque a coûté la vie à six soldats et à un civil.", 7, id="cost-the-lives-of-both"),
    pytest.param("fr", "On compte sept victimes, dont quatre morts.", 4, id="dead-among-victims"),
    pytest.param("fr", "Trois personnes enlevées samedi ont été retrouvées mortes.", 3, id="captives-found-dead"),
    pytest.param("fr", "Seuls deux des neuf occupants ont survécu.", 7, id="all-but-two-of-nine"),
    pytest.param("en", "Twelve drivers were lined up and shot.", 12, id="lined-up-and-shot"),
    pytest.param("fr", "Quatre passagers sont morts sur place, un cinquième à l'hôpital.", 5, id="a-fifth-in-hospital"),
    pytest.param("fr", "Les corps de neuf otages ont été retrouvés.", 9, id="bodies-of-captives"),
    pytest.param("fr", "Les FAMa pleurent quatre des leurs.", 4, id="of-theirs"),
    pytest.param("en", "Killed were the driver, two guards and a trader.", 4, id="killed-were"),
    pytest.param("en", "One person died at the scene and two more on the way to hospital.", 3, id="and-two-more"),
]


FIGURES = [
    pytest.param("en", "Officials say at least 31 died. More than 30 were killed.", 31, id="at-least-is-finer"),
    pytest.param("en", "More than a hundred died; the government's count is 132.", 132, id="official-count"),
    pytest.param("fr", "Un élu parle d'une centaine de morts, le gouvernement de 132.", 132, id="official-in-french"),
    pytest.param("en", "The government's count is 132 displaced families.", None, id="official-of-something-else"),
    pytest.param("en", "Two more bodies were found. In all, seventeen men died.", 17, id="in-all"),
    pytest.param("fr", "Deux corps ont été retrouvés. Dix-sept hommes ont donc péri.", 17, id="so-many-then"),
    pytest.param("fr", "En tout, 14 personnes ont été blessées.", None, id="in-all-wounded"),
    pytest.param("en", "The dead, five in all, were gendarmes.", 5, id="the-dead-five-in-all"),
    pytest.param("fr", "Les victimes, au nombre de cinq, sont des gendarmes.", 5, id="numbering-five"),
    pytest.param("en", "The toll was revised up to 15 from 12.", 15, id="revised-up-to"),
    pytest.param("fr", "Le poste compte désormais deux voies.", None, id="lanes-are-no-dead"),
    pytest.param("fr", "Quatre forains ont perdu la vie et neuf autres ont été évacués.", 4, id="others-evacuated"),
    pytest.param("fr", "Neuf civils ont été tués ainsi que cinq soldats.", 14, id="as-well-as"),
    pytest.param("en", "Nine soldiers were killed as well as 20 attackers.", 9, id="as-well-as-attackers"),
    pytest.param("en", "Eight people, including the driver and his apprentice, were killed.", 8, id="a-list-of-some"),
    pytest.param("en", "A nurse and a patient did not survive.", 2, id="a-and-a"),
    pytest.param("en", "All 26 occupants of a car from across the border died.", 26, id="no-border-dies"),
    pytest.param("en", "Six Wagner fighters were killed.", 6, id="fighters-who-attack-nobody"),
    pytest.param("fr", "Six combattants ont été tués par l'armée.", None, id="fighters-who-do"),
    pytest.param("fr", "Sept soldats ne rentreront pas chez eux : leur blindé a sauté.", 7, id="will-not-come-home"),
    pytest.param("fr", "Ils sont tombés dans une embuscade, deux blessés.", None, id="fell-into-an-ambush"),
    pytest.param("fr", "Les assaillants n'ont tué personne.", 0, id="killed-nobody"),
]


@pytest.mark.parametrize(("language", "summary", "deaths"), [*CORRECTIONS, *SIDES, *THOSE_WHO_DIE, *FIGURES])
def test_a_corrected_a_divided_or_a_growing_count_is_read(read: Read, language: str, summary: str, deaths: int | None):
    assert read(TITLES[language], summary, language=language).fatalities == deaths


THEIR_VEHICLES = [
    pytest.param("fr", "Quinze motos des assaillants ont été détruites.", None, id="their-motorbikes"),
    pytest.param("en", "Two pickups belonging to the attackers were destroyed.", None, id="their-pickups"),
    pytest.param("fr", "Douze des quarante citernes ont brûlé.", 12, id="twelve-of-the-forty"),
]


@pytest.mark.parametrize(("language", "summary", "lost"), THEIR_VEHICLES)
def test_the_attackers_vehicles_are_not_counted(read: Read, language: str, summary: str, lost: int | None):
    assert read(TITLES[language], summary, language=language).vehicles_destroyed == lost


TOLLS = [
    pytest.param(
        "fr",
        "Mali : accident de car à Fana, la protection civile compte désormais neuf morts",
        "Le car s'était renversé samedi. Un bilan initial parlait de sept tués.",
        9,
        id="a-first-toll-in-other-words",
    ),
    pytest.param(
        "fr",
        "Mali : accident de car à Fana, 17 morts désormais",
        "Deux femmes blessées sont mortes pendant leur transfert. Le précédent bilan était de quinze.",
        17,
        id="two-die-during-transfer",
    ),
    pytest.param(
        "en",
        "Mali: toll in Kita bus crash rises from eight to eleven",
        "Three of the injured died in hospital.",
        11,
        id="from-eight-to-eleven-ends-the-title",
    ),
    pytest.param(
        "fr",
        "Mali : un car et un camion se percutent à Kati",
        "Les trois occupants du car sont morts. Le chauffeur du camion est décédé à l'hôpital.",
        4,
        id="over-two-sentences",
    ),
    pytest.param(
        "en",
        "Mali: third body found after cart attack",
        "Armed men fired on a cart near Dinangourou. Officials had until now spoken of two dead.",
        3,
        id="a-third-body",
    ),
    pytest.param(
        "fr",
        "Mali : le corps d'un sixième soldat retrouvé",
        "Cinq militaires étaient morts dans l'attaque de leur patrouille près d'Andéramboukane.",
        6,
        id="the-body-of-a-sixth",
    ),
]
WHO_COUNTS = [
    pytest.param(
        "en",
        "Lorries attacked near Boni",
        "Two of its nationals driving goods lorries were shot dead on Saturday near Boni.",
        2,
        id="driving",
    ),
    pytest.param(
        "fr",
        "Camion attaqué à Didiéni",
        "Le parquet se saisit du meurtre, le 11 septembre à Didiéni, de deux conducteurs.",
        2,
        id="murder-of",
    ),
    pytest.param(
        "fr",
        "Attaque de Boni : les corps des chauffeurs restent introuvables",
        "Un convoi y a été attaqué. Un collègue parle de quinze conducteurs abattus.",
        15,
        id="bodies-then-their-number",
    ),
    pytest.param(
        "en",
        "Mali tanker drivers executed",
        "Twelve drivers captured when militants attacked a fuel convoy between Diboli and Kayes were later executed.",
        12,
        id="captives-far-from-their-verb",
    ),
    pytest.param(
        "fr",
        "Mali : quatre pêcheurs enlevés, deux retrouvés morts",
        "Des hommes armés les avaient enlevés près de Djenné.",
        2,
        id="not-all-captives",
    ),
    pytest.param(
        "en",
        "Six Malian soldiers die in fighting at Ber",
        "Four more were wounded in clashes, according to an army statement that puts enemy losses at 24.",
        6,
        id="enemy-losses",
    ),
    pytest.param(
        "en",
        "Mali: Soumpi camp attacked",
        "The army lost five men and says the enemy left some thirty bodies behind.",
        5,
        id="bodies-left-behind",
    ),
    pytest.param(
        "en",
        "Drone strikes kill 21 civilians at Tinzaouaten, rebels say",
        "The bombs fell on a pharmacy; eleven children are among the dead.",
        21,
        id="among-the-dead",
    ),
    pytest.param(
        "fr",
        "Mali : un convoi visé près de Ber",
        "Une quarantaine de membres d'Africa Corps voyageaient dans le convoi attaqué près de Ber.",
        None,
        id="a-corps-that-is-a-unit",
    ),
    pytest.param(
        "en", "Mali: coach blown up near Douentza", "All twelve people aboard the minibus were killed.", 12, id="aboard"
    ),
    pytest.param(
        "en",
        "Mali: truckers shot near Kayes",
        "Six Senegalese truckers were killed when lorries were attacked between Diboli and Kayes.",
        6,
        id="truckers-are-no-trucks",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "deaths"), [*TOLLS, *WHO_COUNTS])
def test_a_toll_is_the_newest_and_of_the_victims(
    read: Read, language: str, title: str, summary: str, deaths: int | None
):
    assert read(title, summary, language=language).fatalities == deaths
