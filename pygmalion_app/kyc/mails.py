"""What people are told of their verification by mail."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.i18n import translate
from pygmalion_app.core.permissions import ROLE_PERMISSIONS, Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.models import CaseState, KycCase, Reason
from pygmalion_app.notifications.facts import both, day, text
from pygmalion_app.notifications.telling import Link, notify
from pygmalion_app.organizations.models import Organization, OrganizationMember

_SUBMITTERS = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.KYB_SUBMIT in permissions]


async def tell_decision(uow: UnitOfWork, case: KycCase) -> None:
    """Tell whoever submitted a case what was decided, and why."""
    if case.submitted_by is not None:
        template = f"kyc-{CaseState(case.state).value.replace('_', '-')}"
        await _tell(uow, case, template, [case.submitted_by], until=case.valid_until)


async def tell_end(uow: UnitOfWork, case: KycCase, days: int | None) -> None:
    """Remind those who can renew that a verification ends in some days, or (None) that it has ended."""
    template = "kyc-lapsed" if days is None else "kyc-reminder"
    await _tell(uow, case, template, await _able(uow, case), until=case.valid_until, days=days or 0)


async def _able(uow: UnitOfWork, case: KycCase) -> list[UUID]:
    """Return who can renew a case: the person, or everybody who may submit for the organisation."""
    if case.user_id is not None:
        return [case.user_id]
    query = select(col(OrganizationMember.user_id)).where(
        col(OrganizationMember.organization_id) == case.organization_id, col(OrganizationMember.role).in_(_SUBMITTERS)
    )
    return list(dict.fromkeys((await uow.session.execute(query)).scalars()))


async def _tell(
    uow: UnitOfWork, case: KycCase, template: str, people: list[UUID], *, until: date | None, days: int = 0
) -> None:
    async with uow.elevated():
        organization = await uow.session.get(Organization, case.organization_id) if case.organization_id else None
    facts = {
        "subject": organization.name if organization else text("kyc-your-identity"),
        "reason": both(*(reason_text(locale, case.reason, case.note) for locale in ("fr", "en"))),
        "until": day(until) if until else "",
        "days": days,
    }
    for person in sorted(people):
        await notify(uow, person, template, facts, Link("organization-kyb" if organization else "identity"))


def reason_text(locale: str, reason: str | None, note: str) -> str:
    """Return a decision's reason in words: the template's sentence, then what the reviewer wrote."""
    template = translate(locale, f"kyc-reason-{reason.replace('_', '-')}") if reason and reason != Reason.OTHER else ""
    return " ".join(part for part in (template, note.strip()) if part)
