"""Telegram's HTML is read as Telegram reads it, and commands are found where Telegram finds them."""

import pytest

from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.parameters import Parameters
from bot.demo.telegram.texts import commands_in, parse_html, read_text


@pytest.mark.parametrize(
    ("source", "plain", "entities"),
    [
        pytest.param("Kayes &amp; Diéma &lt;3", "Kayes & Diéma <3", [], id="escapes"),
        pytest.param("a & b &eacute;", "a & b &eacute;", [], id="other ampersands stay"),
        pytest.param("🔴 <b>Grave</b>", "🔴 Grave", [("bold", 3, 5)], id="offsets in UTF-16"),
        pytest.param("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)], id="nested"),
        pytest.param('<a href="https://x.y/?a=1&amp;b">l</a>', "l", [("text_link", 0, 1)], id="link"),
        pytest.param("<blockquote expandable>q</blockquote>", "q", [("blockquote", 0, 1)], id="attribute"),
        pytest.param('<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)], id="spoiler"),
        pytest.param("<B>x</B>", "x", [("bold", 0, 1)], id="any case"),
    ],
)
def test_markup_becomes_entities(source: str, plain: str, entities: list[tuple[str, int, int]]):
    text = parse_html(source)
    assert text.plain == plain
    assert [(it["type"], it["offset"], it["length"]) for it in text.entities] == entities


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("<b>x", 'Can\'t find end tag corresponding to start tag "b"', id="never closed"),
        pytest.param("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3', id="unknown tag"),
        pytest.param("<br/>", 'Unsupported start tag "br" at byte offset 0', id="self-closing"),
        pytest.param("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0', id="comment"),
        pytest.param("1 < 2", "Unclosed start tag at byte offset 2", id="less than"),
        pytest.param("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"', id="crossed"),
        pytest.param("x</b>", "Unexpected end tag at byte offset 1", id="never opened"),
        pytest.param('<span class="x">x</span>', 'Unsupported start tag "span" at byte offset 0', id="other span"),
    ],
)
def test_broken_markup_is_named(source: str, words: str):
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("typed", "commands"),
    [
        pytest.param("/route Kayes Bamako", ["/route"], id="first"),
        pytest.param("🔴 /stop, puis /aide", ["/stop", "/aide"], id="within"),
        pytest.param("/stop@siraba_demo_bot", ["/stop@siraba_demo_bot"], id="addressed"),
        pytest.param("/arrêter", [], id="not with an accent"),
        pytest.param("1/2 https://x.y/z", [], id="not in a word"),
    ],
)
def test_commands_are_found_where_telegram_finds_them(typed: str, commands: list[str]):
    units = typed.encode("utf-16-le")
    found = [
        units[2 * it["offset"] : 2 * (it["offset"] + it["length"])].decode("utf-16-le") for it in commands_in(typed)
    ]
    assert found == commands


def test_a_text_is_trimmed_and_its_entities_with_it():
    text = read_text(Parameters({"text": " \n <b> x</b> y \n", "parse_mode": "HTML"}))
    assert text.plain == "x y"
    assert text.entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_the_longest_text_is_counted_in_utf16_units():
    assert read_text(Parameters({"text": "🔴" * 2048})).plain == "🔴" * 2048
