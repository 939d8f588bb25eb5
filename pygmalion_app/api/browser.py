"""What only a browser calls: trading a sign-in ticket for the session cookie, signing out, the root, its own pushes."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Cookie, Depends, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from pygmalion_app.accounts import service, sessions, trusted_devices
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.api.uploads import page_actor
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.i18n import supported
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.notifications import push
from pygmalion_app.notifications.schemas import Subscribe
from pygmalion_app.sso import flow

router = APIRouter(include_in_schema=False)


@router.get("/")
async def root(locale: Annotated[str | None, Cookie()] = None) -> RedirectResponse:
    """Lead to the home page in the remembered language, French first."""
    return RedirectResponse(f"/{supported(locale)}", 302, headers={"Cache-Control": "no-store", "Vary": "Cookie"})


@router.post("/auth/exchange", status_code=204)
async def exchange(
    request: Request, ticket: Annotated[str, Form(max_length=200)], trust: Annotated[bool, Form()] = False
) -> Response:
    """Spend a ticket and set the session cookie; with `trust`, have this browser known next time."""
    _require_own_origin(request)
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        token = await sessions.exchange_ticket(uow, ticket)
        device = await service.trust_browser(uow, token) if trust else None
    response = Response(status_code=204)
    remember_session(response, token)
    if device:
        _remember_device(response, device)
    return response


@router.post("/auth/sign-out", status_code=204)
async def sign_out(
    request: Request, token: Annotated[str | None, Cookie(alias=SESSION_COOKIE, max_length=200)] = None
) -> Response:
    """End the browser's session, here and in the database."""
    _require_own_origin(request)
    elsewhere: str | None = None
    if token:
        elsewhere = await flow.sign_out_url(token)
        async with unit_of_work(ANONYMOUS) as uow:
            await sessions.close_browser_session(uow, token)
    # What was shown goes from the browser's caches, the back button's included. Not "storage": the choice of colours
    # lives there and is nobody's secret.
    headers = {"Clear-Site-Data": '"cache"'}
    # Whose session began at an organisation's provider ends it there too; the page leads the browser there.
    response = JSONResponse({"next": elsewhere}, headers=headers) if elsewhere else Response(None, 204, headers)
    secure = container().settings.cookie_secure
    response.delete_cookie(SESSION_COOKIE, httponly=True, secure=secure, samesite="lax")
    return response


@router.post("/auth/push", status_code=204)
async def renew_push(command: Subscribe, actor: Annotated[Actor, Depends(page_actor)]) -> Response:
    """Ring this browser by its new subscription: it replaced the one before by itself, and no page is open."""
    async with unit_of_work(actor) as uow:
        await push.subscribe(uow, command)
    return Response(status_code=204)


def remember_session(response: Response, token: str) -> None:
    """Have the browser keep a session; scripts never see it."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(sessions.BROWSER_LIFE.total_seconds()),
        httponly=True,
        secure=container().settings.cookie_secure,
        samesite="lax",
    )


def _remember_device(response: Response, token: str) -> None:
    response.set_cookie(
        trusted_devices.COOKIE,
        token,
        max_age=int(trusted_devices.LIFE.total_seconds()),
        httponly=True,
        secure=container().settings.cookie_secure,
        samesite="lax",
    )


def _require_own_origin(request: Request) -> None:
    """Refuse another site's form: it could sign a person into a stranger's account."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise PermissionDeniedError(permission="origin")
