"""One step of a case: the state changes, the history says who, when and why, the audit that it happened."""

from pygmalion_app.core import audit
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.models import CaseState, KycCase, KycTransition, Reason


async def step(uow: UnitOfWork, case: KycCase, to: CaseState, reason: Reason | None = None, note: str = "") -> None:
    """Move a locked case on; whether it may is the caller's business."""
    now = uow.clock.now()
    uow.session.add(
        KycTransition(
            case_id=case.id,
            user_id=case.user_id,
            organization_id=case.organization_id,
            actor_id=uow.actor.user_id,
            at=now,
            from_state=case.state,
            to_state=to,
            reason=reason,
            note=note,
        )
    )
    facts = {"from": CaseState(case.state), "to": to}
    case.state, case.state_at, case.reason, case.note = to, now, reason, note
    await uow.session.flush()
    await audit.record(
        uow, "kyc.case_moved", subject_id=case.id, organization_id=case.organization_id,
        facts=facts | ({"reason": reason} if reason else {}),
    )  # fmt: skip
