"""What people type, and what they get."""

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.geography.atlas import Atlas
from alerts.geography.model import DEFAULT_RADIUS_KM, Area, AreaKind, Resolved

KAYES_BAMAKO = ("Kayes", "Bamako")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Kayes Bamako", KAYES_BAMAKO),
        ("KAYES BAMAKO", KAYES_BAMAKO),
        ("kayes/bamako", KAYES_BAMAKO),
        ("Kayes-Bamako", KAYES_BAMAKO),
        ("Kayes – Bamako", KAYES_BAMAKO),
        ("Kayes→Bamako", KAYES_BAMAKO),
        ("Kayes -> Bamako", KAYES_BAMAKO),
        ("Kayes, Bamako", KAYES_BAMAKO),
        ("Kayes; Bamako", KAYES_BAMAKO),
        ("Kayes\nBamako", KAYES_BAMAKO),
        ("de Kayes à Bamako", KAYES_BAMAKO),
        ("DE KAYES À BAMAKO", KAYES_BAMAKO),
        ("de Kayes a Bamako", KAYES_BAMAKO),
        ("from Kayes to Bamako", KAYES_BAMAKO),
        ("to Bamako from Kayes", KAYES_BAMAKO),
        ("Bamako depuis Kayes", KAYES_BAMAKO),
        ("entre Kayes et Bamako", KAYES_BAMAKO),
        ("axe Kayes-Bamako", KAYES_BAMAKO),
        ("la route nationale Kayes Bamako", KAYES_BAMAKO),
        ("je veux aller de Kayes à Bamako svp", KAYES_BAMAKO),
        ("Kayes Bamako 48h", KAYES_BAMAKO),
        ("Kayes Bamako via Kita", KAYES_BAMAKO),
        ("Kayes Bamako par Diéma", KAYES_BAMAKO),
        ("RN1 Kayes Bamako", KAYES_BAMAKO),
        ("Kayes (Mali) – Bamako (Mali)", KAYES_BAMAKO),
        ("Kayes 🚚 Bamako", KAYES_BAMAKO),
        ("*Kayes* _Bamako_", KAYES_BAMAKO),
        ("#KayesBamako", KAYES_BAMAKO),
        ("kayesbamako", KAYES_BAMAKO),
        ("Ka\u200byes\u200b Bamako\ufeff", KAYES_BAMAKO),
        ("\u202eKayes\u202c Bam\x00ako", KAYES_BAMAKO),
        ("Ｋａｙｅｓ　Ｂａｍａｋｏ", KAYES_BAMAKO),
        ("kaye bamakoo", KAYES_BAMAKO),
        ("Kayes Bamko", KAYES_BAMAKO),
        ("Kayi Bamakɔ", KAYES_BAMAKO),
        ("Mopti vers Gao", ("Mopti", "Gao")),
        ("Moti Gawo", ("Mopti", "Gao")),
        ("Mɔputi Gao", ("Mopti", "Gao")),
        ("tombouctou gao", ("Tombouctou", "Gao")),
        ("Timbuktu Gao", ("Tombouctou", "Gao")),
        ("Segu Sikaso", ("Ségou", "Sikasso")),
        ("Gao Ménaka", ("Gao", "Ménaka")),
        ("Gao Menaka", ("Gao", "Ménaka")),
        ("Nioro du Sahel Bamako", ("Nioro du Sahel", "Bamako")),
        ("nioro sahel bamako", ("Nioro du Sahel", "Bamako")),
        ("Nioro-du-Sahel - Bamako", ("Nioro du Sahel", "Bamako")),
        ("Niono Nioro", ("Niono", "Nioro du Sahel")),
        ("Kita Kati", ("Kita", "Kati")),
        ("San Bla", ("San", "Bla")),
        ("Konna Mopti", ("Konna", "Mopti")),
        ("Bobo Ouaga", ("Bobo-Dioulasso", "Ouagadougou")),
        ("N'Débougou Niono", ("N'Débougou", "Niono")),
        ("Djidian → Kéniéba", ("Djidian", "Kéniéba")),
        ("Point A Bamako", ("Point A (Markala)", "Bamako")),
    ],
)
def test_two_places_are_a_route(atlas: Atlas, text: str, ends: tuple[str, str]):
    answer = atlas.resolve(text)
    assert (answer.kind, answer.start, answer.end) == ("route", *ends)
    assert answer.area
    assert atlas.name(answer.area) == answer.name == " → ".join(ends)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kayes", "Kayes"),
        ("  kayes ?", "Kayes"),
        ("la route de Nioro", "Nioro du Sahel"),
        ("Bamako ville", "Bamako"),
        ("BKO", "Bamako"),
        ("Kayes Kayes", "Kayes"),
        ("Kayes Kayi", "Kayes"),
        ("Ké-Macina", "Macina"),
        ("Djenne", "Djenné"),
        ("Kutiala", "Koutiala"),
        ("Hombory", "Hombori"),
        ("Djidian Kéniéba", "Djidian-Kéniéba"),
        ("Farako (Sikasso)", "Farako (Sikasso)"),
        ("Kourémalé", "Kourémalé"),
        ("Kourémalé Guinée", "Kourémalé (Guinée)"),
        ("Moussala", "Pont de la Falémé (Moussala)"),
        ("Diéma, région de Nioro", "Diéma"),
        ("forêt de la Faya", "Forêt de la Faya"),
    ],
)
def test_one_place_is_a_place(atlas: Atlas, text: str, name: str):
    answer = atlas.resolve(text)
    assert (answer.kind, answer.name) == ("place", name)
    assert answer.area
    assert answer.area.radius_km == DEFAULT_RADIUS_KM


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("RN1", "RN1"),
        ("rn 1", "RN1"),
        ("rn-01", "RN1"),
        ("R.N. 1", "RN1"),
        ("RN°1", "RN1"),
        ("RN n° 7", "RN7"),
        ("N7", "RN7"),
        ("route nationale 7", "RN7"),
        ("la nationale 24", "RN24"),
        ("national road 6", "RN6"),
        ("route 7", "RN7"),
        ("RN1 rn01", "RN1"),
        ("RR9", "RR9"),
        ("route régionale 9", "RR9"),
        ("route du poisson", "RN15"),
    ],
)
def test_a_number_is_a_road(atlas: Atlas, text: str, ref: str):
    answer = atlas.resolve(text)
    assert (answer.kind, answer.name, answer.area) == ("road", ref, Area(kind=AreaKind.ROAD, id=ref))


