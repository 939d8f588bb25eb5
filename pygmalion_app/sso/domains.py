"""The e-mail domains that an organisation answers for, and the proof that they are its own.

A proof is a code mailed to one of the five mailboxes that certificate authorities trust for the same purpose
(CA/Browser Forum Baseline Requirements, 3.2.2.4.4), or the word of the platform's administrator. An address that
somebody merely has at a domain proves nothing: colleagues have one too.
"""

import hashlib
import hmac
import re
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

import idna
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pygmalion_app.accounts.keys import derived_key
from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sso.errors import (
    DomainKnownError,
    DomainTakenError,
    InvalidDomainError,
    PublicDomainError,
    TooManyDomainsError,
    WrongDomainCodeError,
)
from pygmalion_app.sso.models import ProvenBy, SsoConnection, SsoDomain, SsoDomainCode
from pygmalion_app.sso.public_domains import PUBLIC_DOMAINS
from pygmalion_app.sso.schemas import AskDomainCode, ClaimDomain, ProveDomain, WaitingDomain

MAILBOXES: Final = ("postmaster", "admin", "administrator", "hostmaster", "webmaster")
CODE_LIFE: Final = timedelta(hours=24)
MAX_ATTEMPTS: Final = 5
MAX_DOMAINS: Final = 20
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])", re.ASCII)


def normal_domain(written: str) -> str:
    """Return a domain as it is kept; InvalidDomainError for what is none."""
    text = written.strip().removeprefix("@").rstrip(".")
    try:
        domain = idna.encode(text, uts46=True).decode()
    except idna.IDNAError as error:
        raise InvalidDomainError(field="domain") from error
    if not _DOMAIN.fullmatch(domain):
        raise InvalidDomainError(field="domain")
    return domain


def domain_of(email: str) -> str:
    """Return the domain of an e-mail address as it is kept, empty for what is no address."""
    _, at, domain = email.rpartition("@")
    try:
        return normal_domain(domain) if at else ""
    except InvalidDomainError:
        return ""


async def claim(uow: UnitOfWork, organization_id: UUID, command: ClaimDomain) -> None:
    """Note a domain, still unproven. Raises InvalidDomainError, PublicDomainError, DomainTakenError and the like."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    require_recent(uow)
    domain = normal_domain(command.domain)
    if domain in PUBLIC_DOMAINS:
        raise PublicDomainError(field="domain", domain=domain)
    await _require_free(uow, domain, organization_id)
    # The organisation's row puts claims in line, so that the bound holds.
    await uow.session.get(Organization, organization_id, with_for_update=True)
    count = select(func.count()).where(col(SsoDomain.organization_id) == organization_id)
    if (await uow.session.execute(count)).scalar_one() >= MAX_DOMAINS:
        raise TooManyDomainsError(field="domain", count=MAX_DOMAINS)
    row = {"id": SsoDomain(organization_id=organization_id, domain=domain).id}
    added = await uow.session.execute(
        insert(SsoDomain)
        .values(row | {"organization_id": organization_id, "domain": domain, "created_at": uow.clock.now()})
        .on_conflict_do_nothing(index_elements=["organization_id", "domain"])
        .returning(col(SsoDomain.id))
    )
    if added.scalar_one_or_none() is None:
        raise DomainKnownError(field="domain")
    await audit.record(uow, "sso.domain_claimed", subject_id=row["id"], organization_id=organization_id)


async def send_code(uow: UnitOfWork, organization_id: UUID, domain: str, command: AskDomainCode) -> None:
    """Mail a code to one of the owner's mailboxes at the domain; an earlier code is worth nothing any more."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    require_recent(uow)
    if command.mailbox not in MAILBOXES:
        raise InvalidInputError(field="mailbox")
    await hit(Limit.CODE_SENT, "sso-domain", domain)
    found = await _domain(uow, organization_id, domain)
    await _require_free(uow, found.domain, organization_id)
    organization = await uow.session.get_one(Organization, organization_id)
    code = f"{secrets.randbelow(1_000_000):06d}"
    fresh = {
        "mailbox": command.mailbox,
        "code_hash": _code_hash(uow, found.id, code),
        "attempts": 0,
        "expires_at": uow.clock.now() + CODE_LIFE,
    }
    async with uow.elevated():
        await uow.session.execute(
            insert(SsoDomainCode)
            .values(fresh | {"domain_id": found.id})
            .on_conflict_do_update(index_elements=["domain_id"], set_=fresh)
        )
        await queue_email(
            uow,
            f"{command.mailbox}@{found.domain}",
            "sso-domain-code",
            uow.actor.locale,
            code=code,
            domain=found.domain,
            organization=organization.name,
        )


