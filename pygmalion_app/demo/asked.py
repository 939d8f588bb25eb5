"""Sessions that people of the demonstration ask its school for."""

from datetime import date
from typing import Final, LiteralString

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.people import Cast

_COURSES: LiteralString = """
SELECT c.id FROM courses c JOIN organization_members m ON m.organization_id = c.organization_id
WHERE m.user_id = %(school)s AND m.role = 'training_admin' AND c.status = 'published' ORDER BY c.slug LIMIT 2
"""
_PEOPLE: LiteralString = "SELECT id FROM users WHERE id <> ALL (%(accounts)s) ORDER BY email LIMIT %(people)s"
# After the sessions, whose time is the database's too: only one that is planned later answers a wish.
_WISH: LiteralString = """
INSERT INTO session_wishes (id, user_id, course_id, seats, from_month) SELECT %(id)s, %(user)s, id, %(seats)s, %(month)s
FROM courses WHERE id = %(course)s ON CONFLICT DO NOTHING
"""
_WISHES: Final = ((0, 0, 1), (0, 2, 3), (0, 2, 1), (0, 2, 6), (1, 4, 2), (1, 4, 1))
"""Which course, how many months ahead (0: as soon as possible), how many seats."""


async def ask(container: Container, cast: Cast) -> None:
    """Let some people ask for sessions."""
    accounts = list(cast.accounts.values())
    async with unit_of_work(SYSTEM, container) as uow:
        today = uow.clock.now().date()
        courses = [row["id"] for row in await uow.sql(_COURSES, school=cast.accounts["of"])]
        people = await uow.sql(_PEOPLE, accounts=accounts, people=len(_WISHES))
        for number, ((course, ahead, seats), person) in enumerate(zip(_WISHES, people, strict=False)):
            if course < len(courses):
                await uow.sql(
                    _WISH,
                    id=demo_id("wish", number),
                    user=person["id"],
                    course=courses[course],
                    seats=seats,
                    month=_month(today, ahead) if ahead else None,
                )


def _month(today: date, ahead: int) -> date:
    number = 12 * today.year + today.month - 1 + ahead
    return date(number // 12, number % 12 + 1, 1)
