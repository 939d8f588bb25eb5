"""Certificates' lives as people read them."""

from datetime import datetime, timedelta
from typing import Final

from pygmalion_app.certificates.schemas import CertificateView
from pygmalion_app.core.i18n import format_day
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang

LIFE_TONES: Final[dict[str, Tone]] = {
    "pending": "info",
    "valid": "ok",
    "expiring": "warn",
    "renewed": "idle",
    "expired": "bad",
    "corrected": "idle",
    "revoked": "bad",
}
EXTERNAL_TONES: Final[dict[str, Tone]] = {"waiting": "info", "accepted": "ok", "refused": "bad"}
SOON_DAYS: Final = 90


def life_of(lang: Lang, life: str) -> tuple[str, Tone]:
    """Return a state in a word and its colour."""
    return lang(f"life-word-{life}"), LIFE_TONES.get(life, "idle")


def last_day_of(lang: Lang, valid_until: datetime | None) -> str:
    """Return the last day of something that stops at a moment; empty when it never does."""
    return format_day(lang.code, valid_until - timedelta(microseconds=1)) if valid_until else ""


def left_of(lang: Lang, view: CertificateView, now: datetime) -> str:
    """Return how much time is left to a certificate that ends soon, else nothing."""
    if view.life != "expiring" or view.valid_until is None:
        return ""
    return lang("my-certificate-ends-in", days=(view.valid_until - timedelta(microseconds=1) - now).days)
