"""What sessions hold on people: who trains."""

from pygmalion_app.core.privacy import Blocker, Held, Holder, Kept, Period, Person, Rule, forgets, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork

_SEVEN_YEARS = Period(years=7)


async def _export(uow: UnitOfWork, person: Person) -> Held:
    taught = await records(
        uow,
        "SELECT s.id, s.starts_at, s.ends_at, s.time_zone, s.location, s.status, c.title AS course"
        " FROM sessions s JOIN courses c ON c.id = s.course_id WHERE s.trainer_id = %(user)s ORDER BY s.starts_at",
        person,
    )
    return Held({"sessions_as_trainer": taught})


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
        blockers=_blockers,
        kept=(
            Kept("sessions", "SELECT max(ends_at) AS since FROM sessions WHERE trainer_id = %(user)s", _SEVEN_YEARS),
        ),
        rules=(
            Rule(
                "trainers",
                _SEVEN_YEARS,
                forgets("UPDATE sessions SET trainer_id = NULL WHERE trainer_id IS NOT NULL AND ends_at < %(before)s"),
            ),
        ),
    )
)
