"""What sessions hold on people: who trains, who asked for one."""

from pygmalion_app.core.privacy import (
    Blocker,
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

_SEVEN_YEARS = Period(years=7)


async def _export(uow: UnitOfWork, person: Person) -> Held:
    taught = await records(
        uow,
        "SELECT s.id, s.starts_at, s.ends_at, s.time_zone, s.location, s.status, c.title AS course"
        " FROM sessions s JOIN courses c ON c.id = s.course_id WHERE s.trainer_id = %(user)s ORDER BY s.starts_at",
        person,
    )
    wishes = await records(
        uow,
        "SELECT w.*, c.title AS course FROM session_wishes w JOIN courses c ON c.id = w.course_id"
        " WHERE w.user_id = %(user)s ORDER BY w.created_at",
        person,
    )
    return Held({"sessions_as_trainer": taught, "session_wishes": wishes})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(uow, person, "DELETE FROM session_wishes WHERE user_id = %(user)s")


async def _blockers(uow: UnitOfWork, person: Person) -> list[Blocker]:
    (found,) = await uow.sql(
        "SELECT count(*) AS sessions FROM sessions"
        " WHERE trainer_id = %(user)s AND status = 'scheduled' AND ends_at > %(now)s",
        user=person.id,
        now=uow.clock.now(),
    )
    return [Blocker("trains", {"count": str(found["sessions"])})] if found["sessions"] else []


register(
    Holder(
        area="sessions",
        export=_export,
        erase=_erase,
        blockers=_blockers,
        kept=(
            Kept("sessions", "SELECT max(ends_at) AS since FROM sessions WHERE trainer_id = %(user)s", _SEVEN_YEARS),
        ),
        rules=(
            Rule(
                "session_wishes",
                Period(years=1),
                forgets("DELETE FROM session_wishes WHERE created_at < %(before)s"),
            ),
            Rule(
                "trainers",
                _SEVEN_YEARS,
                forgets("UPDATE sessions SET trainer_id = NULL WHERE trainer_id IS NOT NULL AND ends_at < %(before)s"),
            ),
        ),
    )
)
