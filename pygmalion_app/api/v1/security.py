"""`/auth`: one's sessions, password and e-mail address, and proving once more who one is."""

from fastapi import APIRouter, Response

from pygmalion_app.accounts import devices, email_change, password_change, password_reset, proofs
from pygmalion_app.accounts.factor_schemas import AnswerPasskey
from pygmalion_app.accounts.schemas import ChallengeView, VerifyCode
from pygmalion_app.accounts.security_schemas import (
    AskPasswordReset,
    ChangeEmail,
    ChangePassword,
    ConfirmEmailChange,
    DeviceView,
    EmailChangeView,
    Reauthenticate,
    ResetPassword,
    UndoEmailChange,
)
from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(prefix="/auth", tags=["auth"])


@router.get("/devices")
async def my_devices(actor: SignedInActor) -> Success[tuple[DeviceView, ...]]:
    """Return the caller's signed-in browsers and API clients, the one in use last first."""
    async with unit_of_work(actor) as uow:
        return ok(await devices.mine(uow))


@router.delete("/devices/{id}", status_code=204)
async def sign_out_device(device_id: PathId, actor: SignedInActor) -> Response:
    """Sign one of the caller's devices out, at once."""
    async with unit_of_work(actor) as uow:
        await devices.sign_out(uow, device_id)
    return Response(status_code=204)


@router.post("/sign-out-everywhere", status_code=204)
async def sign_out_everywhere(actor: SignedInActor) -> Response:
    """End every session of the caller, this one too, and trust no browser any more."""
    async with unit_of_work(actor) as uow:
        await devices.sign_out_everywhere(uow)
    return Response(status_code=204)


@router.put("/password", status_code=204)
async def change_password(command: ChangePassword, actor: SignedInActor) -> Response:
    """Set a new password: with the current one, or shortly after a proof of who one is. Other sessions end."""
    async with unit_of_work(actor) as uow:
        await password_change.change_password(uow, command)
    return Response(status_code=204)


@router.post("/password-reset", status_code=202)
async def ask_password_reset(command: AskPasswordReset) -> Success[None]:
    """Have a link to a new password mailed. The answer never tells whether the address has an account."""
    async with unit_of_work(ANONYMOUS) as uow:
        await password_reset.ask(uow, command)
    return ok(None)


@router.post("/password-reset/confirm", status_code=204)
async def reset_password(command: ResetPassword) -> Response:
    """Set a new password with the mailed link's token. Every session ends; sign in as ever afterwards."""
    async with unit_of_work(ANONYMOUS) as uow:
        await password_reset.reset(uow, command)
    return Response(status_code=204)


@router.post("/email-change", status_code=202)
async def ask_email_change(command: ChangeEmail, actor: SignedInActor) -> Success[EmailChangeView]:
    """Mail a code to a new address, shortly after a proof of who one is."""
    async with unit_of_work(actor) as uow:
        return ok(await email_change.ask(uow, command))


@router.post("/email-change/confirm", status_code=204)
async def confirm_email_change(command: ConfirmEmailChange, actor: SignedInActor) -> Response:
    """Move the account to the new address; the old one is told how to undo it for a week."""
    async with unit_of_work(actor) as uow:
        await email_change.confirm(uow, command)
    return Response(status_code=204)


@router.post("/email-change/undo", status_code=204)
async def undo_email_change(command: UndoEmailChange) -> Response:
    """Put the former address back with the token mailed to it. Every session ends and the password is dropped."""
    async with unit_of_work(ANONYMOUS) as uow:
        await email_change.undo(uow, command)
    return Response(status_code=204)


@router.post("/reauthenticate")
async def reauthenticate(command: Reauthenticate, actor: SignedInActor) -> Success[ChallengeView]:
    """Check the password before a sensitive change; `methods` names the second factors to go on with."""
    async with unit_of_work(actor) as uow:
        return ok(await proofs.begin(uow, command))


@router.post("/reauthenticate/confirm", status_code=204)
async def confirm_reauthentication(command: VerifyCode, actor: SignedInActor) -> Response:
    """Take the code; this session may make sensitive changes for ten minutes."""
    async with unit_of_work(actor) as uow:
        await proofs.confirm(uow, command)
    return Response(status_code=204)


@router.post("/reauthenticate/passkey", status_code=204)
async def confirm_reauthentication_by_passkey(command: AnswerPasskey, actor: SignedInActor) -> Response:
    """Take what a passkey has signed (`/auth/passkeys/options` with the challenge's id asks for it)."""
    async with unit_of_work(actor) as uow:
        await proofs.confirm_by_passkey(uow, command)
    return Response(status_code=204)
