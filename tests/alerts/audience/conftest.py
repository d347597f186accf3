"""The shipped atlas, loaded once."""

import pytest

from alerts.geography.atlas import Atlas


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load()
