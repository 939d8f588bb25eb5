"""What the platform's administrators are told of money by mail."""

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import AccountStatus, User
from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.refund_models import Refund


async def refund_failed(uow: UnitOfWork, payment: Payment, refund: Refund) -> None:
    """A refund failed: somebody is owed money, and a person must look."""
    for admin in await administrators(uow):
        await queue_email(
            uow,
            admin.email,
            "refund-failed",
            admin.locale,
            path=address("admin-finance", admin.locale),
            first_name=admin.first_name,
            amount=format_money(admin.locale, refund.amount_cents, refund.currency),
            order=str(payment.reference),
        )


async def administrators(uow: UnitOfWork) -> list[User]:
    """Return the platform's active administrators."""
    query = select(User).where(col(User.is_platform_admin), col(User.status) == AccountStatus.ACTIVE)
    return list((await uow.session.execute(query.order_by(col(User.id)))).scalars())
