"""One session before its trainer: who came, who passed, and the certificates that follow."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.attendance import queries as attendance
from pygmalion_app.attendance.schemas import Attended
from pygmalion_app.certificates import service as certificates
from pygmalion_app.certificates.schemas import CertificateLink
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError, PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import service
from pygmalion_app.enrollments.schemas import EnrollmentView, Validation
from pygmalion_app.enrollments.teaching import TaughtSession, taught_session
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of, seat_status, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path

VALIDATE_DIALOG = "validate-session"
_MARKS = {
    "absent": Validation(present=False, passed=False),
    "present": Validation(present=True, passed=False),
    "passed": Validation(present=True, passed=True),
}
_OPEN = {"CONFIRMED", "IN_PROGRESS"}


@dataclass
class ParticipantRow:
    """A participant and what the trainer says of them: `mark` is absent, present, passed or empty."""

    id: str
    name: str
    email: str
    mark: str
    open: bool
    """Whether the trainer's word can still be given or changed."""
    status: str
    tone: Tone
    certificate: str
    certificate_tone: Tone
    certificate_link: str
    attended: str = ""
    """What the attendance sheet says of them; empty before anything was signed."""
    absent: bool = False
    """Whether the sheet is settled and they were there for none of it."""
    changed: bool = False


class TeachSessionState(rx.State):
    """The session in the page's address. `phase`: loading, ready, missing."""

    phase: rx.Field[str] = rx.field("loading")
    session: rx.Field[str] = rx.field("")
    """Its id."""
    course: rx.Field[str] = rx.field("")
    slug: rx.Field[str] = rx.field("")
    days: rx.Field[str] = rx.field("")
    hours: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    trainer: rx.Field[str] = rx.field("")
    fill: rx.Field[str] = rx.field("")
    percent: rx.Field[int] = rx.field(0)
    early: rx.Field[str] = rx.field("")
    """Empty once the session has begun; else `allowed` or `refused`."""
    rows: rx.Field[list[ParticipantRow]] = rx.field(default_factory=list)
    changed: rx.Field[int] = rx.field(0)
    open_count: rx.Field[int] = rx.field(0)
    from_attendance: rx.Field[bool] = rx.field(False)
    """Whether the attendance is complete, and what it says stands as the marks to decide on."""
    summary: rx.Field[list[str]] = rx.field(default_factory=list)
    waiting: rx.Field[bool] = rx.field(False)
    """Whether a certificate is being made or anchored."""
    busy: rx.Field[bool] = rx.field(False)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the session and its participants."""
        self.phase, self.rows, self.busy = "loading", [], False
        self.session = str(id_in_path(self.router.url.path) or "")
        await self._read(await actor_of(self))

    @rx.event
    @access.signed_in
    async def refresh(self) -> None:
        """Follow the certificates on their way to the chain; marks not yet sent stay."""
        await self._read(await actor_of(self))

    @rx.event
    @access.signed_in
    def mark(self, participant: str, value: str) -> None:
        """Note what the trainer says of one person; nothing is recorded yet."""
        if value in _MARKS and self.early != "refused":
            self.rows = [
                replace(row, mark=value, changed=True) if row.id == participant and row.open else row
                for row in self.rows
            ]
            self._count()

    @rx.event
    @access.signed_in
    def mark_all(self) -> None:
        """Note that everybody came and passed, whom the attendance sheet knows as absent apart."""
        if self.early != "refused":
            self.rows = [
                replace(row, mark="absent" if row.absent else "passed", changed=True) if row.open else row
                for row in self.rows
            ]
            self._count()

    @rx.event
    @access.signed_in
    def ask_validate(self) -> EventSpec | None:
        """Show what is about to be recorded."""
        return ui.show_dialog(VALIDATE_DIALOG) if self.changed else None

    @rx.event
    @access.signed_in
    async def validate_marks(self) -> list[EventSpec]:
        """Record the trainer's word for everybody marked: all of them or none."""
        lang, actor = self._lang(), await actor_of(self)
        closing = ui.close_dialog(VALIDATE_DIALOG)
        try:
            async with unit_of_work(actor) as uow:
                for row in self.rows:
                    if row.changed:
                        await service.complete(uow, UUID(row.id), _MARKS[row.mark])
        except PygmalionError as error:
            return [closing, toasts.bad(error_text(lang.code, error))]
        count, self.rows = self.changed, []
        await self._read(actor)
        return [closing, toasts.ok(lang("teach-recorded", count=count), lang("teach-recorded-text"))]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _count(self) -> None:
        lang = self._lang()
        self.changed = sum(row.changed for row in self.rows)
        self.open_count = sum(row.open for row in self.rows)
        counted = {mark: sum(row.changed and row.mark == mark for row in self.rows) for mark in _MARKS}
        self.summary = [
            lang(f"teach-sum-{mark}", count=counted[mark]) for mark in ("passed", "present", "absent") if counted[mark]
        ]

    async def _read(self, actor: Actor) -> None:
        session_id = parse_id(self.session)
        if session_id is None:
            self.phase = "missing"
            return
        try:
            async with unit_of_work(actor) as uow:
                session = await taught_session(uow, session_id)
                people = await service.session_enrollments(uow, session_id)
                attended = await attendance.attended(uow, session_id)
                links = await certificates.certificates_of(uow, [one.id for one in people])
                now = uow.clock.now()
        except (NotFoundError, PermissionDeniedError):
            self.phase = "missing"
            return
        self._show(session, now)
        marked = {row.id: row.mark for row in self.rows if row.changed}
        self.rows = [
            _row(self._lang(), one, links.get(one.id), marked.get(str(one.id)), attended.get(one.id))
            for one in people
            if one.status != "PENDING"
        ]
        self.from_attendance = any(row.open for row in self.rows) and any(one.settled for one in attended.values())
        self.waiting = any(row.certificate_tone == "info" for row in self.rows)
        self._count()
        self.phase = "ready"

    def _show(self, session: TaughtSession, now: datetime) -> None:
        lang = self._lang()
        self.course = title_of(lang, session.course_title, session.course_title_en)
        self.slug, self.trainer = session.course_slug, session.trainer_name
        self.days = days_of(lang, session.starts_at, session.ends_at, session.time_zone)
        self.hours = hours_of(lang, session.starts_at, session.ends_at, session.time_zone)
        self.place = place_of(lang, session.location, session.address)
        self.fill = lang("teach-fill", taken=session.seats_taken, capacity=session.capacity)
        self.percent = round(100 * session.seats_taken / session.capacity)
        allowed = container().settings.allows_early_validation
        self.early = "" if session.starts_at <= now else "allowed" if allowed else "refused"


