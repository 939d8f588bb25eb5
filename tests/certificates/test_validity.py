"""Until when a certificate holds."""

from datetime import UTC, date, datetime

import pytest

from pygmalion_app.catalog.models import ValidityAnchor
from pygmalion_app.certificates.validity import expiry, last_valid_day


@pytest.mark.parametrize(
    ("completed", "months", "anchor", "last"),
    [
        (date(2026, 11, 20), 36, ValidityAnchor.DATE, date(2029, 11, 20)),
        (date(2026, 11, 20), 24, ValidityAnchor.MONTH_END, date(2028, 11, 30)),
        (date(2027, 2, 3), 24, ValidityAnchor.MONTH, date(2029, 2, 28)),
        (date(2026, 3, 1), 24, ValidityAnchor.MONTH_END, date(2028, 3, 31)),
        (date(2024, 2, 29), 12, ValidityAnchor.DATE, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, ValidityAnchor.DATE, date(2027, 2, 28)),
        (date(2026, 11, 20), 6, ValidityAnchor.SEMESTER, date(2027, 6, 30)),
        (date(2026, 1, 10), 6, ValidityAnchor.SEMESTER, date(2026, 12, 31)),
        (date(2026, 11, 20), None, ValidityAnchor.DATE, None),
        (date(2026, 11, 20), 24, ValidityAnchor.NONE, None),
    ],
)
def test_last_valid_day(completed: date, months: int | None, anchor: str, last: date | None) -> None:
    assert last_valid_day(completed, months, anchor) == last


def test_it_holds_through_its_whole_last_day_where_the_training_was() -> None:
    assert expiry(date(2028, 11, 30), "Europe/Paris") == datetime(2028, 11, 30, 23, 0, tzinfo=UTC)
    assert expiry(date(2028, 6, 30), "Indian/Reunion") == datetime(2028, 6, 30, 20, 0, tzinfo=UTC)
    assert expiry(None, "Europe/Paris") is None
