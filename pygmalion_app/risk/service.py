"""The review queue: what the signals say, after the fact, and what people decide about it.

Nothing here refuses, delays or ends anything: somebody may lose a booking for a rule only a person has applied (GDPR,
article 22). Whoever is contacted learns what it is about.
"""

from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import format_moment, translate
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.risk import counting, policy
from pygmalion_app.risk.models import Decision, ReviewState, RiskAssessment, RiskDecision, Subject
from pygmalion_app.risk.schemas import AssessmentRow, AssessmentView, Decide, DecisionView, SignalView
from pygmalion_app.risk.signals import Signal, judge

_KEEP: LiteralString = """
INSERT INTO risk_assessments (id, kind, subject_id, user_id, happened_at, stage, score, signals, state, assessed_at)
VALUES (%(id)s, %(kind)s, %(subject)s, %(user)s, %(happened_at)s, %(stage)s, %(score)s, %(signals)s, %(state)s, %(now)s)
ON CONFLICT (subject_id) DO UPDATE SET stage = excluded.stage, score = excluded.score, signals = excluded.signals,
  assessed_at = excluded.assessed_at,
  state = CASE WHEN risk_assessments.state IN ('clear', 'open') THEN excluded.state ELSE risk_assessments.state END
"""
_ROWS: LiteralString = """
SELECT a.id, a.kind, a.subject_id, a.user_id, u.first_name || ' ' || u.last_name AS name, u.email::text AS email,
  a.happened_at, a.score, a.signals, a.state, a.stage, count(*) OVER () AS total
FROM risk_assessments a JOIN users u ON u.id = a.user_id
WHERE a.state = %(state)s AND (%(kind)s::text IS NULL OR a.kind = %(kind)s)
ORDER BY a.score DESC, a.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
_AFTER = {Decision.APPROVE: ReviewState.APPROVED, Decision.CONTACT: ReviewState.CONTACTED}


async def assess_new(uow: UnitOfWork) -> int:
    """Score the sign-ins and orders that nobody looked at yet, and return how many; for the job, in system scope.

    Sign-ins first: an order asks how the sign-in before it looked.
    """
    sign_ins = await counting.new_sign_ins(uow)
    for row in sign_ins:
        await _keep(uow, Subject.SIGN_IN, row)
    orders = await counting.new_orders(uow)
    for row in orders:
        await _keep(uow, Subject.ORDER, row)
    return len(sign_ins) + len(orders)


async def _keep(uow: UnitOfWork, kind: Subject, row: dict[str, Any]) -> None:
    score, found = judge({signal: int(row[signal]) for signal in Signal if signal in row})
    reached = score >= uow.settings.risk_threshold
    await uow.sql(
        _KEEP,
        id=new_id(),
        kind=kind,
        subject=row["id"],
        user=row["user_id"],
        happened_at=row["happened_at"],
        stage=row["stage"],
        score=score,
        signals=Jsonb([{"signal": one.signal, "counted": one.counted, "points": one.points} for one in found]),
        state=ReviewState.OPEN if reached else ReviewState.CLEAR,
        now=uow.clock.now(),
    )


async def queue(
    uow: UnitOfWork, page: PageRequest, *, state: ReviewState = ReviewState.OPEN, kind: Subject | None = None
) -> Page[AssessmentRow]:
    """Return assessments of one state, the highest scores first."""
    policy.require_reviewer(uow.actor)
    rows = await uow.sql(_ROWS, state=state, kind=kind, limit=page.limit, offset=page.offset)
    return Page(tuple(AssessmentRow.model_validate(row) for row in rows), rows[0]["total"] if rows else 0, page)


async def assessment(uow: UnitOfWork, assessment_id: UUID) -> AssessmentView:
    """Return one assessment with its history; NotFoundError."""
    policy.require_reviewer(uow.actor)
    found = await uow.session.get(RiskAssessment, assessment_id)
    if found is None:
        raise NotFoundError
    return await _view(uow, found)


async def decide(uow: UnitOfWork, assessment_id: UUID, command: Decide) -> AssessmentView:
    """Approve, note, or write to the person; PermissionDeniedError for a decision about oneself, NotFoundError."""
    policy.require_reviewer(uow.actor)
    found = await uow.session.get(RiskAssessment, assessment_id, with_for_update=True)
    if found is None:
        raise NotFoundError
    policy.require_not_oneself(uow.actor, found.user_id)
    uow.session.add(
        RiskDecision(
            assessment_id=found.id,
            decided_by=uow.actor.require_user(),
            decided_at=uow.clock.now(),
            decision=command.decision,
            note=command.note,
        )
    )
    found.state = _AFTER.get(command.decision, found.state)
    await uow.session.flush()
    if command.decision is Decision.CONTACT:
        await _write_to(uow, found, command.note)
    await audit.record(uow, "risk.decided", subject_id=found.id, facts={"decision": command.decision})
    return await _view(uow, found)


async def _write_to(uow: UnitOfWork, found: RiskAssessment, note: str) -> None:
    user = await uow.session.get_one(User, found.user_id)
    await queue_email(
        uow,
        user.email,
        f"risk-{found.kind.replace('_', '-')}",
        user.locale,
        first_name=user.first_name,
        moment=format_moment(user.locale, found.happened_at),
        note=note or translate(user.locale, "risk-mail-no-note"),
    )


async def _view(uow: UnitOfWork, found: RiskAssessment) -> AssessmentView:
    user = await uow.session.get_one(User, found.user_id)
    history = await uow.session.execute(
        select(RiskDecision, User)
        .join(User, col(User.id) == col(RiskDecision.decided_by))
        .where(col(RiskDecision.assessment_id) == found.id)
        .order_by(col(RiskDecision.decided_at), col(RiskDecision.id))
    )
    return AssessmentView(
        id=found.id,
        kind=Subject(found.kind),
        subject_id=found.subject_id,
        user_id=found.user_id,
        name=f"{user.first_name} {user.last_name}",
        email=user.email,
        happened_at=found.happened_at,
        score=found.score,
        signals=tuple(SignalView.model_validate(signal) for signal in found.signals),
        state=ReviewState(found.state),
        stage=found.stage,
        decisions=tuple(
            DecisionView(
                decision=Decision(one.decision),
                note=one.note,
                decided_at=one.decided_at,
                decided_by=f"{admin.first_name} {admin.last_name}",
            )
            for one, admin in history.all()
        ),
    )
