from datetime import date

import pytest

from tests.alerts.reading.conftest import Read

# Published on Tuesday 7 October 2025.
DAYS = [
    pytest.param("fr", "lundi", date(2025, 10, 6), id="weekday"),
    pytest.param("fr", "dimanche dernier", date(2025, 10, 5), id="last-weekday"),
    pytest.param("fr", "hier", date(2025, 10, 6), id="yesterday"),
    pytest.param("fr", "avant-hier", date(2025, 10, 5), id="day-before-yesterday"),
    pytest.param("fr", "ce matin", date(2025, 10, 7), id="this-morning"),
    pytest.param("fr", "le 5 octobre", date(2025, 10, 5), id="day-and-month"),
    pytest.param("fr", "le 1er octobre 2025", date(2025, 10, 1), id="first"),
    pytest.param("fr", "dans la nuit du 5 au 6 octobre", date(2025, 10, 5), id="night"),
    pytest.param("fr", "vendredi 12 septembre", date(2025, 9, 12), id="weekday-and-day"),
    pytest.param("fr", "il y a trois jours", date(2025, 10, 4), id="days-ago"),
    pytest.param("fr", "le 05/10/2025", date(2025, 10, 5), id="figures"),
    pytest.param("en", "on Sept. 14", date(2025, 9, 14), id="abbreviated-month"),
    pytest.param("en", "on October 5th, 2025", date(2025, 10, 5), id="ordinal"),
    pytest.param("en", "on Saturday", date(2025, 10, 4), id="weekday-in-english"),
    pytest.param("en", "yesterday", date(2025, 10, 6), id="yesterday-in-english"),
    pytest.param("en", "two days ago", date(2025, 10, 5), id="days-ago-in-english"),
    pytest.param("fr", "dans la nuit de samedi à dimanche", date(2025, 10, 4), id="night-between-weekdays"),
    pytest.param("fr", "dans la nuit du 30 septembre au 1er octobre", date(2025, 9, 30), id="night-between-months"),
    pytest.param("fr", "dans la nuit du 30 au 1er octobre", date(2025, 9, 30), id="night-into-a-month"),
    pytest.param("fr", "dans la nuit du lundi 6 au mardi 7 octobre", date(2025, 10, 6), id="night-with-weekdays"),
    pytest.param("fr", "le 4, vers midi", date(2025, 10, 4), id="day-alone"),
    pytest.param("fr", "le 05.10.2025", date(2025, 10, 5), id="figures-with-stops"),
    pytest.param("fr", "le 05/10", date(2025, 10, 5), id="day-and-month-in-figures"),
    pytest.param("fr", "le 5/10/25", date(2025, 10, 5), id="short-year"),
    pytest.param("fr", "depuis minuit", date(2025, 10, 7), id="since-midnight"),
    pytest.param("fr", "mardi dernier", date(2025, 9, 30), id="last-such-weekday-is-not-today"),
    pytest.param("fr", "ce mardi à l'aube", date(2025, 10, 7), id="this-weekday-is-today"),
    pytest.param("fr", "il y a 48 heures", date(2025, 10, 5), id="hours-ago"),
    pytest.param("en", "on Friday, 3 October 2025, before dawn", date(2025, 10, 3), id="full-in-english"),
    pytest.param("en", "on Friday the 3rd of October", date(2025, 10, 3), id="the-third-of"),
    pytest.param("en", "since midnight", date(2025, 10, 7), id="since-midnight-in-english"),
    pytest.param("en", "on the 4th", date(2025, 10, 4), id="day-alone-in-english"),
    pytest.param("en", "on the 28th", date(2025, 9, 28), id="day-alone-of-last-month"),
    pytest.param("en", "late on Sunday", date(2025, 10, 5), id="late-weekday"),
    pytest.param("en", "overnight from Sunday to Monday", date(2025, 10, 5), id="overnight-between-weekdays"),
    pytest.param("en", "on the night of 4-5 October", date(2025, 10, 4), id="night-in-figures"),
    pytest.param("en", "on the night of October 4 to 5", date(2025, 10, 4), id="night-month-first"),
    pytest.param("en", "on 2025-10-05", date(2025, 10, 5), id="iso"),
    pytest.param("en", "two nights ago", date(2025, 10, 5), id="nights-ago"),
    pytest.param("en", "on the 5th floor", None, id="a-floor-is-no-day"),
    pytest.param("en", "by a group of 5 10 km away", None, id="two-numbers-are-no-day"),
    pytest.param("fr", "le 30 février", None, id="no-such-day"),
    pytest.param("fr", "récemment", None, id="no-day-at-all"),
]
SENTENCE = {"fr": "Un bus a été attaqué à Konna {}.", "en": "A bus was attacked at Konna {}."}


