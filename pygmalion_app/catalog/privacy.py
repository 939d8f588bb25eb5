"""What the catalogue holds on people: their reviews and reports.

The sum that a course shows names nobody and stays. Reports that were decided go after three years.
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
    reviews = await records(
        uow,
        "SELECT r.*, c.title AS course FROM reviews r JOIN courses c ON c.id = r.course_id WHERE r.user_id = %(user)s",
        person,
    )
    reported = await records(
        uow,
        "SELECT * FROM content_reports WHERE reporter_id = %(user)s ORDER BY created_at",
        person,
        hide=("decided_by",),
    )
    return Held({"reviews": reviews, "content_reports": reported})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM content_reports WHERE reporter_id = %(user)s",
        "DELETE FROM reviews WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="reviews",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "content_reports",
                Period(years=3),
                forgets("DELETE FROM content_reports WHERE decided_at < %(before)s"),
            ),
        ),
    )
)
