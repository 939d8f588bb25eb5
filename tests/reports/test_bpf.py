"""The yearly training report: what plain SQL says of the same year, what it lacks, and who may state what it lacks."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.models import Payer, TraineeKind
from pygmalion_app.reports import bpf_statements
from pygmalion_app.reports.bpf import bpf
from pygmalion_app.reports.bpf_schemas import BpfReport, People, Source
from pygmalion_app.ui.reports.bpf_state import BpfState
from tests.attendance.conftest import Seats, seats  # noqa: F401 - a fixture
from tests.cast import Cast, add_course, add_session
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer
from tests.reports.world import sell
from tests.ui_private.conftest import Open, _pages, open_as, visit  # noqa: F401 - fixtures

RunJobs = Callable[[], Awaitable[None]]


async def _sql(query: str, **values: Any) -> Any:
    async with unit_of_work(SYSTEM) as uow:
        return (await uow.session.execute(text(query), values)).all()


@pytest.fixture
async def year(cast: Cast, clock: MovableClock, seats: Seats) -> Cast:  # noqa: F811
    """Return the cast after 2026: two sessions (one remote), half a day missed, sales, funding, a subcontract."""
    clock.set(datetime(2026, 5, 1, 8, tzinfo=UTC))
    async with unit_of_work(SYSTEM) as uow:
        other = await add_course(uow, cast.school, "Cargo")
        first = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=10)
        second = await add_session(uow, other, cast.school, None, in_days=20)
        await uow.session.execute(
            text("UPDATE courses SET bpf_objective = 'rs', nsf_code = '344' WHERE id = :id"), {"id": cast.course}
        )
        # 09:00 to 17:00 in Paris: two half-days.
        await uow.session.execute(
            text("UPDATE sessions SET starts_at = '2026-05-11 07:00Z', ends_at = '2026-05-11 15:00Z' WHERE id = :id"),
            {"id": first},
        )
        await uow.session.execute(text("UPDATE sessions SET modality = 'VIRTUEL' WHERE id = :id"), {"id": second})
    await seats(first, cast.lea, cast.marc, present=True, passed=True, status="COMPLETED")
    await seats(first, cast.ada)
    (alone,) = await seats(second, cast.lea, present=True, passed=True, status="COMPLETED")
    (entrusted,) = await seats(second, cast.marc, present=True, passed=True, status="COMPLETED")
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(
            text("UPDATE orders SET payer = :payer, buyer_organization_id = NULL WHERE id ="
                 " (SELECT order_id FROM enrollments WHERE id = :id)"),
            {"payer": Payer.INDIVIDUAL, "id": alone},
        )  # fmt: skip
        await uow.session.execute(
            text("UPDATE orders SET buyer_organization_id = :school WHERE id ="
                 " (SELECT order_id FROM enrollments WHERE id = :id)"),
            {"school": cast.school, "id": entrusted},
        )  # fmt: skip
        await uow.session.execute(
            text("""INSERT INTO order_funding (id, order_id, kind, name, dossier, amount_cents, commission_cents,
                credited_cents, subrogation, status)
                SELECT gen_random_uuid(), order_id, 'cpf', 'CPF', 'D1', 1000, 0, 0, true, 'requested'
                FROM enrollments WHERE id = :id"""),
            {"id": alone},
        )
        await uow.session.execute(
            text("""INSERT INTO attendance_marks (id, session_id, organization_id, day, part, client_id, signed_at,
                received_at, enrollment_id, user_id, state, reason, note, method)
                SELECT gen_random_uuid(), e.session_id, e.seller_organization_id, '2026-05-11', part,
                gen_random_uuid(), now(), now(), e.id, e.user_id, state, '', '', 'handed'
                FROM enrollments e, (VALUES (1, 'present'), (2, 'absent')) AS marks (part, state)
                WHERE e.session_id = :session AND e.user_id = :user"""),
            {"session": first, "user": cast.lea.user_id},
        )
    clock.set(datetime(2026, 6, 1, tzinfo=UTC))
    order = await sell(cast, back=57_000)
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(
            text("""INSERT INTO order_funding (id, order_id, kind, name, dossier, amount_cents, commission_cents,
                credited_cents, subrogation, status)
                VALUES (gen_random_uuid(), :order, 'opco', 'OPCO', 'D2', 38000, 0, 0, true, 'requested')"""),
            {"order": order},
        )
        await uow.session.execute(
            text("UPDATE payments SET amount_cents = amount_cents - 38000, third_party_cents = 38000"
                 " WHERE reference = :order"),
            {"order": order},
        )  # fmt: skip
    clock.set(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))  # in Paris it is 2027 already
    await sell(cast)
    return cast


async def _report(container: Container, actor: Actor, year: int = 2026) -> BpfReport:
    async with unit_of_work(actor, container) as uow:
        return await bpf(uow, None, year)


def _lines(lines: tuple[People, ...]) -> dict[str, tuple[int, int]]:
    return {one.key: (one.people, one.minutes) for one in lines if one.people}


async def test_trainees_and_hours_equal_plain_sql(container: Container, year: Cast) -> None:
    found = await _report(container, year.olga)
    rows = await _sql(
        """SELECT coalesce(nullif(c.bpf_objective, ''), 'professional') AS objective, c.nsf_code, count(*) AS people,
        sum(c.duration_minutes * (1 - 0.5 * (SELECT count(*) FROM attendance_marks m WHERE m.enrollment_id = e.id
          AND m.state = 'absent')))::int AS minutes
        FROM enrollments e JOIN sessions s ON s.id = e.session_id JOIN courses c ON c.id = s.course_id
        JOIN orders o ON o.id = e.order_id LEFT JOIN organizations b ON b.id = o.buyer_organization_id
        WHERE e.present AND s.ends_at < '2027-01-01' AND b.kind IS DISTINCT FROM 'training' GROUP BY 1, 2"""
    )
    assert _lines(found.objectives) == {row.objective: (row.people, row.minutes) for row in rows}
    assert _lines(found.specialities) == {row.nsf_code: (row.people, row.minutes) for row in rows}
    people, minutes = sum(row.people for row in rows), sum(row.minutes for row in rows)
    assert (found.total.people, found.total.minutes) == (people, minutes) == (3, 105 + 210 + 210)
    for frame in (found.trainees, found.objectives, found.specialities):
        assert (sum(one.people for one in frame), sum(one.minutes for one in frame)) == (people, minutes)
    assert _lines(found.trainees) == {"employee": (2, 315), "other": (1, 210)}
    assert (found.remote.people, found.remote.minutes) == (1, 210)
    assert (found.entrusted.people, found.entrusted.minutes) == (1, 210)
    assert _lines(found.trainers) == {"internal": (1, 210)}


async def test_income_equals_the_books(container: Container, year: Cast) -> None:
    found = await _report(container, year.olga)
    ((books,),) = await _sql(
        """SELECT sum(l.amount_cents * o.net_cents / o.total_cents) FROM ledger_lines l
        JOIN ledger_entries e ON e.id = l.entry_id JOIN orders o ON o.id = e.order_id WHERE l.account = 'BUYER'
        AND e.kind IN ('sale', 'credit') AND e.occurred_at < '2026-12-31 23:00Z'"""
    )
    assert found.income_cents == books == 47_500
    # A third of the order is the OPCO's, and of what is left of it after half was given back.
    told = {one.source: one.cents for one in found.income if one.cents}
    assert told == {Source.OPCO: 15_833, Source.COMPANIES: 31_667}
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(
            text("UPDATE organizations SET siret = '13002526500013' WHERE id = :id"), {"id": year.company}
        )
    public = await _report(container, year.olga)
    assert {one.source for one in public.income if one.cents} == {Source.OPCO, Source.PUBLIC}
    assert _lines(public.trainees) == {"other": (3, 525)}


async def test_what_is_missing_is_listed_and_can_be_stated(
    container: Container,
    year: Cast,
    open_as: Open[BpfState],  # noqa: F811
) -> None:
    found = await _report(container, year.olga)
    told = {(one.kind.value, one.count) for one in found.missing}
    assert told >= {("unjudged", 1), ("sheet", 2), ("no-trainer", 1), ("trainer", 1), ("trainee", 1), ("objective", 1)}
    assert {"nsf", "funding"} <= {kind for kind, _ in told}
    state = await open_as(BpfState, "/fr/reports", year.olga)
    await BpfState.load.fn(state)
    assert (state.year, len(state.gaps)) == ("2026", len(found.missing))
    trainer, trainee = (next(row for row in state.gaps if row.states == name) for name in ("trainer", "trainee"))
    await BpfState.state_trainer.fn(state, trainer.id, "external")
    await BpfState.state_trainee.fn(state, trainee.id, "jobseeker")
    assert not [row for row in state.gaps if row.states]
    stated = await _report(container, year.olga)
    assert _lines(stated.trainers) == {"external": (1, 210)}
    assert _lines(stated.trainees) == {"employee": (2, 315), "jobseeker": (1, 210)}
    assert (stated.subcontracted.people, stated.subcontracted.minutes) == (2, 315)


async def test_nobody_states_anything_for_another_school(container: Container, year: Cast) -> None:
    ((enrollment,),) = await _sql("SELECT id FROM enrollments LIMIT 1")
    for actor, error in ((year.marc, PermissionDeniedError), (year.tom, PermissionDeniedError)):
        async with unit_of_work(actor, container) as uow:
            with pytest.raises(error):
                await bpf_statements.say_trainee(uow, year.school, enrollment, TraineeKind.OTHER)
    async with unit_of_work(year.olga, container) as uow:
        with pytest.raises(NotFoundError):
            await bpf_statements.say_trainer(uow, year.school, UUID(int=1), external=True)
        with pytest.raises(InvalidInputError):
            await bpf(uow, year.school, 2050)
    async with unit_of_work(year.marc, container) as uow:
        with pytest.raises(NotFoundError):
            await bpf(uow, None, 2026)


async def test_the_file_says_the_same(
    client: httpx.AsyncClient, container: Container, year: Cast, run_jobs: RunJobs
) -> None:
    headers = bearer(container, year.olga)
    shown = (await client.get("/api/v1/reports/bpf?year=2026", headers=headers)).json()["data"]
    assert (shown["incomeCents"], shown["total"]) == (47_500, {"key": "total", "people": 3, "minutes": 525})
    for kind in ("csv", "xlsx", "pdf"):
        wanted = {"report": "bpf", "format": kind, "filters": {"year": 2026}, "locale": "fr"}
        asked = (await client.post("/api/v1/reports/exports", json=wanted, headers=headers)).json()["data"]
        await run_jobs()
        file = await client.get(f"/api/v1/reports/exports/{asked['id']}/download", headers=headers)
        assert file.status_code == 200
        if kind == "csv":
            rows = list(csv.reader(io.StringIO(file.text.lstrip("\ufeff")), delimiter=";"))
            assert ["2h", "OPCO, plans de développement des compétences", "158,33"] in rows
            assert rows.count(["", "Total", "3", "8,75"]) == 3
            assert ["F-2 · Dont activité sous-traitée", "Confié à des formateurs externes", "0", "0"] in rows
