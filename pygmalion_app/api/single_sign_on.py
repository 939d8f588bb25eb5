"""The browser's way to an organisation's identity provider and back.

Every answer is a redirect: what goes wrong is told by our own page, in words, with a way to go on.
"""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Cookie, Query, Request
from fastapi.responses import RedirectResponse

from pygmalion_app.api.browser import remember_session
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import supported
from pygmalion_app.core.ids import new_token, parse_id
from pygmalion_app.core.unit_of_work import container
from pygmalion_app.sso import attempts, flow
from pygmalion_app.sso.browser import browser_cookie, is_browser_token
from pygmalion_app.sso.errors import SsoOffError, SsoStaleError

router = APIRouter(include_in_schema=False, prefix="/auth/sso")
Text = Annotated[str, Query(max_length=4000)]
_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
"""The address of the way back holds a code: neither kept nor told to the next page."""


@router.get("/{organization}/start")
async def start(
    request: Request,
    organization: str,
    next_path: Annotated[str, Query(alias="next", max_length=500)] = "",
    email: Annotated[str, Query(max_length=320)] = "",
    locale: Annotated[str | None, Cookie()] = None,
    lang: Annotated[str, Query(max_length=2)] = "",
    afresh: Annotated[bool, Query()] = False,
) -> RedirectResponse:
    """Lead to the organisation's provider; `afresh` has it ask once more who it is."""
    language = supported(lang or locale)
    kept = _browser(request)
    # Several tabs of one browser may be on their way at once.
    browser = kept or new_token()
    found = parse_id(organization)
    try:
        if found is None:
            raise SsoOffError
        url = await flow.depart(
            found, browser, locale=language, next_path=next_path, login_hint=_hint(email), afresh=afresh
        )
    except PygmalionError as error:
        return _problem(error, found, language)
    response = _redirect(url)
    response.set_cookie(
        browser_cookie(container().settings),
        browser,
        max_age=int(2 * attempts.LIFE.total_seconds()),
        path="/",
        httponly=True,
        secure=container().settings.cookie_secure,
        samesite="lax",
    )
    return response


@router.get("/callback/{organization}")
async def callback(
    request: Request,
    organization: str,
    state: Text = "",
    code: Text = "",
    iss: Text = "",
    error: Text = "",
    locale: Annotated[str | None, Cookie()] = None,
) -> RedirectResponse:
    """Take the way back from the provider."""
    found, browser = parse_id(organization), _browser(request)
    try:
        if found is None or browser is None:
            raise SsoStaleError
        arrived = await flow.arrive(found, flow.Answer(state=state, code=code, issuer=iss, error=error), browser)
    except PygmalionError as problem:
        return _problem(problem, found, supported(locale))
    if isinstance(arrived, flow.StepLeft):
        return _redirect(f"{address('sign-in', arrived.locale)}?{urlencode({'sso': str(arrived.attempt_id)})}")
    return _entered(arrived)


@router.get("/finish/{attempt}")
async def finish(request: Request, attempt: str, locale: Annotated[str | None, Cookie()] = None) -> RedirectResponse:
    """Open the session of who has done the second step."""
    found, browser = parse_id(attempt), _browser(request)
    try:
        if found is None or browser is None:
            raise SsoStaleError
        return _entered(await flow.finish(found, browser))
    except PygmalionError as problem:
        return _problem(problem, None, supported(locale))


def _browser(request: Request) -> str | None:
    """Return what tells this browser from others, None where there is nothing, or nothing of ours."""
    token = request.cookies.get(browser_cookie(container().settings), "")
    return token if is_browser_token(token) else None


def _hint(email: str) -> str:
    return email if email.isprintable() and "@" in email else ""


def _entered(entered: flow.Entered) -> RedirectResponse:
    # The sign-in page leads who is signed in to their own first page.
    response = _redirect(entered.next_path or address("sign-in", entered.locale))
    remember_session(response, entered.token)
    return response


def _problem(error: PygmalionError, organization: UUID | None, locale: str) -> RedirectResponse:
    query = {"problem": error.code} | ({"organisation": str(organization)} if organization else {})
    return _redirect(f"{address('sign-in-organization', locale)}?{urlencode(query)}")


def _redirect(url: str) -> RedirectResponse:
    return RedirectResponse(url, 303, headers=_PRIVATE)
