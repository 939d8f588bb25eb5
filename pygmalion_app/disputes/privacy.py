"""What disputes hold on people: which payment somebody disputed, what was answered, and the document of it.

They are part of the accounts as their payment is (10 years, with which they go). What names people, the document and
the administrator's own words, goes with an erasure.
"""

from pygmalion_app.core.privacy import Ground, Held, Holder, Person, erase_file, erase_rows, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.disputes.service import file_keys


async def _export(uow: UnitOfWork, person: Person) -> Held:
    disputes = await records(
        uow,
        "SELECT d.* FROM disputes d JOIN payments p ON p.id = d.payment_id WHERE p.payer_user_id = %(user)s"
        " ORDER BY d.opened_at",
        person,
        hide=("sent_by",),
    )
    return Held({"disputes": disputes})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    # Participants are named in the document too.
    rows = await uow.sql(
        "SELECT d.id, d.evidence_attempt FROM disputes d JOIN payments p ON p.id = d.payment_id"
        " WHERE p.payer_user_id = %(user)s OR EXISTS"
        " (SELECT FROM enrollments e WHERE e.order_id = p.reference AND e.user_id = %(user)s)",
        user=person.id,
    )
    for row in rows:
        for attempt in range(1, row["evidence_attempt"] + 1):
            for key in file_keys(row["id"], attempt):
                await erase_file(uow, key)
    await erase_rows(
        uow,
        person,
        "UPDATE disputes d SET evidence_note = '', evidence_key = NULL, evidence_sha256 = NULL FROM payments p"
        " WHERE p.id = d.payment_id AND (p.payer_user_id = %(user)s OR EXISTS"
        " (SELECT FROM enrollments e WHERE e.order_id = p.reference AND e.user_id = %(user)s))",
    )


register(Holder(area="disputes", export=_export, erase=_erase))
