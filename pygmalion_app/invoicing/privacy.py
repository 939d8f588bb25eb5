"""What invoices hold on people: the name and address of a person who paid, and who ordered.

An invoice must name its buyer (CGI annexe II article 242 nonies A) and be kept for ten years (Code de commerce
L123-22): an erasure leaves it as it is, its key leads to a pseudonym, and it goes whole when the ten years are over.
"""

from datetime import datetime

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.privacy import Held, HeldFile, Holder, Kept, Period, Person, Rule, erase_file, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork

_TEN_YEARS = Period(years=10)


async def _export(uow: UnitOfWork, person: Person) -> Held:
    held = await records(
        uow,
        "SELECT * FROM invoices WHERE buyer_user_id = %(user)s ORDER BY issued_on, number",
        person,
        hide=("sha256",),
    )
    transfers = await records(
        uow, "SELECT * FROM invoice_transfers WHERE recorded_by = %(user)s ORDER BY created_at", person
    )
    files: list[HeldFile] = []
    for row in held:
        if row["payer"] == "user" and row["file_key"]:
            try:
                files.append(HeldFile(f"invoices/{row['number']}.pdf", await uow.ports.files.get(row["file_key"])))
            except NotFoundError:
                continue
    return Held({"invoices": held, "recorded_transfers": transfers}, tuple(files))


async def _forget(uow: UnitOfWork, before: datetime) -> int:
    """Delete what is older, credit notes with what they credit, and the documents."""
    gone = await uow.sql(
        "DELETE FROM invoices i WHERE i.issued_on < %(before)s::date AND NOT EXISTS"
        " (SELECT FROM invoices c WHERE c.original_id = i.id AND c.issued_on >= %(before)s::date) RETURNING i.file_key",
        before=before,
    )
    for row in gone:
        if row["file_key"]:
            await erase_file(uow, row["file_key"])
    return len(gone)


register(
    Holder(
        area="invoicing",
        export=_export,
        kept=(
            Kept(
                "invoices",
                "SELECT max(created_at) AS since FROM invoices WHERE buyer_user_id = %(user)s",
                _TEN_YEARS,
            ),
        ),
        rules=(Rule("invoices", _TEN_YEARS, _forget),),
    )
)
