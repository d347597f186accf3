import json
from datetime import UTC, datetime

import pytest

from alerts.reading.jsonl import item_from_json


def line(**changes: object) -> str:
    return json.dumps({"id": "a", "title": "T", "summary": "S", "published": None} | changes)


PUBLISHED = [
    pytest.param("2025-10-05", datetime(2025, 10, 5, tzinfo=UTC), False, id="day"),
    pytest.param("2019-02", datetime(2019, 2, 28, tzinfo=UTC), True, id="month"),
    pytest.param("2025-10-05T08:30:00Z", datetime(2025, 10, 5, 8, 30, tzinfo=UTC), False, id="instant"),
    pytest.param("2025-10-05T08:30:00+02:00", datetime(2025, 10, 5, 6, 30, tzinfo=UTC), False, id="offset"),
    pytest.param("2025-10-05T08:30:00", datetime(2025, 10, 5, 8, 30, tzinfo=UTC), False, id="no-zone-is-utc"),
    pytest.param(None, None, False, id="unknown"),
]


@pytest.mark.parametrize(("written", "published", "month_only"), PUBLISHED)
def test_a_publication_date_is_read_in_utc(written: str | None, published: datetime | None, *, month_only: bool):
    item = item_from_json(line(published=written))
    assert (item.published, item.published_month_only) == (published, month_only)


WRONG = [
    pytest.param("{", "not JSON", id="broken"),
    pytest.param("[]", "not a JSON object", id="a-list"),
    pytest.param("[" * 100_000, "not JSON", id="nested-without-end"),
    pytest.param(line(id=None), '"id"', id="no-id"),
    pytest.param(line(title=3), '"title"', id="title-is-a-number"),
    pytest.param(line(lang=["fr"]), '"lang"', id="language-is-a-list"),
    pytest.param(line(published=20251005), '"published"', id="date-is-a-number"),
    pytest.param(line(published="yesterday"), '"published"', id="date-in-words"),
    pytest.param(line(published="2025-13"), '"published"', id="month-13"),
]


@pytest.mark.parametrize(("text", "named"), WRONG)
def test_a_wrong_line_is_refused_by_name(text: str, named: str):
    with pytest.raises(ValueError, match=named):
        item_from_json(text)


def test_a_missing_text_is_an_empty_one():
    item = item_from_json('{"id": 7}')
    assert (item.id, item.title, item.summary, item.language) == ("7", "", "", None)
