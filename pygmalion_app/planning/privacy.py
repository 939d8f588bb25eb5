"""What plans hold on people: for which sessions they were proposed, what was missing, and when they are away."""

from typing import LiteralString

from pygmalion_app.core.privacy import (
    Ground,
    Held,
    Holder,
    Period,
    Person,
    Rule,
    erase_rows,
    forgets,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork

_OWN: tuple[tuple[str, LiteralString], ...] = (
    ("plan_bookings", "SELECT * FROM plan_bookings WHERE user_id = %(user)s ORDER BY created_at, id"),
    ("plan_gaps", "SELECT * FROM plan_gaps WHERE user_id = %(user)s ORDER BY created_at, id"),
    ("plan_unavailabilities", "SELECT * FROM plan_unavailabilities WHERE user_id = %(user)s ORDER BY first_day, id"),
)


async def _export(uow: UnitOfWork, person: Person) -> Held:
    return Held({name: await records(uow, query, person) for name, query in _OWN})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM plan_bookings WHERE user_id = %(user)s",
        "DELETE FROM plan_gaps WHERE user_id = %(user)s",
        "DELETE FROM plan_unavailabilities WHERE user_id = %(user)s",
        "UPDATE plans SET created_by = NULL WHERE created_by = %(user)s",
        "UPDATE plans SET booked_by = NULL WHERE booked_by = %(user)s",
    )


register(
    Holder(
        area="plans",
        export=_export,
        erase=_erase,
        rules=(
            # The orders say what was booked; what was only proposed is of no use by then.
            Rule("plans", Period(years=1), forgets("DELETE FROM plans WHERE created_at < %(before)s")),
            Rule(
                "plan_unavailabilities",
                Period(months=1),
                forgets("DELETE FROM plan_unavailabilities WHERE last_day < %(before)s::date"),
            ),
        ),
    )
)