@pytest.mark.parametrize(("language", "said", "day"), DAYS)
def test_a_day_is_read_as_it_is_told(read: Read, language: str, said: str, day: date | None):
    assert read("Konna", SENTENCE[language].format(said), language=language).event_date == day


def test_without_a_day_of_publication_only_a_full_date_is_one(read: Read):
    assert read("Un bus attaqué lundi à Konna", published=None).event_date is None
    assert read("Un bus attaqué le 5 octobre à Konna", published=None).event_date is None
    assert read("Un bus attaqué le 5 octobre 2025 à Konna", published=None).event_date == date(2025, 10, 5)


def test_december_told_in_january_was_last_year(read: Read):
    assert read("Un bus attaqué le 28 décembre à Konna", published="2026-01-02").event_date == date(2025, 12, 28)


def test_the_day_of_the_statement_is_not_the_day_of_the_event(read: Read):
    summary = "Dans un communiqué publié lundi, l'armée dit que l'attaque a eu lieu samedi."
    assert read("Un convoi attaqué à Konna", summary).event_date == date(2025, 10, 4)


def test_a_day_to_come_is_never_the_day_of_an_event(read: Read):
    assert read("Un pont effondré à Konna", "Il sera réparé le 20 octobre.").event_date is None


@pytest.mark.parametrize(
    ("language", "summary", "day"),
    [
        pytest.param("fr", "Mardi, l'armée a annoncé que le bus avait été attaqué samedi.", 4, id="announced-first"),
        pytest.param("en", "On Monday, the army said that a bus was attacked on Saturday.", 4, id="said-first"),
        pytest.param("fr", "Le groupe a publié lundi une vidéo de l'attaque, la veille, d'un bus.", 5, id="the-eve"),
        pytest.param("fr", "La veille, un bus a été attaqué.", None, id="an-eve-of-no-day"),
        pytest.param("fr", "Le convoi parti de Sévaré vendredi a été attaqué dimanche.", 5, id="departure"),
        pytest.param("en", "The convoy, which left Sévaré on Friday, was attacked on Sunday.", 5, id="left"),
        pytest.param("en", "The bus that left the road on Sunday had been attacked.", 5, id="left-the-road"),
        pytest.param("fr", "MOPTI, 7 oct 2025 (AFP) - Un bus a été attaqué samedi.", 4, id="dateline"),
        pytest.param("en", "A bus was attacked on Sunday; the road is closed until Monday.", 5, id="deadline"),
        pytest.param("fr", "Un bus a été attaqué ; grève à partir de jeudi.", None, id="start-to-come"),
        pytest.param("en", "A bus was attacked on 4 Oct., says a report dated 6 October.", 4, id="report-dated"),
        pytest.param("en", "A bus was attacked. A march is planned for Saturday.", None, id="planned"),
        pytest.param("en", "A bus was attacked on Sunday, three days after the ambush at Boni.", 5, id="after-another"),
    ],
)
def test_of_several_days_the_events_own_is_taken(read: Read, language: str, summary: str, day: int | None):
    found = read(
        "Attaque d'un bus à Konna" if language == "fr" else "Attack on bus at Konna", summary, language=language
    )

    assert found.event_date == (date(2025, 10, day) if day else None)


def test_the_day_of_a_decision_is_the_day_it_was_announced(read: Read):
    assert read("Konna", "Le gouverneur a annoncé lundi la fermeture de la route de Konna.").event_date == date(
        2025, 10, 6
    )


def test_the_day_an_attack_was_announced_is_not_its_own(read: Read):
    assert read("Un bus attaqué à Konna", "L'armée a annoncé lundi une attaque de bus.").event_date is None


