"""What the verification page shows of a verification."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from pygmalion_app.api.public_pages import sharing
from pygmalion_app.certificates.status import Status
from pygmalion_app.certificates.verification import (
    Anchor,
    Check,
    CheckName,
    CheckResult,
    Statement,
    Verification,
    Version,
)
from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import LOCALES, format_day, format_duration, format_moment, translate
from pygmalion_app.core.unit_of_work import container

ASSETS = Path(__file__).parents[3] / "assets" / "verification"
# Tone (colour) and icon of each word; the word itself always stands beside them.
LOOKS = {
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
# Where one of these alone fails, it has a sentence of its own.
_TELLING = {CheckName.FILE, CheckName.CREDENTIAL, CheckName.NAME}

Say = Callable[..., str]


class Notice(StrEnum):
    """What could not be compared; `verify-notice-<notice>` says it."""

    MISTYPED = "mistyped"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"
    BUSY = "busy"
    TOO_MANY_NAMES = "too-many-names"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: in which language, at which address, and what it is about."""

    locale: str
    here: str
    token: str | None = None
    choosing: bool = False
    """Whether the language was chosen by cookie or browser rather than by the address."""
    digest: str = ""
    name: str = ""
    token_id: str = ""
    notice: Notice | None = None

    def with_(self, **changes: Any) -> "Visit":
        """Return the same visit with something more known of it."""
        return replace(self, **changes)


def render(visit: Visit, found: Verification | None) -> str:
    """Return the page."""
    return template("verification.html").render(view(visit, found))


def view(visit: Visit, found: Verification | None) -> dict[str, Any]:
    """Return what the template shows."""
    locale = visit.locale
    paths = {code: address("verify", code) + (f"/{visit.token}" if visit.token else "") for code in LOCALES}

    def t(key: str, **facts: object) -> str:
        return translate(locale, key, **facts) if facts else _words(locale, key)

    shown: dict[str, Any] = {
        "locale": locale,
        "other": next(code for code in LOCALES if code != locale),
        "here": visit.here,
        "bare": address("verify", locale),
        "base_url": container().settings.base_url,
        "alternates": paths,
        "t": t,
        "version": _version(),
        "found": found,
        "token": visit.token,
        "digest": visit.digest,
        "typed": visit.name,
        # What was given is nothing to compare: say so, or the page would seem to confirm what it never compared.
        "notice": t(f"verify-notice-{visit.notice}") if visit.notice else "",
        "notice_of": visit.notice or "",
        "title": t("verify-title"),
        "description": t("verify-description"),
        "checked": t("verify-checked", moment=_moment(locale, container().clock.now())),
    }
    return shown if found is None else shown | _verdict(visit, found, t)


def template(name: str) -> Any:
    """Return a template of this package."""
    return _environment().get_template(name)


def _verdict(visit: Visit, found: Verification, t: Say) -> dict[str, Any]:
    locale = visit.locale
    tone, icon = LOOKS[found.status]
    successor = found.replaced_by
    failed = [t(f"verify-check-{check.name}") for check in found.checks if check.result is CheckResult.FAIL]
    return {
        "title": f"{t(f'verify-word-{found.status}')} · {t('verify-kicker')}",
        "tone": tone,
        "status_icon": icon,
        "word": t(f"verify-word-{found.status}"),
        "sentence": _sentence(visit, found, t),
        "failed": failed if found.status is Status.TAMPERED else [],
        "last_heard": _last_heard(locale, found, t),
        "other_host": found.elsewhere.issuer if found.elsewhere and found.status is not Status.UNKNOWN else "",
        "reason": t(f"verify-reason-{found.revocation_reason}") if found.revocation_reason else "",
        "successor": {"number": successor.number, "path": successor.verification_path} if successor else None,
        "versions": [_version_line(locale, one, t) for one in found.versions],
        "said": found.certificate,
        "named": _named(found),
        "facts": _facts(locale, found.certificate, t) if found.certificate else [],
        "checks": [_check(locale, check, t) for check in found.checks],
        "proof": _proof(locale, found.anchor, t) if found.anchor else [],
        "share": sharing.offer(locale, visit.token, found) if visit.token else None,
        "provable": found.anchor is not None and found.anchor.anchored_at is not None,
    }


