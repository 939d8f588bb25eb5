"""The market of the catalogue's tests."""

import pytest

from pygmalion_app.core.unit_of_work import Container
from tests.catalog.market import Market, build_market


@pytest.fixture
async def market(container: Container) -> Market:
    """Return a small market, written to the test's database."""
    return await build_market(container)
