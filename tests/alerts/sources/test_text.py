import unicodedata

import pytest
from hypothesis import given, settings, strategies

from alerts.sources.text import LONGEST_SUMMARY, LONGEST_TITLE, clean_summary, clean_title, plain


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("Pont <b>coupé</b>", "Pont coupé", id="tags"),
        pytest.param("Pont<br/>coupé<p>ici</p>là", "Pont coupé ici là", id="blocks-part-words"),
        pytest.param("Kolo<b>kani</b>", "Kolokani", id="inline-tags-don't"),
        pytest.param("<script>alert(1)</script>Pont<style>p{}</style>", "Pont", id="script-and-style"),
        pytest.param("Pont<script>alert(1)", "Pont", id="script-left-open"),
        pytest.param("Pont <!-- caché --> coupé", "Pont coupé", id="comment"),
        pytest.param("l&rsquo;axe S&eacute;gou&#8211;San", "l’axe Ségou–San", id="entities"),
        pytest.param("S&amp;amp;eacute;gou", "Ségou", id="entities-escaped-twice"),
        pytest.param("&lt;b&gt;Pont&lt;/b&gt;", "Pont", id="escaped-tags"),
        pytest.param("moins de < 5 camions et > 2", "moins de < 5 camions et > 2", id="signs-are-no-tags"),
        pytest.param("a\tb\r\n c\u00a0d\u2028e", "a b c d e", id="white-space"),
        pytest.param("Di\x00é\x08ma\x7f", "Diéma", id="control"),
        pytest.param("\u202eGao\u2069\u200f \u200bAnso\u00adngo\ufeff", "Gao Ansongo", id="invisible"),
        pytest.param("Se\u0301gou", "Ségou", id="accents-composed"),
        pytest.param("Gao \ud800 Kidal", "Gao Kidal", id="lone-surrogate"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_text_becomes_one_plain_line(raw: str, clean: str) -> None:
    assert plain(raw) == clean


@pytest.mark.parametrize(
    "broken",
    ["<", "<!--", "<a ", "<a b='", '<a b="" ', "</", "<!", "<?", "<![", "<![CDATA[", "&", "&#", "<script>", "A\u0301"],
)
def test_no_broken_markup_stops_the_cleaning(broken: str) -> None:
    assert plain(f"Pont {broken * 20_000}").startswith("Pont")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param('<img alt="a > b" src=x>Pont', "Pont", id="bracket-inside-quotes"),
        pytest.param("<a title=l'axe>Pont</a>", "Pont", id="apostrophe-without-quotes"),
        pytest.param("<iframe src='x'/>Pont", "Pont", id="closes-itself"),
        pytest.param("<script>if (a<b && c>d) x('</p>')</script>Pont", "Pont", id="brackets-in-a-script"),
        pytest.param("<!DOCTYPE html><?php x ?>Pont", "Pont", id="declarations"),
        pytest.param("Pont <!-- caché", "Pont", id="comment-left-open"),
    ],
)
def test_untidy_markup_is_taken_out_too(raw: str, clean: str) -> None:
    assert plain(raw) == clean


@pytest.mark.parametrize(
    ("title", "outlet", "bare"),
    [
        pytest.param("Pont coupé - La Route", "La Route", "Pont coupé", id="hyphen"),
        pytest.param("Pont coupé | LA ROUTE", "La Route", "Pont coupé", id="bar-and-case"),
        pytest.param("Pont coupé – La Route", "La Route", "Pont coupé", id="dash"),
        pytest.param("Barrage sur la route", "La Route", "Barrage sur la route", id="part-of-the-sentence"),
        pytest.param("Axe Gao-Mali", "Mali", "Axe Gao-Mali", id="hyphen-inside-a-word"),
        pytest.param("La Route", "La Route", "La Route", id="nothing-else"),
        pytest.param("Pont coupé - La Route", "", "Pont coupé - La Route", id="outlet-unknown"),
    ],
)
def test_only_the_outlets_name_is_taken_off_a_title(title: str, outlet: str, bare: str) -> None:
    assert clean_title(title, outlet=outlet) == bare


@pytest.mark.parametrize(
    "signature",
    [
        "The post Pont coupé appeared first on Journal du Mali.",
        "L’article Pont coupé est apparu en premier sur Mali Actu.",
        "<p>L&#8217;article <a href='x'>Pont coupé</a> est apparu en premier sur <a href='y'>Bamada.net</a>.</p>",
    ],
)
def test_a_blog_engines_signature_is_no_part_of_a_summary(signature: str) -> None:
    assert clean_summary(f"<p>Circulation arrêtée.</p> {signature}") == "Circulation arrêtée."


@given(raw=strategies.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_whatever_comes_leaves_as_one_visible_line(raw: str) -> None:
    clean = plain(raw)

    assert clean == " ".join(clean.split())
    assert not [sign for sign in clean if unicodedata.category(sign).startswith("C")]


def test_long_texts_end_at_a_word_within_their_cap() -> None:
    title = clean_title("mot " * 500)
    summary = clean_summary("mot " * 5_000)

    assert title.endswith("mot…")
    assert LONGEST_TITLE - 5 < len(title) <= LONGEST_TITLE
    assert LONGEST_SUMMARY - 5 < len(summary) <= LONGEST_SUMMARY


def test_a_word_longer_than_the_cap_is_cut_all_the_same() -> None:
    assert len(clean_title("x" * 1_000)) == LONGEST_TITLE
