"""What the answering of disputes takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from pygmalion_app.core.schemas import Command, View


class DisputeView(View):
    """A dispute as the platform and the training organisation see it. Amount in cents including VAT."""

    id: UUID
    gateway_id: str
    payment_id: UUID | None
    order_id: UUID | None
    organization_id: UUID | None
    organization_name: str
    description: str
    buyer_name: str
    amount_cents: int
    currency: str
    reason: str
    status: str
    due_by: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    evidence_status: str
    evidence_note: str
    sent_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.status in {"warning", "needs_response"} and self.evidence_status in {"none", "failed"}


class SubmitEvidence(Command):
    """Answer a dispute with what the platform knows, and what an administrator adds."""

    note: Annotated[str, StringConstraints(max_length=4000)] = ""
    locale: Literal["fr", "en"] = "fr"


class EvidenceSection(View):
    """A part of the document."""

    heading: str
    lines: tuple[str, ...]


class Evidence(View):
    """The answer before it is sent: texts by the gateway's names, the document's parts, the papers that go with it."""

    dispute_id: UUID
    locale: str
    texts: dict[str, str]
    sections: tuple[EvidenceSection, ...]
    enclosures: tuple[str, ...]
    """Names of what follows the document: the contract, the certificates."""
