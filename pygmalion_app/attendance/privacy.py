"""What attendance holds on people: that they were there, why not, and how they sign.

It proves the training, as enrolments do, and is kept as long: 7 years after the session. After an erasure the times
remain, and neither the drawing nor the reason.
"""

from typing import LiteralString

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.attendance import drawing
from pygmalion_app.attendance.models import AttendanceCountersignature, AttendanceMark
from pygmalion_app.core.privacy import (
    Ground,
    Held,
    HeldFile,
    Holder,
    Kept,
    Period,
    Person,
    Rule,
    erase_rows,
    forgets,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork

_SEVEN_YEARS = Period(years=7)
_SECRETS = ("sealed", "wrapped_key", "key_id", "recorded_by")
_OLD_MARKS: LiteralString = """
DELETE FROM attendance_marks m USING sessions s WHERE s.id = m.session_id
AND greatest(s.ends_at, m.signed_at) < %(before)s
"""
_OLD_COUNTERSIGNATURES: LiteralString = """
DELETE FROM attendance_countersignatures c USING sessions s WHERE s.id = c.session_id
AND greatest(s.ends_at, c.signed_at) < %(before)s
"""


async def _export(uow: UnitOfWork, person: Person) -> Held:
    marks = await records(
        uow, "SELECT * FROM attendance_marks WHERE user_id = %(user)s ORDER BY day, part", person, hide=_SECRETS
    )
    signed = await records(
        uow,
        "SELECT * FROM attendance_countersignatures WHERE user_id = %(user)s ORDER BY day, part",
        person,
        hide=_SECRETS,
    )
    noted = await records(
        uow,
        "SELECT id, session_id, day, part, state, received_at FROM attendance_marks"
        " WHERE recorded_by = %(user)s AND user_id <> %(user)s ORDER BY received_at",
        person,
    )
    drawn = [
        HeldFile(f"attendance/{row.day}-{row.part}-{row.id}.svg", drawing.svg(strokes).encode())
        for row in await _signed(uow, person)
        if (strokes := drawing.opened(uow.settings.file_key_ring, row))
    ]
    return Held(
        {"half_days": marks, "half_days_countersigned": signed, "half_days_noted_for_others": noted}, tuple(drawn)
    )


async def _signed(uow: UnitOfWork, person: Person) -> list[drawing.Signed]:
    found: list[drawing.Signed] = []
    for table in (AttendanceMark, AttendanceCountersignature):
        query = select(table).where(col(table.user_id) == person.id).order_by(col(table.id))
        found += (await uow.session.execute(query)).scalars()
    return found


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "UPDATE attendance_marks SET sealed = NULL, wrapped_key = NULL, key_id = NULL, note = '', reason = ''"
        " WHERE user_id = %(user)s",
        "UPDATE attendance_countersignatures SET sealed = NULL, wrapped_key = NULL, key_id = NULL"
        " WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="attendance",
        export=_export,
        erase=_erase,
        kept=(
            Kept(
                "attendance",
                "SELECT max(s.ends_at) AS since FROM sessions s WHERE s.id IN (SELECT session_id FROM attendance_marks"
                " WHERE user_id = %(user)s UNION SELECT session_id FROM attendance_countersignatures"
                " WHERE user_id = %(user)s)",
                _SEVEN_YEARS,
            ),
        ),
        rules=(
            Rule("attendance", _SEVEN_YEARS, forgets(_OLD_MARKS)),
            Rule("attendance-trainers", _SEVEN_YEARS, forgets(_OLD_COUNTERSIGNATURES)),
        ),
    )
)
