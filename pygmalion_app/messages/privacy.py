"""What messages hold on people: what they wrote, and what was written to them about their seats."""

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
    written = await records(
        uow, "SELECT thread_id, created_at, body FROM messages WHERE author_id = %(user)s ORDER BY id", person
    )
    received = await records(
        uow,
        "SELECT m.thread_id, m.created_at, m.body FROM messages m JOIN message_threads t ON t.id = m.thread_id"
        " WHERE t.learner_id = %(user)s AND m.author_id <> %(user)s ORDER BY m.id",
        person,
    )
    threads = await records(
        uow,
        "SELECT id, session_id, enrollment_id, created_at FROM message_threads"
        " WHERE %(user)s IN (learner_id, buyer_user_id) ORDER BY id",
        person,
    )
    read = await records(uow, "SELECT thread_id, read_until FROM message_reads WHERE user_id = %(user)s", person)
    return Held({"threads": threads, "written": written, "received": received, "read": read})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        # What was said about their seat goes with them, whoever said it.
        "DELETE FROM message_threads WHERE learner_id = %(user)s",
        "DELETE FROM messages WHERE author_id = %(user)s",
        "DELETE FROM message_reads WHERE user_id = %(user)s",
        "UPDATE message_threads SET buyer_user_id = NULL WHERE buyer_user_id = %(user)s",
    )


register(
    Holder(
        area="messages",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "messages",
                Period(years=3),
                forgets("DELETE FROM message_threads WHERE coalesce(last_at, created_at) < %(before)s"),
            ),
        ),
    )
)
