"""Disputes as people read them."""

from dataclasses import dataclass

from pygmalion_app.core.i18n import format_moment, format_money
from pygmalion_app.disputes.schemas import DisputeView
from pygmalion_app.payments.dispute_notices import reason_text
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang

_TONES: dict[str, Tone] = {
    "warning": "warn",
    "needs_response": "bad",
    "under_review": "info",
    "won": "ok",
    "lost": "bad",
    "closed": "idle",
}


@dataclass
class DisputeRow:
    """A dispute, ready to read."""

    id: str
    description: str
    buyer: str
    organization: str
    amount: str
    reason: str
    status: str
    tone: Tone
    deadline: str
    due_by: str
    """ISO 8601 while an answer is awaited; else empty."""
    opened: str
    order: str
    evidence: str
    open: bool


def dispute_row(lang: Lang, one: DisputeView) -> DisputeRow:
    """Return a dispute in words."""
    evidence = ""
    if one.evidence_status != "none":
        moment = format_moment(lang.code, one.sent_at) if one.sent_at else ""
        evidence = lang(f"disputes-evidence-{one.evidence_status}", moment=moment)
    return DisputeRow(
        id=str(one.id),
        description=one.description or one.gateway_id,
        buyer=one.buyer_name,
        organization=one.organization_name,
        amount=format_money(lang.code, one.amount_cents, one.currency),
        reason=reason_text(lang.code, one.reason),
        status=lang(f"disputes-state-{one.status}"),
        tone=_TONES[one.status],
        deadline=format_moment(lang.code, one.due_by) if one.due_by and one.is_open else "",
        due_by=one.due_by.isoformat() if one.due_by and one.is_open else "",
        opened=format_moment(lang.code, one.opened_at),
        order=str(one.order_id or ""),
        evidence=evidence,
        open=one.is_open,
    )
