"""Who may, and who must, sign in through an organisation's provider."""

from typing import Any
from uuid import UUID

from pygmalion_app.core.limits import Limit, hit_from_here
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.sso.domains import domain_of
from pygmalion_app.sso.errors import SsoDemandedError
from pygmalion_app.sso.schemas import SsoOffer

_OFFER = """
SELECT o.id, o.name, c.demanded FROM sso_connections c JOIN organizations o ON o.id = c.organization_id
WHERE c.enabled AND EXISTS (
    SELECT FROM sso_domains d WHERE d.organization_id = o.id AND d.proven_at IS NOT NULL
      AND (%(domain)s::text IS NULL OR d.domain = %(domain)s)
) AND (%(slug)s::text IS NULL OR o.slug = %(slug)s) AND (%(id)s::uuid IS NULL OR o.id = %(id)s)
"""
_DEMANDING = """
SELECT o.name FROM users u
JOIN sso_domains d ON d.proven_at IS NOT NULL AND d.domain = lower(split_part(u.email::text, '@', 2))
JOIN sso_connections c ON c.organization_id = d.organization_id AND c.enabled AND c.demanded
JOIN organizations o ON o.id = c.organization_id
WHERE (%(user)s::uuid IS NULL OR u.id = %(user)s) AND (%(email)s::citext IS NULL OR u.email = %(email)s)
  AND NOT u.is_platform_admin
  AND EXISTS (SELECT FROM organization_members m WHERE m.user_id = u.id AND m.organization_id = o.id)
"""


def start_path(organization_id: UUID) -> str:
    """Return our address that leads to an organisation's provider."""
    return f"/auth/sso/{organization_id}/start"


async def offer_for_email(uow: UnitOfWork, email: str) -> SsoOffer | None:
    """Return where people of an address's domain may sign in. It tells of domains only, never of people."""
    await hit_from_here(Limit.SSO_FROM)
    domain = domain_of(email)
    return await _offer(uow, domain=domain) if domain else None


async def offer_of(uow: UnitOfWork, organization: UUID | str) -> SsoOffer | None:
    """Return where people of an organisation (its id or slug) sign in."""
    await hit_from_here(Limit.SSO_FROM)
    if isinstance(organization, UUID):
        return await _offer(uow, id=organization)
    return await _offer(uow, slug=organization)


async def refuse_other_ways(uow: UnitOfWork, *, user_id: UUID | None = None, email: str | None = None) -> None:
    """Raise SsoDemandedError for a member who must come in through the organisation's provider.

    Call it where a password, code or passkey was right, never before: the answer tells of a person. Only who has an
    address at one of the proven domains is meant, as nobody else could come that way; never the platform's
    administrators.
    """
    if user_id is None and email is None:
        return
    async with uow.elevated():
        rows = await uow.sql(_DEMANDING, user=user_id, email=email)
    if rows:
        raise SsoDemandedError(organization=rows[0]["name"])


async def _offer(uow: UnitOfWork, **by: Any) -> SsoOffer | None:
    wanted = {"domain": None, "slug": None, "id": None} | by
    async with uow.elevated():
        rows = await uow.sql(_OFFER, **wanted)
    if not rows:
        return None
    row = rows[0]
    return SsoOffer(
        organization_id=row["id"], organization_name=row["name"], demanded=row["demanded"], start=start_path(row["id"])
    )
