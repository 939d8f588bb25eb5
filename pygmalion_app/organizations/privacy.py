"""What organisations hold on people: roles, invitations, requests to join."""

from typing import LiteralString

from pygmalion_app.core.privacy import (
    Blocker,
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

_MONTH = Period(days=30)

_OWN: tuple[tuple[str, LiteralString], ...] = (
    (
        "memberships",
        """SELECT m.*, o.name AS organization FROM organization_members m
        JOIN organizations o ON o.id = m.organization_id WHERE m.user_id = %(user)s ORDER BY m.created_at""",
    ),
    (
        "invitations",
        """SELECT i.*, o.name AS organization FROM organization_invitations i
        JOIN organizations o ON o.id = i.organization_id
        WHERE i.email = %(email)s::citext OR i.accepted_by = %(user)s ORDER BY i.created_at""",
    ),
    (
        "invitations_sent",
        """SELECT id, organization_id, role, created_at FROM organization_invitations
        WHERE invited_by = %(user)s ORDER BY created_at""",
    ),
    ("join_requests", "SELECT * FROM organization_join_requests WHERE user_id = %(user)s ORDER BY created_at"),
    (
        "removals",
        """SELECT id, organization_id, roles, job_role, removed_at FROM organization_removals
        WHERE user_id = %(user)s ORDER BY removed_at""",
    ),
)
# Who else has a word to say in an organisation that people depend on.
_LEFT_ALONE: LiteralString = """
SELECT o.name FROM organization_members m JOIN organizations o ON o.id = m.organization_id
WHERE m.user_id = %(user)s AND m.role IN ('training_admin', 'manager', 'airport_manager')
  AND NOT EXISTS (SELECT FROM organization_members other WHERE other.organization_id = o.id
                  AND other.user_id <> m.user_id AND other.role IN ('training_admin', 'manager', 'airport_manager'))
  AND (EXISTS (SELECT FROM organization_members other WHERE other.organization_id = o.id
               AND other.user_id <> m.user_id)
       OR EXISTS (SELECT FROM courses c WHERE c.organization_id = o.id AND c.status = 'published'))
ORDER BY o.name
"""


async def _export(uow: UnitOfWork, person: Person) -> Held:
    hidden = ("token_hash", "invited_by", "batch_id")
    return Held({name: await records(uow, query, person, hide=hidden) for name, query in _OWN})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM organization_invitations WHERE email = %(email)s::citext OR accepted_by = %(user)s",
        # Others' invitations stay theirs; who sent them is nobody's business any more.
        "UPDATE organization_invitations SET invited_by = NULL WHERE invited_by = %(user)s",
        "DELETE FROM organization_join_requests WHERE user_id = %(user)s",
        "DELETE FROM organization_removals WHERE %(user)s IN (user_id, removed_by)",
        "DELETE FROM organization_members WHERE user_id = %(user)s",
    )


async def _blockers(uow: UnitOfWork, person: Person) -> list[Blocker]:
    alone = await uow.sql(_LEFT_ALONE, user=person.id)
    return [Blocker("last_admin", {"organization": row["name"]}) for row in alone]


register(
    Holder(
        area="organizations",
        export=_export,
        erase=_erase,
        blockers=_blockers,
        rules=(
            # Names and addresses of people who never answered, or whose answer stands in the memberships by now.
            Rule("invitations", _MONTH, forgets("DELETE FROM organization_invitations WHERE expires_at < %(before)s")),
            Rule("removals", _MONTH, forgets("DELETE FROM organization_removals WHERE removed_at < %(before)s")),
        ),
    )
)
