"""The public verification page: plain HTML that says one word, and then why."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Form, Header
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

from pygmalion_app.certificates import verification
from pygmalion_app.certificates.status import Status
from pygmalion_app.certificates.verification import Anchor, Check, CheckResult, Statement, Verification
from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import DEFAULT_LOCALE, LOCALES, format_day, format_duration, format_moment, translate
from pygmalion_app.core.unit_of_work import container

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

ASSETS = Path(__file__).parents[3] / "assets" / "verification"
_DIGEST = re.compile(r"(?:0x)?([0-9a-fA-F]{64})\Z")
# Tone (colour) and icon of each word; the word itself always stands beside them.
_LOOKS = {
    Status.VALID: ("ok", "circle-check"),
    Status.PENDING: ("info", "hourglass"),
    Status.EXPIRED: ("warn", "clock"),
    Status.REVOKED: ("bad", "ban"),
    Status.TAMPERED: ("bad", "triangle-alert"),
    Status.UNKNOWN: ("idle", "circle-help"),
}
_CHECK_LOOKS = {
    CheckResult.PASS: ("ok", "circle-check"),
    CheckResult.FAIL: ("bad", "circle-x"),
    CheckResult.PENDING: ("info", "hourglass"),
    CheckResult.UNAVAILABLE: ("warn", "wifi-off"),
}

Sha256Form = Annotated[str, Form(max_length=200)]
_Locale = Annotated[str | None, Cookie(alias="locale", max_length=10)]
_Languages = Annotated[str | None, Header(alias="accept-language", max_length=400)]


@dataclass(frozen=True, slots=True)
class _Visit:
    """One request: in which language, at which address, and what it is about."""

    locale: str
    here: str
    token: str | None = None
    digest: str | None = None
    choosing: bool = False
    """Whether the language was chosen by cookie or browser rather than by the address."""


@router.get("/verify/{token}")
async def by_code(token: str, locale: _Locale = None, languages: _Languages = None) -> HTMLResponse:
    """Show what a QR code leads to, in the reader's language, without a redirect: somebody waits at a gate."""
    return await _certificate(_Visit(_choose(locale, languages), f"/verify/{token}", token, choosing=True))


@router.post("/verify/{token}")
async def by_code_with_file(
    token: str, sha256: Sha256Form = "", locale: _Locale = None, languages: _Languages = None
) -> HTMLResponse:
    """Compare a file's digest with the certificate of a QR code."""
    return await _certificate(_Visit(_choose(locale, languages), f"/verify/{token}", token, sha256, choosing=True))


@router.get("/verify")
async def choose_language(locale: _Locale = None, languages: _Languages = None) -> HTMLResponse:
    """Show the page where a PDF can be dropped."""
    return _page(_Visit(_choose(locale, languages), "/verify", choosing=True), None)


@router.post("/verify")
async def drop(sha256: Sha256Form = "", locale: _Locale = None, languages: _Languages = None) -> HTMLResponse:
    """Find the certificate whose document a dropped file is."""
    return await _dropped(_Visit(_choose(locale, languages), "/verify", digest=sha256, choosing=True))


def _localised(locale: str) -> None:
    """Add the addresses of one language."""
    bare = address("verify", locale)

    async def choose() -> HTMLResponse:
        return _page(_Visit(locale, bare), None)

    async def dropped(sha256: Sha256Form = "") -> HTMLResponse:
        return await _dropped(_Visit(locale, bare, digest=sha256))

    async def certificate(token: str) -> HTMLResponse:
        return await _certificate(_Visit(locale, f"{bare}/{token}", token))

    async def certificate_and_file(token: str, sha256: Sha256Form = "") -> HTMLResponse:
        return await _certificate(_Visit(locale, f"{bare}/{token}", token, sha256))

    router.get(bare)(choose)
    router.post(bare)(dropped)
    router.get(bare + "/{token}")(certificate)
    router.post(bare + "/{token}")(certificate_and_file)


for _code in LOCALES:
    _localised(_code)


async def _certificate(visit: _Visit) -> HTMLResponse:
    digest = _parse(visit.digest or "")
    return _page(visit, await verification.verify_token(container(), visit.token or "", digest))


async def _dropped(visit: _Visit) -> HTMLResponse:
    digest = _parse(visit.digest or "")
    return _page(visit, await verification.verify_file(container(), digest) if digest else None)


def _page(visit: _Visit, found: Verification | None) -> HTMLResponse:
    html = _template().render(view(visit.locale, visit.here, found, visit.token, visit.digest))
    # An unknown code is a page that does not exist; a search engine that was led there must not keep it.
    unknown = found is not None and found.status is Status.UNKNOWN
    headers = {"Cache-Control": "no-store" if found else "no-cache", "Referrer-Policy": "no-referrer"}
    if found is not None:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    if visit.choosing:
        headers["Vary"] = "Cookie, Accept-Language"
    return HTMLResponse(html, 404 if unknown else 200, headers)


