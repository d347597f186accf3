import pytest

from alerts.sources.channels import is_channel_address, post_item, source_of
from alerts.sources.model import Kind
from tests.alerts.sources.samples import NOW, source

NAMED = source("https://t.me/Route_Mali", "named", kind=Kind.CHANNEL, language="fr")
NUMBERED = source("https://t.me/c/1234567890", "numbered", kind=Kind.CHANNEL)
FEED = source("https://t.me/some_feed", "feed")
OFF = source("https://t.me/closed_one", "off", kind=Kind.CHANNEL, enabled=False)
ALL = (FEED, NAMED, NUMBERED, OFF)


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("https://t.me/route_mali", True),
        ("https://t.me/c/1234567890", True),
        ("https://telegram.me/route_mali/", True),
        ("https://t.me/", False),
        ("https://t.me/abc", False),
        ("https://t.me/route_mali/45", False),
        ("https://t.me/+invite", False),
        ("https://example.org/route_mali", False),
    ],
)
def test_a_channel_is_named_by_its_address(url: str, *, usable: bool):
    assert is_channel_address(url) is usable


@pytest.mark.parametrize(
    ("chat_id", "username", "found"),
    [
        pytest.param(-1005, "route_mali", NAMED, id="by-name"),
        pytest.param(-1001234567890, None, NUMBERED, id="by-number"),
        pytest.param(-1001234567890, "anything", NUMBERED, id="by-number-whatever-its-name"),
        pytest.param(-1005, "some_feed", None, id="not-a-channel"),
        pytest.param(-1005, "closed_one", None, id="switched-off"),
        pytest.param(-1005, None, None, id="nameless"),
        pytest.param(-1005, "route_mali2", None, id="another"),
    ],
)
def test_a_channel_is_a_source_only_if_declared(chat_id: int, username: str | None, found: object):
    assert source_of(chat_id, username, ALL) == found


def test_the_first_line_of_a_post_is_its_title():
    item = post_item(
        source=NAMED,
        message_id=45,
        text="Route coupée à Diéma\n\nLes camions <b>attendent</b>.",
        published=NOW,
        username="route_mali",
        outlet=" Une  radio ",
    )
    assert item is not None
    assert (item.id, item.title, item.summary) == ("45", "Route coupée à Diéma", "Les camions attendent.")
    assert (item.url, item.language, item.outlet) == ("https://t.me/route_mali/45", "fr", "Une radio")


def test_a_long_post_without_a_headline_is_cut_for_one_and_kept_whole():
    item = post_item(source=NAMED, message_id=1, text="mot " * 200, published=NOW, username=None)
    assert item is not None
    assert item.title.endswith("…")
    assert item.summary.startswith("mot mot")
    assert item.url == ""


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_a_post_without_words_says_nothing(text: str):
    assert post_item(source=NAMED, message_id=1, text=text, published=NOW, username=None) is None
