import logging
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.errors import DataError
from alerts.incidents.model import SourceKind
from alerts.sources.catalogue import load_sources
from alerts.sources.model import JsonShape, Kind, Source, Topic

LEAST = '[[source]]\nid = "a"\nurl = "https://a.example/feed"\ngrade = "B"\n'


def load(tmp_path: Path, text: str) -> tuple[Source, ...]:
    file = tmp_path / "feeds.toml"
    file.write_text(text, encoding="utf-8")
    return load_sources(file)


def test_three_keys_are_enough(tmp_path: Path) -> None:
    expected = Source(id="a", name="a", url="https://a.example/feed", grade="B", interval=timedelta(0))

    assert load(tmp_path, LEAST) == (expected,)


def test_every_key_is_read(tmp_path: Path) -> None:
    text = (
        LEAST + 'kind = "json"\nname = "A"\nlanguage = "fr"\nsource_kind = "official"\nterms = "open"\nlegal = "ok"\n'
        'enabled = false\ntitle_only = true\ninterval_minutes = 60\ncovers = ["roads", "fuel"]\n'
        'country = "ML"\nappname = "essai"\nentries = "rows"\n[source.fields]\ntitle = "t"\nlink = "u"\n'
    )

    assert load(tmp_path, text) == (
        Source(
            id="a",
            url="https://a.example/feed",
            grade="B",
            name="A",
            language="fr",
            source_kind=SourceKind.OFFICIAL,
            terms="open",
            enabled=False,
            title_only=True,
            interval=timedelta(hours=1),
            kind=Kind.JSON,
            covers=(Topic.ROADS, Topic.FUEL),
            country="ML",
            appname="essai",
            shape=JsonShape(entries="rows", fields={"title": "t", "link": "u"}),
        ),
    )


@pytest.mark.parametrize("line", ['terms = "forbidden"', 'legal = "suspended"', 'legal = "banned"'])
def test_a_source_that_may_not_be_read_is_off_unless_said(tmp_path: Path, line: str) -> None:
    (unsaid,) = load(tmp_path, LEAST + line)
    (said,) = load(tmp_path, f"{LEAST}{line}\nenabled = true")

    assert (unsaid.enabled, said.enabled) == (False, True)
    assert not said.public_name


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("", "holds no [[source]] table", id="empty"),
        pytest.param('source = "a"', "holds no [[source]] table", id="no-table"),
        pytest.param("source = [1]", "holds no [[source]] table", id="list-of-numbers"),
        pytest.param("[[source]\n", "not valid TOML", id="not-toml"),
        pytest.param('[[source]]\nid = "a"\n', "lacks url, grade", id="keys-missing"),
        pytest.param(LEAST.replace('"B"', '"G"'), "grade must be one of A, B, C, D, E, F, not 'G'", id="grade"),
        pytest.param(LEAST.replace('"B"', "2"), "grade must be a text", id="grade-as-number"),
        pytest.param(LEAST.replace("https", "ftp"), "url must be an http or https address", id="ftp"),
        pytest.param(LEAST.replace("https://a.example", ""), "url must be an http or https address", id="path"),
        pytest.param(LEAST.replace("a.example", "[broken"), "url must be an http or https address", id="broken-host"),
        pytest.param(LEAST.replace('id = "a"', 'id = "a b"'), "id must be one word", id="id-of-two-words"),
        pytest.param(LEAST.replace('id = "a"', 'id = ""'), "id must be one word", id="id-empty"),
        pytest.param(LEAST + 'terms = "maybe"', "terms must be one of open, ask, forbidden", id="terms"),
        pytest.param(LEAST + 'legal = "unknown"', "legal must be one of ok, suspended, banned", id="legal"),
        pytest.param(LEAST + 'country = "Mali"', "country must be a two-letter code such as ML", id="country"),
        pytest.param(LEAST + 'kind = "page"', "kind must be one of feed, reliefweb", id="kind"),
        pytest.param(LEAST + 'kind = "json"', "a JSON list needs fields", id="json-without-fields"),
        pytest.param(LEAST + '[source.fields]\nlink = "u"', "fields must say where title is", id="fields-no-title"),
        pytest.param(LEAST + "[source.fields]\ntitle = 5", "fields must say where title is", id="fields-number"),
        pytest.param(LEAST + '[source.fields]\ntitle = "t"\nx = "y"', "fields must say where title", id="fields-odd"),
        pytest.param(LEAST + 'kind = "reliefweb"', "only who has an approved appname", id="reliefweb-without-name"),
        pytest.param(LEAST + 'kind = "channel"', "a channel's url must be https://t.me/<name>", id="no-channel"),
        pytest.param(LEAST + 'covers = "roads"', "covers must be a list of roads", id="covers-as-text"),
        pytest.param(LEAST + 'covers = ["sport"]', "covers must be a list of roads", id="covers-nothing-of-ours"),
        pytest.param(LEAST + 'source_kind = "rumour"', "source_kind must be one of press, official, field", id="whose"),
        pytest.param(LEAST + 'enabled = "no"', "enabled must be true or false", id="flag-as-text"),
        pytest.param(LEAST + 'language = "French"', "language must be a two-letter code", id="language"),
        pytest.param(LEAST + "interval_minutes = 0", "interval_minutes must be a whole number", id="no-interval"),
        pytest.param(LEAST + "interval_minutes = true", "interval_minutes must be a whole number", id="flag-as-number"),
        pytest.param(LEAST + "interval_minutes = 99999", "interval_minutes must be a week at most", id="too-rarely"),
        pytest.param(LEAST + LEAST, "two sources have the id a", id="same-id"),
        pytest.param(
            LEAST + LEAST.replace('"a"', '"b"').replace("https://a.", "http://www.a."),
            "b and a have the same address",
            id="same-address",
        ),
    ],
)
def test_a_wrong_row_is_one_clear_sentence(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(DataError) as complained:
        load(tmp_path, text)

    assert complaint in str(complained.value)
    assert "feeds.toml" in str(complained.value)
    assert "\n" not in str(complained.value)


def test_a_file_that_is_not_there_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.toml: can't be read \(No such file or directory\)"):
        load_sources(tmp_path / "none.toml")


@pytest.mark.expects_warnings
def test_an_unknown_key_is_told_and_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        (source,) = load(tmp_path, LEAST + 'colour = "red"')

    assert source.id == "a"
    assert "keys that mean nothing" in caplog.text


def test_a_channel_is_declared_by_its_address(tmp_path: Path) -> None:
    (source,) = load(tmp_path, LEAST.replace("https://a.example/feed", "https://t.me/route_mali") + 'kind = "channel"')

    assert source.is_pushed


def test_the_bundled_sources_load() -> None:
    sources = {source.id: source for source in load_sources()}

    assert sources["studio-tamani"].title_only
    assert sources["reliefweb-mali"].grade == "A"
    assert sources["bamada"].grade == "D"


def test_no_bundled_source_is_read_against_its_terms_or_the_law() -> None:
    assert [source.id for source in load_sources() if source.enabled and not source.public_name] == []


@pytest.mark.parametrize("known_by", ["rfi-afrique", "france24-afrique", "jeune-afrique"])
def test_suspended_and_banned_outlets_are_off_and_never_named(known_by: str) -> None:
    (source,) = (source for source in load_sources() if source.id == known_by)

    assert not source.enabled
    assert not source.public_name


def test_enough_bundled_sources_are_on_to_be_of_use() -> None:
    on = [source for source in load_sources() if source.enabled]

    assert len(on) >= 10
    assert len({source.name for source in on}) == len(on), "one outlet twice would confirm itself"
