"""The few figures that the home page shows."""

from dataclasses import dataclass

from pygmalion_app.core.unit_of_work import container

_FIGURES = """
SELECT (SELECT count(*) FROM courses WHERE status = 'published') AS courses,
       (SELECT count(DISTINCT organization_id) FROM courses WHERE status = 'published') AS organizations,
       count(*) AS sessions, coalesce(sum(s.capacity - s.seats_taken), 0) AS free_seats
FROM sessions s JOIN courses c ON c.id = s.course_id AND c.status = 'published'
WHERE s.status = 'scheduled' AND s.starts_at > %s
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is to choose from now."""

    courses: int
    organizations: int
    sessions: int
    free_seats: int


async def public_figures() -> Figures:
    """Count published courses, their organisations, the sessions to come and their free seats."""
    parts = container()
    async with parts.reader.connection() as connection:
        row = await (await connection.execute(_FIGURES, (parts.clock.now(),))).fetchone()
    return Figures(**row) if row else Figures(0, 0, 0, 0)
