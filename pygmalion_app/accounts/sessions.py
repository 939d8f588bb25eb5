"""What a finished sign-in gives: API tokens, or a browser session."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.accounts import trusted_devices
from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.accounts.models import BrowserSession, RefreshToken, SignInMethod, SignInTicket, TokenFamily
from pygmalion_app.accounts.schemas import TokensView
from pygmalion_app.accounts.tokens import ACCESS_LIFE, create_access_token
from pygmalion_app.core.caller import current_caller
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.ids import new_id, new_token, token_hash
from pygmalion_app.core.limits import Limit, hit_from_here
from pygmalion_app.core.unit_of_work import UnitOfWork

REFRESH_LIFE = timedelta(days=7)
"""An API client that is silent for this long signs in anew."""
REFRESH_GRACE = timedelta(seconds=10)
"""Parallel tabs may use the same refresh token within this time; later it is taken for stolen."""
FAMILY_LIFE = timedelta(days=90)
"""However busy it is, an API client signs in anew after this time (ASVS 5, 10.4.8)."""
BROWSER_LIFE = timedelta(days=14)
BROWSER_IDLE = timedelta(days=7)
"""A browser session that nobody used for this long is over (ASVS 5, 7.3.1)."""
TICKET_LIFE = timedelta(seconds=30)

_MARK_SEEN = """
UPDATE browser_sessions SET last_seen_at = %(now)s WHERE id = %(session)s AND last_seen_at <= %(before)s
"""
_MARK_PROVEN = """
WITH browser AS (UPDATE browser_sessions SET authenticated_at = %(now)s WHERE id = %(session)s)
UPDATE token_families SET authenticated_at = %(now)s WHERE id = %(session)s
"""
_END_BROWSERS = """
UPDATE browser_sessions SET revoked_at = %(now)s
WHERE user_id = %(user)s AND revoked_at IS NULL AND id IS DISTINCT FROM %(keep)s
"""
_END_FAMILIES = """
UPDATE token_families SET revoked_at = %(now)s
WHERE user_id = %(user)s AND revoked_at IS NULL AND id IS DISTINCT FROM %(keep)s
"""
_SPEND_TICKETS = "UPDATE sign_in_tickets SET used_at = %(now)s WHERE user_id = %(user)s AND used_at IS NULL"
_END_CHALLENGES = "UPDATE login_challenges SET used_at = %(now)s WHERE user_id = %(user)s AND used_at IS NULL"
_CHOOSE_ORGANIZATION = """
WITH browser AS (UPDATE browser_sessions SET active_organization_id = %(organization)s WHERE id = %(session)s)
UPDATE token_families SET active_organization_id = %(organization)s WHERE id = %(session)s
"""


async def issue_tokens(uow: UnitOfWork, user_id: UUID, *, method: SignInMethod = SignInMethod.EMAIL) -> TokensView:
    """Return the first access and refresh token of an API client that has just signed in by `method`."""
    family = TokenFamily(id=new_id(), expires_at=uow.clock.now() + FAMILY_LIFE, **_facts(uow, user_id, method))
    async with uow.elevated():
        uow.session.add(family)
        await uow.session.flush()
        return await _next_tokens(uow, family)


async def refresh_tokens(uow: UnitOfWork, token: str) -> TokensView:
    """Trade a refresh token for the next pair; a token used again after the grace time revokes its whole family.

    Within the grace time each caller gets a pair of its own: parallel tabs of one person all go on.
    """
    await hit_from_here(Limit.TOKEN_FROM)
    now = uow.clock.now()
    async with uow.elevated():
        # The family's lock puts a refresh and a revocation in line: none slips past the other.
        found = (
            await uow.session.execute(
                select(RefreshToken, TokenFamily)
                .join(TokenFamily, col(TokenFamily.id) == col(RefreshToken.family_id))
                .where(col(RefreshToken.token_hash) == token_hash(token))
                .with_for_update()
            )
        ).one_or_none()
        if found is None:
            raise InvalidTokenError
        link, family = found
        if family.revoked_at is not None or min(link.expires_at, family.expires_at) <= now:
            raise InvalidTokenError
        if link.used_at is not None and now - link.used_at > REFRESH_GRACE:
            family.revoked_at = now
            raise InvalidTokenError
        link.used_at = link.used_at or now
        family.last_seen_at = now
        return await _next_tokens(uow, family)


async def revoke_tokens(uow: UnitOfWork, token: str) -> None:
    """Sign an API client out: its tokens are worth nothing from now on. An unknown token is no error."""
    family = select(col(RefreshToken.family_id)).where(col(RefreshToken.token_hash) == token_hash(token))
    async with uow.elevated():
        await uow.session.execute(
            update(TokenFamily)
            .where(col(TokenFamily.id).in_(family), col(TokenFamily.revoked_at).is_(None))
            .values(revoked_at=uow.clock.now())
        )


async def issue_ticket(uow: UnitOfWork, user_id: UUID, *, method: SignInMethod = SignInMethod.EMAIL) -> str:
    """Return a one-time ticket that the page trades for the session cookie within 30 seconds."""
    ticket = new_token()
    async with uow.elevated():
        uow.session.add(
            SignInTicket(
                user_id=user_id,
                method=method,
                token_hash=token_hash(ticket),
                expires_at=uow.clock.now() + TICKET_LIFE,
            )
        )
        await uow.session.flush()
    return ticket


async def exchange_ticket(uow: UnitOfWork, ticket: str) -> str:
    """Spend a ticket and return the new browser session's token; InvalidTokenError when it is late or spent."""
    await hit_from_here(Limit.TOKEN_FROM)
    now = uow.clock.now()
    async with uow.elevated():
        spent = (
            await uow.session.execute(
                update(SignInTicket)
                .where(
                    col(SignInTicket.token_hash) == token_hash(ticket),
                    col(SignInTicket.used_at).is_(None),
                    col(SignInTicket.expires_at) > now,
                )
                .values(used_at=now)
                .returning(SignInTicket)
            )
        ).scalar_one_or_none()
    if spent is None:
        raise InvalidTokenError
    proven_at = spent.expires_at - TICKET_LIFE
    return await open_browser_session(uow, spent.user_id, method=SignInMethod(spent.method), proven_at=proven_at)