async def prove(uow: UnitOfWork, organization_id: UUID, domain: str, command: ProveDomain) -> None:
    """Accept the mailed code. Raises WrongDomainCodeError, or DomainTakenError when another was faster."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    require_recent(uow)
    found = await _domain(uow, organization_id, domain)
    async with uow.elevated():
        # One statement counts the attempt before the code is looked at: parallel guesses all count.
        kept = (
            await uow.session.execute(
                update(SsoDomainCode)
                .where(
                    col(SsoDomainCode.domain_id) == found.id,
                    col(SsoDomainCode.expires_at) > uow.clock.now(),
                    col(SsoDomainCode.attempts) < MAX_ATTEMPTS,
                )
                .values(attempts=col(SsoDomainCode.attempts) + 1)
                .returning(col(SsoDomainCode.code_hash))
            )
        ).scalar_one_or_none()
    if kept is None or not hmac.compare_digest(kept, _code_hash(uow, found.id, command.code)):
        raise WrongDomainCodeError(field="code")
    await _mark_proven(uow, found, ProvenBy.MAILBOX)


async def approve(uow: UnitOfWork, organization_id: UUID, domain: str) -> None:
    """Take the platform's word for a domain, after a look at who asks. Raises DomainTakenError."""
    uow.actor.require_platform_admin()
    require_recent(uow)
    await _mark_proven(uow, await _domain(uow, organization_id, domain), ProvenBy.PLATFORM)


async def waiting(uow: UnitOfWork) -> tuple[WaitingDomain, ...]:
    """Return the claims that nothing proves yet, oldest first; for the platform."""
    uow.actor.require_platform_admin()
    rows = await uow.session.execute(
        select(SsoDomain, col(Organization.name))
        .join(Organization, col(Organization.id) == col(SsoDomain.organization_id))
        .where(col(SsoDomain.proven_at).is_(None))
        .order_by(col(SsoDomain.created_at))
        .limit(200)
    )
    return tuple(
        WaitingDomain(
            organization_id=row.organization_id, organization_name=name, domain=row.domain, claimed_at=row.created_at
        )
        for row, name in rows
    )


async def release(uow: UnitOfWork, organization_id: UUID, domain: str) -> None:
    """Give a domain up: its people no longer come in this way. Without any left, nothing can be demanded."""
    uow.actor.require(Permission.SSO_MANAGE, organization_id)
    require_recent(uow)
    found = await _domain(uow, organization_id, domain)
    await uow.session.execute(delete(SsoDomain).where(col(SsoDomain.id) == found.id))
    if not await proven_domains(uow, organization_id):
        await uow.session.execute(
            update(SsoConnection).where(col(SsoConnection.organization_id) == organization_id).values(demanded=False)
        )
    await audit.record(uow, "sso.domain_released", subject_id=found.id, organization_id=organization_id)


async def proven_domains(uow: UnitOfWork, organization_id: UUID) -> frozenset[str]:
    """Return the domains that an organisation answers for."""
    rows = await uow.session.execute(
        select(col(SsoDomain.domain)).where(
            col(SsoDomain.organization_id) == organization_id, col(SsoDomain.proven_at).is_not(None)
        )
    )
    return frozenset(rows.scalars())


async def _domain(uow: UnitOfWork, organization_id: UUID, domain: str) -> SsoDomain:
    found = (
        await uow.session.execute(
            select(SsoDomain)
            .where(col(SsoDomain.organization_id) == organization_id, col(SsoDomain.domain) == domain.lower())
            .with_for_update()
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def _require_free(uow: UnitOfWork, domain: str, organization_id: UUID) -> None:
    """Raise DomainTakenError when another organisation has proven this domain."""
    async with uow.elevated():
        owner = (
            await uow.session.execute(
                select(col(SsoDomain.organization_id)).where(
                    col(SsoDomain.domain) == domain, col(SsoDomain.proven_at).is_not(None)
                )
            )
        ).scalar_one_or_none()
    if owner not in {None, organization_id}:
        raise DomainTakenError(field="domain", domain=domain)


async def _mark_proven(uow: UnitOfWork, domain: SsoDomain, by: ProvenBy) -> None:
    name = domain.domain
    proven = (
        update(SsoDomain)
        .where(col(SsoDomain.id) == domain.id, col(SsoDomain.proven_at).is_(None))
        .values(proven_at=uow.clock.now(), proven_by=by)
    )
    try:
        # The savepoint keeps another's earlier proof from aborting the transaction.
        async with uow.savepoint():
            await uow.session.execute(proven)
    except IntegrityError as error:
        raise DomainTakenError(field="domain", domain=name) from error
    async with uow.elevated():
        await uow.session.execute(delete(SsoDomainCode).where(col(SsoDomainCode.domain_id) == domain.id))
    await audit.record(
        uow,
        "sso.domain_proven",
        subject_id=domain.id,
        organization_id=domain.organization_id,
        facts={"by": by},
    )


def _code_hash(uow: UnitOfWork, domain_id: UUID, code: str) -> bytes:
    key = derived_key(uow.settings, "sso domain code")
    return hmac.digest(key, domain_id.bytes + code.encode(), hashlib.sha256)
