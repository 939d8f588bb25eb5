"""What compliance holds on people: their position, their exemptions, their statuses."""

from typing import LiteralString

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

_OWN: tuple[tuple[str, LiteralString], ...] = (
    (
        "positions",
        """SELECT p.*, o.name AS organization, r.name AS job_role, s.name AS site FROM positions p
        JOIN organizations o ON o.id = p.organization_id LEFT JOIN job_roles r ON r.id = p.job_role_id
        LEFT JOIN sites s ON s.id = p.site_id WHERE p.user_id = %(user)s ORDER BY p.created_at""",
    ),
    ("exemptions", "SELECT * FROM exemptions WHERE user_id = %(user)s ORDER BY created_at"),
    (
        "compliance_statuses",
        "SELECT * FROM compliance_statuses WHERE user_id = %(user)s ORDER BY organization_id, requirement_key",
    ),
)


async def _export(uow: UnitOfWork, person: Person) -> Held:
    return Held({name: await records(uow, query, person, hide=("granted_by",)) for name, query in _OWN})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM compliance_statuses WHERE user_id = %(user)s",
        "DELETE FROM exemptions WHERE user_id = %(user)s",
        "UPDATE exemptions SET granted_by = NULL WHERE granted_by = %(user)s",
        "UPDATE requirement_set_versions SET published_by = NULL WHERE published_by = %(user)s",
        "UPDATE tenant_sharings SET consented_by = NULL WHERE consented_by = %(user)s",
        "DELETE FROM compliance_queue WHERE user_id = %(user)s",
        # The memberships first: their trigger would only end the position.
        "DELETE FROM organization_members WHERE user_id = %(user)s",
        "DELETE FROM positions WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="compliance",
        export=_export,
        erase=_erase,
        rules=(
            # Of people who left, beyond what an undone removal needs.
            Rule(
                "positions",
                Period(days=30),
                forgets("""DELETE FROM positions p WHERE active_until < %(before)s::date AND NOT EXISTS (
                    SELECT FROM organization_members m
                    WHERE m.organization_id = p.organization_id AND m.user_id = p.user_id)"""),
            ),
        ),
    )
)
