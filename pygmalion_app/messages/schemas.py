"""What the messages' shells give and take."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.schemas import Command, View

MAX_LENGTH = 5000


class Side(StrEnum):
    """Whom an author speaks for."""

    LEARNER = "learner"
    BUYER = "buyer"
    SCHOOL = "school"


class ThreadView(View):
    """A thread in a list; the learner's name is empty where the thread is a session's."""

    id: UUID
    session_id: UUID
    enrollment_id: UUID | None
    course_title: str
    course_title_en: str
    organization_name: str
    learner_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    last_at: datetime | None
    last_body: str
    last_mine: bool
    unread: int
    in_session: bool
    """Whether the reader takes part in the session, or teaches it: its own thread is theirs too."""


class MessageView(View):
    """One message. In a session's thread, those who take part are called by first name and initial."""

    id: UUID
    created_at: datetime
    author_name: str
    side: Side
    mine: bool
    body: str


class Conversation(View):
    """A thread with its newest messages, the oldest of them first; `older` says whether more came before."""

    thread: ThreadView
    messages: tuple[MessageView, ...]
    older: bool


class PostMessage(Command):
    """What is to be said."""

    body: str = Field(min_length=1, max_length=MAX_LENGTH)
