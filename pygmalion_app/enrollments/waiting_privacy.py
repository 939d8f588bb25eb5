"""What the waiting list holds on people: who waited for what, and whom they wanted to bring.

Nothing of it is part of the accounts: it goes a year after the session, and with an erasure. The names that somebody
else put on their group go when the named person's account is erased.
"""

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
from pygmalion_app.enrollments.seats import defer_offers


async def _export(uow: UnitOfWork, person: Person) -> Held:
    entries = await records(
        uow,
        "SELECT w.*, c.title AS course, s.starts_at FROM waiting_list_entries w"
        " JOIN sessions s ON s.id = w.session_id JOIN courses c ON c.id = s.course_id"
        " WHERE w.user_id = %(user)s ORDER BY w.joined_at",
        person,
    )
    named = await records(
        uow,
        "SELECT w.session_id, w.joined_at, named AS participant FROM waiting_list_entries w"
        " CROSS JOIN LATERAL jsonb_array_elements(w.participants) AS named"
        " WHERE jsonb_typeof(w.participants) = 'array' AND lower(named ->> 'email') = lower(%(email)s)"
        " AND w.user_id <> %(user)s ORDER BY w.joined_at",
        person,
    )
    return Held({"waiting_list": entries, "waiting_list_named": named})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    held = await uow.sql(
        "SELECT session_id FROM waiting_list_entries WHERE user_id = %(user)s AND held_seats > 0", user=person.id
    )
    for row in held:
        await defer_offers(uow, row["session_id"])
    await erase_rows(
        uow,
        person,
        "DELETE FROM waiting_list_entries WHERE user_id = %(user)s",
        "UPDATE waiting_list_entries SET participants = ("
        " SELECT coalesce(jsonb_agg(named), '[]') FROM jsonb_array_elements(participants) AS named"
        " WHERE lower(named ->> 'email') IS DISTINCT FROM lower(%(email)s))"
        " WHERE jsonb_typeof(participants) = 'array' AND strpos(lower(participants::text), lower(%(email)s)) > 0",
    )


register(
    Holder(
        area="waiting_list",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "waiting_list",
                Period(years=1),
                forgets(
                    "DELETE FROM waiting_list_entries w USING sessions s"
                    " WHERE s.id = w.session_id AND s.ends_at < %(before)s AND w.status NOT IN ('waiting', 'offered')"
                ),
            ),
        ),
    )
)
