"""Events of connected accounts: each asks for the account to be read anew, whatever the event itself says."""

from collections.abc import Mapping
from typing import Any, Final

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments.schemas import Change, PaymentOutcome

READ_TASK: Final = "payments.read_account"


async def apply(uow: UnitOfWork, kind: str, about: Mapping[str, Any]) -> PaymentOutcome:
    """Have an account of ours read by a job; anybody else's has no effect."""
    account_id = str(about.get("id") if kind == "account.updated" else about.get("account"))
    known = await uow.sql("SELECT 1 FROM merchant_accounts WHERE account_id = %(id)s", id=account_id)
    if not known:
        return PaymentOutcome(Change.NONE)
    await uow.defer(READ_TASK, queueing_lock=f"account:{account_id}", account_id=account_id)
    return PaymentOutcome(Change.ACCOUNT)
