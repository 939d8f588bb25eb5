"""One PDF of the evidence: the account in words, then the contract and the certificates as they were handed over."""

import asyncio
import io
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pikepdf

from pygmalion_app.certificates.document.kept import Shelf
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import translate
from pygmalion_app.disputes.evidence import enclosures
from pygmalion_app.disputes.facts import Facts
from pygmalion_app.disputes.schemas import Evidence
from pygmalion_app.enrollments.document.render import Letter, render

MOST_BYTES: Final = 3_500_000
MOST_PAGES: Final = 40
"""The gateway takes 4.5 MB of files and 50 pages in all: enclosures that go beyond stay at home, and that is said."""


@dataclass(frozen=True, slots=True)
class _Enclosure:
    name: str
    content: bytes


async def bundle(shelf: Shelf, facts: Facts, evidence: Evidence, day: date) -> bytes:
    """Return the document with its enclosures."""
    found: list[_Enclosure] = []
    for name, row in enclosures(facts, evidence.locale):
        try:
            found.append(_Enclosure(name, await _read(shelf, row)))
        except NotFoundError:
            continue
    return await asyncio.to_thread(_make, facts, evidence, found, day)


async def _read(shelf: Shelf, row: dict[str, Any]) -> bytes:
    if "certificate_id" not in row:
        return await shelf.files.get(row["file_key"])
    return await shelf.document(row["certificate_id"], row["file_key"], row["file_key_id"], row["file_wrapped_key"])


def _make(facts: Facts, evidence: Evidence, found: list[_Enclosure], day: date) -> bytes:
    locale = evidence.locale
    fitting = _fitting(found)
    closing = [translate(locale, "evidence-enclosures"), *(one.name for one in fitting)] if fitting else []
    if len(fitting) < len(found):
        closing.append(translate(locale, "evidence-left-out", count=len(found) - len(fitting)))
    letter = Letter(
        locale=locale,
        kicker=translate(locale, "evidence-kicker", dispute=facts.dispute.gateway_id),
        title=translate(locale, "evidence-title"),
        author=str(facts.order["seller"]),
        day=day,
        sections=[{"heading": one.heading, "lines": list(one.lines)} for one in evidence.sections],
        closing=closing,
        footer=f"{facts.dispute.gateway_id} · {facts.order['id']}",
    )
    made = render(letter)
    return _join(made, fitting) if fitting else made


def _fitting(found: list[_Enclosure]) -> list[_Enclosure]:
    fitting: list[_Enclosure] = []
    size = pages = 0
    for one in found:
        with pikepdf.open(io.BytesIO(one.content)) as part:
            count = len(part.pages)
        if size + len(one.content) <= MOST_BYTES and pages + count <= MOST_PAGES:
            fitting.append(one)
            size, pages = size + len(one.content), pages + count
    return fitting


def _join(made: bytes, enclosed: list[_Enclosure]) -> bytes:
    with pikepdf.open(io.BytesIO(made)) as whole:
        for one in enclosed:
            with pikepdf.open(io.BytesIO(one.content)) as part:
                whole.add_pages_from(part, forms="strip")
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
    return out.getvalue()
