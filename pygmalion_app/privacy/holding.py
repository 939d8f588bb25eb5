"""What the privacy feature and the audit trail hold on people themselves."""

from datetime import datetime
from typing import Final, LiteralString

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
from pygmalion_app.privacy import exports

AUDIT_PERIOD: Final = Period(years=1)
_OWN: tuple[tuple[str, LiteralString], ...] = (
    ("consents", "SELECT * FROM consents WHERE user_id = %(user)s ORDER BY decided_at"),
    ("exports", "SELECT * FROM privacy_exports WHERE user_id = %(user)s ORDER BY requested_at"),
    ("erasure_requests", "SELECT * FROM erasure_requests WHERE user_id = %(user)s ORDER BY requested_at"),
    ("activity", "SELECT * FROM account_lifecycles WHERE user_id = %(user)s"),
)
# Whose act it was is somebody else's business where the person was acted upon.
_ACTS: LiteralString = """
SELECT occurred_at, action, organization_id, subject_id, facts, actor_user_id = %(user)s AS by_oneself
FROM audit_events WHERE %(user)s IN (actor_user_id, subject_id) ORDER BY sequence
"""


async def _export(uow: UnitOfWork, person: Person) -> Held:
    return Held({name: await records(uow, query, person, hide=("wrapped_key", "key_id")) for name, query in _OWN})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await exports.forget_exports(uow, person.id)
    await erase_rows(uow, person, "DELETE FROM consents WHERE user_id = %(user)s")


async def _forget_exports(uow: UnitOfWork, _before: datetime) -> int:
    return await exports.forget_expired(uow)


async def _export_acts(uow: UnitOfWork, person: Person) -> Held:
    return Held({"acts": await records(uow, _ACTS, person)})


async def _retire_audit(uow: UnitOfWork, before: datetime) -> int:
    (row,) = await uow.sql("SELECT audit_retire(%(before)s) AS rows", before=before)
    return row["rows"]


register(
    Holder(
        area="privacy",
        export=_export,
        erase=_erase,
        rules=(
            Rule("exports", Period(days=7), _forget_exports),
            Rule(
                "erasure_requests",
                Period(years=5),
                forgets("DELETE FROM erasure_requests WHERE closed_at < %(before)s"),
            ),
            Rule(
                "retention_runs", Period(years=1), forgets("DELETE FROM retention_runs WHERE started_at < %(before)s")
            ),
        ),
    )
)
register(
    Holder(
        area="security_log",
        export=_export_acts,
        kept=(
            Kept(
                "security_log",
                # The erasure itself is its last event.
                "SELECT %(now)s::timestamptz AS since",
                AUDIT_PERIOD,
            ),
        ),
        rules=(Rule("security_log", AUDIT_PERIOD, _retire_audit),),
    )
)
