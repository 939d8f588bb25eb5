"""The public verification page: plain HTML that says one word, and then why."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Query, Request
from fastapi.responses import HTMLResponse
from starlette.routing import Route

from pygmalion_app.api.presented import Sent, read_sent
from pygmalion_app.api.public_pages.verification_view import Notice, Visit, render
from pygmalion_app.certificates import verification, verification_files
from pygmalion_app.certificates.errors import UnreadableFileError
from pygmalion_app.certificates.status import Status
from pygmalion_app.certificates.verification import Verification
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import BusyError, InvalidInputError, TooManyRequestsError
from pygmalion_app.core.i18n import DEFAULT_LOCALE, LOCALES
from pygmalion_app.core.unit_of_work import container

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_Locale = Annotated[str | None, Cookie(alias="locale", max_length=10)]
_Languages = Annotated[str | None, Header(alias="accept-language", max_length=400)]
_TokenId = Annotated[str | None, Query(alias="id", max_length=100)]
_ChainId = Annotated[str | None, Query(alias="chainId", max_length=100)]
_Contract = Annotated[str | None, Query(max_length=100)]


async def by_code(request: Request) -> HTMLResponse:
    """Show what a QR code leads to, in the reader's language, without a redirect: somebody waits at a gate."""
    token = request.path_params["token"]
    locale = _choose(request.cookies.get("locale"), request.headers.get("accept-language"))
    return await _certificate(Visit(locale, f"/verify/{token}", token, choosing=True))


@router.post("/verify/{token}")
async def by_code_with_more(
    request: Request, token: str, locale: _Locale = None, languages: _Languages = None
) -> HTMLResponse:
    """Compare a file, its digest or a name with the certificate of a QR code."""
    visit = Visit(_choose(locale, languages), f"/verify/{token}", token, choosing=True)
    return await _presented(visit, request)


@router.get("/verify")
async def choose_language(
    token_id: _TokenId = None,
    chain_id: _ChainId = None,
    contract: _Contract = None,
    locale: _Locale = None,
    languages: _Languages = None,
) -> HTMLResponse:
    """Show the page where a file can be dropped or a code scanned; with `?id=`, verify by the token id."""
    visit = Visit(_choose(locale, languages), "/verify", choosing=True)
    return await _bare(visit, token_id, chain_id, contract)


@router.post("/verify")
async def drop(request: Request, locale: _Locale = None, languages: _Languages = None) -> HTMLResponse:
    """Verify a file, its digest, or what a scanned code says."""
    return await _presented(Visit(_choose(locale, languages), "/verify", choosing=True), request)


def _localised(locale: str) -> Route:
    """Add the addresses of one language, and return the one that is asked for most."""
    bare = address("verify", locale)

    async def choose(token_id: _TokenId = None, chain_id: _ChainId = None, contract: _Contract = None) -> HTMLResponse:
        return await _bare(Visit(locale, bare), token_id, chain_id, contract)

    async def dropped(request: Request) -> HTMLResponse:
        return await _presented(Visit(locale, bare), request)

    async def certificate(request: Request) -> HTMLResponse:
        token = request.path_params["token"]
        return await _certificate(Visit(locale, f"{bare}/{token}", token))

    async def certificate_and_more(request: Request, token: str) -> HTMLResponse:
        return await _presented(Visit(locale, f"{bare}/{token}", token), request)

    router.get(bare)(choose)
    router.post(bare)(dropped)
    router.post(bare + "/{token}")(certificate_and_more)
    return Route(bare + "/{token}", certificate)


# Plain routes, which are found before the framework looks for its own (see `quick`).
routes = [Route("/verify/{token}", by_code), *(_localised(code) for code in LOCALES)]


async def _certificate(visit: Visit) -> HTMLResponse:
    return _page(visit, await verification.verify_token(container(), visit.token or ""))


async def _bare(visit: Visit, token_id: str | None, chain_id: str | None, contract: str | None) -> HTMLResponse:
    if token_id is None:
        return _page(visit, None)
    parts = container()
    found = await verification.verify_token_id(parts, token_id.strip(), chain_id=chain_id, contract=contract)
    return _page(visit.with_(token_id=token_id), found)


async def _presented(visit: Visit, request: Request) -> HTMLResponse:
    """Verify what was presented; what cannot be read is said on the page that asked for it."""
    try:
        sent = await read_sent(request)
        visit = visit.with_(
            digest=sent.sha256.hex() if sent.sha256 else "",
            name=sent.name,
            notice=Notice.MISTYPED if sent.mistyped else None,
        )
        found = await _verify(visit, sent)
    except TooManyRequestsError:
        visit = visit.with_(notice=Notice.TOO_MANY_NAMES, name="")
    except UnreadableFileError:
        visit = visit.with_(notice=Notice.UNREADABLE)
    except InvalidInputError:
        visit = visit.with_(notice=Notice.DAMAGED)
    except BusyError:
        visit = visit.with_(notice=Notice.BUSY)
    else:
        return _page(visit, found)
    # The certificate that the page is about stands, whatever could not be compared with it.
    return _page(visit, await verification.verify_token(container(), visit.token) if visit.token else None)


async def _verify(visit: Visit, sent: Sent) -> Verification | None:
    parts = container()
    if sent.content:
        return await verification_files.verify_presented(parts, sent.content, token=visit.token, name=sent.name)
    if visit.token is not None:
        return await verification.verify_token(parts, visit.token, sent.sha256, sent.name)
    if sent.code:
        return await verification_files.verify_code(parts, sent.code, name=sent.name)
    return await verification.verify_file(parts, sent.sha256, sent.name) if sent.sha256 else None


def _page(visit: Visit, found: Verification | None) -> HTMLResponse:
    # An unknown code is a page that does not exist; a search engine that was led there must not keep it.
    unknown = found is not None and found.status is Status.UNKNOWN
    headers = {"Cache-Control": "no-store" if found else "no-cache", "Referrer-Policy": "no-referrer"}
    if found is not None:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    if visit.choosing:
        headers["Vary"] = "Cookie, Accept-Language"
    return HTMLResponse(render(visit, found), 404 if unknown else 200, headers)


def _choose(remembered: str | None, languages: str | None) -> str:
    if remembered in LOCALES:
        return remembered
    for part in (languages or "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LOCALES:
            return code
    return DEFAULT_LOCALE
