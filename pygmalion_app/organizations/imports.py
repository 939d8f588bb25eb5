"""Inviting many people at once by a CSV file: looked at first, then taken whole or not at all."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core import audit
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations import policy
from pygmalion_app.organizations.errors import ImportRefusedError, OrganizationNotFoundError
from pygmalion_app.organizations.import_csv import Fault, Row, Sheet, read
from pygmalion_app.organizations.invitations import LIFE, WAITING, require_room
from pygmalion_app.organizations.models import Invitation, Organization, OrganizationKind, OrganizationMember

SEND_TASK = "organizations.send_invitations"
MOST_FAULTS = 200
SAMPLE = 20

_INSERT = """
INSERT INTO organization_invitations
       (id, organization_id, email, first_name, last_name, role, job_role, batch_id, invited_by, expires_at, created_at)
SELECT person.id, %(organization)s, person.email, person.first_name, person.last_name, person.role,
       nullif(person.job_role, ''), %(batch)s, %(inviter)s, %(expires_at)s, %(now)s
FROM unnest(%(ids)s::uuid[], %(emails)s::text[], %(first_names)s::text[], %(last_names)s::text[], %(roles)s::text[],
            %(job_roles)s::text[]) AS person (id, email, first_name, last_name, role, job_role)
ON CONFLICT (organization_id, email, role)
   WHERE accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL DO NOTHING
RETURNING id
"""


class FaultView(View):
    """What is wrong where."""

    line: int
    column: str
    code: str
    detail: str


class PersonView(View):
    """One line of the file that will be invited."""

    line: int
    email: str
    first_name: str
    last_name: str
    role: str
    job_role: str


class ImportPreview(View):
    """What a file would do. With a fault, nothing of it is taken."""

    lines: int
    """Lines that can be read, repeated ones too."""
    to_invite: int
    already_members: int
    already_invited: int
    repeated: int
    fault_count: int
    faults: tuple[FaultView, ...]
    """The first of them."""
    sample: tuple[PersonView, ...]
    """The first people to invite."""


class ImportResult(View):
    """What a file did; mails leave one after the other, see `progress`."""

    batch_id: UUID
    invited: int
    already_members: int
    already_invited: int
    repeated: int


class ImportProgress(View):
    """How many of an import's mails are written."""

    sent: int
    total: int


async def preview(uow: UnitOfWork, organization_id: UUID, content: bytes) -> ImportPreview:
    """Return what a file would do, without doing it."""
    sheet, new, members, invited = await _sorted(uow, organization_id, content)
    return ImportPreview(
        lines=len(sheet.rows) + sheet.repeated,
        to_invite=len(new),
        already_members=members,
        already_invited=invited,
        repeated=sheet.repeated,
        fault_count=len(sheet.faults),
        faults=tuple(_fault(fault) for fault in sheet.faults[:MOST_FAULTS]),
        sample=tuple(PersonView.model_validate(row) for row in new[:SAMPLE]),
    )


async def run(uow: UnitOfWork, organization_id: UUID, content: bytes) -> ImportResult:
    """Invite everybody in a file; a second time, it finds nothing left to do.

    Raises ImportRefusedError for a file with any fault, and TooManyInvitationsError.
    """
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    await hit(Limit.INVITATION, uow.actor.user_id)
    sheet, new, members, invited = await _sorted(uow, organization_id, content)
    if sheet.faults:
        raise ImportRefusedError(count=len(sheet.faults))
    await require_room(uow, organization_id, len(new))
    batch = new_id()
    made = await _insert(uow, organization_id, batch, new) if new else 0
    if made:
        await uow.defer(SEND_TASK, batch_id=str(batch))
        await audit.record(
            uow, "organization.members_imported", subject_id=batch, organization_id=organization_id,
            facts={"count": made},
        )  # fmt: skip
    return ImportResult(
        batch_id=batch,
        invited=made,
        already_members=members,
        already_invited=invited + len(new) - made,
        repeated=sheet.repeated,
    )


async def progress(uow: UnitOfWork, organization_id: UUID, batch_id: UUID) -> ImportProgress:
    """Return how far the mails of an import are."""
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    row = (
        await uow.session.execute(
            select(func.count(), func.count(col(Invitation.sent_at))).where(
                col(Invitation.organization_id) == organization_id, col(Invitation.batch_id) == batch_id
            )
        )
    ).one()
    return ImportProgress(sent=row[1], total=row[0])


async def _sorted(uow: UnitOfWork, organization_id: UUID, content: bytes) -> tuple[Sheet, list[Row], int, int]:
    """Return the file, whom it adds, and how many of it are members or invited already."""
    uow.actor.require(Permission.MEMBER_MANAGE, organization_id)
    organization = await uow.session.get(Organization, organization_id)
    if organization is None:
        raise OrganizationNotFoundError
    sheet = read(content, policy.ROLES[OrganizationKind(organization.kind)])
    members = await _members(uow, organization_id)
    invited = await _invited(uow, organization_id)
    known = [(row.email, row.role.value) for row in sheet.rows]
    new = [row for row, key in zip(sheet.rows, known, strict=True) if key not in members and key not in invited]
    return sheet, new, sum(key in members for key in known), sum(key in invited - members for key in known)


async def _members(uow: UnitOfWork, organization_id: UUID) -> set[tuple[str, str]]:
    rows = await uow.session.execute(
        select(func.lower(col(User.email)), col(OrganizationMember.role))
        .join(OrganizationMember, col(OrganizationMember.user_id) == col(User.id))
        .where(col(OrganizationMember.organization_id) == organization_id)
    )
    return {(email, role) for email, role in rows}


async def _invited(uow: UnitOfWork, organization_id: UUID) -> set[tuple[str, str]]:
    rows = await uow.session.execute(
        select(func.lower(col(Invitation.email)), col(Invitation.role)).where(
            col(Invitation.organization_id) == organization_id, WAITING
        )
    )
    return {(email, role) for email, role in rows}


async def _insert(uow: UnitOfWork, organization_id: UUID, batch: UUID, rows: Sequence[Row]) -> int:
    # Always in the same order, so that two imports of the same people cannot lock each other out.
    ordered = sorted(rows, key=lambda row: (row.email, row.role))
    made = await uow.sql(
        _INSERT,
        organization=organization_id,
        batch=batch,
        inviter=uow.actor.user_id,
        now=uow.clock.now(),
        expires_at=uow.clock.now() + LIFE,
        ids=[new_id() for _ in ordered],
        emails=[row.email for row in ordered],
        first_names=[row.first_name for row in ordered],
        last_names=[row.last_name for row in ordered],
        roles=[row.role.value for row in ordered],
        job_roles=[row.job_role for row in ordered],
    )
    return len(made)


def _fault(fault: Fault) -> FaultView:
    return FaultView(line=fault.line, column=fault.column, code=fault.code, detail=fault.detail)
