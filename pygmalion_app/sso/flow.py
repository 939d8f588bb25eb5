"""The whole way: out to the provider, back, the second step where one is needed, and the session at the end.

Calls of the provider stand between units of work, so that no lock waits for somebody else's server.
"""

import logging
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts import challenges, factors, sessions
from pygmalion_app.accounts.models import AccountStatus, BrowserSession, SignInMethod, User
from pygmalion_app.accounts.schemas import ChallengeView, SignedIn
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.identity import IdentityProviderError, ProviderFault, ProviderIdentity, SignInAnswer
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.limits import Limit, hit_from_here
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork, container, unit_of_work
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sso import attempts, linking, secrets, service
from pygmalion_app.sso.errors import SsoDeniedError, SsoStaleError
from pygmalion_app.sso.models import SsoAttempt, SsoConnection, SsoSession
from pygmalion_app.sso.schemas import CheckView

log = logging.getLogger(__name__)
_THEIR_TROUBLE = frozenset({"server_error", "temporarily_unavailable"})
_OUR_TROUBLE = frozenset({"invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The query of the way back, as the browser brought it."""

    state: str
    code: str = ""
    issuer: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A browser session is open: its token, and where the person was going (empty: their first page)."""

    token: str
    user_id: UUID
    locale: str
    next_path: str


@dataclass(frozen=True, slots=True)
class StepLeft:
    """The person goes on at the sign-in page, with a second step."""

    attempt_id: UUID
    locale: str


class SecondStep(View):
    """What the sign-in page shows between the way back and the session."""

    challenge: ChallengeView
    email: str
    organization_name: str
    is_first: bool
    """The account existed before this provider: the step shows that it is this person's."""
    next_path: str


async def depart(
    organization_id: UUID, browser: str, *, locale: str, next_path: str, login_hint: str = "", afresh: bool = False
) -> str:
    """Begin, and return the provider's address to send the browser to; `afresh` has it ask who it is in any case.

    Raises SsoOffError, IdentityProviderError, TooManyRequestsError.
    """
    await hit_from_here(Limit.SSO_FROM)
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        departure = await attempts.begin(
            uow,
            organization_id,
            browser,
            locale=locale,
            next_path=next_path,
            login_hint=login_hint,
            afresh=afresh,
        )
    try:
        return await container().ports.identity.authorization_url(departure.client, departure.request)
    except IdentityProviderError as error:
        raise _logged(error, organization_id) from error


async def arrive(organization_id: UUID, answer: Answer, browser: str) -> Entered | StepLeft:
    """Take the way back. Raises PygmalionError that says what went wrong; nothing is half done then."""
    await hit_from_here(Limit.SSO_FROM)
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        back = await attempts.spend(uow, organization_id, answer.state, browser)
    try:
        identity = await _redeem(back, answer)
    except IdentityProviderError as error:
        raise _logged(error, organization_id) from error
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        attempt = await uow.session.get_one(SsoAttempt, back.attempt_id, with_for_update=True)
        connection = await attempts.usable_connection(uow, organization_id)
        if connection.issuer != identity.issuer:
            raise SsoStaleError
        return await _let_in(uow, connection, attempt, identity)


async def second_step(attempt_id: UUID, browser: str) -> SecondStep:
    """Return what the sign-in page shows for an attempt of this browser; SsoStaleError for any other."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        attempt = await attempts.waiting(uow, attempt_id, browser)
        user = await uow.session.get_one(User, attempt.user_id)
        challenge = await challenges.live(uow, attempt.challenge_id) if attempt.challenge_id else None
        if challenge is None:
            raise SsoStaleError
        organization = await uow.session.get_one(Organization, attempt.organization_id)
        view = ChallengeView(
            challenge_id=challenge.id,
            methods=await factors.methods_of(uow, user),
            expires_at=challenge.expires_at,
        )
        return SecondStep(
            challenge=view,
            email=user.email,
            organization_name=organization.name,
            is_first=not attempt.is_known and user.status == AccountStatus.ACTIVE,
            next_path=attempt.next_path,
        )


async def confirm(uow: UnitOfWork, attempt_id: UUID, browser: str, signed_in: SignedIn) -> None:
    """Note that the person has done the second step: in the same unit of work, elevated, as the step itself.

    Raises SsoStaleError when they proved to be somebody else than the attempt is for.
    """
    attempt = await attempts.waiting(uow, attempt_id, browser)
    if attempt.user_id != signed_in.user_id:
        raise SsoStaleError
    attempt.confirmed_at = uow.clock.now()
    await uow.session.flush()


async def finish(attempt_id: UUID, browser: str) -> Entered:
    """Open the session of an attempt whose second step is done, once. Raises SsoStaleError, SsoOffError."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        attempt = await attempts.confirmed(uow, attempt_id, browser)
        connection = await attempts.usable_connection(uow, attempt.organization_id)
        user = await uow.session.get_one(User, attempt.user_id, with_for_update=True)
        return await _enter(uow, connection, attempt, user)


async def sign_out_url(token: str) -> str | None:
    """Return where the browser ends the provider's session too; None where there is nothing to end, or no answer."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        row = (
            await uow.session.execute(
                select(SsoSession, SsoConnection)
                .join(SsoConnection, col(SsoConnection.organization_id) == col(SsoSession.organization_id))
                .join(BrowserSession, col(BrowserSession.id) == col(SsoSession.browser_session_id))
                .where(col(BrowserSession.token_hash) == token_hash(token), col(BrowserSession.revoked_at).is_(None))
            )
        ).one_or_none()
        if row is None:
            return None
        kept, connection = row
        client, return_to = service.client_of(uow, connection), service.signed_out_uri(uow)
        hint = secrets.unseal(uow.settings, secrets.ID_TOKEN, kept.organization_id, kept.id_token)
    try:
        return await container().ports.identity.sign_out_url(client, hint, return_to)
    except IdentityProviderError as error:
        # Our own session ends all the same.
        _logged(error, client.issuer)
        return None


async def check(actor: Actor, organization_id: UUID) -> CheckView:
    """Try the connection without a person and keep what was found. Raises SsoOffError."""
    async with unit_of_work(actor) as uow:
        client = await service.client_to_check(uow, organization_id)
    faults = await container().ports.identity.faults(client)
    async with unit_of_work(actor) as uow:
        return await service.note_check(uow, organization_id, faults)


async def _redeem(back: attempts.Return, answer: Answer) -> ProviderIdentity:
    if answer.error:
        if answer.error in _THEIR_TROUBLE:
            raise IdentityProviderError(ProviderFault.UNREACHABLE, answer.error)
        if answer.error in _OUR_TROUBLE:
            raise IdentityProviderError(ProviderFault.CLIENT, answer.error)
        raise SsoDeniedError
    if not answer.code:
        raise SsoStaleError
    parts = container()
    with_secrets = SignInAnswer(code=answer.code, issuer=answer.issuer, nonce=back.nonce, verifier=back.verifier)
    return await parts.ports.identity.redeem(back.client, with_secrets, parts.clock.now())


async def _let_in(
    uow: UnitOfWork, connection: SsoConnection, attempt: SsoAttempt, identity: ProviderIdentity
) -> Entered | StepLeft:
    resolved = await linking.resolve(uow, connection, identity)
    user = resolved.user
    attempt.user_id, attempt.issuer, attempt.subject = user.id, identity.issuer, identity.subject
    attempt.is_known, attempt.proven_at = resolved.known, identity.authenticated_at
    attempt.id_token = secrets.seal(uow.settings, secrets.ID_TOKEN, connection.organization_id, identity.id_token)
    is_new = user.status == AccountStatus.UNVERIFIED
    if resolved.second_factor_shown and (resolved.known or is_new):
        if is_new:
            user.status, user.email_verified_at = AccountStatus.ACTIVE, uow.clock.now()
            user.first_name, user.last_name = resolved.claimed["first_name"], resolved.claimed["last_name"]
            user.locale = attempt.locale
        return await _enter(uow, connection, attempt, user)
    # An account that was there before is never taken on the provider's word alone, whatever factors it asked for.
    pending = {**resolved.claimed, "locale": attempt.locale} if is_new else {}
    challenge = await challenges.begin(uow, user, pending, await factors.methods_of(uow, user))
    attempt.challenge_id = challenge.challenge_id
    await uow.session.flush()
    return StepLeft(attempt.id, attempt.locale)


async def _enter(uow: UnitOfWork, connection: SsoConnection, attempt: SsoAttempt, user: User) -> Entered:
    now = uow.clock.now()
    await linking.link(uow, connection, user, attempt.issuer, attempt.subject)
    attempt.finished_at = now
    # A second step of ours is a proof of now; else it is as old as the provider says, and old if it does not say.
    proven_at = attempt.confirmed_at or min(attempt.proven_at or now - attempts.MAX_AGE, now)
    token = await sessions.open_browser_session(uow, user.id, method=SignInMethod.SSO, proven_at=proven_at)
    opened = await uow.session.execute(
        select(col(BrowserSession.id)).where(col(BrowserSession.token_hash) == token_hash(token))
    )
    uow.session.add(
        SsoSession(
            browser_session_id=opened.scalar_one(),
            organization_id=connection.organization_id,
            id_token=attempt.id_token or b"",
        )
    )
    attempt.id_token = None
    await uow.session.flush()
    return Entered(token, user.id, attempt.locale, attempt.next_path)


def _logged(error: IdentityProviderError, where: object) -> PygmalionError:
    log.warning("identity provider: %s (%s) for %s", error.fault.value, error.detail, where)
    return error
