"""Fills the certificate's template: PDF/A-3a and PDF/UA-1, the same bytes for the same content and address."""

import io
import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst

from pygmalion_app.certificates.schemas import Content
from pygmalion_app.certificates.sealing import canonical
from pygmalion_app.core.i18n import LOCALES, format_day, format_days, format_duration, translate

FOLDER = Path(__file__).parent
ATTACHMENT = "certificate.json"
MAX_UNDISPLAYABLE = 64
_UNDISPLAYABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_WORDMARK = FOLDER.parent.parent.parent / "assets" / "brand" / "wordmark-dark.svg"
# One compiler keeps its fonts and layout cache warm: 3 ms a document instead of 250.
_lock = Lock()


class _Texts:
    """Texts in the certificate's first language and in the other one."""

    def __init__(self, first: str) -> None:
        self.locales = (first, *(locale for locale in LOCALES if locale != first))

    def both(self, key: str, **arguments: object) -> list[str]:
        return [translate(locale, key, **arguments) for locale in self.locales]

    def day(self, day: date) -> list[str]:
        return [format_day(locale, day) for locale in self.locales]


def render(content: Content, verification_url: str) -> bytes:
    """Return the PDF. Blocking and CPU-bound (some milliseconds): call it in a thread."""
    data = json.dumps(document_data(content, verification_url), ensure_ascii=False)
    attachment = canonical(content.model_dump(mode="json", by_alias=True)).decode()
    for _ in range(MAX_UNDISPLAYABLE):
        try:
            with _lock:
                inputs = {"data": data, "attachment": attachment}
                made = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"])
        except typst.TypstError as error:
            # PDF/A refuses text that no font can show (a name in Chinese): a square stands for it on the page, and
            # the attached JSON keeps it.
            missing = _UNDISPLAYABLE.search(str(error))
            if missing is None:
                raise
            data = data.replace(missing[1], "□")
            continue
        if isinstance(made, bytes):
            return made
    message = "too many characters that no font can show"
    raise ValueError(message)


def document_data(content: Content, verification_url: str) -> dict[str, Any]:
    """Return what the template shows, every text in both languages, the certificate's own first."""
    texts = _Texts(content.locale)
    first, second = texts.locales
    courses = {"fr": content.course, "en": content.course_en or content.course}
    title = f"{translate(first, 'certificate-title')} · {content.holder}"
    return {
        "lang": first,
        "lang2": second,
        "title": title,
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
        "facts": _facts(content, texts),
        "issuerLabel": texts.both("certificate-issuer"),
        "organization": content.organization,
        "issuer": [row for row in (_row("SIRET", content.siret), _row("NDA", content.nda)) if row],
        "note": texts.both("certificate-note"),
        "attachment": {
            "name": ATTACHMENT,
            "description": translate(first, "certificate-attachment"),
        },
    }


def qr_svg(url: str) -> str:
    """Return the QR code as SVG; level Q survives a quarter of it being dirty or torn."""
    buffer = io.BytesIO()
    segno.make(url, error="q", micro=False).save(
        buffer, kind="svg", border=0, dark="#0a1831", xmldecl=False, svgns=True, omitsize=True
    )
    return buffer.getvalue().decode()


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


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        FOLDER / "certificate.typ", root=FOLDER, font_paths=[FOLDER / "fonts"], ignore_system_fonts=True
    )
