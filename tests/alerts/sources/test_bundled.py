"""Each bundled source, read by its own row from bytes in the shape that it publishes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from alerts.reading.model import Item
from alerts.sources.catalogue import load_sources
from alerts.sources.fetch import Fetcher
from alerts.sources.model import Failed, Kind, MarketPrice, Read, Source
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from tests.alerts.sources.feed_server import FeedServer
from tests.alerts.sources.samples import MINUTE, NOW, marks

CAPTURED = Path(__file__).parents[2] / "data" / "sources"
BUNDLED = {source.id: source for source in load_sources()}
MONDAY = datetime(2025, 10, 6, 9, 30, tzinfo=UTC)
SUNDAY = datetime(2025, 10, 5, 18, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What its newest entry says, in which file, and how many there are."""

    file: str
    title: str
    summary: str = ""
    link: str
    count: int = 2


TITLES: Mapping[str, Expected] = {
    "reliefweb-mali": Expected(
        file="reliefweb-mali.xml",
        title="Mali : Rapport de situation, 6 octobre 2025",
        summary="Country: Mali Source: UN Office for the Coordination of Humanitarian Affairs L'axe Douentza–Boni",
        link="https://reliefweb.int/report/mali/mali-rapport-de-situation-6-octobre-2025",
    ),
    "reliefweb-api-mali": Expected(
        file="reliefweb-api-mali.json",
        title="Mali : Rapport de situation, 6 octobre 2025",
        summary="L'axe Douentza–Boni reste difficile.",
        link="https://reliefweb.int/report/mali/mali-rapport-de-situation-6-octobre-2025",
    ),
    "un-news-fr": Expected(
        file="un-news-fr.xml",
        title="Mali : des camions attaqués entre Kayes et Bamako",
        summary="Un porte-parole a parlé de l'axe Kayes-Bamako.",
        link="https://news.un.org/feed/view/fr/story/2025/10/1157001",
    ),
    "mali-meteo-fr": Expected(
        file="mali-meteo-fr.xml",
        title="Risque d’inondations : Région de Mopti",
        summary="Fortes pluies attendues, des routes peuvent être inondées.",
        link="",
        count=1,
    ),
    "mali-meteo-en": Expected(
        file="mali-meteo-en.xml",
        title="Risk of floods : Mopti region",
        summary="Heavy rain expected, roads may be flooded.",
        link="",
        count=1,
    ),
    "gdacs": Expected(
        file="gdacs.xml",
        title="Orange flood alert in Mali",
        summary="Orange flood alert in Mali From 01/10/2025 to 06/10/2025.",
        link="https://www.gdacs.org/report.aspx?eventtype=FL&eventid=1103001",
    ),
    "studio-tamani": Expected(
        file="studio-tamani.xml",
        title="Nioro du Sahel : des camions attaqués près de Diéma",
        link="https://www.studiotamani.org/120431-nioro-camions/",
    ),
    "journal-du-mali": Expected(
        file="journal-du-mali.xml",
        title="Carburant : Bamako s’organise",
        summary="Les stations de Bamako limitent la vente à 20 litres par véhicule. […]",
        link="https://www.journaldumali.com/2025/10/06/carburant-bamako/",
    ),
    "sahelien": Expected(
        file="sahelien.xml",
        title="Ansongo : la route de Labbézanga coupée par les eaux",
        summary="La route entre Ansongo et Labbézanga est coupée depuis samedi. […]",
        link="https://sahelien.com/ansongo-route/",
    ),
    "abamako": Expected(
        file="abamako.xml",
        title="Sévaré : un véhicule saute sur un engin explosif",
        summary="L'engin a explosé sur la route de Konna.",
        link="http://news.abamako.com/h/301122.html",
    ),
    "info-matin": Expected(
        file="info-matin.xml",
        title="Blocus de Léré : les habitants demandent de l’aide",
        summary="Le blocus de la ville dure depuis une semaine. […]",
        link="https://www.info-matin.ml/blocus-lere/",
    ),
    "maliweb": Expected(
        file="maliweb.xml",
        title="Ségou : un pont endommagé à Markala",
        summary="Le pont de Markala est fermé aux poids lourds. […]",
        link="https://www.maliweb.net/segou-pont/",
    ),
    "malijet": Expected(
        file="malijet.xml",
        title="Bougouni : embuscade sur la route de Sikasso",
        summary="Des hommes armés ont tiré sur un car entre Bougouni et Sikasso.",
        link="https://malijet.com/a_la_une_du_mali/291034-embuscade.html",
    ),
    "bamada": Expected(
        file="bamada.xml",
        title="Mali : attaque près de Kolokani - Studio Tamani",
        summary="Des hommes armés ont attaqué un camion près de Kolokani. […]",
        link="https://bamada.net/attaque-kolokani/",
    ),
    "mali-actu": Expected(
        file="mali-actu.xml",
        title="Tombouctou : la route de Gossi de nouveau coupée",
        link="https://maliactu.net/tombouctou-gossi/",
    ),
    "allafrica-mali": Expected(
        file="allafrica-mali.xml",
        title="Mali: Armed Men Attack Trucks Near Diema",
        link="https://allafrica.com/stories/202510060110.html",
    ),
    "crisis-group": Expected(
        file="crisis-group.xml",
        title="Mali: A Blockade and What It Means",
        link="https://www.crisisgroup.org/africa/sahel/mali/blockade",
    ),
    "africanews-fr": Expected(
        file="africanews-fr.xml",
        title="Mali : un convoi attaqué près de Loulouni",
        summary="Des véhicules ont brûlé près de Loulouni.",
        link="https://fr.africanews.com/2025/10/06/mali-attaque-loulouni/",
    ),
    "voa-afrique": Expected(
        file="voa-afrique.xml",
        title="Au Mali, des camions-citernes incendiés près de Kolondiéba",
        summary="Selon des habitants, l'attaque a eu lieu dimanche.",
        link="https://www.voaafrique.com/a/au-mali/7800001.html",
    ),
    "anadolu-fr": Expected(
        file="anadolu-fr.xml",
        title="Mali : attaque sur l'axe Ségou-Bla",
        summary="Des hommes armés ont attaqué un car.",
        link="https://www.aa.com.tr/fr/afrique/mali-attaque/3710001",
    ),
    "le-monde-mali": Expected(
        file="le-monde-mali.xml",
        title="Au Mali, l’axe Kayes-Bamako sous pression",
        link="https://www.lemonde.fr/afrique/article/2025/10/06/au-mali_6600001_3212.html",
    ),
    "le-monde-afrique": Expected(
        file="le-monde-afrique.xml",
        title="Au Mali, l’axe Kayes-Bamako sous pression",
        link="https://www.lemonde.fr/afrique/article/2025/10/06/au-mali_6600001_3212.html",
    ),
    "bbc-afrique": Expected(
        file="bbc-afrique.xml",
        title="Mali : pénurie de carburant à Bamako",
        link="https://www.bbc.com/afrique/articles/c0000000003o",
    ),
    "bbc-africa": Expected(
        file="bbc-africa.xml",
        title="Fuel queues grow in Mali's capital",
        link="https://www.bbc.com/news/articles/c0000000001o",
    ),
    "google-news-mali": Expected(
        file="google-news-mali.xml",
        title="Nioro du Sahel : des camions attaqués près de Diéma",
        link="https://news.google.com/rss/articles/CBMiAAAA1?oc=5",
    ),
    "gdelt-mali": Expected(
        file="gdelt-mali.json",
        title="Mali : attaque sur la route de Kayes",
        link="https://radio.example/mali-route",
    ),
    "rfi-afrique": Expected(
        file="rfi-afrique.xml",
        title="Mali: le point sur l'axe Kayes-Bamako",
        link="https://www.rfi.fr/fr/afrique/20251006-mali-axe-kayes-bamako",
    ),
    "france24-afrique": Expected(
        file="france24-afrique.xml",
        title="Mali: le point sur l'axe Kayes-Bamako",
        link="https://www.france24.com/fr/afrique/20251006-mali-axe-kayes-bamako",
    ),
    "jeune-afrique": Expected(
        file="jeune-afrique.xml",
        title="Au Mali, le carburant se fait rare",
        link="https://www.jeuneafrique.com/1730000/politique/mali-carburant/",
    ),
}
# What the sources' first grades are, by who reports and not by whom one likes.
GRADES = {
    "A": "reliefweb-mali reliefweb-api-mali un-news-fr mali-meteo-fr mali-meteo-en gdacs",
    "B": "studio-tamani journal-du-mali bbc-afrique bbc-africa le-monde-mali le-monde-afrique crisis-group",
    "C": "sahelien africanews-fr allafrica-mali abamako info-matin maliweb malijet anadolu-fr voa-afrique",
    "D": "bamada mali-actu",
}


