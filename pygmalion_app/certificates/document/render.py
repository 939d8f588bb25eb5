"""Fills the certificate's template, in both languages, the holder's first."""

import re
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import zxingcpp

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.typesetting import picture, typeset
from pygmalion_app.core.i18n import LOCALES, format_day, format_days, format_duration, translate

TEMPLATE, FUNCTION = "certificate.typ", "certificate"
ATTACHMENT = "credential.json"
ATTACHMENT_TYPE = "application/vc+ld+json"
PREVIEW_DOTS_AN_INCH = 96
_INK = "#0a1831"
_DARK = re.compile(rb"\0+")
_WORDMARK = Path(__file__).parents[3] / "assets" / "brand" / "wordmark-light.svg"


class _Texts:
    """Texts in the certificate's first language and in the other one."""

    def __init__(self, first: str) -> None:
        self.locales = (first, *(locale for locale in LOCALES if locale != first))

    def both(self, key: str, **arguments: object) -> list[str]:
        return [translate(locale, key, **arguments) for locale in self.locales]

    def day(self, day: date) -> list[str]:
        return [format_day(locale, day) for locale in self.locales]


def render(content: Content, verification_url: str, credential: bytes, dress: Dress) -> bytes:
    """Return the PDF with its credential attached. Blocking and CPU-bound (some milliseconds)."""
    return typeset(TEMPLATE, document_data(content, verification_url, dress), credential, function=FUNCTION)


def specimen(content: Content, verification_url: str, dress: Dress) -> bytes:
    """Return a PDF that is marked as a specimen and attaches nothing. Blocking, as `render`."""
    return typeset(TEMPLATE, _specimen_data(content, verification_url, dress), function=FUNCTION)


def specimen_picture(content: Content, verification_url: str, dress: Dress) -> bytes:
    """Return a specimen's page as PNG. Blocking, as `render`."""
    return picture(TEMPLATE, _specimen_data(content, verification_url, dress), PREVIEW_DOTS_AN_INCH, function=FUNCTION)


def document_data(content: Content, verification_url: str, dress: Dress) -> dict[str, Any]:
    """Return what the template shows, every text in both languages, the certificate's own first."""
    texts = _Texts(content.locale)
    first, second = texts.locales
    courses = {"fr": content.course, "en": content.course_en or content.course}
    wording = {"fr": content.wording, "en": content.wording_en}
    return {
        "lang": first,
        "lang2": second,
        "accent": dress.accent,
        "logo": dress.logo_svg,
        "specimen": "",
        "title": f"{translate(first, 'certificate-title')} · {content.holder}",
        "description": f"{courses[first]} · {content.organization}",
        "keywords": [content.number],
        "date": [content.issued_on.year, content.issued_on.month, content.issued_on.day],
        "wordmark": _wordmark(),
        "qr": qr_svg(verification_url),
        "qrAlt": translate(first, "certificate-qr-alt", url=verification_url),
        "url": verification_url,
        "scan": texts.both("certificate-scan"),
        "numberLabel": texts.both("certificate-number"),
        "number": content.number,
        "kicker": texts.both("certificate-title"),
        "holder": content.holder,
        "completed": texts.both("certificate-completed"),
        "course": [courses[first], courses[second]],
        # Wording that was given in one language alone is better read in that one than not at all.
        "wording": [wording[first] or wording[second], wording[second] if wording[first] else ""],
        "facts": _facts(content, texts),
        "issuerLabel": texts.both("certificate-issuer"),
        "organization": content.organization,
        "issuer": [row for row in (_row("SIRET", content.siret), _row("NDA", content.nda)) if row],
        "signatoryLabel": texts.both("certificate-signatory"),
        "signatory": content.signatory,
        "signatoryTitle": content.signatory_title,
        "note": texts.both("certificate-note"),
        "attachment": {
            "name": ATTACHMENT,
            "type": ATTACHMENT_TYPE,
            "description": translate(first, "certificate-attachment"),
        },
    }


def qr_svg(url: str) -> str:
    """Return the QR code as SVG; level Q survives a quarter of it being dirty or torn."""
    code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")  # pyright: ignore[reportUnknownMemberType]
    modules = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # pyright: ignore[reportArgumentType]
    size, dark = len(modules), modules.tobytes()
    path = "".join(
        f"M{run.start()} {line}.5h{run.end() - run.start()}"
        for line in range(size)
        for run in _DARK.finditer(dark[line * size : (line + 1) * size])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path stroke="{_INK}" d="{path}"/></svg>'
    )


def _specimen_data(content: Content, verification_url: str, dress: Dress) -> dict[str, Any]:
    data = document_data(content, verification_url, dress)
    nothing = {"name": "", "type": "", "description": ""}
    return {**data, "specimen": translate(content.locale, "certificate-specimen"), "attachment": nothing}


def _facts(content: Content, texts: _Texts) -> list[dict[str, list[str]]]:
    first, last = (datetime.combine(day, time(12), UTC) for day in (content.starts_on, content.ends_on))
    days = [format_days(locale, first, last, "UTC") for locale in texts.locales]
    valid = texts.day(content.valid_until) if content.valid_until else texts.both("certificate-no-expiry")
    place = [part for part in (content.location,) if part]
    modality = texts.both(f"certificate-modality-{content.modality.lower()}")
    none = texts.both("certificate-none")
    entries = [
        ("certificate-training-days", days),
        ("certificate-duration", [format_duration(locale, content.duration_minutes) for locale in texts.locales]),
        ("certificate-place", [" · ".join((*place, word)) for word in modality]),
        ("certificate-issued", texts.day(content.issued_on)),
        ("certificate-valid-until", valid),
        ("certificate-legal-basis", [content.legal_basis] * 2 if content.legal_basis else none),
    ]
    return [{"label": texts.both(key), "value": value} for key, value in entries]


def _row(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""


@cache
def _wordmark() -> str:
    return _WORDMARK.read_text(encoding="utf-8")
