"""Certificates obtained elsewhere: one's own, and those that somebody is to check."""

from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.certificates.external_schemas import ExternalView, TypeView
from pygmalion_app.certificates.life_models import ExternalState
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork

_SELECT: LiteralString = """
SELECT x.id, x.user_id, concat_ws(' ', u.first_name, u.last_name) AS holder, o.name AS organization, x.title, x.issuer,
  x.type_code, x.obtained_on, x.valid_until, x.state, x.reason, x.note, x.file_name, x.media_type, x.size_bytes,
  x.pages, x.created_at AS sent_at, x.decided_at, nullif(concat_ws(' ', d.first_name, d.last_name), '') AS decided_by
FROM external_certificates x JOIN users u ON u.id = x.user_id
LEFT JOIN organizations o ON o.id = x.organization_id LEFT JOIN users d ON d.id = x.decided_by
WHERE x.stored_at IS NOT NULL
"""
_COUNT: LiteralString = "SELECT count(*) AS found FROM external_certificates x WHERE x.stored_at IS NOT NULL"
_IDS: LiteralString = "SELECT x.id FROM external_certificates x WHERE x.stored_at IS NOT NULL"
# Who checks: managers for their company, administrators for the platform; nobody their own.
_MINE_TO_CHECK: LiteralString = """
 AND x.user_id <> %(user)s AND (%(admin)s OR x.organization_id = ANY (%(organizations)s)) AND x.state = ANY (%(states)s)
"""


async def mine(uow: UnitOfWork) -> tuple[ExternalView, ...]:
    """Return the caller's own, newest first. NotAuthenticatedError for a stranger."""
    user = uow.actor.require_user()
    async with uow.elevated():
        rows = await uow.sql(_SELECT + " AND x.user_id = %(user)s ORDER BY x.id DESC LIMIT 200", user=user)
    return tuple(_view(uow, row) for row in rows)


async def one(uow: UnitOfWork, certificate_id: UUID) -> ExternalView:
    """Return one to its holder and to those who check it; NotFoundError to anybody else."""
    user = uow.actor.require_user()
    known = await uow.sql(
        "SELECT user_id, organization_id FROM external_certificates WHERE id = %(id)s", id=certificate_id
    )
    if not known or not _may_see(uow, user, known[0]):
        raise NotFoundError(certificate=str(certificate_id))
    async with uow.elevated():
        rows = await uow.sql(_SELECT + " AND x.id = %(id)s", id=certificate_id)
    if not rows:
        raise NotFoundError(certificate=str(certificate_id))
    return _view(uow, rows[0])


async def to_check(
    uow: UnitOfWork, request: PageRequest, *, states: tuple[ExternalState, ...] = (ExternalState.WAITING,)
) -> Page[ExternalView]:
    """Return what the caller is to check (or has been decided), longest waiting first.

    NotAuthenticatedError for a stranger; nothing for who manages no company.
    """
    facts: dict[str, Any] = {
        "user": uow.actor.require_user(),
        "admin": uow.actor.is_platform_admin,
        "organizations": list(uow.actor.organizations_with(Permission.TEAM_READ)),
        "states": [state.value for state in states],
    }
    # Which they are, the database judges too; the names beside them are not the checker's own rows.
    counted = await uow.sql(_COUNT + _MINE_TO_CHECK, **facts)
    found = await uow.sql(
        _IDS + _MINE_TO_CHECK + " ORDER BY x.id LIMIT %(limit)s OFFSET %(offset)s",
        **facts,
        limit=request.limit,
        offset=request.offset,
    )
    async with uow.elevated():
        rows = await uow.sql(_SELECT + " AND x.id = ANY (%(ids)s) ORDER BY x.id", ids=[row["id"] for row in found])
    return Page(tuple(_view(uow, row) for row in rows), counted[0]["found"], request)


async def types(uow: UnitOfWork) -> tuple[TypeView, ...]:
    """Return the courses that the profession knows, by title."""
    rows = await uow.sql("SELECT code, title, title_en FROM course_types ORDER BY title")
    return tuple(TypeView.model_validate(row) for row in rows)


def _may_see(uow: UnitOfWork, user: UUID, row: dict[str, Any]) -> bool:
    if row["user_id"] == user or uow.actor.is_platform_admin:
        return True
    return row["organization_id"] in uow.actor.organizations_with(Permission.TEAM_READ)


def _view(uow: UnitOfWork, row: dict[str, Any]) -> ExternalView:
    until: date | None = row["valid_until"]
    return ExternalView.model_validate({**row, "expired": until is not None and until < uow.clock.now().date()})
