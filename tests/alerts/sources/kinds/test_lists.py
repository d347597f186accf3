"""JSON lists, ReliefWeb's answers and price lists that are not what they should be."""

import pytest
from yarl import URL

from alerts.sources.kinds.json_list import raw_json_list
from alerts.sources.kinds.reliefweb import address, raw_reliefweb
from alerts.sources.kinds.wfp import parse_wfp
from alerts.sources.model import Fault, JsonShape
from alerts.sources.parsed import ParsedFeed, ParseFailed, RawFeed
from tests.alerts.sources.samples import NOW

SHAPE = JsonShape(
    entries="reply.rows",
    fields={"id": "no", "title": "head.fr", "link": "url", "published": "at", "summary": "tags.0"},
)
HEAD = b"date,market,category,commodity,unit,priceflag,currency,price\n"
DIESEL = b"2025-09-15,Gao,non-food,Fuel (diesel),L,actual,XOF,775\n"
OLD_HEAD = b"date,cmname,unit,category,price,currency,country,admname,mktname\n"
OLD_DIESEL = b"2019-09-15,Fuel (diesel) - Retail,L,non-food,650,XOF,Mali,Gao,Gao\n"


def prices(body: bytes) -> ParsedFeed | ParseFailed:
    return parse_wfp(body, today=NOW.date())


def test_a_json_list_is_read_where_the_operator_said():
    body = (
        b'{"reply": {"rows": [{"no": 7, "head": {"fr": "Pont coup\xc3\xa9"}, "url": "https://a.example/7",'
        b' "at": "2025-10-06T09:30:00Z", "tags": ["eau"]}, "rubbish", {"head": {"fr": 5}}]}}'
    )
    found = raw_json_list(body, shape=SHAPE)

    assert isinstance(found, RawFeed)
    first, second = found.entries
    assert (first.guid, first.title, first.link) == ("7", "Pont coupé", "https://a.example/7")
    assert (first.summary, first.dates) == ("eau", (("2025-10-06T09:30:00Z", None),))
    assert second.title == "5"


def test_a_json_list_may_be_the_whole_answer():
    found = raw_json_list(b'[{"title": "Pont"}]', shape=JsonShape(fields={"title": "title"}))
    assert isinstance(found, RawFeed)
    assert found.entries[0].title == "Pont"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "an empty answer", id="empty"),
        pytest.param(b"<html>", "a web page, not a list", id="a-page"),
        pytest.param(b"{", "broken JSON, not a list", id="broken"),
        pytest.param(b"[" * 100_000, "broken JSON, not a list", id="without-a-floor"),
        pytest.param(b"nothing", "not JSON", id="a-word"),
        pytest.param(b'{"reply": 5}', "JSON without the list that was to be in it", id="elsewhere"),
        pytest.param(b"[]", "JSON without the list that was to be in it", id="a-list-instead"),
    ],
)
def test_what_is_no_such_list_fails_with_a_reason(body: bytes, reason: str):
    assert raw_json_list(body, shape=SHAPE) == ParseFailed(reason=reason)


def test_reliefweb_is_asked_for_mali_alone_newest_first():
    asked = URL(address("https://api.reliefweb.int/v2/reports", appname="siraba-essai"))
    assert asked.query["appname"] == "siraba-essai"
    assert (asked.query["filter[field]"], asked.query["filter[value]"]) == ("primary_country.iso3", "mli")
    assert asked.query["sort[]"] == "date.created:desc"


def test_a_refusal_of_reliefweb_is_told_as_one():
    found = raw_reliefweb(b'{"error": {"type": "AccessDenied", "message": "appname"}}')
    assert isinstance(found, ParseFailed)
    assert (found.reason, found.fault) == ("ReliefWeb refuses to answer", Fault.REFUSED)
    assert raw_reliefweb(b'{"data": 1}') == ParseFailed(reason="JSON, but not ReliefWeb's")


@pytest.mark.parametrize("body", [HEAD + DIESEL, OLD_HEAD + OLD_DIESEL, b"\xef\xbb\xbf" + HEAD + b"#date\n" + DIESEL])
def test_a_price_list_is_read_with_its_old_columns_too(body: bytes):
    found = prices(body)
    assert isinstance(found, ParsedFeed)
    (price,) = found.prices
    assert (price.market, price.currency) == ("Gao", "XOF")
    assert price.commodity.startswith("Fuel (diesel)")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(DIESEL.replace(b"775", b""), id="no-price"),
        pytest.param(DIESEL.replace(b"775", b"-1"), id="less-than-nothing"),
        pytest.param(DIESEL.replace(b"775", b"nan"), id="no-number"),
        pytest.param(DIESEL.replace(b"775", b"99999999"), id="beyond-belief"),
        pytest.param(DIESEL.replace(b"2025-09", b"2026-09"), id="to-come"),
        pytest.param(DIESEL.replace(b"2025-09-15", b"September"), id="no-date"),
        pytest.param(DIESEL.replace(b"Gao", b""), id="no-market"),
        pytest.param(DIESEL.replace(b"actual", b"forecast"), id="not-measured"),
        pytest.param(DIESEL.replace(b"non-food", b"fuel for food"), id="another-category"),
        pytest.param(DIESEL.replace(b"Fuel (diesel)", b"Charcoal"), id="not-fuel"),
        pytest.param(b"2025\n", id="cut"),
        pytest.param(b"#date,#loc\n", id="tags"),
    ],
)
def test_a_row_that_is_no_measured_price_of_fuel_is_left_out(row: bytes):
    assert prices(HEAD + row) == ParseFailed(reason="a price list without fuel")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "not a price list", id="empty"),
        pytest.param(b"<html>sorry</html>", "a web page, not a price list", id="a-page"),
        pytest.param(b"date,market\n1,2\n", "not a price list", id="other-columns"),
        pytest.param(HEAD + b'"Fuel (' + b"x" * 200_000, "a broken price list", id="an-endless-cell"),
    ],
)
def test_what_is_no_price_list_fails_with_a_reason(body: bytes, reason: str):
    assert prices(body) == ParseFailed(reason=reason)
