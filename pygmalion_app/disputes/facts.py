"""What the platform knows about a disputed order, in plain rows. Read by the system: it concerns several parties."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments.dispute_models import Dispute

_ORDER: LiteralString = """
SELECT o.id, o.created_at, o.confirmed_at, o.status, o.payer, o.quantity, o.net_cents, o.vat_cents, o.total_cents,
  o.currency, o.refund_tiers, o.withdrawal_ends_at, s.starts_at, s.ends_at, s.time_zone, s.location, s.address,
  s.status AS session_status, c.title, c.title_en, c.duration_minutes, seller.name AS seller, seller.siret, seller.nda,
  seller.contact_email, buyer.name AS company, buyer.siret AS company_siret, u.id AS buyer_id, u.email AS buyer_email,
  concat_ws(' ', u.first_name, u.last_name) AS buyer, p.paid_at, p.payment_intent, p.amount_cents, p.refunded_cents
FROM payments p JOIN orders o ON o.id = p.reference JOIN sessions s ON s.id = o.session_id
JOIN courses c ON c.id = s.course_id JOIN organizations seller ON seller.id = o.seller_organization_id
JOIN users u ON u.id = o.buyer_user_id LEFT JOIN organizations buyer ON buyer.id = o.buyer_organization_id
WHERE p.id = %(payment)s
"""
_PEOPLE: LiteralString = """
SELECT concat_ws(' ', u.first_name, u.last_name) AS name, u.email, e.status, e.present, e.passed, e.confirmed_at,
  e.cancelled_at, e.completed_at, concat_ws(' ', v.first_name, v.last_name) AS validated_by,
  k.id AS certificate_id, k.number AS certificate, k.issued_at, k.file_key, k.file_key_id, k.file_wrapped_key,
  k.revoked_at
FROM enrollments e JOIN users u ON u.id = e.user_id LEFT JOIN users v ON v.id = e.validated_by
LEFT JOIN certificates k ON k.enrollment_id = e.id AND k.erased_at IS NULL AND k.replaced_by IS NULL
WHERE e.order_id = %(order)s ORDER BY u.last_name, u.first_name, e.id
"""
_CONTRACT: LiteralString = """
SELECT accepted_at, content_sha256, file_key FROM contracts WHERE order_id = %(order)s AND content IS NOT NULL
"""
_REFUNDS: LiteralString = """
SELECT amount_cents, currency, status, coalesce(settled_at, created_at) AS at FROM refunds
WHERE payment_id = %(payment)s ORDER BY created_at
"""
_INVOICES: LiteralString = """
SELECT kind, number, issued_on, total_cents, currency FROM invoices WHERE order_id = %(order)s ORDER BY created_at
"""
# Mails keep no link to what they are about: the course's title is in their subject.
_MAILS: LiteralString = """
SELECT to_address, subject, sent_at FROM outgoing_emails
WHERE lower(to_address) = ANY (%(addresses)s) AND sent_at IS NOT NULL AND created_at BETWEEN %(since)s AND %(until)s
  AND (strpos(subject, %(title)s) > 0 OR (%(title_en)s <> '' AND strpos(subject, %(title_en)s) > 0))
ORDER BY sent_at LIMIT 60
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """A disputed order with everything that happened around it."""

    dispute: Dispute
    order: dict[str, Any]
    people: list[dict[str, Any]]
    contract: dict[str, Any] | None
    refunds: list[dict[str, Any]]
    invoices: list[dict[str, Any]]
    mails: list[dict[str, Any]]


async def read(uow: UnitOfWork, dispute: Dispute) -> Facts | None:
    """Return what is known; None for a payment whose order is gone."""
    async with uow.elevated():
        orders = await uow.sql(_ORDER, payment=dispute.payment_id)
        if not orders:
            return None
        order = orders[0]
        people = await uow.sql(_PEOPLE, order=order["id"])
        contracts = await uow.sql(_CONTRACT, order=order["id"])
        addresses = {str(order["buyer_email"]).lower(), *(str(one["email"]).lower() for one in people)}
        return Facts(
            dispute=dispute,
            order=order,
            people=people,
            contract=contracts[0] if contracts else None,
            refunds=await uow.sql(_REFUNDS, payment=dispute.payment_id),
            invoices=await uow.sql(_INVOICES, order=order["id"]),
            mails=await uow.sql(
                _MAILS,
                addresses=sorted(addresses),
                # The database dates orders, the application mails: their clocks may differ a little.
                since=order["created_at"] - timedelta(minutes=5),
                # Later ones may be about another session of the same course.
                until=order["ends_at"] + timedelta(days=60),
                title=order["title"],
                title_en=order["title_en"],
            ),
        )