async def open_browser_session(
    uow: UnitOfWork,
    user_id: UUID,
    *,
    method: SignInMethod = SignInMethod.EMAIL,
    proven_at: datetime | None = None,
) -> str:
    """Return the token of a new browser session, good for 14 days and never for 7 without use.

    `proven_at` is when the person proved who they are, now if it is left out.
    """
    token = new_token()
    session = BrowserSession(
        token_hash=token_hash(token),
        expires_at=uow.clock.now() + BROWSER_LIFE,
        **_facts(uow, user_id, method, proven_at),
    )
    async with uow.elevated():
        uow.session.add(session)
        await uow.session.flush()
    return token


async def close_browser_session(uow: UnitOfWork, token: str) -> None:
    """Sign a browser out. An unknown token is no error."""
    async with uow.elevated():
        await uow.session.execute(
            update(BrowserSession)
            .where(col(BrowserSession.token_hash) == token_hash(token), col(BrowserSession.revoked_at).is_(None))
            .values(revoked_at=uow.clock.now())
        )


async def mark_seen(uow: UnitOfWork, session_id: UUID, every: timedelta) -> None:
    """Note that a browser session is in use, unless that was noted less than `every` ago."""
    now = uow.clock.now()
    await uow.sql(_MARK_SEEN, session=session_id, now=now, before=now - every)


async def mark_proven(uow: UnitOfWork, session_id: UUID) -> None:
    """Note that the person behind a session has just proved who they are; for system scope."""
    await uow.sql(_MARK_PROVEN, session=session_id, now=uow.clock.now())


async def end_all(uow: UnitOfWork, user_id: UUID, *, keep: UUID | None = None) -> None:
    """End every session of a person but one, every sign-in under way, and the trust in their browsers.

    It holds at once: sessions are looked up at each call. For whoever may say so for this person.
    """
    named = {"user": user_id, "now": uow.clock.now()}
    async with uow.elevated():
        await uow.sql(_END_CHALLENGES, **named)
        await uow.sql(_SPEND_TICKETS, **named)
        await uow.sql(_END_BROWSERS, **named, keep=keep)
        await uow.sql(_END_FAMILIES, **named, keep=keep)
        await trusted_devices.forget_all(uow, user_id)


async def set_active_organization(uow: UnitOfWork, organization_id: UUID) -> None:
    """Remember, for the caller's session, which organisation its pages show first.

    Raises PermissionDeniedError for an organisation that the caller does not belong to, NotFoundError where the
    caller speaks in no session that could remember.
    """
    uow.actor.require_user()
    if all(membership.organization_id != organization_id for membership in uow.actor.memberships):
        raise PermissionDeniedError(permission="membership")
    if uow.actor.session_id is None:
        raise NotFoundError
    async with uow.elevated():
        await uow.sql(_CHOOSE_ORGANIZATION, organization=organization_id, session=uow.actor.session_id)


def _facts(uow: UnitOfWork, user_id: UUID, method: SignInMethod, proven_at: datetime | None = None) -> dict[str, Any]:
    now, caller = uow.clock.now(), current_caller()
    return {
        "user_id": user_id,
        "created_at": now,
        "last_seen_at": now,
        # A trusted device spares the second factor: what asks for a recent proof asks for the whole of it.
        "authenticated_at": None if method is SignInMethod.TRUSTED_DEVICE else proven_at or now,
        "method": method,
        "address": caller.address,
        "user_agent": caller.user_agent,
        "country": caller.country,
    }


async def _next_tokens(uow: UnitOfWork, family: TokenFamily) -> TokensView:
    now, refresh = uow.clock.now(), new_token()
    uow.session.add(
        RefreshToken(
            family_id=family.id,
            user_id=family.user_id,
            token_hash=token_hash(refresh),
            expires_at=now + REFRESH_LIFE,
        )
    )
    await uow.session.flush()
    access = create_access_token(uow.settings, family.user_id, now, family.id, family.authenticated_at)
    return TokensView(access_token=access, refresh_token=refresh, expires_in=int(ACCESS_LIFE.total_seconds()))
