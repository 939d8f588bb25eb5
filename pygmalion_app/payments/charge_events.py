"""Events of charges: they alone tell the card's name, by which payments with the same card are known."""

from collections.abc import Mapping
from typing import Any, LiteralString, cast

from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments.schemas import Change, PaymentOutcome

_REMEMBER: LiteralString = """
UPDATE payments SET card_fingerprint = %(name)s WHERE id = %(id)s AND card_fingerprint IS NULL
"""


async def apply(uow: UnitOfWork, _kind: str, about: Mapping[str, Any]) -> PaymentOutcome:
    """Remember the card of a payment of ours; nothing else changes."""
    payment_id = parse_id(str(_in(about, "metadata", "payment_id")))
    name = _in(about, "payment_method_details", "card", "fingerprint")
    if payment_id is not None and isinstance(name, str) and name:
        await uow.sql(_REMEMBER, id=payment_id, name=name[:100])
    return PaymentOutcome(Change.NONE)


def _in(about: Mapping[str, Any], *names: str) -> Any:
    found: Any = about
    for name in names:
        found = cast("dict[str, Any]", found).get(name) if isinstance(found, Mapping) else None
    return found
