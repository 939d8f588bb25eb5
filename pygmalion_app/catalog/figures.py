"""The few figures that the home page shows."""

from dataclasses import dataclass

from pygmalion_app.catalog.kept import Kept, KeptResults, soon
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


_kept: KeptResults[Figures] = KeptResults()


async def public_figures() -> Figures:
    """Count published courses, their organisations, the sessions to come and their free seats.

    Counting reads every session, so the figures are counted once in half a minute at most.
    """
    kept = _kept.find("figures")
    if kept is None:
        until = soon()
        kept = Kept(await _count(), 0, until)
        _kept.keep("figures", kept)
    return kept.value


async def _count() -> Figures:
    parts = container()
    async with parts.reader.connection() as connection:
        row = await (await connection.execute(_FIGURES, (parts.clock.now(),))).fetchone()
    return Figures(**row) if row else Figures(0, 0, 0, 0)