def _row(
    lang: Lang, one: EnrollmentView, link: CertificateLink | None, marked: str | None, seen: Attended | None
) -> ParticipantRow:
    settled = seen is not None and seen.settled
    absent = seen is not None and seen.settled and seen.signed == 0
    recorded = "" if one.present is None else "passed" if one.passed else "present" if one.present else "absent"
    status, tone = seat_status(lang, one.status, present=one.present, passed=one.passed)
    certificate, certificate_tone = _certificate(lang, one, link)
    is_open = one.status in _OPEN
    if marked is None and one.present is None and settled:
        # A complete sheet says who came; the trainer still decides, and alone knows who passed.
        marked = "absent" if absent else "present"
    return ParticipantRow(
        id=str(one.id),
        name=f"{one.participant.first_name} {one.participant.last_name}",
        email=one.participant.email,
        mark=(marked if is_open else None) or recorded,
        open=is_open,
        status=status,
        tone=tone,
        certificate=certificate,
        certificate_tone=certificate_tone,
        certificate_link=link.verification_url if link else "",
        attended=_attended(lang, seen),
        absent=absent,
        changed=is_open and marked is not None,
    )


def _attended(lang: Lang, seen: Attended | None) -> str:
    if seen is None or not (seen.signed or seen.absent):
        return ""
    if seen.absent:
        return lang("teach-attended-absent", signed=seen.signed, total=seen.total, absent=seen.absent)
    return lang("teach-attended", signed=seen.signed, total=seen.total)


def _certificate(lang: Lang, one: EnrollmentView, link: CertificateLink | None) -> tuple[str, Tone]:
    """Return how far a certificate is: being made, being anchored, or its status."""
    if one.status != "COMPLETED":
        return "", "idle"
    if link is None or not link.downloadable:
        return lang("teach-certificate-making"), "info"
    if link.status == "pending":
        return lang("teach-certificate-anchoring"), "info"
    return lang(
        "teach-certificate", status=lang(f"verify-word-{link.status}")
    ), "ok" if link.status == "valid" else "warn"