@pytest.mark.parametrize("text", ["RN17", "RN 8", "RN99", "RN0", "rn1bis", "RN"])
def test_a_number_no_source_confirms_is_unknown(atlas: Atlas, text: str):
    assert atlas.resolve(text) == Resolved(kind="unknown", unknown=text)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("région de Kayes", "region-kayes"),
        ("Kayes region", "region-kayes"),
        ("region kayes", "region-kayes"),
        ("ancienne région de Kayes", "former-kayes"),
        ("cercle de Diéma", "cercle-diema"),
        ("cercle Nioro du Sahel", "cercle-nioro"),
        ("district de Bamako", "district-bamako"),
        ("Timbuktu region", "region-tombouctou"),
        ("région de Segu", "region-segou"),
        ("pays dogon", "region-bandiagara"),
    ],
)
def test_a_region_is_followed_only_when_it_is_called_one(atlas: Atlas, text: str, region: str):
    answer = atlas.resolve(text)
    assert (answer.kind, answer.area) == ("region", Area(kind=AreaKind.REGION, id=region))


@pytest.mark.parametrize(
    ("text", "corridor"),
    [
        ("corridor nord", "dkr-bko-n"),
        ("corridor sud", "dkr-bko-s"),
        ("Corridor Dakar–Bamako nord", "dkr-bko-n"),
        ("corridor Abidjan Bamako", "abj-bko"),
        ("corridor Nouakchott", "nkc-bko"),
        ("axe minier", "kay-knb"),
        ("transsaharienne", "alg-gao"),
    ],
)
def test_a_corridor_is_known_by_its_name_or_its_ends(atlas: Atlas, text: str, corridor: str):
    answer = atlas.resolve(text)
    assert (answer.kind, answer.area) == ("corridor", Area(kind=AreaKind.CORRIDOR, id=corridor))


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        pytest.param("Nioo Bamako", ["Nioro du Sahel → Bamako", "Niono → Bamako"], id="two-as-near"),
        pytest.param("Kiti", ["Kati", "Kita"], id="two-cities-as-near"),
        pytest.param("Niono du Sahel Bamako", ["Nioro du Sahel → Bamako"], id="name-of-one-with-the-tail-of-the-other"),
        pytest.param("Gaou Bamako", ["Gao → Bamako"], id="short-name-with-a-letter-more"),
        pytest.param("Maréna", ["Maréna Diombougou", "Maréna Tringa"], id="homonym"),
        pytest.param("Faladié Gao", ["Faladié (Néguéla) → Gao", "Faladié (Bamako) → Gao"], id="homonym-on-a-route"),
        pytest.param("Kayes Bamako Gao", ["Kayes → Bamako", "Bamako → Gao"], id="three-places"),
        pytest.param("Bamako-Ségou-Mopti", ["Bamako → Ségou", "Ségou → Mopti"], id="three-in-a-chain"),
        pytest.param("RN1 RN6", ["RN1", "RN6"], id="two-roads"),
        pytest.param("RN7 Sikasso", ["RN7", "Sikasso"], id="road-and-town"),
        pytest.param("région de Kayes, région de Gao", ["région de Kayes", "région de Gao"], id="two-regions"),
        pytest.param(
            "corridor Dakar Bamako", ["Corridor Dakar–Bamako nord", "Corridor Dakar–Bamako sud"], id="two-corridors"
        ),
    ],
)
def test_where_it_is_not_sure_it_asks(atlas: Atlas, text: str, offered: list[str]):
    answer = atlas.resolve(text)
    assert (answer.kind, answer.area) == ("ambiguous", None)
    assert [suggestion.text for suggestion in answer.suggestions] == offered


