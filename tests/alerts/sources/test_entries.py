import pytest

from alerts.reading.model import Item
from alerts.sources.entries import clean_link, entry_id, entry_key
from tests.alerts.sources.samples import NOW


def key(known_by: str) -> str:
    return entry_key(Item(id=known_by, title="Pont coupé"))


@pytest.mark.parametrize(
    "dressed",
    [
        pytest.param("http://laroute.example/pont?p=4", id="scheme"),
        pytest.param("https://www.laroute.example/pont?p=4", id="www"),
        pytest.param("https://LaRoute.example/pont/?p=4", id="case-and-slash"),
        pytest.param("https://laroute.example:443/pont?p=4", id="usual-port"),
        pytest.param("https://laroute.example/pont?p=4&utm_source=rss&utm_medium=fil", id="campaign"),
        pytest.param("https://laroute.example/pont?p=4&fbclid=abc", id="click-id"),
        pytest.param("https://laroute.example/pont?p=4#xtor=RSS-1", id="tracking-fragment"),
    ],
)
def test_a_link_in_other_clothes_is_the_same_entry(dressed: str) -> None:
    assert key(dressed) == key("https://laroute.example/pont?p=4")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://a.example/?p=4", "https://a.example/?p=5", id="query"),
        pytest.param("https://a.example/Pont", "https://a.example/pont", id="case-of-a-path"),
        pytest.param("https://a.example/direct#4", "https://a.example/direct#5", id="fragment"),
        pytest.param("https://a.example:8080/x", "https://a.example/x", id="port"),
        pytest.param("laroute-101", "laroute-102", id="plain-ids"),
        pytest.param("x" * 500 + "1", "x" * 500 + "2", id="long-ids"),
        pytest.param("http://[broken", "http://[broken]", id="not-quite-links"),
    ],
)
def test_different_entries_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_key_is_of_bounded_length() -> None:
    assert len(key("https://a.example/" + "x" * 5_000)) <= 200


@pytest.mark.parametrize(
    ("link", "clean"),
    [
        pytest.param("https://a.example/x?utm_source=rss&p=1", "https://a.example/x?p=1", id="tracking"),
        pytest.param("https://a.example/x?q=a+b%20c", "https://a.example/x?q=a+b%20c", id="query-left-alone"),
        pytest.param("/x", "https://base.example/x", id="relative"),
        pytest.param("//a.example/x", "https://a.example/x", id="without-scheme"),
        pytest.param(" https://a.example/\n x ", "https://a.example/x", id="white-space"),
        pytest.param("https://a.example/\ud800x", "https://a.example/x", id="lone-surrogate"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("file:///etc/passwd", "", id="file"),
        pytest.param("http:///nohost", "", id="no-host"),
        pytest.param("http://a.example:port/", "", id="no-port"),
        pytest.param("http://[::1", "", id="half-an-address"),
        pytest.param("https://a.example/" + "x" * 3_000, "", id="endless"),
        pytest.param("", "", id="none"),
    ],
)
def test_only_web_addresses_are_kept_as_links(link: str, clean: str) -> None:
    assert clean_link(link, base="https://base.example/") == clean


def test_an_entry_is_known_by_its_guid_else_its_link_else_its_title_and_date() -> None:
    link = "https://a.example/x"

    assert entry_id(guid=" g-1 ", link=link, title="t", published=NOW) == "g-1"
    assert entry_id(guid="", link=link, title="t", published=NOW) == link
    named = entry_id(guid="", link="", title="t", published=NOW)
    assert named == entry_id(guid="", link="", title="t", published=NOW)
    assert named != entry_id(guid="", link="", title="t", published=None)
    assert named != entry_id(guid="", link="", title="u", published=NOW)