def view(locale: str, here: str, found: Verification | None, token: str | None, digest: str | None) -> dict[str, Any]:
    """Return what the template shows."""
    other = next(code for code in LOCALES if code != locale)
    paths = {code: address("verify", code) + (f"/{token}" if token else "") for code in LOCALES}

    def t(key: str, **facts: object) -> str:
        return translate(locale, key, **facts)

    shown: dict[str, Any] = {
        "locale": locale,
        "other": other,
        "here": here,
        "base_url": container().settings.base_url,
        "alternates": paths,
        "t": t,
        "version": _version(),
        "found": found,
        "token": token,
        "digest": digest,
        # What was typed is no digest: say so, or the page would seem to confirm a file it never compared.
        "mistyped": bool(digest) and _parse(digest or "") is None,
        "title": t("verify-title"),
        "description": t("verify-description"),
        "checked": t("verify-checked", moment=format_moment(locale, container().clock.now())),
    }
    return shown if found is None else shown | _verdict(locale, found, t)


def _verdict(locale: str, found: Verification, t: Callable[..., str]) -> dict[str, Any]:
    tone, icon = _LOOKS[found.status]
    successor = found.replaced_by
    return {
        "title": f"{t(f'verify-word-{found.status}')} · {t('verify-kicker')}",
        "tone": tone,
        "status_icon": icon,
        "word": t(f"verify-word-{found.status}"),
        "sentence": _sentence(locale, found, t),
        "reason": t(f"verify-reason-{found.revocation_reason}") if found.revocation_reason else "",
        "successor": {"number": successor.number, "path": successor.verification_path} if successor else None,
        "said": found.certificate,
        "facts": _facts(locale, found.certificate, t) if found.certificate else [],
        "checks": [_check(locale, check, t) for check in found.checks],
        "proof": _proof(locale, found.anchor, t) if found.anchor else [],
    }


def _sentence(locale: str, found: Verification, t: Callable[..., str]) -> str:
    key = f"verify-sentence-{found.status}"
    failed = {check.name for check in found.checks if check.result is CheckResult.FAIL}
    if found.status is Status.TAMPERED and failed == {"file"}:
        return t(f"{key}-file")
    if found.status is Status.REVOKED:
        return t(key, date=format_day(locale, found.revoked_at)) if found.revoked_at else t(f"{key}-chain")
    if found.status is Status.EXPIRED and found.certificate and found.certificate.valid_until:
        return t(key, date=format_day(locale, found.certificate.valid_until))
    return t(key)


def _facts(locale: str, said: Statement, t: Callable[..., str]) -> list[tuple[str, str]]:
    valid = format_day(locale, said.valid_until) if said.valid_until else t("certificate-no-expiry")
    facts = [
        (t("verify-fact-course"), said.course_en if locale == "en" else said.course),
        (t("verify-fact-organization"), said.organization),
        (t("verify-fact-valid-until"), valid),
        (t("verify-fact-completed"), format_day(locale, said.completed_on)),
        (t("verify-fact-duration"), format_duration(locale, said.duration_minutes)),
        (t("verify-fact-number"), said.number),
        (t("verify-fact-legal-basis"), said.legal_basis),
    ]
    return [(label, value) for label, value in facts if value]


def _check(locale: str, check: Check, t: Callable[..., str]) -> dict[str, str]:
    tone, icon = _CHECK_LOOKS[check.result]
    moment = format_moment(locale, check.at) if check.at else ""
    if check.result is CheckResult.UNAVAILABLE:
        time = t("verify-last-at", moment=moment) if moment else t("verify-never")
    else:
        time = t("verify-at", moment=moment) if moment else ""
    return {
        "name": t(f"verify-check-{check.name}"),
        "word": t(f"verify-result-{check.result}"),
        "time": time,
        "tone": tone,
        "icon": icon,
    }


def _proof(locale: str, anchor: Anchor, t: Callable[..., str]) -> list[tuple[str, str]]:
    def moment(value: datetime | None) -> str:
        return format_moment(locale, value) if value else "–"

    embedded = not container().settings.chain_rpc_urls
    network = t(f"verify-proof-network-{'embedded' if embedded else 'other'}", chain=str(anchor.chain_id))
    return [
        (t("verify-proof-network"), network),
        (t("verify-proof-contract"), anchor.contract),
        (t("verify-proof-token"), anchor.token_id),
        (t("verify-proof-commitment"), anchor.commitment),
        (t("verify-proof-root"), anchor.root),
        (t("verify-proof-size"), str(anchor.batch_size)),
        (t("verify-proof-transaction"), anchor.transaction or "–"),
        (t("verify-proof-block"), str(anchor.block) if anchor.block is not None else "–"),
        (t("verify-proof-anchored"), moment(anchor.anchored_at)),
    ]


def _parse(sha256: str) -> bytes | None:
    matched = _DIGEST.match(sha256.strip())
    return bytes.fromhex(matched[1]) if matched else None


def _choose(remembered: str | None, languages: str | None) -> str:
    if remembered in LOCALES:
        return remembered
    for part in (languages or "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LOCALES:
            return code
    return DEFAULT_LOCALE


@cache
def _template() -> Any:
    loader = PackageLoader("pygmalion_app.api.public_pages")
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("verification.html")


@cache
def _version() -> str:
    """Return what changes with the page's own style and script, so that browsers may keep them."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ASSETS.iterdir()))).hexdigest()[:10]
