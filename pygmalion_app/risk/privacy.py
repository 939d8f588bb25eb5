"""What assessments hold on people: scores and counts, no address and no card, and what administrators wrote.

Those that led to nothing go after 6 months, as access logs do; those that somebody looked at after a year, as security
logs do (the sessions they were counted from have a rule of their own). An erasure takes them all.
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
    assessments = await records(
        uow, "SELECT * FROM risk_assessments WHERE user_id = %(user)s ORDER BY happened_at", person
    )
    decisions = await records(
        uow,
        "SELECT d.* FROM risk_decisions d JOIN risk_assessments a ON a.id = d.assessment_id"
        " WHERE a.user_id = %(user)s ORDER BY d.decided_at",
        person,
        hide=("decided_by",),
    )
    return Held({"risk_assessments": assessments, "risk_decisions": decisions})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(uow, person, "DELETE FROM risk_assessments WHERE user_id = %(user)s")


register(
    Holder(
        area="risk",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "risk_cleared",
                Period(months=6),
                forgets("DELETE FROM risk_assessments WHERE state = 'clear' AND happened_at < %(before)s"),
            ),
            Rule(
                "risk_reviewed",
                Period(years=1),
                forgets("DELETE FROM risk_assessments WHERE happened_at < %(before)s"),
            ),
        ),
    )
)
