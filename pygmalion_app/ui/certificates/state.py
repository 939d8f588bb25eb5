"""A person's own certificates."""

import io
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta

import reflex as rx
import segno
from reflex_base.event import EventSpec

from pygmalion_app.certificates import service
from pygmalion_app.certificates.schemas import CertificateView
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 50
SHARE_DIALOG = "share-certificate"
_TONES: dict[str, Tone] = {
    "valid": "ok",
    "pending": "info",
    "revoked": "bad",
    "expired": "warn",
    "tampered": "bad",
    "unknown": "idle",
}
_RANKS = {"expired": 1, "revoked": 2, "tampered": 2, "unknown": 2}
"""What is worth something comes first, each group newest first."""


@dataclass
class CertificateRow:
    """One certificate, ready to read."""

    id: str
    number: str
    course: str
    organization: str
    completed: str
    valid_until: str
    status: str
    tone: Tone
    reason: str
    link: str
    downloadable: bool


class CertificatesState(rx.State):
    """The list, and the certificate that is being shared."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[CertificateRow]] = rx.field(default_factory=list)
    waiting: rx.Field[bool] = rx.field(False)
    """Whether one of them is still being made or anchored."""
    share_link: rx.Field[str] = rx.field("")
    share_qr: rx.Field[str] = rx.field("")
    share_name: rx.Field[str] = rx.field("")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the reader's certificates, newest first."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            page = await service.list_mine(uow, PageRequest(1, PAGE_SIZE))
        self.rows = [_row(lang, view) for view in sorted(page.items, key=lambda view: _RANKS.get(view.status, 0))]
        self.waiting = any(view.status == "pending" or not view.downloadable for view in page.items)
        self.loaded = True

    @rx.event
    @access.signed_in
    def share(self, certificate: str) -> EventSpec | None:
        """Show a certificate's link and QR code."""
        row = next((row for row in self.rows if row.id == certificate), None)
        if row is None or not row.link:
            return None
        self.share_link, self.share_name, self.share_qr = row.link, row.course, _qr(row.link)
        return ui.show_dialog(SHARE_DIALOG)

    @rx.event
    @access.signed_in
    def copied(self) -> EventSpec:
        """Say that the link is in the clipboard."""
        return toasts.ok(lang_of_path(self.router.url.path)("my-certificate-copied"))


def _row(lang: Lang, view: CertificateView) -> CertificateRow:
    return CertificateRow(
        id=str(view.id),
        number=view.number,
        course=title_of(lang, view.course, view.course_en),
        organization=view.organization,
        completed=format_day(lang.code, view.completed_on),
        # The moment is the first at which it no longer holds; people are told the last day.
        valid_until=format_day(lang.code, view.valid_until - timedelta(microseconds=1)) if view.valid_until else "",
        status=lang(f"verify-word-{view.status}"),
        tone=_TONES.get(view.status, "idle"),
        reason=lang(f"verify-reason-{view.revocation_reason}") if view.revocation_reason else "",
        link=view.verification_url,
        downloadable=view.downloadable,
    )


def _qr(link: str) -> str:
    """Return a QR code as the address of an image, its quiet zone included so that it scans in dark mode too."""
    image = io.BytesIO()
    segno.make(link, error="q", micro=False).save(image, kind="svg", border=3, dark="#0a1831", light="#ffffff", scale=6)
    return "data:image/svg+xml;base64," + b64encode(image.getvalue()).decode()
