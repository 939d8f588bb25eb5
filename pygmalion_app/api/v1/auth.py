"""`/auth`: registration, sign-in, tokens, profile."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from pygmalion_app.accounts import service, sessions
from pygmalion_app.accounts.schemas import (
    ChallengeView,
    Login,
    ProfileView,
    Register,
    TokensView,
    UpdateProfile,
    VerifyCode,
)
from pygmalion_app.api.deps import SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.organizations import service as organizations
from pygmalion_app.sso import offers

router = APIRouter(prefix="/auth", tags=["auth"])


class RefreshRequest(BaseModel):
    """A refresh token."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")

    refresh_token: str = Field(min_length=1, max_length=200)


@router.post("/register", status_code=201)
async def register(command: Register) -> Success[ChallengeView]:
    """Open an account; a code is mailed to prove the address. The answer never tells whether it was known."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        return ok(await service.register(uow, command))


@router.post("/login")
async def login(command: Login) -> Success[ChallengeView]:
    """Check the password; `methods` names the second factors to go on with, and with `email` a code is mailed."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        challenge = await service.login(uow, command)
        await offers.refuse_other_ways(uow, email=str(command.email))
        return ok(challenge)


@router.post("/verify-otp")
async def verify_otp(command: VerifyCode) -> Success[TokensView]:
    """Trade a mailed code, an authenticator's or a recovery code for tokens."""
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        signed_in = await service.verify_code(uow, command)
        await offers.refuse_other_ways(uow, user_id=signed_in.user_id)
        return ok(await sessions.issue_tokens(uow, signed_in.user_id, method=signed_in.method))


@router.post("/refresh")
async def refresh(request: RefreshRequest) -> Success[TokensView]:
    """Trade a refresh token for the next pair; the old one is spent."""
    async with unit_of_work(ANONYMOUS) as uow:
        return ok(await sessions.refresh_tokens(uow, request.refresh_token))


@router.post("/logout", status_code=204)
async def logout(request: RefreshRequest) -> Response:
    """Revoke a refresh token and those that follow from it."""
    async with unit_of_work(ANONYMOUS) as uow:
        await sessions.revoke_tokens(uow, request.refresh_token)
    return Response(status_code=204)


@router.get("/me")
async def me(actor: SignedInActor) -> Success[ProfileView]:
    """Return the caller's profile and roles."""
    async with unit_of_work(actor) as uow:
        return ok(await _with_memberships(uow, await service.profile(uow)))


@router.put("/profile")
async def update_profile(command: UpdateProfile, actor: SignedInActor) -> Success[ProfileView]:
    """Change the caller's profile."""
    async with unit_of_work(actor) as uow:
        return ok(await _with_memberships(uow, await service.update_profile(uow, command)))


async def _with_memberships(uow: UnitOfWork, profile: ProfileView) -> ProfileView:
    return profile.model_copy(update={"memberships": await organizations.my_memberships(uow)})
