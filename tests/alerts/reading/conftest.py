"""One reader over the shipped atlas for the whole room: it never changes."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alerts.geography.atlas import Atlas
from alerts.reading.model import Item, Reading
from alerts.reading.reader import Reader

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load()


@pytest.fixture(scope="session")
def reader(atlas: Atlas) -> Reader:
    return Reader(atlas)


@pytest.fixture
def read(reader: Reader) -> Read:
    """Reads a text as a French item of Tuesday 7 October 2025, unless told otherwise."""

    def reading(
        title: str, summary: str = "", *, language: str | None = "fr", published: str | None = "2025-10-07"
    ) -> Reading:
        when = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
        return reader.read(Item(id="it", title=title, summary=summary, published=when, language=language))

    return reading