@pytest.fixture
def reader(fetcher: Fetcher, parser: Parser) -> SourceReader:
    return SourceReader(fetcher=fetcher, parser=parser, minimum_interval=5 * MINUTE)


async def read(source: Source, file: str, server: FeedServer, reader: SourceReader) -> Read:
    """`source` by its own row, from the captured file instead of its address."""
    body = (CAPTURED / file).read_bytes().replace(b"SERVER", server.url("").encode())
    server.put("/fil", body)
    for language in ("fr", "en"):
        server.put(
            f"/cap/{language}/2025-10-06-alert.xml", (CAPTURED / f"mali-meteo-{language}-alert.xml").read_bytes()
        )
    outcome = await reader.read(replace(source, url=server.url("/fil")), marks(source.id), now=NOW)
    assert isinstance(outcome, Read), outcome.reason if isinstance(outcome, Failed) else outcome
    return outcome


def newest(outcome: Read) -> Item:
    return max(outcome.items, key=lambda item: item.published or SUNDAY)


@pytest.mark.parametrize("known_by", TITLES)
async def test_a_bundled_source_is_read_in_the_shape_it_publishes(
    known_by: str, server: FeedServer, reader: SourceReader
):
    expected = TITLES[known_by]

    outcome = await read(BUNDLED[known_by], expected.file, server, reader)

    item = newest(outcome)
    assert len(outcome.items) == expected.count
    assert item.title == expected.title
    assert item.summary.startswith(expected.summary) if expected.summary else item.summary == ""
    assert item.url == expected.link
    assert item.published == MONDAY
    assert BUNDLED[known_by].language in {None, item.language}


