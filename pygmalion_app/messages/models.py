"""Threads, their messages, and how far each person has read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row


class MessageThread(Row, table=True):
    """What is said about one person's seat, or (without an enrolment) among all of a session.

    A seat that is given to somebody else begins a new thread: they do not read what was written before.
    """

    __tablename__ = "message_threads"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "learner_id"),
        Index("uq_message_threads_session", "session_id", unique=True, postgresql_where=text("enrollment_id IS NULL")),
        CheckConstraint("(enrollment_id IS NULL) = (learner_id IS NULL)", name="learner"),
    )

    session_id: UUID = Field(foreign_key="sessions.id", index=True)
    """Of an enrolment, the session when the thread began: the seat may have moved since."""
    enrollment_id: UUID | None = Field(default=None, foreign_key="enrollments.id", ondelete="CASCADE")
    learner_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    buyer_user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    buyer_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    seller_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    last_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When something was last said; empty while nothing was."""


class Message(Row, table=True):
    """Something said in a thread. Nobody changes it afterwards."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_thread_id_id", "thread_id", "id"),)

    thread_id: UUID = Field(foreign_key="message_threads.id", ondelete="CASCADE")
    author_id: UUID = Field(foreign_key="users.id", index=True)
    body: str = Field(sa_type=TEXT)
    told_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When the others were told of it."""


class MessageRead(Row, table=True):
    """Until when somebody has read a thread."""

    __tablename__ = "message_reads"
    __table_args__ = (UniqueConstraint("thread_id", "user_id"),)

    thread_id: UUID = Field(foreign_key="message_threads.id", ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", index=True)
    read_until: datetime = Field(sa_type=TIMESTAMP)
