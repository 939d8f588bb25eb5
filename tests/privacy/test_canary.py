"""Erasure and retention, watched by a canary planted in every table and every store."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from pygmalion_app.bootstrap import metadata
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.privacy import erasure
from pygmalion_app.privacy.jobs import do_daily
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.privacy.conftest import recently
from tests.privacy.planting import CANARY, NOT_PERSONAL, Plant, plant

RunJobs = Callable[[], Awaitable[None]]

NAMED_AFTER_ERASURE = {
    **dict.fromkeys(("kyc_cases", "kyc_documents", "kyc_transitions"), 5),
    # An invoice must name its buyer and the third party's file; a transfer says what the bank said.
    **dict.fromkeys(("invoices", "invoice_transfers", "order_funding"), 10),
}
"""The retention list: tables in which something that describes the person outlives the erasure, and years."""
ID_AFTER_ERASURE = {
    **NAMED_AFTER_ERASURE,
    "enrollments": 7,
    "enrollment_changes": 7,
    **dict.fromkeys(("attendance_marks", "attendance_countersignatures", "surveys"), 7),
    **dict.fromkeys(("contracts", "withdrawals"), 7),
    "orders": 10,
    "disputes": 10,
    "payments": 10,
    "erasure_requests": 5,
    "audit_events": None,
    "users": None,
    "account_lifecycles": None,
    "certificates": None,
}
"""Tables in which the erased account's id, which leads to nobody, stays: for years, or as long as the certificate.

Events of the audit trail go by the database's own clock, which no test moves (`tests/audit`).
"""


def _dump(url: str) -> dict[str, str]:
    """Return every table's rows as text, the job queue's included; binary columns in hexadecimal."""
    superuser = make_url(url).set(username="postgres").render_as_string(hide_password=False)
    with psycopg.connect(superuser) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows_of = sql.SQL("SELECT to_jsonb(t)::text FROM {} t")
        return {
            name: "\n".join(row for (row,) in connection.execute(rows_of.format(sql.Identifier(name))))
            for (name,) in tables
        }


def _seen(dump: dict[str, str], *more: str) -> set[str]:
    marks = more or (CANARY, CANARY.encode().hex())
    return {table for table, rows in dump.items() if any(mark in rows for mark in marks)}


def _files(home: Path) -> list[Path]:
    return [path for path in (home / "files").rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


async def _plant_everywhere(container: Container, cast: Cast, clock: MovableClock) -> Plant:
    async with unit_of_work(SYSTEM, container) as uow:
        past = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=-2)
        planted = await plant(uow.session, cast, cast.lea, CANARY, clock.now(), past)
        await uow.sql(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('mail', 'notifications.send_email', %(args)s, 'failed')",
            args=json.dumps({"to": f"{CANARY}-job"}),
        )
    for key in (f"certificates/{CANARY}.pdf", f"kyc/{planted.rows['kyc_documents']['id']}"):
        await container.ports.files.put(key, f"{CANARY}-file".encode())
    await container.ports.files.put(f"exports/{planted.rows['privacy_exports']['id']}", f"{CANARY}-zip".encode())
    return planted


def test_every_table_is_planted_or_says_why_not() -> None:
    """A new table that describes people is planted by itself; one that has no way to them must say what it holds."""
    unknown = {name for name in NOT_PERSONAL if name not in metadata().tables}
    assert not unknown, f"no such tables any more: {unknown}"


async def test_the_canary_is_gone_after_erasure_and_at_the_end_of_every_period(
    container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    planted = await _plant_everywhere(container, cast, clock)
    url, home = container.settings.database_url.get_secret_value(), container.settings.pygmalion_home
    missed = {column.split(".")[0] for column in planted.columns} - _seen(_dump(url))
    assert not missed, f"the canary never got into {missed}"
    assert len(_files(home)) == 3

    async with unit_of_work(recently(cast.lea, clock), container) as uow:
        await erasure.request_erasure(uow)
    clock.move(days=29)
    await do_daily()
    assert "users" in _seen(_dump(url)), "days of grace"
    clock.move(days=2)
    await do_daily()
    await run_jobs()
    dump = _dump(url)
    # A failed job is forgotten after 3 months; an event of the queue holds what the job held.
    left = _seen(dump) - {"procrastinate_jobs"}
    assert left <= set(NAMED_AFTER_ERASURE), f"still named after the erasure: {left - set(NAMED_AFTER_ERASURE)}"
    left = _seen(dump, str(planted.user))
    assert left <= set(ID_AFTER_ERASURE), f"still there after the erasure: {left - set(ID_AFTER_ERASURE)}"
    assert [path.parent.name for path in _files(home)] == ["kyc"]

    erased_at = clock.now()
    for years in (1, 5, 7, 10):
        clock.set(erased_at + timedelta(days=366 * years + 2))
        await do_daily()
        await run_jobs()
        dump = _dump(url)
        named = {table for table, period in NAMED_AFTER_ERASURE.items() if period <= years}
        known = {table for table, period in ID_AFTER_ERASURE.items() if period and period <= years}
        assert not _seen(dump) & (named | {"procrastinate_jobs"}), f"still named after {years} years"
        assert not _seen(dump, str(planted.user)) & known, f"still there after {years} years"
    assert _seen(dump) == set()
    assert _files(home) == []


async def test_nothing_in_an_erased_account_leads_back_to_its_owner(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    """The pseudonym is random: neither the id nor the old address can be found in it."""
    await _erase(container, cast, clock)
    async with unit_of_work(SYSTEM, container) as uow:
        (row,) = await uow.sql("SELECT * FROM users WHERE id = %(id)s", id=cast.lea.user_id)
    said = " ".join(str(value) for name, value in row.items() if name not in {"id", "created_at"}).lower()
    assert "lea" not in said
    for part in (str(cast.lea.user_id), str(cast.lea.user_id).replace("-", ""), str(cast.lea.user_id)[:8]):
        assert part not in said
    assert row["email"].endswith("@erased.invalid")
    assert row["password_hash"] is None


async def _erase(container: Container, cast: Cast, clock: MovableClock) -> dict[str, Any]:
    async with unit_of_work(recently(cast.lea, clock), container) as uow:
        await erasure.request_erasure(uow)
    clock.move(days=31)
    await erasure.erase_due()
    return {}