def test_the_first_sentence_that_tells_a_day_goes_before_a_date_further_on(read: Read):
    summary = "Un bus a été attaqué ce mardi à Konna. Le 22 septembre, un autre avait brûlé."
    assert read("Attaque d'un bus à Konna", summary).event_date == date(2025, 10, 7)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("said", ["hier", "mardi dernier", "il y a deux jours", "le 31, vers midi", "le 3 janvier"])
def test_the_calendar_s_ends_are_no_fault(read: Read, published: str, said: str):
    assert read("Konna", f"Un bus a été attaqué {said} à Konna.", published=published) is not None


@pytest.mark.parametrize(
    ("language", "title", "day"),
    [
        pytest.param(
            "fr", "Mali : douze otages libérés, enlevés le 10 septembre 2025 et relâchés le 23 septembre 2025", 23
        ),
        pytest.param("en", "Mali: ten drivers abducted on 10 September 2025 were freed on 23 September 2025", 23),
        pytest.param("fr", "Mali : dix chauffeurs enlevés le 10 septembre 2025 entre Boré et Douentza", 10),
    ],
    ids=["freed", "freed-in-english", "taken"],
)
def test_hostages_are_freed_on_another_day_than_they_were_taken(read: Read, language: str, title: str, day: int):
    assert read(title, language=language).event_date == date(2025, 9, day)


MORE_DAYS = [
    pytest.param("fr", "dans la nuit de mardi à mercredi", date(2025, 9, 30), id="a-night-is-over-when-told"),
    pytest.param("fr", "samedi 13 septembre aux environs de 5h", date(2025, 9, 13), id="an-hour-is-no-year"),
    pytest.param("fr", "dans la nuit du 3 au 4, vers 2 heures", date(2025, 10, 3), id="night-without-a-month"),
    pytest.param("fr", "jeudi 25 à l'aube", date(2025, 9, 25), id="weekday-and-number"),
    pytest.param("fr", "le 3 de ce mois", date(2025, 10, 3), id="of-this-month"),
    pytest.param("fr", "voici trois jours", date(2025, 10, 4), id="voici"),
    pytest.param("fr", "le week-end dernier", date(2025, 10, 4), id="weekend"),
    pytest.param("fr", "au cours de la nuit écoulée", date(2025, 10, 6), id="some-night"),
    pytest.param("fr", "dimanche écoulé", date(2025, 10, 5), id="weekday-past"),
    pytest.param("en", "during the night", date(2025, 10, 6), id="some-night-in-english"),
    pytest.param("en", "in the early hours of Sunday", date(2025, 10, 5), id="small-hours-of-a-weekday"),
    pytest.param("en", "on the evening of the 3rd", date(2025, 10, 3), id="evening-of-the"),
    pytest.param("en", "over the weekend", date(2025, 10, 4), id="weekend-in-english"),
    pytest.param("en", "this past Sunday", date(2025, 10, 5), id="this-past"),
    pytest.param("en", "on Monday 12 km from Sévaré", date(2025, 10, 6), id="kilometres-are-no-day"),
    pytest.param("fr", "le deux octobre", date(2025, 10, 2), id="in-words"),
    pytest.param("en", "on the second of October", date(2025, 10, 2), id="in-words-in-english"),
    pytest.param("fr", "par trente sept d'entre eux", None, id="no-day-in-words"),
    pytest.param("fr", "entre le 4 et le 6 octobre", date(2025, 10, 4), id="from-to"),
    pytest.param("en", "between October 4 and 6", date(2025, 10, 4), id="from-to-in-english"),
    pytest.param("fr", "il y a quelques heures", date(2025, 10, 7), id="some-hours-ago"),
    pytest.param("fr", "lundi de la semaine dernière", date(2025, 9, 29), id="day-of-last-week"),
    pytest.param("en", "on Thursday last week", date(2025, 10, 2), id="day-of-last-week-in-english"),
    pytest.param("en", "before daybreak", date(2025, 10, 6), id="before-daybreak"),
]


@pytest.mark.parametrize(("language", "said", "day"), MORE_DAYS)
def test_a_day_is_read_in_the_words_of_the_radio(read: Read, language: str, said: str, day: date | None):
    assert read("Konna", SENTENCE[language].format(said), language=language).event_date == day


