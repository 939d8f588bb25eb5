"""One way to a provider and back, bound to the browser that began it and good once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import col

from pygmalion_app.core.addresses import own_path
from pygmalion_app.core.i18n import supported
from pygmalion_app.core.identity import ProviderClient, SignInRequest
from pygmalion_app.core.ids import new_token, token_hash
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.sso import secrets
from pygmalion_app.sso.domains import proven_domains
from pygmalion_app.sso.errors import SsoOffError, SsoStaleError
from pygmalion_app.sso.models import SsoAttempt, SsoConnection
from pygmalion_app.sso.service import client_of

LIFE: Final = timedelta(minutes=10)
FINISH_WITHIN: Final = timedelta(minutes=1)
KEPT: Final = timedelta(days=1)
"""How long ended attempts stay, to tell a late one from one that never was."""
MAX_AGE: Final = timedelta(hours=12)
"""Who proved who they are to the provider longer ago is asked again by it."""


@dataclass(frozen=True, slots=True)
class Departure:
    """What the way to the provider needs."""

    client: ProviderClient
    request: SignInRequest


@dataclass(frozen=True, slots=True)
class Return:
    """What the way back needs: the secrets of the way out, computed again from its state."""

    attempt_id: UUID
    client: ProviderClient
    nonce: str
    verifier: str


async def usable_connection(uow: UnitOfWork, organization_id: UUID) -> SsoConnection:
    """Return a connection that people may use now; SsoOffError where there is none. For system scope."""
    found = await uow.session.get(SsoConnection, organization_id)
    if found is None or not found.enabled or not await proven_domains(uow, organization_id):
        raise SsoOffError
    return found


async def begin(
    uow: UnitOfWork,
    organization_id: UUID,
    browser: str,
    *,
    locale: str,
    next_path: str,
    login_hint: str,
    afresh: bool = False,
) -> Departure:
    """Open an attempt for a browser. `next_path` is where to go afterwards, dropped unless it is an address of ours.

    `afresh`: the provider is to ask who it is even of somebody it knows.

    Raises SsoOffError. For system scope.
    """
    connection = await usable_connection(uow, organization_id)
    now, state = uow.clock.now(), new_token()
    await uow.session.execute(delete(SsoAttempt).where(col(SsoAttempt.expires_at) < now - KEPT))
    uow.session.add(
        SsoAttempt(
            organization_id=organization_id,
            state_hash=token_hash(state),
            browser_hash=token_hash(browser),
            locale=supported(locale),
            next_path=own_path(next_path),
            expires_at=now + LIFE,
        )
    )
    await uow.session.flush()
    request = SignInRequest(
        state=state,
        nonce=secrets.derived(uow.settings, "nonce", state),
        challenge=secrets.challenge_of(secrets.derived(uow.settings, "verifier", state)),
        locale=supported(locale),
        max_age_seconds=0 if afresh else int(MAX_AGE.total_seconds()),
        login_hint=login_hint,
    )
    return Departure(client_of(uow, connection), request)


async def spend(uow: UnitOfWork, organization_id: UUID, state: str, browser: str) -> Return:
    """Take the way back: once, in time, in the browser of the way out, to the organisation's own address.

    Raises SsoStaleError, SsoOffError. For system scope.
    """
    spent = (
        await uow.session.execute(
            update(SsoAttempt)
            .where(
                col(SsoAttempt.state_hash) == token_hash(state),
                col(SsoAttempt.browser_hash) == token_hash(browser),
                col(SsoAttempt.organization_id) == organization_id,
                col(SsoAttempt.used_at).is_(None),
                col(SsoAttempt.expires_at) > uow.clock.now(),
            )
            .values(used_at=uow.clock.now())
            .returning(col(SsoAttempt.id))
        )
    ).scalar_one_or_none()
    if spent is None:
        raise SsoStaleError
    connection = await usable_connection(uow, organization_id)
    return Return(
        attempt_id=spent,
        client=client_of(uow, connection),
        nonce=secrets.derived(uow.settings, "nonce", state),
        verifier=secrets.derived(uow.settings, "verifier", state),
    )


async def waiting(uow: UnitOfWork, attempt_id: UUID, browser: str) -> SsoAttempt:
    """Return this browser's attempt that came back and waits for a second step, locked; SsoStaleError else."""
    return await _found(uow, attempt_id, browser, confirmed=False)


async def confirmed(uow: UnitOfWork, attempt_id: UUID, browser: str) -> SsoAttempt:
    """Return this browser's attempt whose second step is done and whose session is not open yet, locked."""
    found = await _found(uow, attempt_id, browser, confirmed=True)
    if found.confirmed_at is None or uow.clock.now() - found.confirmed_at > FINISH_WITHIN:
        raise SsoStaleError
    return found


async def _found(uow: UnitOfWork, attempt_id: UUID, browser: str, *, confirmed: bool) -> SsoAttempt:
    is_confirmed = col(SsoAttempt.confirmed_at).is_not(None)
    found = (
        await uow.session.execute(
            select(SsoAttempt)
            .where(
                col(SsoAttempt.id) == attempt_id,
                col(SsoAttempt.browser_hash) == token_hash(browser),
                col(SsoAttempt.user_id).is_not(None),
                col(SsoAttempt.finished_at).is_(None),
                is_confirmed if confirmed else ~is_confirmed,
                # Time for the second step, counted from the way back.
                col(SsoAttempt.used_at) > uow.clock.now() - LIFE,
            )
            .with_for_update()
        )
    ).scalar_one_or_none()
    if found is None:
        raise SsoStaleError
    return found
