import os
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings, strategies

from alerts.sources.formats import ParsedFeed, ParseFailed, parse_feed
from alerts.sources.language import language_code
from tests.alerts.sources.samples import NOW, feed_bytes, rss

ATTACK = "Attaque armée entre Sandaré et Diéma"
BRIDGE = "Pont coupé près de Kolokani"

READABLE = {
    "all_guids_the_same.xml": [ATTACK, BRIDGE],
    "atom_with_updated_only.xml": ["Embuscade près de Ségou"],
    "bare_ampersand.xml": ["Attaque armée entre Sandaré & Diéma", BRIDGE],
    "bidi_override_in_title.xml": [ATTACK],
    "billion_laughs.xml": [ATTACK],
    "blank_lines_before_declaration.xml": [ATTACK],
    "byte_order_mark.xml": [ATTACK],
    "control_characters_in_title.xml": [ATTACK],
    "cp1252_quotes_undeclared.xml": ["L’attaque armée entre Sandaré et Diéma"],
    "date_in_the_future.xml": [ATTACK],
    "date_of_the_epoch.xml": [ATTACK],
    "date_that_is_none.xml": [ATTACK],
    "entities_escaped_twice.xml": ["L’attaque armée entre Sandaré et Diéma"],
    "entry_without_title.xml": ["Des poids lourds touchés ce matin."],
    "external_entity.xml": [ATTACK],
    "french_dates.xml": [ATTACK, BRIDGE],
    "javascript_link.xml": [ATTACK],
    "jsonfeed_11.json": ["Route inondée à Mopti", "Un avis sans titre."],
    "latin1_declared_utf8.xml": [ATTACK],
    "link_with_tracking_and_no_guid.xml": [ATTACK],
    "neither_guid_nor_link.xml": [ATTACK],
    "php_warning_before_declaration.xml": [ATTACK],
    "relative_links.xml": [ATTACK],
    "rss091_without_dates.xml": ["Barrage non officiel à Sévaré"],
    "rss10_rdf.xml": ["Road closed north of Gao"],
    "rss20_plain.xml": [ATTACK, BRIDGE],
    "same_entry_twice.xml": [ATTACK, BRIDGE],
    "script_and_style_in_summary.xml": [ATTACK],
    "title_tagged_with_outlet.xml": [ATTACK],
    "truncated_in_second_entry.xml": [ATTACK],
    "undeclared_entity.xml": [ATTACK, BRIDGE],
    "utf16_with_bom.xml": [ATTACK],
    "utf16_without_bom.xml": [ATTACK],
    "utf8_declared_latin1.xml": [ATTACK],
    "whole_article_in_content.xml": [ATTACK],
    "wordpress_signature.xml": [ATTACK],
}
UNREADABLE = {
    "atom_without_entries.xml": "a feed with no entries",
    "broken_json.json": "broken JSON, not a feed",
    "channel_without_entries.xml": "a feed with no entries",
    "empty.xml": "an empty answer",
    "entries_without_any_text.xml": "a feed with no usable entries",
    "geojson.json": "JSON, but not a JSON Feed",
    "json_error.json": "JSON, but not a JSON Feed",
    "jsonfeed_of_wrong_types.json": "a feed with no usable entries",
    "jsonfeed_without_items.json": "a feed with no entries",
    "login_page.html": "a web page, not a feed",
    "only_white_space.xml": "an empty answer",
    "path_to_a_file.txt": "not a feed",
    "s3_access_denied.xml": "XML, but not a feed",
    "sitemap.xml": "XML, but not a feed",
    "truncated_in_only_entry.xml": "a feed that broke off in its first entry",
    "xhtml_page.html": "a web page, not a feed",
}
BUILT = [
    pytest.param(Random(1).randbytes(5_000), "not a feed", id="random-bytes"),
    pytest.param(b"\x00" * 1_000, "not a feed", id="nothing-but-nul"),
    pytest.param(b"\x1f\x8b\x08\x00packed", "a packed file, not a feed", id="packed-twice"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "not a feed", id="a-picture"),
    pytest.param(b"<" * 100_000, "not a feed", id="nothing-but-brackets"),
    pytest.param(b"{" * 100_000, "broken JSON, not a feed", id="json-without-a-floor"),
    pytest.param(b"[" * 200_000 + b"]" * 200_000, "broken JSON, not a feed", id="json-nested-for-ever"),
    pytest.param(b"null", "not a feed", id="json-null"),
    pytest.param(b"[1, 2]", "JSON, but not a JSON Feed", id="json-list"),
    pytest.param(b"Too Many Requests", "not a feed", id="a-sentence"),
    pytest.param(b"<rss", "not a feed", id="four-letters-of-a-feed"),
]


