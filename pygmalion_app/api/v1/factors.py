"""`/auth/factors` and `/auth/passkeys`: one's own second factors, and signing in with a passkey."""

from fastapi import APIRouter, Response

from pygmalion_app.accounts import factors, service, sessions
from pygmalion_app.accounts.factor_schemas import (
    AddPasskey,
    AnswerPasskey,
    AskPasskey,
    ConfirmTotp,
    FactorsView,
    PasskeyAdded,
    PasskeyOptions,
    RecoveryCodes,
    TotpEnrolment,
)
from pygmalion_app.accounts.schemas import TokensView
from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sso import offers

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/passkeys/options")
async def ask_passkey(command: AskPasskey) -> Success[PasskeyOptions]:
    """Return a challenge for `navigator.credentials.get`: alone, or with `challengeId` as a login's second factor."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        return ok(await service.ask_passkey(uow, command))


@router.post("/passkeys/verify")
async def answer_passkey(command: AnswerPasskey) -> Success[TokensView]:
    """Trade what the passkey has signed for tokens."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        signed_in = await service.answer_passkey(uow, command)
        await offers.refuse_other_ways(uow, user_id=signed_in.user_id)
        return ok(await sessions.issue_tokens(uow, signed_in.user_id, method=signed_in.method))


@router.get("/factors")
async def overview(actor: SignedInActor) -> Success[FactorsView]:
    """Return the caller's second factors."""
    async with unit_of_work(actor) as uow:
        return ok(await factors.overview(uow))


@router.post("/factors/totp", status_code=201)
async def begin_totp(actor: SignedInActor) -> Success[TotpEnrolment]:
    """Make a secret for an authenticator application; a first code of it confirms it."""
    async with unit_of_work(actor) as uow:
        return ok(await factors.begin_totp(uow))


@router.post("/factors/totp/confirm")
async def confirm_totp(command: ConfirmTotp, actor: SignedInActor) -> Success[RecoveryCodes]:
    """Take the authenticator into use; ten recovery codes come with one's first strong factor."""
    async with unit_of_work(actor) as uow:
        return ok(await factors.confirm_totp(uow, command))


@router.delete("/factors/totp", status_code=204)
async def remove_totp(actor: SignedInActor) -> Response:
    """Forget the authenticator."""
    async with unit_of_work(actor) as uow:
        await factors.remove_totp(uow)
    return Response(status_code=204)


@router.post("/factors/recovery-codes", status_code=201)
async def new_recovery_codes(actor: SignedInActor) -> Success[RecoveryCodes]:
    """Make ten new recovery codes; the earlier ones are worth nothing any more."""
    async with unit_of_work(actor) as uow:
        return ok(await factors.new_recovery_codes(uow))


@router.post("/factors/passkeys/options")
async def begin_passkey(actor: SignedInActor) -> Success[PasskeyOptions]:
    """Return a challenge for `navigator.credentials.create`."""
    async with unit_of_work(actor) as uow:
        return ok(await factors.begin_passkey(uow))


@router.post("/factors/passkeys", status_code=201)
async def add_passkey(command: AddPasskey, actor: SignedInActor) -> Success[PasskeyAdded]:
    """Keep the passkey that the browser made."""
    async with unit_of_work(actor) as uow:
        return ok(await factors.add_passkey(uow, command))


@router.delete("/factors/passkeys/{id}", status_code=204)
async def remove_passkey(passkey_id: PathId, actor: SignedInActor) -> Response:
    """Forget a passkey."""
    async with unit_of_work(actor) as uow:
        await factors.remove_passkey(uow, passkey_id)
    return Response(status_code=204)
