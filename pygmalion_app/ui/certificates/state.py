"""A person's own certificates."""

import io
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import reflex as rx
import segno
from reflex_base.event import EventSpec

from pygmalion_app.certificates import names, service
from pygmalion_app.certificates.life import Life
from pygmalion_app.certificates.schemas import CertificateView
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.certificates.wording import last_day_of, left_of, life_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 50
SHARE_DIALOG = "share-certificate"
_RANKS = {"renewed": 1, "expired": 1, "corrected": 2, "revoked": 2}
"""What is worth something comes first, each group newest first."""
FILTERS: dict[str, frozenset[str]] = {
    "all": frozenset(Life),
    "current": frozenset({Life.VALID, Life.PENDING, Life.EXPIRING}),
    "ending": frozenset({Life.EXPIRING}),
    "past": frozenset({Life.EXPIRED, Life.RENEWED}),
    "withdrawn": frozenset({Life.REVOKED, Life.CORRECTED}),
}


@dataclass
class CertificateRow:
    """One certificate, ready to read."""

    id: str
    number: str
    course: str
    organization: str
    completed: str
    valid_until: str
    life: str
    status: str
    tone: Tone
    reason: str
    about: str
    """What became of it: the time left, or what took its place."""
    renew: str
    """Where to look for the course again; empty while there is no need."""
    link: str
    masked: bool
    downloadable: bool


class CertificatesState(rx.State):
    """The list, and the certificate that is being shared."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[CertificateRow]] = rx.field(default_factory=list)
    """Those in the state that is chosen."""
    any: rx.Field[bool] = rx.field(False)
    """Whether there are certificates at all."""
    state_filter: rx.Field[str] = rx.field("all")
    waiting: rx.Field[bool] = rx.field(False)
    """Whether one of them is still being made or anchored."""
    share_link: rx.Field[str] = rx.field("")
    share_qr: rx.Field[str] = rx.field("")
    share_name: rx.Field[str] = rx.field("")
    share_masked: rx.Field[bool] = rx.field(False)

    _shared: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the reader's certificates, newest first."""
        await self._read()

    @rx.event
    @access.signed_in
    async def choose(self, state: str) -> None:
        """Show the certificates in one state."""
        self.state_filter = state if state in FILTERS else "all"
        await self._read()

    async def _read(self) -> None:
        lang, shown = lang_of_path(self.router.url.path), FILTERS[self.state_filter]
        async with unit_of_work(await actor_of(self)) as uow:
            page = await service.list_mine(uow, PageRequest(1, PAGE_SIZE))
            now = uow.clock.now()
        ranked = sorted(page.items, key=lambda view: _RANKS.get(view.life, 0))
        self.rows = [_row(lang, view, now) for view in ranked if view.life in shown]
        self.any = bool(page.items)
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
        self.share_masked, self._shared = row.masked, row.id
        return ui.show_dialog(SHARE_DIALOG)

    @rx.event
    @access.signed_in
    async def mask(self, value: bool) -> EventSpec | None:
        """Have the public page of the shared certificate show dots for the name, or the name."""
        lang, found = lang_of_path(self.router.url.path), parse_id(self._shared)
        if found is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self.share_masked = await names.mask_name(uow, found, masked=value is True)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read()
        return toasts.ok(lang("my-certificate-masked" if self.share_masked else "my-certificate-unmasked"))

    @rx.event
    @access.signed_in
    def copied(self) -> EventSpec:
        """Say that the link is in the clipboard."""
        return toasts.ok(lang_of_path(self.router.url.path)("my-certificate-copied"))


def _row(lang: Lang, view: CertificateView, now: datetime) -> CertificateRow:
    status, tone = life_of(lang, view.life)
    return CertificateRow(
        id=str(view.id),
        number=view.number,
        course=title_of(lang, view.course, view.course_en),
        organization=view.organization,
        completed=format_day(lang.code, view.completed_on),
        valid_until=last_day_of(lang, view.valid_until),
        life=view.life,
        status=status,
        tone=tone,
        reason=lang(f"verify-reason-{view.revocation_reason}") if view.life == Life.REVOKED else "",
        about=_about(lang, view, now),
        renew=_renew(lang, view),
        link=view.verification_url,
        masked=view.name_masked,
        downloadable=view.downloadable,
    )


def _about(lang: Lang, view: CertificateView, now: datetime) -> str:
    if view.life == Life.CORRECTED:
        corrected = view.revocation_reason == "replaced"
        return lang("my-certificate-corrected-by" if corrected else "my-certificate-replaced")
    return lang("my-certificate-renewed") if view.life == Life.RENEWED else left_of(lang, view, now)


def _renew(lang: Lang, view: CertificateView) -> str:
    if view.life not in {Life.EXPIRING, Life.EXPIRED}:
        return ""
    return f"{lang.path('catalog')}?{urlencode({'q': title_of(lang, view.course, view.course_en)})}"


def _qr(link: str) -> str:
    """Return a QR code as the address of an image, its quiet zone included so that it scans in dark mode too."""
    image = io.BytesIO()
    segno.make(link, error="q", micro=False).save(image, kind="svg", border=3, dark="#0a1831", light="#ffffff", scale=6)
    return "data:image/svg+xml;base64," + b64encode(image.getvalue()).decode()
