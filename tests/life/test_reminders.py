"""Reminders: at their time, once, to holder and manager, in each one's language, until renewed."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from pygmalion_app.accounts.models import User
from pygmalion_app.certificates import reminders, service
from pygmalion_app.certificates.reminders import due
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.clock import MovableClock
from tests.life.conftest import Register


@pytest.mark.parametrize(
    ("left", "lead"),
    [
        (200, None), (91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7),
        (-1, -1), (-8, -1), (-9, None), (-29, None), (-30, -30), (-37, -30), (-38, None), (-400, None),
    ],
)  # fmt: skip
def test_what_is_due_by_the_days_left(left: int, lead: int | None) -> None:
    assert due(left) == lead


async def _remind(container: Container) -> list[tuple[str, str]]:
    """Run the job as it runs each day; returns to whom what was sent."""
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("DELETE FROM outgoing_emails")
    for _ in range(2):
        after: UUID | None = None
        while True:
            async with unit_of_work(SYSTEM, container) as uow:
                after = await reminders.remind(uow, after, limit=1)
            if after is None:
                break
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT to_address, subject FROM outgoing_emails ORDER BY to_address")
    return [(row["to_address"].split("@")[0], row["subject"]) for row in rows]


async def test_each_reminder_goes_once_to_holder_and_manager_until_renewed(
    container: Container, cast: Cast, register: Register, clock: MovableClock
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(update(User).where(User.id == cast.marc.user_id).values(locale="en"))  # pyright: ignore[reportArgumentType]
    certificate = await register(cast.lea, days_ago=10)
    async with unit_of_work(cast.lea, container) as uow:
        until = (await service.get(uow, certificate)).valid_until
    assert until is not None
    assert await _remind(container) == []
    sent: dict[int, list[tuple[str, str]]] = {}
    for days in (85, 84, 20, 3, -2, -5, -31):
        clock.move(seconds=(until - timedelta(days=days) - clock.now()).total_seconds())
        sent[days] = await _remind(container)
    assert [who for who, _ in sent[85]] == ["lea", "marc"]
    assert sent[85][0][1].startswith("Expire dans 84 jours")
    assert sent[85][1][1] == "A certificate of your team is running out"
    assert sent[84] == []
    assert sent[20][0][1].startswith("Expire dans 19 jours")
    assert [who for who, _ in sent[3]] == ["lea", "marc"]
    assert sent[-2][0][1].startswith("Expiré")
    assert sent[-5] == []
    assert [who for who, _ in sent[-31]] == ["lea", "marc"]
    async with unit_of_work(cast.lea, container) as uow:
        rows = await uow.sql("SELECT kind, lead_days FROM certificate_events ORDER BY at, id")
    assert [(row["kind"], row["lead_days"]) for row in rows if row["kind"] == "reminded"] == [
        ("reminded", lead) for lead in (90, 30, 7, -1, -30)
    ]
    assert [row["kind"] for row in rows if row["kind"] in {"expiring", "expired"}] == ["expiring", "expired"]


async def test_who_has_renewed_is_left_alone(
    container: Container, cast: Cast, register: Register, clock: MovableClock
) -> None:
    await register(cast.lea, days_ago=1070)
    clock.move(minutes=1)
    await register(cast.lea, days_ago=1)
    assert await _remind(container) == []
