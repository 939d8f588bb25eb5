"""A learner's own training: the next session, what follows, what is behind."""

from dataclasses import dataclass

import reflex as rx

from pygmalion_app.certificates import service as certificates
from pygmalion_app.certificates.schemas import CertificateLink
from pygmalion_app.core.i18n import format_duration
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import overview
from pygmalion_app.enrollments.overview import Booking
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, days_until, hours_of, place_of, seat_status, title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path


@dataclass
class BookingRow:
    """One of the learner's sessions, ready to read."""

    course: str
    slug: str
    organization: str
    days: str
    hours: str
    place: str
    duration: str
    modality: str
    bring: str
    status: str
    tone: Tone
    in_days: str
    enrollment_id: str
    order_id: str
    """Set where the reader ordered the seat, and so may change it."""
    certificate: str
    """Number of the certificate, once there is one."""
    certificate_token: str


class TrainingState(rx.State):
    """What "my training" shows."""

    loaded: rx.Field[bool] = rx.field(False)
    next: rx.Field[list[BookingRow]] = rx.field(default_factory=list)
    """The next session, or nothing."""
    upcoming: rx.Field[list[BookingRow]] = rx.field(default_factory=list)
    past: rx.Field[list[BookingRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the learner's seats."""
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            bookings = await overview.my_bookings(uow)
            links = await certificates.certificates_of(uow, [booking.enrollment_id for booking in bookings])
            now = uow.clock.now()
        open_ones = [one for one in bookings if one.ends_at > now and one.status in {"PENDING", "CONFIRMED"}]
        rows = {
            one.enrollment_id: _row(
                lang, one, links.get(one.enrollment_id), days_until(one.starts_at, now, one.time_zone)
            )
            for one in bookings
        }
        coming = sorted(open_ones, key=lambda one: one.starts_at)
        confirmed = [one for one in coming if one.status == "CONFIRMED"][:1]
        self.next = [rows[one.enrollment_id] for one in confirmed]
        self.upcoming = [rows[one.enrollment_id] for one in coming if one not in confirmed]
        self.past = [rows[one.enrollment_id] for one in bookings if one not in open_ones]
        self.loaded = True


def _row(lang: Lang, one: Booking, link: CertificateLink | None, days: int) -> BookingRow:
    status, tone = seat_status(lang, one.status, present=one.present, passed=one.passed)
    return BookingRow(
        course=title_of(lang, one.course_title, one.course_title_en),
        slug=one.course_slug,
        organization=one.organization_name,
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        hours=hours_of(lang, one.starts_at, one.ends_at, one.time_zone),
        place=place_of(lang, one.location, one.address),
        duration=format_duration(lang.code, one.duration_minutes),
        modality=lang(f"modality-{one.modality}"),
        bring=one.bring_en if lang.code == "en" else one.bring,
        status=status,
        tone=tone,
        in_days=lang("training-in-days", days=max(0, days)),
        enrollment_id=str(one.enrollment_id),
        order_id=str(one.order_id) if one.bought else "",
        certificate=link.number if link else "",
        certificate_token=link.verification_token if link else "",
    )
