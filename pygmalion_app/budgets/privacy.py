"""What requests for training hold on people: who asked for what, for whom, in which words, and the answer.

They go a year after the session, and with an erasure: whoever asked takes the request along, who was only named in
one, or answered it, is taken out. Cost centres and charges are a company's accounts and hold ids only.
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


async def _export(uow: UnitOfWork, person: Person) -> Held:
    asked = await records(
        uow,
        "SELECT r.*, c.title AS course, s.starts_at FROM training_requests r JOIN sessions s ON s.id = r.session_id"
        " JOIN courses c ON c.id = s.course_id WHERE r.requested_by = %(user)s ORDER BY r.created_at",
        person,
    )
    named = await records(
        uow,
        "SELECT r.session_id, r.state, r.created_at, r.closed_at FROM training_requests r"
        " WHERE %(user)s = ANY (r.user_ids) AND r.requested_by <> %(user)s ORDER BY r.created_at",
        person,
    )
    return Held({"training_requests": asked, "training_requests_named": named})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM training_requests WHERE requested_by = %(user)s OR user_ids = ARRAY[%(user)s]::uuid[]",
        "UPDATE training_requests SET user_ids = array_remove(user_ids, %(user)s) WHERE %(user)s = ANY (user_ids)",
        "UPDATE training_requests SET note = '' WHERE %(user)s IN (first_approved_by, decided_by)",
    )


register(
    Holder(
        area="training_requests",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "training_requests",
                Period(years=1),
                forgets(
                    "DELETE FROM training_requests r USING sessions s"
                    " WHERE s.id = r.session_id AND s.ends_at < %(before)s"
                ),
            ),
        ),
    )
)
