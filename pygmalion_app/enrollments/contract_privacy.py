"""What contracts and withdrawals hold on people: their name and address, among the words that were agreed on.

They prove the training, as enrolments do, and are kept as long: 7 years after the session. After an erasure only the
dates and the hash remain, with which the person can still prove the document they have in hand.
"""

from datetime import datetime
from typing import LiteralString

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.privacy import (
    Ground,
    Held,
    HeldFile,
    Holder,
    Kept,
    Period,
    Person,
    Rule,
    erase_file,
    erase_rows,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork

_SEVEN_YEARS = Period(years=7)
_FILES: LiteralString = """
SELECT file_key FROM contracts WHERE buyer_user_id = %(user)s AND file_key IS NOT NULL
UNION ALL SELECT file_key FROM withdrawals WHERE buyer_user_id = %(user)s AND file_key IS NOT NULL
"""
_OLD_WITHDRAWALS: LiteralString = """
DELETE FROM withdrawals d USING orders o JOIN sessions s ON s.id = o.session_id
WHERE o.id = d.order_id AND greatest(s.ends_at, d.withdrawn_at) < %(before)s RETURNING d.file_key
"""
_OLD_CONTRACTS: LiteralString = """
DELETE FROM contracts d USING orders o JOIN sessions s ON s.id = o.session_id
WHERE o.id = d.order_id AND greatest(s.ends_at, d.accepted_at) < %(before)s RETURNING d.file_key
"""


async def _export(uow: UnitOfWork, person: Person) -> Held:
    contracts = await records(
        uow, "SELECT * FROM contracts WHERE buyer_user_id = %(user)s ORDER BY accepted_at", person
    )
    withdrawals = await records(
        uow, "SELECT * FROM withdrawals WHERE buyer_user_id = %(user)s ORDER BY withdrawn_at", person
    )
    files: list[HeldFile] = []
    for row in (*contracts, *withdrawals):
        if row["file_key"]:
            try:
                files.append(HeldFile(row["file_key"], await uow.ports.files.get(row["file_key"])))
            except NotFoundError:
                continue
    return Held({"contracts": contracts, "withdrawals": withdrawals}, tuple(files))


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    for row in await uow.sql(_FILES, user=person.id):
        await erase_file(uow, row["file_key"])
    await erase_rows(
        uow,
        person,
        "UPDATE contracts SET content = NULL, file_key = NULL WHERE buyer_user_id = %(user)s",
        "UPDATE withdrawals SET content = NULL, file_key = NULL WHERE buyer_user_id = %(user)s",
    )


async def _forget(uow: UnitOfWork, before: datetime) -> int:
    count = 0
    for statement in (_OLD_WITHDRAWALS, _OLD_CONTRACTS):
        gone = await uow.sql(statement, before=before)
        for row in gone:
            if row["file_key"]:
                await erase_file(uow, row["file_key"])
        count += len(gone)
    return count


register(
    Holder(
        area="contracts",
        export=_export,
        erase=_erase,
        kept=(
            Kept(
                "contracts",
                "SELECT max(s.ends_at) AS since FROM contracts c JOIN orders o ON o.id = c.order_id"
                " JOIN sessions s ON s.id = o.session_id WHERE c.buyer_user_id = %(user)s",
                _SEVEN_YEARS,
            ),
        ),
        rules=(Rule("contracts", _SEVEN_YEARS, _forget),),
    )
)