def _named(found: Verification) -> str:
    """Return how a typed name compared: `pass`, `fail`, or nothing where none was."""
    return next((check.result.value for check in found.checks if check.name is CheckName.NAME), "")


def _sentence(visit: Visit, found: Verification, t: Say) -> str:
    key, locale = f"verify-sentence-{found.status}", visit.locale
    failed = {check.name for check in found.checks if check.result is CheckResult.FAIL}
    match found.status:
        case Status.UNKNOWN:
            return _unknown(visit, found, t)
        case Status.TAMPERED if len(failed) == 1 and failed <= _TELLING:
            return t(f"{key}-{failed.pop()}")
        case Status.REVOKED:
            at = found.revoked_at
            return t(key, date=format_day(locale, at)) if at else t(f"{key}-chain")
        case Status.EXPIRED:
            last = found.certificate.valid_until if found.certificate else None
            return t(key, date=format_day(locale, last)) if last else t(f"{key}-undated")
        case _:
            return t(key)


def _unknown(visit: Visit, found: Verification, t: Say) -> str:
    key = "verify-sentence-unknown"
    if other := found.elsewhere:
        place = other.issuer or " · ".join(part for part in (other.chain_id, other.contract) if part)
        return t(f"{key}-elsewhere", place=place)
    if visit.token_id:
        return t(f"{key}-id")
    return t(key if visit.token else f"{key}-file")


def _last_heard(locale: str, found: Verification, t: Say) -> str:
    silent = any(check.name is CheckName.ANCHOR and check.result is CheckResult.UNAVAILABLE for check in found.checks)
    if not silent:
        return ""
    if found.chain_heard_at is None:
        return t("verify-never")
    return t("verify-silent", moment=_moment(locale, found.chain_heard_at))


def _facts(locale: str, said: Statement, t: Say) -> list[tuple[str, str]]:
    valid = format_day(locale, said.valid_until) if said.valid_until else t("certificate-no-expiry")
    facts = [
        (t("verify-fact-course"), said.course_en if locale == "en" else said.course),
        (t("verify-fact-organization"), said.organization),
        (t("verify-fact-valid-until"), valid),
        (t("verify-fact-completed"), format_day(locale, said.completed_on)),
        (t("verify-fact-duration"), format_duration(locale, said.duration_minutes)),
        (t("verify-fact-number"), said.number or ""),
        (t("verify-fact-legal-basis"), said.legal_basis),
    ]
    return [(label, value) for label, value in facts if value]


def _version_line(locale: str, one: Version, t: Say) -> dict[str, str]:
    issued = t("verify-version-issued", date=format_day(locale, one.issued_at))
    ended = t("verify-version-revoked", date=format_day(locale, one.revoked_at)) if one.revoked_at else ""
    return {"number": one.number, "issued": issued, "ended": ended}


def _check(locale: str, check: Check, t: Say) -> dict[str, str]:
    tone, icon = _CHECK_LOOKS[check.result]
    moment = _moment(locale, check.at) if check.at else ""
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


def _proof(locale: str, anchor: Anchor, t: Say) -> list[tuple[str, str]]:
    def moment(value: datetime | None) -> str:
        return _moment(locale, value) if value else "–"

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


@cache
def _words(locale: str, key: str) -> str:
    """Return a text that is the same on every page: there are some eighty of them on one."""
    return translate(locale, key)


@lru_cache(maxsize=1024)
def _moment(locale: str, at: datetime) -> str:
    """Return a time in words: most checks of a page are of the same one."""
    return format_moment(locale, at)


@cache
def _environment() -> Environment:
    loader = PackageLoader("pygmalion_app.api.public_pages")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _version() -> str:
    """Return what changes with the page's own style and script, so that browsers may keep them."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ASSETS.iterdir()))).hexdigest()[:10]
