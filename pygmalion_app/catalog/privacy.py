"""What the catalogue holds on people: their reviews. The sum that a course shows names nobody and stays."""

from pygmalion_app.core.privacy import Ground, Held, Holder, Person, erase_rows, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork


async def _export(uow: UnitOfWork, person: Person) -> Held:
    reviews = await records(
        uow,
        "SELECT r.*, c.title AS course FROM reviews r JOIN courses c ON c.id = r.course_id WHERE r.user_id = %(user)s",
        person,
    )
    return Held({"reviews": reviews})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(uow, person, "DELETE FROM reviews WHERE user_id = %(user)s")


register(Holder(area="reviews", export=_export, erase=_erase))
