"""What the platform's administrators are told of anchoring by mail."""

from decimal import Decimal

from pygmalion_app.certificates.operations import Operation
from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import format_number
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.payments.notices import administrators

PAGE = "admin-anchoring"


async def conflict(uow: UnitOfWork, operation: Operation) -> None:
    """The contract holds something else under a number of ours: another program has our key, or we lost data."""
    for admin in await administrators(uow):
        await queue_email(
            uow,
            admin.email,
            "anchoring-conflict",
            admin.locale,
            path=address(PAGE, admin.locale),
            first_name=admin.first_name,
            kind="revocation" if operation.batch_id is None else "batch",
            number=str(operation.batch_id or operation.id),
        )


async def low_balance(uow: UnitOfWork, signer: str, balance: Decimal, currency: str) -> None:
    """The signer's account runs dry; `balance` in the chain's own currency."""
    for admin in await administrators(uow):
        await queue_email(
            uow,
            admin.email,
            "chain-balance-low",
            admin.locale,
            path=address(PAGE, admin.locale),
            first_name=admin.first_name,
            balance=f"{format_coins(admin.locale, balance)} {currency}",
            threshold=f"{format_coins(admin.locale, uow.settings.chain_low_balance)} {currency}",
            signer=signer,
        )


def format_coins(locale: str, amount: Decimal) -> str:
    """Return an amount of a native currency with as many digits as tell something: 1,234.57 or 0.0000123."""
    digits = 2 if amount == 0 or amount >= 1 else 2 - amount.adjusted()
    return format_number(locale, round(amount, digits), exact=True)
