"""Completed courses and their certificates, without a chain: what is anchored is other tests' matter."""

import dataclasses
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from pygmalion_app.accounts import tokens
from pygmalion_app.certificates import issuing
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus, Payer
from tests.cast import Cast, add_session

Complete: TypeAlias = Callable[..., Coroutine[Any, Any, list[UUID]]]
Register: TypeAlias = Callable[..., Coroutine[Any, Any, UUID]]


def proven(actor: Actor, container: Container) -> Actor:
    """Return somebody who has just proved who they are."""
    return dataclasses.replace(actor, authenticated_at=container.clock.now())


def bearer(actor: Actor, container: Container) -> dict[str, str]:
    """Return the header that signs a call."""
    token = tokens.create_access_token(container.settings, actor.require_user(), container.clock.now())
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def complete(container: Container, cast: Cast) -> Complete:
    """Return a function that has people complete a session, present and passed unless told otherwise."""

    async def completed(*people: Actor, days_ago: float = 1, course: UUID | None = None, **changes: Any) -> list[UUID]:
        async with unit_of_work(SYSTEM, container) as uow:
            wanted = course or cast.course
            session = await add_session(uow, wanted, cast.school, cast.tom.user_id, capacity=50, in_days=-days_ago)
            order = Order(
                buyer_user_id=cast.marc.require_user(),
                buyer_organization_id=cast.company,
                seller_organization_id=cast.school,
                session_id=session,
                payer=Payer.COMPANY,
                quantity=len(people),
                unit_price_cents=95_000,
                net_cents=95_000 * len(people),
                vat_cents=0,
                total_cents=95_000 * len(people),
                vat_regime="exempt_261_4_4",
                status=OrderStatus.CONFIRMED,
                hold_expires_at=uow.clock.now(),
            )
            uow.session.add(order)
            await uow.session.flush()
            ended = uow.clock.now() - timedelta(days=days_ago)
            rows = [
                Enrollment(
                    **{
                        "order_id": order.id,
                        "session_id": session,
                        "course_id": wanted,
                        "user_id": person.user_id,
                        "status": EnrollmentStatus.COMPLETED,
                        "present": True,
                        "passed": True,
                        "validated_by": cast.tom.user_id,
                        "completed_at": ended,
                    }
                    | changes
                )
                for person in people
            ]
            uow.session.add_all(rows)
            await uow.session.flush()
            return [row.id for row in rows]

    return completed


@pytest.fixture
def register(container: Container, complete: Complete) -> Register:
    """Return a function that registers a certificate, its document still to be made."""

    async def registered(person: Actor, *, days_ago: float = 1, course: UUID | None = None) -> UUID:
        (enrollment,) = await complete(person, days_ago=days_ago, course=course)
        async with unit_of_work(SYSTEM, container) as uow:
            certificate = await issuing.register(uow, enrollment)
        assert certificate is not None
        return certificate

    return registered
