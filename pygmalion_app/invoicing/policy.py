"""Who may see an invoice, and who may say that it was paid."""

from collections.abc import Mapping
from typing import Any

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.invoicing.models import PayerKind


def require_visible(actor: Actor, invoice: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return an invoice to who owes it, to those who read its issuer's or its buyer's payments; else it is nowhere."""
    user_id = actor.require_user()
    if invoice is None or not (
        (invoice["payer"] == PayerKind.USER and invoice["buyer_user_id"] == user_id)
        or actor.can(Permission.PAYMENT_READ, invoice["issuer_organization_id"])
        or actor.can(Permission.PAYMENT_READ, invoice["buyer_organization_id"])
    ):
        raise NotFoundError
    return invoice


def require_settle(actor: Actor, invoice: Mapping[str, Any]) -> None:
    """Whoever runs the issuing organisation; of the platform's own invoices, its administrators."""
    if invoice["issuer_organization_id"] is None:
        actor.require_platform_admin()
    else:
        actor.require(Permission.ORGANIZATION_UPDATE, invoice["issuer_organization_id"])
