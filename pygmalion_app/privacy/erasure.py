"""Erasure: looked at before, asked for with a fresh proof of who asks, withdrawn within 30 days, then done by a job.

What is erased at once is told by each part of the application (`core.privacy`); what the law wants kept stays under a
name that means nothing, and goes by the rules of retention.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts import reauthentication
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.privacy import Blocker, Ground, Kept, Person, holders
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.privacy.errors import ErasureBlockedError, ErasureWaitingError, NoErasureError
from pygmalion_app.privacy.models import ErasureRequest, ErasureStatus
from pygmalion_app.privacy.people import person_of
from pygmalion_app.privacy.schemas import BlockerView, ErasurePreview, ErasureView, KeptView

GRACE = timedelta(days=30)
_OPEN = (ErasureStatus.WAITING, ErasureStatus.BLOCKED)

log = logging.getLogger(__name__)


async def preview(uow: UnitOfWork) -> ErasurePreview:
    """Return what an erasure of the caller's account would erase and keep, and what stands in its way."""
    user_id = uow.actor.require_user()
    # The caller's own data, some of which (money, sessions) belong to organisations: counted, never shown.
    async with uow.elevated():
        person = await person_of(uow, user_id)
        in_the_way = await _blockers(uow, person)
        kept = [view for holder in holders() for kept in holder.kept if (view := await _kept(uow, person, kept))]
        waiting = await _open_request(uow, user_id)
    return ErasurePreview(
        erased=tuple(holder.area for holder in holders()),
        kept=tuple(kept),
        blockers=tuple(BlockerView(name=blocker.name, facts=blocker.facts) for blocker in in_the_way),
        grace_days=GRACE.days,
        request=ErasureView.model_validate(waiting) if waiting else None,
    )


async def request_erasure(uow: UnitOfWork) -> ErasureView:
    """Ask for the erasure of the caller's account in 30 days; a mail says so, with the way back.

    Raises ReauthenticationRequiredError, ErasureBlockedError (`blockers`), ErasureWaitingError.
    """
    user_id = uow.actor.require_user()
    reauthentication.require_recent(uow)
    async with uow.elevated():
        person = await person_of(uow, user_id)
        # One request at a time: the account's own row is the lock.
        await uow.sql("SELECT 1 FROM users WHERE id = %(id)s FOR UPDATE", id=user_id)
        if await _open_request(uow, user_id) is not None:
            raise ErasureWaitingError
        in_the_way = await _blockers(uow, person)
        if in_the_way:
            raise ErasureBlockedError(blockers=[blocker.name for blocker in in_the_way])
        now = uow.clock.now()
        wanted = ErasureRequest(id=new_id(), user_id=user_id, requested_at=now, due_at=now + GRACE)
        uow.session.add(wanted)
        await uow.session.flush()
        await _tell(uow, person, "erasure-requested", wanted.due_at)
    await audit.record(uow, "privacy.erasure_requested", subject_id=user_id)
    return ErasureView.model_validate(wanted)


async def withdraw_erasure(uow: UnitOfWork) -> None:
    """Keep the account after all; NoErasureError when nothing waits."""
    user_id = uow.actor.require_user()
    async with uow.elevated():
        waiting = await _open_request(uow, user_id, lock=True)
        if waiting is None:
            raise NoErasureError
        waiting.status, waiting.closed_at = ErasureStatus.WITHDRAWN, uow.clock.now()
        await uow.session.flush()
    await audit.record(uow, "privacy.erasure_withdrawn", subject_id=user_id)


async def erase_due(parts: Container | None = None) -> int:
    """Erase the accounts whose days of grace are over, each in a transaction of its own; returns how many."""
    async with unit_of_work(SYSTEM, parts) as uow:
        query = select(col(ErasureRequest.id)).where(
            col(ErasureRequest.status).in_(_OPEN), col(ErasureRequest.due_at) <= uow.clock.now()
        )
        due = (await uow.session.execute(query)).scalars().all()
    erased = 0
    for request_id in due:
        try:
            async with unit_of_work(SYSTEM, parts) as uow:
                erased += await _execute(uow, request_id)
        except Exception:
            # One account's trouble keeps nobody else's data; the next day tries again.
            log.exception("an erasure failed: request %s", request_id)
    return erased


async def _execute(uow: UnitOfWork, request_id: UUID) -> bool:
    wanted = await uow.session.get_one(ErasureRequest, request_id, with_for_update=True, populate_existing=True)
    if wanted.status not in _OPEN:
        return False
    try:
        person = await person_of(uow, wanted.user_id)
    except NotFoundError:
        wanted.status, wanted.closed_at = ErasureStatus.DONE, uow.clock.now()
        return False
    if await _blockers(uow, person):
        if wanted.status != ErasureStatus.BLOCKED:
            wanted.status = ErasureStatus.BLOCKED
            await uow.session.flush()
            await _tell(uow, person, "erasure-blocked", wanted.due_at)
        return False
    await erase_account(uow, person, Ground(wanted.ground))
    wanted.status, wanted.closed_at = ErasureStatus.DONE, uow.clock.now()
    await uow.session.flush()
    return True


async def erase_account(uow: UnitOfWork, person: Person, ground: Ground) -> None:
    """Erase what every part holds on somebody but for what must be kept, all or nothing. For jobs.

    Nobody is told: a mail would write down the address anew. The mail of the request has said when.
    """
    await uow.sql("SELECT 1 FROM users WHERE id = %(id)s FOR UPDATE", id=person.id)
    for holder in holders():
        await holder.erase(uow, person, ground)
    await uow.sql(
        "INSERT INTO account_lifecycles (user_id, last_active_at, erased_at) VALUES (%(id)s, %(now)s, %(now)s)"
        " ON CONFLICT (user_id) DO UPDATE SET erased_at = excluded.erased_at",
        id=person.id,
        now=uow.clock.now(),
    )
    await audit.record(uow, "account.erased", subject_id=person.id, facts={"ground": ground})


async def blockers_of(uow: UnitOfWork, person: Person) -> tuple[Blocker, ...]:
    """Return what keeps an account from being erased now."""
    return await _blockers(uow, person)


async def _blockers(uow: UnitOfWork, person: Person) -> tuple[Blocker, ...]:
    return tuple([blocker for holder in holders() for blocker in await holder.blockers(uow, person)])


async def _kept(uow: UnitOfWork, person: Person, kept: Kept) -> KeptView | None:
    (row,) = await uow.sql(kept.since, user=person.id, now=uow.clock.now() + GRACE)
    since: datetime | None = row["since"]
    if since is None:
        return None
    until = kept.period.after(since) if kept.period else None
    if until is not None and until <= uow.clock.now():
        return None
    return KeptView(name=kept.name, until=until.date() if until else None)


async def _open_request(uow: UnitOfWork, user_id: UUID, *, lock: bool = False) -> ErasureRequest | None:
    query = select(ErasureRequest).where(col(ErasureRequest.user_id) == user_id, col(ErasureRequest.status).in_(_OPEN))
    return (await uow.session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()


async def _tell(uow: UnitOfWork, person: Person, template: str, due_at: datetime) -> None:
    day = format_day(person.locale, due_at)
    await queue_email(uow, person.email, template, person.locale, path=address("privacy", person.locale), day=day)