def parse(body: bytes, *, content_type: str | None = None, title_only: bool = False) -> ParsedFeed | ParseFailed:
    return parse_feed(body, content_type=content_type, title_only=title_only, now=NOW)


def parsed(name: str, **more: bool) -> ParsedFeed:
    found = parse(feed_bytes(name), **more)
    assert isinstance(found, ParsedFeed)
    return found


@pytest.mark.parametrize(("name", "titles"), READABLE.items(), ids=READABLE)
def test_every_kind_of_feed_gives_its_titles(name: str, titles: list[str]) -> None:
    assert [item.title for item in parsed(name).items] == titles


@pytest.mark.parametrize(("name", "reason"), UNREADABLE.items(), ids=UNREADABLE)
def test_what_is_no_feed_says_what_it_is_instead(name: str, reason: str) -> None:
    assert parse(feed_bytes(name)) == ParseFailed(reason=reason)


@pytest.mark.parametrize(("body", "reason"), BUILT)
def test_rubbish_is_refused_with_a_reason(body: bytes, reason: str) -> None:
    assert parse(body) == ParseFailed(reason=reason)


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        pytest.param("text/html", "rss20_plain.xml", id="called-a-web-page"),
        pytest.param("text/xml; charset=us-ascii", "rss20_plain.xml", id="called-ascii"),
        pytest.param("text/xml; charset=ISO-8859-1", "rss20_plain.xml", id="utf8-called-latin1"),
        pytest.param("application/xml; charset=utf-8", "latin1_declared_utf8.xml", id="latin1-called-utf8"),
        pytest.param("application/xml; charset=klingon", "latin1_declared_utf8.xml", id="called-no-encoding"),
        pytest.param("application/octet-stream", "rss20_plain.xml", id="called-anything"),
        pytest.param("text/plain", "jsonfeed_11.json", id="json-called-text"),
    ],
)
def test_a_wrong_content_type_changes_nothing(content_type: str, name: str) -> None:
    assert parse(feed_bytes(name), content_type=content_type) == parsed(name)


@pytest.mark.parametrize(
    "oddity",
    [
        pytest.param(b"&#55357;&#56832;", id="emoji-in-halves"),
        pytest.param(b"&#xD800;", id="half-a-character"),
        pytest.param(b"&#x110000;", id="beyond-the-last-character"),
        pytest.param(b"&#99999999999999999999;", id="far-beyond"),
        pytest.param(b"&#12ab;", id="neither-decimal-nor-marked"),
        pytest.param(b"\xc3", id="half-a-letter"),
        pytest.param(b"\xff\xfe", id="a-mark-in-the-middle"),
        pytest.param(b"<b>", id="tag-left-open"),
        pytest.param(b"</item>", id="entry-closed-early"),
        pytest.param(b"<![CDATA[", id="section-left-open"),
        pytest.param(b"<link>http://[x</link>", id="half-an-address"),
    ],
)
def test_an_oddity_in_one_entry_leaves_the_others_readable(oddity: bytes) -> None:
    found = parse(feed_bytes("rss20_plain.xml").replace(b"Pont", b"Pont " + oddity, 1))

    assert isinstance(found, ParsedFeed)
    assert found.items[0].title == ATTACK


