"""What administrators read and decide."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from pygmalion_app.core.schemas import Command, View
from pygmalion_app.risk.models import Decision, ReviewState, Subject
from pygmalion_app.risk.signals import Signal


class SignalView(View):
    """A signal that spoke: how many were counted, and what it added to the score."""

    signal: Signal
    counted: int
    points: int


class AssessmentRow(View):
    """A line of the queue."""

    id: UUID
    kind: Subject
    subject_id: UUID
    user_id: UUID
    name: str
    email: str
    happened_at: datetime
    score: int
    signals: tuple[SignalView, ...]
    state: ReviewState
    stage: str


class DecisionView(View):
    """What an administrator did, and why."""

    decision: Decision
    note: str
    decided_at: datetime
    decided_by: str


class AssessmentView(AssessmentRow):
    """One assessment and all that was done about it, oldest first."""

    decisions: tuple[DecisionView, ...]


class Decide(Command):
    """An administrator's act. A note has words; the message to the person may have some."""

    decision: Decision
    note: Annotated[str, Field(max_length=2000)] = ""

    @model_validator(mode="after")
    def _a_note_says_something(self) -> "Decide":
        if self.decision is Decision.NOTE and not self.note:
            message = "a note needs words"
            raise ValueError(message)
        return self
