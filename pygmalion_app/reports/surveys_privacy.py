"""What surveys hold on people: their opinion of a training.

After an erasure the marks stay among the figures, with nobody's words and an id that leads to nobody; they go with the
enrolment, 7 years after the session.
"""

from pygmalion_app.core.privacy import (
    Ground,
    Held,
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


async def _export(uow: UnitOfWork, person: Person) -> Held:
    rows = await records(
        uow, "SELECT * FROM surveys WHERE user_id = %(user)s ORDER BY sent_at", person, hide=("token_hash",)
    )
    return Held({"surveys": rows})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM surveys WHERE user_id = %(user)s AND answered_at IS NULL",
        "UPDATE surveys SET comment = '', token_hash = sha256(uuid_send(id)) WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="surveys",
        export=_export,
        erase=_erase,
        kept=(
            Kept(
                "surveys",
                "SELECT max(s.ends_at) AS since FROM surveys v JOIN sessions s ON s.id = v.session_id"
                " WHERE v.user_id = %(user)s AND v.answered_at IS NOT NULL",
                _SEVEN_YEARS,
            ),
        ),
        rules=(
            Rule(
                "surveys",
                _SEVEN_YEARS,
                forgets(
                    "DELETE FROM surveys v USING sessions s WHERE s.id = v.session_id"
                    " AND greatest(s.ends_at, v.sent_at) < %(before)s"
                ),
            ),
        ),
    )
)