@given(data=strategies.data())
@settings(max_examples=60, deadline=None)
def test_no_damage_to_a_feed_is_more_than_a_failure(data: strategies.DataObject) -> None:
    body = feed_bytes(data.draw(strategies.sampled_from(["rss20_plain.xml", "atom_with_updated_only.xml"])))
    start, end = sorted(data.draw(strategies.tuples(*[strategies.integers(0, len(body))] * 2)))

    found = parse(body[:start] + data.draw(strategies.binary(max_size=20)) + body[end:])

    match found:
        case ParsedFeed(items=items):
            assert items
        case ParseFailed(reason=reason):
            assert reason


def test_an_entry_carries_all_that_is_kept() -> None:
    item = parsed("rss20_plain.xml").items[0]

    assert item.id == "laroute-101"
    assert item.summary == "Des poids lourds touchés ce matin."
    assert item.url == "https://laroute.example/attaque-sandare"
    assert item.published == datetime(2025, 10, 6, 9, 30, tzinfo=UTC)
    assert item.language == "fr"


def test_title_only_keeps_no_summary() -> None:
    assert {item.summary for item in parsed("rss20_plain.xml", title_only=True).items} == {""}


@pytest.mark.parametrize("name", ["script_and_style_in_summary.xml", "wordpress_signature.xml"])
def test_a_summary_is_what_a_reader_would_see(name: str) -> None:
    assert parsed(name).items[0].summary == "Des poids lourds touchés ce matin."


def test_an_article_is_cut_short() -> None:
    summary = parsed("whole_article_in_content.xml").items[0].summary

    assert summary.startswith("Des poids lourds touchés ce matin.")
    assert len(summary) <= 2_000


@pytest.mark.parametrize("name", ["date_in_the_future.xml", "date_of_the_epoch.xml", "date_that_is_none.xml"])
def test_a_date_that_cannot_be_true_is_none(name: str) -> None:
    assert parsed(name).items[0].published is None


def test_dates_are_utc_whatever_they_were_written_in() -> None:
    assert parsed("rss10_rdf.xml").items[0].published == datetime(2025, 10, 6, 5, 15, tzinfo=UTC)
    assert parsed("french_dates.xml").items[1].published == datetime(2025, 8, 5, 18, 5, tzinfo=UTC)


def test_entries_that_share_an_id_are_told_apart() -> None:
    one, other = parsed("all_guids_the_same.xml").items

    assert one.id != other.id
    assert parsed("all_guids_the_same.xml").items == (one, other)


def test_a_link_leaves_its_tracking_behind() -> None:
    item = parsed("link_with_tracking_and_no_guid.xml").items[0]

    assert item.id == item.url == "https://laroute.example/attaque-sandare?p=4"


@pytest.mark.parametrize("name", ["javascript_link.xml", "neither_guid_nor_link.xml"])
def test_an_entry_without_a_web_link_has_none(name: str) -> None:
    assert parsed(name).items[0].url == ""


def test_a_feed_without_entries_is_never_a_reading() -> None:
    assert isinstance(parse(rss()), ParseFailed)


def test_no_file_is_opened_because_a_body_names_it(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss("Pont coupé"))

    for body in (os.fsencode(feed), f"file://{feed}".encode(), feed.as_uri().encode()):
        assert parse(body) == ParseFailed(reason="not a feed")


def test_an_external_entity_brings_nothing_in() -> None:
    assert "root:" not in parsed("external_entity.xml").items[0].summary


@pytest.mark.parametrize(
    ("said", "code"),
    [("fr-FR", "fr"), ("FR", "fr"), ("fr_ML", "fr"), ("fra", "fr"), ("bam", "bm"), ("français", None), ("", None)],
)
def test_a_language_is_two_letters_or_unknown(said: str, code: str | None) -> None:
    assert language_code(said) == code
