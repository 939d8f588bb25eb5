"""Events of payouts: on their way, arrived, come back."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import payouts
from pygmalion_app.payments.payout_models import Payout
from pygmalion_app.payments.schemas import Change, PaymentOutcome

log = logging.getLogger(__name__)


async def apply(uow: UnitOfWork, kind: str, about: Mapping[str, Any]) -> PaymentOutcome:
    """Let a payout of ours follow; the platform's own to its bank, and anybody else's, have no effect."""
    metadata: Any = about.get("metadata")
    named = cast("dict[str, Any]", metadata).get("payout_id") if isinstance(metadata, dict) else None
    payout_id = parse_id(str(named))
    if payout_id is None or await uow.session.get(Payout, payout_id) is None:
        log.info("event %s is about a payout that is not ours", kind)
        return PaymentOutcome(Change.NONE)
    arrival = about.get("arrival_date")
    arrives_at = datetime.fromtimestamp(arrival, UTC) if isinstance(arrival, int) else None
    moved = await payouts.follow(uow, payout_id, dict(about), arrives_at)
    return PaymentOutcome(Change.PAYOUT if moved else Change.NONE)
