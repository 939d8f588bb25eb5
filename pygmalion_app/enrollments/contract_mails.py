"""The mails of an individual's contract: the contract itself, what was charged or refused, the withdrawal's receipt."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import DEFAULT_LOCALE, format_day, format_money
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import contracts
from pygmalion_app.enrollments.mails import MailFacts, facts_of
from pygmalion_app.enrollments.models import Order
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations.models import Organization
from pygmalion_app.payments.instalment_models import Instalment


async def contract_concluded(uow: UnitOfWork, order: Order) -> None:
    """Send the buyer their copy: the words themselves, which no link can take away from them."""
    try:
        words, accepted = await contracts.words_of(uow, order.id)
    except NotFoundError:  # ordered before contracts were kept
        return
    await _to_buyer(uow, order, "contract", enclosed=words, accepted=accepted)


async def instalment_paid(uow: UnitOfWork, order: Order, found: Instalment) -> None:
    """Tell the buyer that a part was taken, as the contract said."""
    await _to_buyer(uow, order, "instalment-paid", cents=found.amount_cents, number=found.number)


async def instalment_failed(uow: UnitOfWork, order: Order, found: Instalment) -> None:
    """Tell the buyer that a part was refused and how to pay it; after the last attempt the organisation too."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    again = found.next_attempt_at
    retry = format_day(facts.buyer.locale, again, uow.settings.withdrawal_time_zone) if again else "none"
    await _to_buyer(uow, order, "instalment-failed", cents=found.amount_cents, retry=retry)
    if again is None:
        await _to_seller(uow, order, facts, "instalment-unpaid", cents=found.amount_cents)


async def withdrawn(uow: UnitOfWork, order: Order, receipt: Sequence[str]) -> None:
    """Send the buyer the receipt, its words in the mail itself, and tell the organisation."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    await _to_buyer(uow, order, "withdrawn", path=f"/{facts.buyer.locale}/withdrawal/{order.id}", enclosed=receipt)
    await _to_seller(uow, order, facts, "withdrawn-seller")


async def address_of(uow: UnitOfWork, user_id: UUID) -> str:
    """Return somebody's address."""
    return (await uow.session.execute(select(col(User.email)).where(col(User.id) == user_id))).scalar_one()


async def _to_buyer(
    uow: UnitOfWork,
    order: Order,
    template: str,
    *,
    path: str = "",
    cents: int = 0,
    enclosed: Sequence[str] = (),
    **more: object,
) -> None:
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    locale = facts.buyer.locale
    words = facts.words(locale) | {
        "first_name": facts.buyer.first_name,
        "amount": format_money(locale, cents, order.currency),
    }
    path = path or f"/{locale}/orders/{order.id}"
    await queue_email(
        uow, facts.buyer.email, template, locale, path=path, enclosed=enclosed, attached=None, **(words | more)
    )


async def _to_seller(uow: UnitOfWork, order: Order, facts: MailFacts, template: str, cents: int = 0) -> None:
    seller = await uow.session.get_one(Organization, order.seller_organization_id)
    if not seller.contact_email:
        return
    locale = DEFAULT_LOCALE
    words: dict[str, Any] = facts.words(locale) | {
        "buyer": f"{facts.buyer.first_name} {facts.buyer.last_name}",
        "amount": format_money(locale, cents, order.currency),
    }
    await queue_email(uow, seller.contact_email, template, locale, path=f"/{locale}/teach/{order.session_id}", **words)