def test_every_bundled_source_has_its_shape_here():
    assert {*TITLES, "wfp-prices-mali"} == set(BUNDLED)


@pytest.mark.parametrize(("grade", "known_by"), [(grade, one) for grade, ids in GRADES.items() for one in ids.split()])
def test_a_bundled_source_starts_with_its_grade(grade: str, known_by: str):
    assert BUNDLED[known_by].grade == grade


def test_what_nobody_has_judged_starts_with_the_last_grade():
    judged = {one for ids in GRADES.values() for one in ids.split()}
    assert {source.grade for known_by, source in BUNDLED.items() if known_by not in judged} == {"F"}


def test_every_bundled_source_says_what_it_covers():
    assert [source.id for source in BUNDLED.values() if not source.covers] == []


async def test_reliefwebs_api_is_asked_in_the_name_it_has_approved(server: FeedServer, reader: SourceReader):
    source = replace(BUNDLED["reliefweb-api-mali"], appname="siraba-essai")

    await read(source, "reliefweb-api-mali.json", server, reader)

    asked = server.queries("/fil")
    assert asked[0].get("appname") == "siraba-essai"
    assert asked[0].getall("filter[value]") == ["mli"]


async def test_a_report_of_reliefwebs_counts_as_the_body_that_wrote_it(server: FeedServer, reader: SourceReader):
    outcome = await read(BUNDLED["reliefweb-api-mali"], "reliefweb-api-mali.json", server, reader)
    assert newest(outcome).outlet == "UN Office for the Coordination of Humanitarian Affairs"


async def test_a_search_hit_counts_as_the_outlet_it_names(server: FeedServer, reader: SourceReader):
    outcome = await read(BUNDLED["google-news-mali"], "google-news-mali.xml", server, reader)
    assert newest(outcome).outlet == "Studio Tamani"


async def test_of_the_worlds_disasters_only_grave_floods_in_mali_are_kept_with_their_place(
    server: FeedServer, reader: SourceReader
):
    outcome = await read(BUNDLED["gdacs"], "gdacs.xml", server, reader)
    assert {item.id: item.point for item in outcome.items} == {"FL1103001": (14.49, -4.19), "FL1103003": (16.27, -0.05)}


async def test_of_market_prices_only_those_of_fuel_that_were_measured_are_kept(
    server: FeedServer, reader: SourceReader
):
    outcome = await read(BUNDLED["wfp-prices-mali"], "wfp-prices-mali.csv", server, reader)

    bamako = MarketPrice(
        date=date(2025, 8, 15),
        market="Bamako (Badalabougou)",
        commodity="Fuel (diesel)",
        unit="L",
        price=725.0,
        currency="XOF",
    )
    gao = MarketPrice(
        date=date(2025, 9, 15),
        market="Gao",
        commodity="Fuel (petrol-gasoline)",
        unit="L",
        price=1000.5,
        currency="XOF",
    )
    assert outcome.prices == (bamako, replace(bamako, date=date(2025, 9, 15)), gao)
    assert outcome.items == ()
    assert outcome.marks.newest_entry_at == datetime(2025, 9, 15, tzinfo=UTC)


def test_one_outlet_is_read_through_one_feed_at_most():
    on = [source.name for source in BUNDLED.values() if source.enabled and source.kind is not Kind.WFP]
    assert len(on) == len(set(on))
