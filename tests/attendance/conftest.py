"""A session under way, with people in it."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus, Payer
from pygmalion_app.sessions.models import TrainingSession
from tests.cast import Cast, add_session

Seats: TypeAlias = Callable[..., Coroutine[Any, Any, list[UUID]]]
STROKES = "M20 100 L60 40 L100 120 L140 60 L180 110 L220 70"


@pytest.fixture
def seats(container: Container, cast: Cast) -> Seats:
    """Return a function that books people into a session and confirms them."""

    async def booked(session_id: UUID, *people: Actor, **changes: Any) -> list[UUID]:
        async with unit_of_work(SYSTEM, container) as uow:
            session = await uow.session.get_one(TrainingSession, session_id)
            order = Order(
                buyer_user_id=cast.marc.require_user(),
                buyer_organization_id=cast.company,
                seller_organization_id=cast.school,
                session_id=session_id,
                payer=Payer.COMPANY,
                quantity=len(people),
                unit_price_cents=95_000,
                net_cents=95_000 * len(people),
                vat_cents=0,
                total_cents=95_000 * len(people),
                vat_regime="exempt_261_4_4",
                status=OrderStatus.CONFIRMED,
                hold_expires_at=uow.clock.now(),
                confirmed_at=uow.clock.now(),
            )
            uow.session.add(order)
            await uow.session.flush()
            rows = [
                Enrollment(
                    **{
                        "order_id": order.id,
                        "session_id": session_id,
                        "course_id": session.course_id,
                        "user_id": person.user_id,
                        "status": EnrollmentStatus.CONFIRMED,
                    }
                    | changes
                )
                for person in people
            ]
            uow.session.add_all(rows)
            session.seats_taken += len(people)
            await uow.session.flush()
            return [row.id for row in rows]

    return booked


@pytest.fixture
async def today(container: Container, cast: Cast) -> UUID:
    """Return a session that began five minutes ago and lasts two days, at La Réunion."""
    async with unit_of_work(SYSTEM, container) as uow:
        session = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=1)
        start = uow.clock.now() - timedelta(minutes=5)
        await uow.session.execute(
            update(TrainingSession)
            .where(col(TrainingSession.id) == session)
            .values(starts_at=start, ends_at=start + timedelta(days=1, hours=7), time_zone="Indian/Reunion")
        )
    return session


def at(text: str) -> datetime:
    """Return a moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def said(**changes: Any) -> dict[str, Any]:
    """Return what every signature has."""
    return {"client_id": new_id(), "drawing": STROKES} | changes
