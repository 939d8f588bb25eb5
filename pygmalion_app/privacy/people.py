"""Whose data are meant."""

from uuid import UUID

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.privacy import Person
from pygmalion_app.core.unit_of_work import UnitOfWork


async def person_of(uow: UnitOfWork, user_id: UUID) -> Person:
    """Return a person whose account stands; NotFoundError for one that is erased or never was."""
    rows = await uow.sql(
        "SELECT u.email::text AS email, u.locale FROM users u LEFT JOIN account_lifecycles l ON l.user_id = u.id"
        " WHERE u.id = %(id)s AND l.erased_at IS NULL",
        id=user_id,
    )
    if not rows:
        raise NotFoundError(person=str(user_id))
    return Person(user_id, rows[0]["email"], rows[0]["locale"])
