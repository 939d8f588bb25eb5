"""`/enrollments`: booking, following, cancelling and validating."""

from typing import Annotated

from fastapi import APIRouter, Body, Header, Query

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.certificates.schemas import CertificateLink
from pygmalion_app.certificates.service import certificates_of
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import cancellation, service
from pygmalion_app.enrollments.schemas import EnrollmentView, IdempotencyKey, OrderView, PlaceOrder, Validation

router = APIRouter(tags=["enrollments"])


class EnrollmentWithCertificate(EnrollmentView):
    """An enrolment and its certificate."""

    certificate: CertificateLink | None = None


@router.post("/enrollments", status_code=201)
async def enroll(
    command: PlaceOrder,
    actor: SignedInActor,
    idempotency_key: Annotated[IdempotencyKey | None, Header()] = None,
) -> Success[OrderView]:
    """Hold seats for all participants, or none, and open the checkout."""
    return ok(await service.enroll(actor, command, idempotency_key))


@router.get("/enrollments")
async def my_enrollments(
    actor: SignedInActor, paging: Paging, own: Annotated[bool, Query()] = False
) -> Listed[EnrollmentView]:
    """Return one's own enrolments and, unless `own=true`, those that one's company bought."""
    async with unit_of_work(actor) as uow:
        return listed(await service.my_enrollments(uow, paging, own_only=own), lambda item: item)


@router.get("/enrollments/{id}")
async def enrollment(enrollment_id: PathId, actor: SignedInActor) -> Success[EnrollmentWithCertificate]:
    """Return one enrolment, with its certificate once there is one."""
    async with unit_of_work(actor) as uow:
        found = await service.enrollment(uow, enrollment_id)
        links = await certificates_of(uow, [enrollment_id])
    return ok(EnrollmentWithCertificate(**found.model_dump(), certificate=links.get(enrollment_id)))


@router.put("/enrollments/{id}/cancel")
async def cancel(enrollment_id: PathId, actor: SignedInActor) -> Success[EnrollmentView]:
    """Give a seat up; what was paid goes back by the order's refund tiers."""
    async with unit_of_work(actor) as uow:
        return ok(await cancellation.cancel(uow, enrollment_id))


@router.post("/enrollments/{id}/complete")
async def complete(
    enrollment_id: PathId, actor: SignedInActor, seen: Annotated[Validation | None, Body()] = None
) -> Success[EnrollmentView]:
    """Record presence and result (both true by default); the certificate follows within seconds."""
    async with unit_of_work(actor) as uow:
        return ok(await service.complete(uow, enrollment_id, seen or Validation()))


@router.get("/sessions/{id}/enrollments", tags=["sessions"])
async def session_enrollments(session_id: PathId, actor: SignedInActor) -> Success[tuple[EnrollmentView, ...]]:
    """Return who takes part, to the session's trainer and its organisation's admin."""
    async with unit_of_work(actor) as uow:
        return ok(await service.session_enrollments(uow, session_id))
