"""Events of refunds: pending, arrived, failed; in any order, before or after the gateway's answer."""

import logging
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import refunds
from pygmalion_app.payments.refund_models import Refund
from pygmalion_app.payments.schemas import Change, PaymentOutcome

log = logging.getLogger(__name__)


async def apply(uow: UnitOfWork, kind: str, told: Mapping[str, Any]) -> PaymentOutcome:
    """Let a refund stand as the gateway says."""
    about = dict(told)
    found, attempt = await _refund(uow, about), refunds.attempt_in(about)
    if found is None or attempt is None:
        # One made by hand at the gateway: the daily reconciliation lists it.
        log.warning("event %s is about a refund that is not ours", kind)
        return PaymentOutcome(Change.NONE)
    if (about.get("amount"), str(about.get("currency")).upper()) != (found.amount_cents, found.currency):
        log.error("refund %s: the gateway reports another amount than what was asked for", found.id)
        return PaymentOutcome(Change.NONE)
    return await refunds.follow(uow, found, attempt, about)


async def _refund(uow: UnitOfWork, told: dict[str, Any]) -> Refund | None:
    """Find the refund by our own id: the event may overtake the answer that carries the gateway's."""
    metadata: Any = told.get("metadata")
    ours = cast("dict[str, Any]", metadata).get("refund_id") if isinstance(metadata, dict) else None
    refund_id = parse_id(str(ours))
    if refund_id is None:
        return None
    return (await uow.session.execute(select(Refund).where(col(Refund.id) == refund_id))).scalar_one_or_none()