OTHERS = [
    pytest.param(
        "fr", "Des habitants ont dit lundi à l'AFP que le bus a été attaqué dimanche.", 5, id="told-an-agency"
    ),
    pytest.param("en", "A resident told Reuters by phone on Monday a bus was hit on Sunday.", 5, id="told-by-phone"),
    pytest.param("en", "The group claimed the attack on Monday. The bus was hit on Friday.", 3, id="claimed-it"),
    pytest.param("en", "The group claimed Friday's attack on the bus.", 3, id="claimed-an-attack-of-a-day"),
    pytest.param(
        "en", "The government on Monday condemned the attack, which was on Friday.", 3, id="on-monday-condemned"
    ),
    pytest.param("en", "The death toll from Thursday's attack on a bus has risen.", 2, id="from-thursdays-attack"),
    pytest.param("fr", "Depuis l'attaque de dimanche, les bus ne circulent plus.", 5, id="since-the-attack-of"),
    pytest.param("fr", "Communiqué n°27 du 6 octobre 2025 : le 4 octobre, un bus a été attaqué.", 4, id="communique"),
    pytest.param("fr", "Les morts ont été inhumés lundi. Le bus a été attaqué samedi.", 4, id="burial"),
    pytest.param("fr", "Parti de Gao vendredi, le bus a été attaqué le lendemain.", 4, id="the-next-day"),
    pytest.param("en", "The bus left Gao on Friday and was attacked the next day.", 4, id="the-next-day-in-english"),
    pytest.param("en", "The bus, which had left Gao on Friday, was attacked on Sunday.", 5, id="had-left"),
    pytest.param("fr", "Le cortège funèbre est passé lundi. Le bus a été attaqué samedi.", 4, id="a-procession"),
    pytest.param("fr", "Un bus a été attaqué. Le conseil se réunira mercredi.", None, id="to-come"),
    pytest.param("fr", "Un bus a été attaqué à l'aube, samedi.", 4, id="a-weekday-makes-a-dawn-precise"),
    pytest.param("fr", "Un bus a été attaqué. Deux blessés ont succombé dimanche.", None, id="succumbed"),
]


BESIDE_ANOTHER = [
    pytest.param(
        "fr", "Les cars s'arrêtent à compter de dimanche. Un bus a été attaqué la veille.", 4, id="eve-of-a-sentence"
    ),
    pytest.param("fr", "Parti de Gao samedi, le bus a été attaqué le surlendemain.", 6, id="two-days-on"),
    pytest.param("en", "The bus left Gao on Friday and was attacked two days later.", 5, id="two-days-later"),
    pytest.param(
        "fr", "Dans un communiqué lundi, l'armée dit que le bus a été attaqué deux jours plus tôt.", 4, id="before-said"
    ),
    pytest.param("en", "The bus was attacked the previous day, the army said on Tuesday.", 6, id="before-said-behind"),
    pytest.param("fr", "Lundi, le maire a confirmé l'attaque survenue la veille.", 5, id="confirmed"),
    pytest.param("en", "Two days after a bus was attacked at Konna, drivers refuse to travel.", 5, id="counted-from"),
    pytest.param("en", "Bodies surface four days after a boat broke apart near Konna.", 3, id="counted-from-a-wreck"),
    pytest.param("fr", "Au lendemain de l'attaque, lundi, la route est déserte.", 5, id="counted-from-a-day"),
    pytest.param("en", "A bus was attacked on Sunday, a day after an ambush at Boni.", 5, id="not-counted-from"),
    pytest.param("en", "A bus was attacked on Sunday. Two days before, a post had been hit.", 5, id="another-before"),
    pytest.param("fr", "L'armée a revu lundi à la hausse ses pertes de samedi.", 4, id="revised"),
    pytest.param("fr", "En date du 2 octobre, un bus a été attaqué.", 2, id="dated"),
    pytest.param("fr", "Plus rien ne roule depuis l'attaque d'un bus dimanche.", 5, id="since-an-attack"),
    pytest.param("fr", "Les corps ont été remis lundi aux familles. Le bus a été attaqué samedi.", 4, id="handed-over"),
    pytest.param(
        "en", "A bomb hit a bus on Saturday. Two earlier explosions since Wednesday hurt ten.", 4, id="earlier-ones"
    ),
]


