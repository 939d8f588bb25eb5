"""What a finished sign-in gives: API tokens, or a browser session."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.accounts.models import BrowserSession, RefreshToken, SignInTicket
from pygmalion_app.accounts.schemas import TokensView
from pygmalion_app.accounts.tokens import ACCESS_LIFE, create_access_token
from pygmalion_app.core.ids import new_id, new_token, token_hash
from pygmalion_app.core.unit_of_work import UnitOfWork

REFRESH_LIFE = timedelta(days=7)
REFRESH_GRACE = timedelta(seconds=10)
"""Parallel tabs may use the same refresh token within this time; later it is taken for stolen."""
BROWSER_LIFE = timedelta(days=14)
TICKET_LIFE = timedelta(seconds=30)


async def issue_tokens(uow: UnitOfWork, user_id: UUID, family_id: UUID | None = None) -> TokensView:
    """Return an access token and a refresh token of a new family (or the next of a given one)."""
    refresh = new_token()
    uow.session.add(
        RefreshToken(
            family_id=family_id or new_id(),
            user_id=user_id,
            token_hash=token_hash(refresh),
            expires_at=uow.clock.now() + REFRESH_LIFE,
        )
    )
    await uow.session.flush()
    access = create_access_token(uow.settings, user_id, uow.clock.now())
    return TokensView(access_token=access, refresh_token=refresh, expires_in=int(ACCESS_LIFE.total_seconds()))


async def refresh_tokens(uow: UnitOfWork, token: str) -> TokensView:
    """Trade a refresh token for the next pair; a token used again after the grace time revokes its whole family."""
    now = uow.clock.now()
    found = (
        await uow.session.execute(
            select(RefreshToken).where(col(RefreshToken.token_hash) == token_hash(token)).with_for_update()
        )
    ).scalar_one_or_none()
    if found is None or found.revoked_at is not None or found.expires_at <= now:
        raise InvalidTokenError
    if found.used_at is not None and now - found.used_at > REFRESH_GRACE:
        await _revoke_family(uow, found.family_id)
        raise InvalidTokenError
    found.used_at = found.used_at or now
    return await issue_tokens(uow, found.user_id, found.family_id)


async def revoke_tokens(uow: UnitOfWork, token: str) -> None:
    """Sign an API client out: its refresh token's family is worth nothing any more. An unknown token is no error."""
    family = (
        await uow.session.execute(
            select(col(RefreshToken.family_id)).where(col(RefreshToken.token_hash) == token_hash(token))
        )
    ).scalar_one_or_none()
    if family is not None:
        await _revoke_family(uow, family)


async def issue_ticket(uow: UnitOfWork, user_id: UUID) -> str:
    """Return a one-time ticket that the page trades for the session cookie within 30 seconds."""
    ticket = new_token()
    uow.session.add(
        SignInTicket(user_id=user_id, token_hash=token_hash(ticket), expires_at=uow.clock.now() + TICKET_LIFE)
    )
    await uow.session.flush()
    return ticket


async def exchange_ticket(uow: UnitOfWork, ticket: str) -> str:
    """Spend a ticket and return the new browser session's token; InvalidTokenError when it is late or spent."""
    now = uow.clock.now()
    user_id = (
        await uow.session.execute(
            update(SignInTicket)
            .where(
                col(SignInTicket.token_hash) == token_hash(ticket),
                col(SignInTicket.used_at).is_(None),
                col(SignInTicket.expires_at) > now,
            )
            .values(used_at=now)
            .returning(col(SignInTicket.user_id))
        )
    ).scalar_one_or_none()
    if user_id is None:
        raise InvalidTokenError
    return await open_browser_session(uow, user_id)


async def open_browser_session(uow: UnitOfWork, user_id: UUID) -> str:
    """Return the token of a new browser session, good for 14 days."""
    token = new_token()
    uow.session.add(
        BrowserSession(user_id=user_id, token_hash=token_hash(token), expires_at=uow.clock.now() + BROWSER_LIFE)
    )
    await uow.session.flush()
    return token


async def close_browser_session(uow: UnitOfWork, token: str) -> None:
    """Sign a browser out. An unknown token is no error."""
    await uow.session.execute(
        update(BrowserSession)
        .where(col(BrowserSession.token_hash) == token_hash(token), col(BrowserSession.revoked_at).is_(None))
        .values(revoked_at=uow.clock.now())
    )


async def _revoke_family(uow: UnitOfWork, family_id: UUID) -> None:
    await uow.session.execute(
        update(RefreshToken).where(col(RefreshToken.family_id) == family_id).values(revoked_at=uow.clock.now())
    )