@pytest.mark.parametrize("text", ["Kayes Bamako Gao", "Faladié Gao", "Farako", "RN1 RN6", "corridor Dakar", "Nioo"])
def test_every_suggestion_is_understood_when_tapped(atlas: Atlas, text: str):
    answers = [atlas.resolve(suggestion.text) for suggestion in atlas.resolve(text).suggestions]
    assert answers
    assert all(answer.area for answer in answers)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Xyzzy Qwerty", "Xyzzy Qwerty"),
        ("Paris", "Paris"),
        ("Kayes Paris", "Paris"),
        ("Paris Kayes", "Paris"),
        ("London → Bamako", "London"),
        ("Kayes'; DROP TABLE users; --", "DROP TABLE users"),
        ("' OR 1=1; --", "1=1"),
        ("<script>alert(1)</script>", "script>alert(1)</script"),
        ("12.65,-8.0", "12.65,-8.0"),
        ("🚚", "🚚"),
        ("Mali", "Mali"),
        ("باماكو", "باماكو"),
        ("help", "help"),
    ],
)
def test_what_means_nothing_is_said_back(atlas: Atlas, text: str, piece: str):
    assert atlas.resolve(text) == Resolved(kind="unknown", unknown=piece)


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\x00\x07"])
def test_nothing_typed_is_unknown_without_suggestions(atlas: Atlas, text: str):
    assert atlas.resolve(text) == Resolved(kind="unknown")


def test_the_start_of_a_name_brings_well_known_ones(atlas: Atlas):
    assert "Tombouctou → Gao" in {suggestion.text for suggestion in atlas.resolve("Tombo Gao").suggestions}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A" * 4000, id="one-word"),
        pytest.param("Kayes " * 700, id="one-town"),
        pytest.param("a b c " * 600, id="letters"),
        pytest.param("kayos nioru bamaku segoy mopta sikassu gaou kitta", id="every-word-misspelt"),
        pytest.param("é" * 4000, id="accents"),
        pytest.param("\u200b" * 4000, id="unseen"),
    ],
)
def test_a_long_text_is_put_aside_at_once(atlas: Atlas, text: str):
    begun = perf_counter()
    answer = atlas.resolve(text)
    assert answer.kind in ("unknown", "ambiguous")
    assert len(answer.unknown) <= 64
    assert perf_counter() - begun < 5  # a generous bound against a blow-up, not a measurement


def test_a_short_request_among_blanks_is_still_read(atlas: Atlas):
    assert atlas.resolve("Kayes" + " " * 3000 + "Bamako").kind == "route"


def test_decomposed_accents_are_the_same(atlas: Atlas):
    text = "Ségou → Ménaka"
    assert atlas.resolve(unicodedata.normalize("NFD", text)) == atlas.resolve(text)


def test_every_place_answers_to_its_own_name(atlas: Atlas):
    for place in atlas.places.values():
        area = atlas.resolve(place.name).area
        assert area, place.id
        assert area.id == place.id


def test_every_road_corridor_and_region_answers_to_its_own_name(atlas: Atlas):
    for road in atlas.roads.values():
        assert road.ref is None or atlas.resolve(road.ref).area == Area(kind=AreaKind.ROAD, id=road.ref)
    for corridor in atlas.corridors.values():
        assert atlas.resolve(corridor.name).area == Area(kind=AreaKind.CORRIDOR, id=corridor.id)
    for region in atlas.regions.values():
        level = {"cercle": "cercle", "district": "district", "region": "région"}[region.level]
        text = f"{'ancienne ' if region.former else ''}{level} de {region.name}"
        assert atlas.resolve(text).area == Area(kind=AreaKind.REGION, id=region.id), text


@given(text=st.text(max_size=80))
def test_any_text_has_an_answer(text: str):
    answer = ATLAS.resolve(text)
    assert (answer.area is None) == (answer.kind in ("unknown", "ambiguous"))


ATLAS = Atlas.load()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        pytest.param("Kayes 30 km", "place:kayes:30", id="behind"),
        pytest.param("30km autour de Kayes", "place:kayes:30", id="before"),
        pytest.param("Sikasso, dans un rayon de 80 km", "place:sikasso:80", id="in-words"),
        pytest.param("within 20 km of Sikasso", "place:sikasso:20", id="english"),
        pytest.param("Kayes 1 km", "place:kayes:5", id="too-near-to-warn"),
        pytest.param("Kayes 999 km", "place:kayes:200", id="too-far-to-mean-anything"),
        pytest.param("Kayes", "place:kayes:50", id="unsaid"),
        pytest.param("RN1 30 km", "road:RN1", id="a-road-has-none"),
        pytest.param("Kayes Bamako 30 km", "route:kayes/bamako", id="a-route-has-none"),
    ],
)
def test_a_town_is_followed_with_the_radius_that_was_typed(atlas: Atlas, text: str, area: str):
    found = atlas.resolve(text).area
    assert found is not None
    assert found.key == area


def test_a_suggestion_keeps_the_radius(atlas: Atlas):
    assert [one.text for one in atlas.resolve("Kay 30 km").suggestions] == ["Kayes 30 km"]
