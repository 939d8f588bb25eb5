"""Facts of invoices, as those who sell give them."""

from datetime import date
from typing import Any

from pygmalion_app.core.ids import new_id
from pygmalion_app.invoicing.models import InvoiceKind, PayerKind
from pygmalion_app.invoicing.schemas import InvoiceFacts, Line, Party
from tests.cast import Cast

SELLER = Party(
    name="École du Ciel",
    address=("12 rue des Ailes",),
    postal_code="31700",
    city="Blagnac",
    siret="55210055400013",
    vat_number="FR40552100554",
    nda="11755555555",
    iban="FR7630006000011234567890189",
)
BUYER = Party(name="Aéroport Services", siret="35600000000048", postal_code="75015", city="Paris")


def line(unit_cents: int = 95_000, quantity: int = 2) -> Line:
    """Return a line of so many seats."""
    return Line(
        description="Formation « Sûreté aéroportuaire »",
        detail="2 participants : Ana Crew, Bob 李",
        quantity=quantity,
        unit_cents=unit_cents,
        net_cents=unit_cents * quantity,
    )


def facts(cast: Cast, **changes: Any) -> InvoiceFacts:
    """Return the facts of a company's invoice of two seats with a discount, VAT at 20 %, to be paid by transfer."""
    given: dict[str, Any] = {
        "key": f"order:{new_id()}",
        "kind": InvoiceKind.INVOICE,
        "issuer_organization_id": cast.school,
        "seller": SELLER,
        "payer": PayerKind.ORGANIZATION,
        "buyer_organization_id": cast.company,
        "buyer_user_id": cast.marc.user_id,
        "buyer": BUYER,
        "lines": (line(),),
        "discount_cents": 10_000,
        "discount_reason": "AERO10",
        "vat_cents": 36_000,
        "vat_regime": "standard_20",
        "vat_basis_points": 2000,
        "due_days": 30,
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2026, 12, 2),
        "purchase_order": "PO-77",
    }
    return InvoiceFacts(**(given | changes))
