"""Signing: by hand on the trainer's screen, on one's own after scanning, late, twice, and behind somebody's back."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from pygmalion_app.attendance import codes, drawing, papers, queries, rotation, scanning, service
from pygmalion_app.attendance.errors import (
    AttendanceClosedError,
    AttendanceCodeError,
    AttendanceIncompleteError,
    AttendanceNotOpenError,
    NotParticipantError,
)
from pygmalion_app.attendance.schemas import (
    Countersign,
    HalfDayKey,
    HalfDayView,
    Mark,
    MarkView,
    SheetView,
    SignByTicket,
    TicketView,
)
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.attendance.conftest import STROKES, Seats, said
from tests.cast import Cast
from tests.clock import MovableClock


async def _sheet(container: Container, actor: Actor, session: UUID) -> SheetView:
    async with unit_of_work(actor, container) as uow:
        return await queries.sheet(uow, session)


async def _mark(container: Container, actor: Actor, session: UUID, **changes: Any) -> MarkView:
    async with unit_of_work(actor, container) as uow:
        return await service.mark(uow, session, Mark(**said(**changes)))


async def _countersign(container: Container, actor: Actor, session: UUID, **changes: Any) -> None:
    async with unit_of_work(actor, container) as uow:
        await service.countersign(uow, session, Countersign(**said(**changes)))


async def _scan(container: Container, cast: Cast, actor: Actor, session: UUID, half: HalfDayView) -> TicketView:
    async with unit_of_work(cast.tom, container) as uow:
        shown = await scanning.show_code(uow, session, HalfDayKey(day=half.day, part=half.part), "fr")
    async with unit_of_work(actor, container) as uow:
        return await scanning.scan(uow, shown.url.rsplit("/", 1)[-1])


async def test_a_half_day_is_signed_by_everybody_and_closed_by_the_trainer(
    container: Container, cast: Cast, today: UUID, seats: Seats, clock: MovableClock
) -> None:
    lea, marc = await seats(today, cast.lea, cast.marc)
    half = (await _sheet(container, cast.tom, today)).half_days[0]
    where = {"day": half.day, "part": half.part, "signed_at": clock.now()}
    await _mark(container, cast.tom, today, enrollment_id=lea, state="present", **where)
    with pytest.raises(AttendanceIncompleteError) as missing:
        await _countersign(container, cast.tom, today, **where)
    assert missing.value.facts == {"missing": 1}
    await _mark(container, cast.tom, today, enrollment_id=marc, state="absent", reason="illness", drawing=None, **where)
    await _countersign(container, cast.tom, today, **where)
    sheet = await _sheet(container, cast.olga, today)
    assert {(mark.enrollment_id, mark.state, mark.reason) for mark in sheet.marks} == {
        (lea, "present", ""), (marc, "absent", "illness"),
    }  # fmt: skip
    assert [one.name for one in sheet.countersignatures] == ["Tom Test"]
    with pytest.raises(AttendanceClosedError):
        await _mark(container, cast.tom, today, enrollment_id=marc, state="present", **where)
    async with unit_of_work(cast.tom, container) as uow:
        await service.reopen(uow, today, HalfDayKey(day=half.day, part=half.part))
    await _mark(container, cast.tom, today, enrollment_id=marc, state="late", minutes_late=20, **where)
    assert (await _sheet(container, cast.tom, today)).countersignatures == ()


async def test_sending_again_changes_nothing_and_two_devices_leave_one_mark(
    container: Container, cast: Cast, today: UUID, seats: Seats, clock: MovableClock
) -> None:
    (lea,) = await seats(today, cast.lea)
    half = (await _sheet(container, cast.tom, today)).half_days[0]
    signed = clock.now()
    body = said(enrollment_id=lea, day=half.day, part=half.part, state="present", signed_at=signed)
    clock.move(hours=3)
    first = await _mark(container, cast.tom, today, **body)
    clock.move(hours=1)
    assert await _mark(container, cast.tom, today, **body) == first
    # Drawn without a network: told apart.
    assert (first.signed_at, first.received_at, first.sent_late) == (signed, signed + timedelta(hours=3), True)
    others = [body | said(signed_at=signed + timedelta(minutes=one)) for one in (1, 2)]
    await asyncio.gather(*(_mark(container, cast.tom, today, **other) for other in others))
    (mark,) = (await _sheet(container, cast.tom, today)).marks
    assert mark.signed_at == signed + timedelta(minutes=2)
    # An older one that comes late does not take its place, unless a signature comes against an absence.
    await _mark(container, cast.tom, today, **body | said(drawing=None, state="absent", reason="unknown"))
    assert (await _sheet(container, cast.tom, today)).marks == (mark,)
    later = {"signed_at": clock.now(), "drawing": None, "state": "absent", "reason": "unknown"}
    assert (await _mark(container, cast.tom, today, **body | said(**later))).state == "absent"
    assert (await _mark(container, cast.tom, today, **body | said())).state == "present"


async def test_nobody_else_signs_or_sees(container: Container, cast: Cast, today: UUID, seats: Seats) -> None:
    (lea,) = await seats(today, cast.lea)
    for actor in (cast.lea, cast.marc, cast.stranger):
        with pytest.raises(NotFoundError):
            await _sheet(container, actor, today)
        with pytest.raises(NotFoundError):
            await _mark(
                container, actor, today, enrollment_id=lea, day="2027-01-01", part=1, state="present",
                signed_at=container.clock.now(),
            )  # fmt: skip
    (elsewhere,) = await seats(cast.session, cast.marc)
    half = (await _sheet(container, cast.tom, today)).half_days[0]
    where = {"day": half.day, "part": half.part, "state": "present", "signed_at": container.clock.now()}
    with pytest.raises(NotFoundError):
        await _mark(container, cast.tom, today, enrollment_id=elsewhere, **where)


async def test_a_code_turns_and_a_ticket_is_ones_own(
    container: Container, cast: Cast, today: UUID, seats: Seats, clock: MovableClock
) -> None:
    (lea,) = await seats(today, cast.lea)
    half = (await _sheet(container, cast.tom, today)).half_days[0]
    with pytest.raises(NotParticipantError):
        await _scan(container, cast, cast.stranger, today, half)
    got = await _scan(container, cast, cast.lea, today, half)
    assert (got.name, got.minutes_late, got.signed) == ("Lea Test", None, False)
    # The phone finds its network hours later.
    body: dict[str, Any] = said(ticket=got.ticket, signed_at=clock.now() + timedelta(minutes=1))
    clock.move(hours=6)
    async with unit_of_work(cast.marc, container) as uow:
        with pytest.raises(NotFoundError):
            await scanning.sign(uow, SignByTicket(**body))
    for _ in range(2):
        async with unit_of_work(cast.lea, container) as uow:
            mark = await scanning.sign(uow, SignByTicket(**body))
        assert (mark.enrollment_id, mark.state, mark.method, mark.sent_late) == (lea, "present", "code", True)
    secret = container.settings.session_secret
    old = codes.code(secret, today, half.day, half.part, clock.now() - timedelta(minutes=6))
    forged = old[:-2] + ("AA" if old[-2:] != "AA" else "BB")
    for shown in (old, forged, "", "é", got.ticket):
        async with unit_of_work(cast.lea, container) as uow:
            with pytest.raises(AttendanceCodeError):
                await scanning.scan(uow, shown)


async def test_who_scans_late_is_late_by_our_own_clock(
    container: Container, cast: Cast, today: UUID, seats: Seats, clock: MovableClock
) -> None:
    await seats(today, cast.lea)
    half = (await _sheet(container, cast.tom, today)).half_days[0]
    clock.move(minutes=35)
    got = await _scan(container, cast, cast.lea, today, half)
    assert got.minutes_late == 40
    # A device that claims an earlier time is not believed.
    body: dict[str, Any] = said(ticket=got.ticket, reason="transport", signed_at=half.starts_at)
    async with unit_of_work(cast.lea, container) as uow:
        mark = await scanning.sign(uow, SignByTicket(**body))
    assert (mark.state, mark.minutes_late, mark.reason) == ("late", 40, "transport")
    assert abs(mark.signed_at - clock.now()) < timedelta(seconds=1)


async def test_signatures_have_their_time(
    container: Container, cast: Cast, seats: Seats, clock: MovableClock, today: UUID
) -> None:
    (lea,) = await seats(today, cast.lea)
    strict = container.settings.model_copy(update={"early_validation": False})
    half = (await _sheet(container, cast.tom, today)).half_days[-1]
    where = {"enrollment_id": lea, "day": half.day, "part": half.part, "state": "present"}
    for moment in (half.starts_at - timedelta(hours=2), half.ends_at + timedelta(hours=25)):
        async with unit_of_work(cast.tom, container) as uow:
            uow.settings = strict
            clock.set(moment)
            with pytest.raises(AttendanceNotOpenError):
                await service.mark(uow, today, Mark(**said(signed_at=moment, **where)))


async def test_drawings_are_encrypted_bound_to_their_row_and_rewrapped(
    container: Container, cast: Cast, today: UUID, seats: Seats, clock: MovableClock
) -> None:
    first, second = await seats(today, cast.lea, cast.marc)
    half = (await _sheet(container, cast.tom, today)).half_days[0]
    where = {"day": half.day, "part": half.part, "signed_at": clock.now(), "state": "present"}
    for seat in (first, second):
        await _mark(container, cast.tom, today, enrollment_id=seat, **where)
    async with unit_of_work(SYSTEM, container) as uow:
        one, other = await queries.marks_of(uow, today)
        ring = container.settings.file_key_ring
        assert STROKES.encode() not in (one.sealed or b"")
        assert drawing.opened(ring, one) == STROKES
        one.sealed, one.wrapped_key = other.sealed, other.wrapped_key
        assert drawing.opened(ring, one) is None
        uow.session.expunge_all()
        await uow.session.execute(text("UPDATE attendance_marks SET key_id = key_id"))
        assert await rotation.keys_in_use(uow) == {ring.current: 2}
        assert await rotation.rewrap_some(uow) == 0


async def test_the_sheet_is_a_document_with_its_signatures(
    container: Container, cast: Cast, today: UUID, seats: Seats, clock: MovableClock
) -> None:
    (lea,) = await seats(today, cast.lea)
    half = (await _sheet(container, cast.tom, today)).half_days[0]
    where = {"day": half.day, "part": half.part, "signed_at": clock.now()}
    await _mark(container, cast.tom, today, enrollment_id=lea, state="late", minutes_late=20, **where)
    await _countersign(container, cast.tom, today, **where)
    for locale in ("fr", "en"):
        async with unit_of_work(cast.tom, container) as uow:
            pdf = await papers.sheet_pdf(uow, today, locale)
        assert pdf.startswith(b"%PDF-")
    async with unit_of_work(cast.marc, container) as uow:
        with pytest.raises(NotFoundError):
            await papers.sheet_pdf(uow, today, "fr")


async def test_attendance_says_who_came(
    container: Container, cast: Cast, today: UUID, seats: Seats, clock: MovableClock
) -> None:
    lea, marc = await seats(today, cast.lea, cast.marc)
    halves = (await _sheet(container, cast.tom, today)).half_days
    clock.set(halves[-1].ends_at)
    for half in halves:
        where = {"day": half.day, "part": half.part, "signed_at": half.starts_at}
        await _mark(container, cast.tom, today, enrollment_id=lea, state="present", **where)
        told = {"state": "absent", "reason": "work", "drawing": None}
        await _mark(container, cast.tom, today, enrollment_id=marc, **told, **where)
        async with unit_of_work(cast.tom, container) as uow:
            found = await queries.attended(uow, today)
        assert not found[lea].settled
        await _countersign(container, cast.tom, today, **where)
    async with unit_of_work(cast.tom, container) as uow:
        found = await queries.attended(uow, today)
    total = len(halves)
    assert (found[lea].signed, found[lea].absent, found[lea].settled) == (total, 0, True)
    assert (found[marc].signed, found[marc].absent, found[marc].total) == (0, total, total)
