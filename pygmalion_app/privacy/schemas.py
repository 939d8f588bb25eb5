"""What the privacy services take and give."""

from datetime import date, datetime
from uuid import UUID

from pygmalion_app.core.schemas import Command, View
from pygmalion_app.privacy.models import Purpose


class ConsentChange(View):
    """One decision of the past."""

    version: str
    given: bool
    decided_at: datetime


class ConsentView(View):
    """Where a person stands on one purpose; never asked means not given."""

    purpose: Purpose
    version: str
    """Of the words that are shown now."""
    given: bool
    decided_at: datetime | None
    history: tuple[ConsentChange, ...]
    """Newest first."""


class DecideConsent(Command):
    """A decision on one purpose, on the words of `version`."""

    purpose: Purpose
    given: bool
    version: str | None = None
    """Empty means those shown now; any other than these is refused."""


class ExportView(View):
    """An export under way or ready; `done` of `parts` are in."""

    id: UUID
    status: str
    done: int
    parts: int
    requested_at: datetime
    ready_at: datetime | None
    expires_at: datetime
    size_bytes: int | None
    download_path: str | None
    """Works for its owner only, signed in."""


class ErasureView(View):
    """A request for erasure."""

    status: str
    requested_at: datetime
    due_at: datetime


class KeptView(View):
    """What outlives an erasure: until when, or for ever (no day)."""

    name: str
    until: date | None


class BlockerView(View):
    """What has to be settled first."""

    name: str
    facts: dict[str, str]


class ErasurePreview(View):
    """What an erasure would do to the caller's account."""

    erased: tuple[str, ...]
    """The areas of the export, each erased but for what is kept."""
    kept: tuple[KeptView, ...]
    blockers: tuple[BlockerView, ...]
    grace_days: int
    request: ErasureView | None


class RuleView(View):
    """A rule of retention and what it did last."""

    name: str
    years: int
    months: int
    days: int
    last_run_at: datetime | None
    last_rows: int | None
    last_failed: bool | None


class AuditQuery(Command):
    """Which events are wanted; empty fields filter nothing. Days are UTC, both ends included."""

    action: str = ""
    """A whole action, or its beginning."""
    person_id: UUID | None = None
    """Whoever acted or was acted upon."""
    organization_id: UUID | None = None
    since: date | None = None
    until: date | None = None


class AuditEntry(View):
    """One event, with names where the ids still lead to somebody."""

    sequence: int
    occurred_at: datetime
    action: str
    actor_user_id: UUID | None
    actor: str
    subject_id: UUID | None
    organization_id: UUID | None
    organization: str
    facts: dict[str, str | int | bool]
    hash: str


class Head(View):
    """The newest event's number and hash, as kept outside the database."""

    sequence: int
    hash: str
    anchored_at: datetime