@pytest.mark.parametrize(("language", "summary", "day"), [*OTHERS, *BESIDE_ANOTHER])
def test_a_day_of_something_else_is_left(read: Read, language: str, summary: str, day: int | None):
    title = "Attaque d'un bus à Konna" if language == "fr" else "Attack on bus at Konna"

    assert read(title, summary, language=language).event_date == (date(2025, 10, day) if day else None)


# What lasts has its first day; bodies, meetings, journeys and statements have days of their own.
ONLY_BESIDE = [
    pytest.param(
        "fr", "Des tirs de drone ont atteint lundi la foire de Boni, huit personnes sont mortes.", 6, id="struck-fair"
    ),
    pytest.param(
        "en",
        "A cameraman was abducted on Tuesday by gunmen near Konna. Press groups want him released.",
        7,
        id="not-yet-free",
    ),
    pytest.param(
        "fr",
        "Un chauffeur a été enlevé mardi par des hommes armés à Konna. Le syndicat exige qu'il soit libéré.",
        7,
        id="freedom-demanded",
    ),
    pytest.param("en", "The Zegoua border post was closed with effect from Sunday.", 5, id="was-closed-from"),
    pytest.param(
        "en", "From Friday the import of petrol in drums at Kadiolo will be forbidden.", None, id="from-then-on"
    ),
    pytest.param("en", "As of today the road to Gao is closed to lorries at Ansongo.", 7, id="as-of-today"),
    pytest.param("fr", "Les camionneurs bloquent la RN1 à Kayes, troisième jour de grève.", 5, id="third-day"),
    pytest.param(
        "fr",
        "Les corps des chauffeurs ont été retrouvés lundi près de Konna. Leur convoi avait été attaqué samedi.",
        4,
        id="bodies-found",
    ),
    pytest.param(
        "en",
        "Two of the injured died on Monday. The coach was attacked on Saturday at Konna.",
        4,
        id="the-wounded-die",
    ),
    pytest.param(
        "fr", "Un camion de forains qui rentrait de la foire du samedi a été attaqué dimanche à Konna.", 5, id="fair"
    ),
    pytest.param(
        "en", "Gunmen attacked traders on their way to the Monday market near Niono on Sunday.", 5, id="market"
    ),
    pytest.param("en", "Gunmen attacked the market in Konna on Sunday.", 5, id="attacked-at-the-market"),
    pytest.param(
        "en",
        "A device went off near Anefis on Wednesday as peacekeepers drove south after leaving Kidal the day before.",
        1,
        id="left-the-day-before",
    ),
    pytest.param(
        "en",
        "The convoy that left Kidal last week hit a mine on Saturday near Anefis. Seven had been hurt in a first blast"
        " on Wednesday.",
        4,
        id="a-first-blast",
    ),
    pytest.param("fr", "La frontière a été fermée dimanche à Zégoua, a annoncé le ministère lundi.", 5, id="said-by"),
    pytest.param("fr", "La route de Léré, coupée mercredi par les eaux, a rouvert dimanche.", 5, id="reopened"),
    pytest.param(
        "fr",
        "La route de Léré, coupée par les eaux depuis jeudi, est rouverte depuis samedi.",
        4,
        id="cut-since-and-reopened-since",
    ),
    pytest.param(
        "fr",
        "La RN6 a rouvert. Coupée à Fana depuis jeudi, elle est ouverte à tous depuis samedi.",
        4,
        id="cut-since-and-open-since",
    ),
    pytest.param(
        "en",
        "The wrecks of lorries could still be seen on Monday near Sido, where their convoy was hit the day before.",
        5,
        id="still-seen",
    ),
]


@pytest.mark.parametrize(("language", "summary", "day"), ONLY_BESIDE)
def test_a_day_beside_the_event_is_not_its_own(read: Read, language: str, summary: str, day: int | None):
    event_date = read("Mali", summary, language=language).event_date
    assert event_date == (date(2025, 10, day) if day else None)


def test_an_event_that_an_earlier_one_only_dates_keeps_its_day_and_place(read: Read):
    reading = read(
        "Another blast hits UN convoy leaving Kidal, 22 hurt",
        "The column was struck near Anefis on Saturday, a day after eight were wounded in a similar explosion.",
        language="en",
    )
    assert reading.event_date == date(2025, 10, 4)
    assert [place.id for place in reading.places if place.role == "event"] == ["anefis"]
