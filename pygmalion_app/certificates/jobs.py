"""Jobs of certificates: issue, seal, anchor, and a sweep so that nothing is ever stuck."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.certificates import anchoring, chain_watch, issuing
from pygmalion_app.certificates.issuing import SEAL_TASK
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.service import ADVANCE_TASK
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus

QUEUE = "certificates"
_GATHER_SECONDS = 0.4
_PATIENCE_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.15, 3.0
_SWEEP_LIMIT = 500

log = logging.getLogger(__name__)
_retry = RetryStrategy(max_attempts=12, exponential_wait=2)


@tasks.task(name="certificates.issue", queue=QUEUE, retry=_retry)
async def issue(enrollment_id: str) -> None:
    """Issue the certificate of one completed enrolment."""
    await issuing.issue(UUID(enrollment_id))


@tasks.task(name=SEAL_TASK, queue=QUEUE, queueing_lock=SEAL_TASK, retry=_retry)
async def seal() -> None:
    """Seal what waits, a moment later, so that people validated together share a batch; it is sent by its own job."""
    await asyncio.sleep(_GATHER_SECONDS)
    with suppress(UnavailableError):
        await anchoring.seal(container())


@tasks.task(name=ADVANCE_TASK, queue=QUEUE, queueing_lock=ADVANCE_TASK)
async def advance() -> None:
    """Move the queue of contract calls until it rests, for some seconds; the sweep takes over from there."""
    deadline, pause = monotonic() + _PATIENCE_SECONDS, _FIRST_PAUSE
    try:
        while await _advance_and_seal() and monotonic() < deadline:
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
    except UnavailableError as error:
        log.warning("the chain does not answer (%s): anchoring goes on by itself", error.facts.get("reason"))


async def _advance_and_seal() -> bool:
    """Tell whether there is more to do. What gathered while a batch waited to be sent is sealed once it was."""
    under_way = await anchoring.advance(container())
    return await anchoring.seal(container()) is not None or under_way


# The sixth field is seconds: every 20 s.
@tasks.periodic(cron="* * * * * */20")
@tasks.task(name="certificates.sweep", queue=QUEUE, queueing_lock="certificates.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Do what a lost job or a silent chain left undone."""
    for certificate_id in await _without_document():
        await _each(issuing.make_document(certificate_id))
    with suppress(UnavailableError):
        await anchoring.seal(container())
    await advance()


@tasks.periodic(cron="*/10 * * * *")
@tasks.task(name="certificates.watch_balance", queue=QUEUE, queueing_lock="certificates.watch_balance", retry=_retry)
async def watch_balance(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """See that the signer's account can pay for what is to come."""
    await chain_watch.look_at_balance(container())


@tasks.periodic(cron="*/5 * * * *")
@tasks.task(name="certificates.sweep_enrollments", queue=QUEUE, queueing_lock="certificates.sweep_enrollments")
async def sweep_enrollments(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Issue what a lost job left without a certificate."""
    for enrollment_id in await _without_certificate():
        await _each(issuing.issue(enrollment_id))


async def _each(work: Awaitable[object]) -> None:
    """Keep one that fails from stopping those after it; it is tried again at the next sweep."""
    try:
        await work
    except Exception:
        log.exception("a certificate could not be made")


async def _without_certificate() -> list[UUID]:
    """Enrolments that a trainer validated some minutes ago at least (their own job comes first)."""
    async with unit_of_work(SYSTEM) as uow:
        now = uow.clock.now()
        query = (
            select(col(Enrollment.id))
            .outerjoin(Certificate, col(Certificate.enrollment_id) == col(Enrollment.id))
            .where(
                col(Certificate.id).is_(None),
                col(Enrollment.status) == EnrollmentStatus.COMPLETED,
                col(Enrollment.present).is_(True),
                col(Enrollment.passed).is_(True),
                col(Enrollment.validated_by).is_not(None),
                col(Enrollment.completed_at).between(now - timedelta(days=30), now - timedelta(minutes=2)),
            )
            .limit(_SWEEP_LIMIT)
        )
        return list((await uow.session.execute(query)).scalars())


async def _without_document() -> list[UUID]:
    async with unit_of_work(SYSTEM) as uow:
        query = select(col(Certificate.id)).where(
            col(Certificate.batch_id).is_(None),
            col(Certificate.commitment).is_(None),
            col(Certificate.issued_at) < uow.clock.now() - timedelta(minutes=1),
        )
        return list((await uow.session.execute(query.limit(_SWEEP_LIMIT))).scalars())
