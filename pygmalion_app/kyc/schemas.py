"""What identity checks take and give."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.schemas import Command, View
from pygmalion_app.kyc.models import DocumentKind, Reason
from pygmalion_app.kyc.rules import SubjectKind


class DocumentView(View):
    """A document as its owner and its reviewers see it, without its content."""

    id: UUID
    kind: str
    file_name: str
    media_type: str
    size_bytes: int
    pages: int
    valid_until: date | None
    created_at: datetime


class RequirementView(View):
    """Something to prove; `met` once a document that is still valid is there."""

    name: str
    kinds: tuple[str, ...]
    dated: bool
    met: bool


class TransitionView(View):
    """One step of a case. `by` is the actor's name, for reviewers only."""

    at: datetime
    from_state: str
    to_state: str
    reason: str | None
    note: str
    by: str | None = None


class CaseView(View):
    """A verification as whoever is verified sees it; `id` is empty while there is none yet."""

    id: UUID | None
    subject: SubjectKind
    state: str
    state_at: datetime | None
    reason: str | None
    note: str
    editable: bool
    verified: bool
    """Whether an approval stands now (a renewal may be under way beside it)."""
    verified_until: date | None
    requirements: tuple[RequirementView, ...]
    documents: tuple[DocumentView, ...]
    history: tuple[TransitionView, ...]


class QueueRow(View):
    """A case of the queue."""

    id: UUID
    subject: SubjectKind
    name: str
    state: str
    submitted_at: datetime | None
    documents: int
    reviewer: str | None
    own: bool
    """Whether this reader must leave it to another reviewer."""


class ReviewedCase(View):
    """A case as a reviewer sees it. `facts` are what the platform knows of the subject, in plain values by name."""

    id: UUID
    subject: SubjectKind
    name: str
    facts: dict[str, str]
    state: str
    state_at: datetime
    submitted_at: datetime | None
    submitted_by: str | None
    reviewer: str | None
    mine: bool
    """Whether this reader has taken it."""
    own: bool
    takeable: bool
    reason: str | None
    note: str
    valid_until: date | None
    requirements: tuple[RequirementView, ...]
    documents: tuple[DocumentView, ...]
    history: tuple[TransitionView, ...]


class Decision(StrEnum):
    """What a reviewer may decide."""

    APPROVE = "approve"
    REJECT = "reject"
    ASK = "ask"
    """Ask for more information."""


Note = Annotated[str, Field(max_length=1000)]


class Decide(Command):
    """A decision on a case that one has taken; all but an approval need a reason, and «other» needs a note."""

    decision: Decision
    reason: Reason | None = None
    note: Note = ""


class Withdraw(Command):
    """Take an approval back."""

    reason: Reason
    note: Note = ""


class UploadDocument(Command):
    """What is said of a document that is sent."""

    kind: DocumentKind
    file_name: Annotated[str, Field(max_length=200)] = ""
    valid_until: date | None = None
