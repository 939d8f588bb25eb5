"""Whose standing a change of the rules turns: the same people judged before and after."""

from typing import LiteralString
from uuid import UUID

from pygmalion_app.compliance.facts import Facts
from pygmalion_app.compliance.models import COUNTED
from pygmalion_app.compliance.rule_schemas import PreviewPerson
from pygmalion_app.core.unit_of_work import UnitOfWork

MOST_SHOWN = 200
_NAMES: LiteralString = """
SELECT id, concat_ws(' ', first_name, last_name) AS name FROM users WHERE id = ANY (%(users)s::uuid[])
ORDER BY lower(last_name), lower(first_name), id
"""
Keys = dict[UUID, set[str]]


def lacking(facts: Facts) -> Keys:
    """Return which requirements each person at work lacks."""
    return {
        person.user_id: {key for key, judged in facts.judgements(person) if judged.status not in COUNTED}
        for person in facts.people
        if person.active
    }


def met(before: Facts, after: Facts) -> Keys:
    """Return which requirements people lack before and no longer lack after; nobody else is in it."""
    lacked, lacks = lacking(before), lacking(after)
    return {user: gone for user, keys in lacked.items() if (gone := keys - lacks[user])}


async def named(uow: UnitOfWork, found: Keys) -> list[PreviewPerson]:
    """Return people by name with their keys, 200 at most, for callers that were let in."""
    async with uow.elevated():
        rows = await uow.sql(_NAMES, users=list(found))
    return [
        PreviewPerson(user_id=row["id"], name=row["name"], keys=sorted(found[row["id"]])) for row in rows[:MOST_SHOWN]
    ]
