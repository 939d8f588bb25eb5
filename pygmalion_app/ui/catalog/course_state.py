"""The course page's state: one course in the reader's language, its sessions with live seats, the session chosen."""

import reflex as rx

from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.pages import course_page
from pygmalion_app.catalog.schemas import CourseDetail, ReviewView
from pygmalion_app.core import i18n
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.ui import access, live
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.rows import ReviewRow, SessionRow, session_row
from pygmalion_app.ui.i18n import lang_of_path, last_part


class CourseState(rx.State):
    """Texts of one course, ready to show."""

    loaded: rx.Field[bool] = rx.field(False)
    missing: rx.Field[bool] = rx.field(False)
    head_title: rx.Field[str] = rx.field("Pygmalion")
    path: rx.Field[str] = rx.field("")
    title: rx.Field[str] = rx.field("")
    category: rx.Field[str] = rx.field("")
    category_name: rx.Field[str] = rx.field("")
    motif: rx.Field[str] = rx.field("")
    code: rx.Field[str] = rx.field("")
    rating: rx.Field[str] = rx.field("")
    reviews_text: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    duration: rx.Field[str] = rx.field("")
    modalities: rx.Field[str] = rx.field("")
    language: rx.Field[str] = rx.field("")
    description: rx.Field[list[str]] = rx.field(default_factory=list)
    objectives: rx.Field[list[str]] = rx.field(default_factory=list)
    prerequisites: rx.Field[str] = rx.field("")
    methods: rx.Field[str] = rx.field("")
    evaluation: rx.Field[str] = rx.field("")
    accessibility: rx.Field[str] = rx.field("")
    bring: rx.Field[str] = rx.field("")
    legal_basis: rx.Field[str] = rx.field("")
    validity: rx.Field[str] = rx.field("")
    validity_note: rx.Field[str] = rx.field("")
    refunds: rx.Field[list[str]] = rx.field(default_factory=list)
    organization: rx.Field[str] = rx.field("")
    organization_href: rx.Field[str] = rx.field("")
    organization_city: rx.Field[str] = rx.field("")
    qualiopi: rx.Field[bool] = rx.field(False)
    sessions: rx.Field[list[SessionRow]] = rx.field(default_factory=list)
    reviews: rx.Field[list[ReviewRow]] = rx.field(default_factory=list)
    price: rx.Field[str] = rx.field("")
    chosen: rx.Field[SessionRow] = rx.field(default_factory=SessionRow)

    @rx.event
    @access.public
    async def load(self) -> None:
        """Show the course of the address; a draft shows to its own organisation only."""
        lang = lang_of_path(self.router.url.path)
        slug = last_part(self.router.url.path)
        actor = await actor_of(self)
        try:
            course = await course_page(slug, actor=actor) if actor.signed_in else await course_page(slug)
        except NotFoundError:
            self.missing, self.loaded = True, True
            self.head_title = f"{lang('course-missing-title')} · Pygmalion"
            live.unwatch(self)
            return
        self.missing = False
        self._tell(lang.code, course)
        self._tell_rules(lang.code, course)
        self.sessions = [session_row(lang.code, session) for session in course.sessions]
        self.reviews = [_review(lang.code, review) for review in course.reviews]
        # A free seat first; where all are taken, the soonest, to wait for.
        free = [row for row in self.sessions if row.seats > 0]
        self.chosen = next(iter([*free, *self.sessions]), SessionRow(price=self.price))
        self.path = address("course", lang.code, slug=slug)
        self.loaded = True
        await live.watch(self, [row.id for row in self.sessions], with_waiting=True)

    @rx.event
    @access.public
    def choose(self, session_id: str) -> None:
        """Choose a session of this page; an id from elsewhere changes nothing."""
        self.chosen = next((row for row in self.sessions if row.id == session_id), self.chosen)

    def _tell(self, code: str, course: CourseDetail) -> None:
        english = code == "en"
        self.title = presentation.title(code, course.title, course.title_en)
        self.head_title = f"{self.title} · {course.organization.name}"
        self.category = course.category
        self.category_name = presentation.text(code, f"category-{course.category}")
        self.motif = presentation.motif(course.category, course.slug)
        self.code = course.type_code or ""
        self.rating = presentation.rating(code, course.rating)
        self.reviews_text = presentation.reviews(code, course.review_count)
        self.place = presentation.places(code, course.sessions)
        self.duration = presentation.duration(code, course.duration_minutes)
        self.modalities = presentation.modalities(code, course.modalities)
        self.language = presentation.text(code, f"language-{course.language}")
        text = (english and course.description_en) or course.description
        self.description = [part.strip() for part in text.split("\n") if part.strip()]
        self.objectives = list((english and course.objectives_en) or course.objectives)
        self.prerequisites = (english and course.prerequisites_en) or course.prerequisites
        self.methods = (english and course.methods_en) or course.methods
        self.evaluation = (english and course.evaluation_en) or course.evaluation
        self.accessibility = (english and course.accessibility_en) or course.accessibility
        self.bring = (english and course.bring_en) or course.bring
        self.price = presentation.money(code, course.price_cents, course.currency)

    def _tell_rules(self, code: str, course: CourseDetail) -> None:
        self.legal_basis = course.legal_basis
        self.validity = presentation.validity(code, course.validity_months)
        self.validity_note = presentation.validity_note(code, course)
        self.refunds = presentation.refunds(code, course.refund_tiers)
        self.organization = course.organization.name
        self.organization_href = address("organization", code, slug=course.organization.slug)
        self.organization_city = course.organization.city
        self.qualiopi = course.organization.qualiopi


def _review(code: str, review: ReviewView) -> ReviewRow:
    day = i18n.format_day(code, review.created_at)
    return ReviewRow(review.author, review.rating, review.comment, day, str(review.id))
