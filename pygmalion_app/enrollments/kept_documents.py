"""Documents of an order that are kept: made by a job from the words agreed on, stored, shown to the two parties."""

import asyncio
import hashlib
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.enrollments.contract_models import Contract, Withdrawal
from pygmalion_app.enrollments.document.render import Letter, render

Kept = TypeVar("Kept", Contract, Withdrawal)


async def of_order(uow: UnitOfWork, kind: type[Kept], order_id: UUID) -> Kept | None:
    """Return an order's document, to a caller who was allowed to see the order."""
    query = select(kind).where(col(kind.order_id) == order_id)
    return (await uow.session.execute(query)).scalar_one_or_none()


async def read(uow: UnitOfWork, kind: type[Kept], order_id: UUID, letter: Callable[[Kept, Settings], Letter]) -> bytes:
    """Return the PDF to the buyer and to who runs the training organisation; NotFoundError to anybody else."""
    user_id = uow.actor.require_user()
    found = await of_order(uow, kind, order_id)
    if found is None or found.content is None:
        raise NotFoundError(order=str(order_id))
    if found.buyer_user_id != user_id and not uow.actor.can(Permission.SESSION_UPDATE, found.seller_organization_id):
        raise NotFoundError(order=str(order_id))
    if found.file_key is not None:
        return await uow.ports.files.get(found.file_key)
    # The job has not come to it yet: the same words make the same document.
    return await asyncio.to_thread(render, letter(found, uow.settings))


async def write(kind: type[Kept], order_id: UUID, letter: Callable[[Kept, Settings], Letter]) -> None:
    """Make and store the PDF; repeating it makes the same one."""
    async with unit_of_work(SYSTEM) as uow:
        found = await of_order(uow, kind, order_id)
        if found is None or found.content is None or found.file_key is not None:
            return
        words = letter(found, uow.settings)
    pdf = await asyncio.to_thread(render, words)
    key = f"{kind.__tablename__}/{order_id}.pdf"
    await uow.ports.files.put(key, pdf)
    async with unit_of_work(SYSTEM) as uow:
        kept = await uow.session.get_one(kind, found.id, with_for_update=True)
        if kept.content is None:  # erased meanwhile
            await uow.ports.files.delete(key)
            return
        kept.file_key, kept.file_sha256 = key, hashlib.sha256(pdf).digest()
