"""What issuing in bulk takes and gives."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.schemas import Command, View

MOST_SESSIONS = 50


class StartCampaign(Command):
    """Issue the certificates of everybody in these sessions."""

    organization_id: UUID
    session_ids: tuple[UUID, ...] = Field(min_length=1, max_length=MOST_SESSIONS)


class FailureView(View):
    """Somebody whose certificate could not be issued, and why."""

    enrollment_id: UUID
    person: str
    course: str
    course_en: str
    reason: str


class CampaignView(View):
    """How far a campaign is. `waiting` is 0 when it has ended."""

    id: UUID
    organization_id: UUID
    requested_at: datetime
    finished_at: datetime | None
    sessions: int
    total: int
    issued: int
    failed: int
    waiting: int
    failures: tuple[FailureView, ...] = ()
    """The first hundred."""


class CandidateView(View):
    """A session held by a training organisation, with how many of its people have their certificate."""

    session_id: UUID
    course: str
    course_en: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    people: int
    entitled: int
    """Present and passed, in the words of the trainer."""
    certified: int
    to_issue: int
    """Those entitled who never had one; what was taken back is not issued a second time."""
