"""A session's papers, there or missing, on its page."""

from dataclasses import dataclass

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments.teaching import TaughtSession, taught_session
from pygmalion_app.reports import school_papers
from pygmalion_app.reports.school_papers import Paper, PaperView
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path

_TONES: dict[str, Tone] = {"nothing": "idle", "there": "ok", "missing": "warn"}

_LINK = "pg-link sm:min-w-[11em] sm:text-right"


@dataclass
class PaperRow:
    """One kind of paper and where it is."""

    name: str
    status: str
    tone: Tone
    action: str
    href: str
    download: bool
    """Whether that is a file."""


class PapersState(rx.State):
    """The papers of the session in the page's address."""

    rows: rx.Field[list[PaperRow]] = rx.field(default_factory=list)
    minimum: rx.Field[str] = rx.field("")
    """Whether it may be held, in words."""
    minimum_tone: rx.Field[str] = rx.field("idle")
    may_call: rx.Field[bool] = rx.field(False)
    """Whether there is anybody to call up, and time to."""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read what is there."""
        lang, session_id = lang_of_path(self.router.url.path), id_in_path(self.router.url.path)
        self.rows, self.may_call, self.minimum = [], False, ""
        if session_id is None:
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                session = await taught_session(uow, session_id)
                found = await school_papers.papers(uow, session_id)
                ahead = session.starts_at > uow.clock.now() and session.status == "scheduled"
        except NotFoundError:
            # The page itself says so.
            return
        self.rows = [_row(lang, session, one) for one in found]
        self.may_call = ahead and session.confirmed > 0
        missing = session.min_participants - session.seats_taken
        if ahead:
            self.minimum = lang("school-missing", count=missing) if missing > 0 else lang("school-held")
            self.minimum_tone = "warn" if missing > 0 else "ok"

    @rx.event
    @access.signed_in
    async def call_up(self) -> EventSpec | None:
        """Send the convocations anew."""
        lang, session_id = lang_of_path(self.router.url.path), id_in_path(self.router.url.path)
        if session_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                count = await school_papers.call_up(uow, session_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return toasts.ok(lang("papers-called", count=count), lang("papers-called-text"))


def papers_section(lang: Lang) -> rx.Component:
    """Return the list, and the way to send convocations anew."""
    return rx.cond(
        PapersState.rows.length() > 0,
        rx.el.section(
            rx.el.div(
                rx.el.h2(lang("papers-title"), class_name="text-xl"),
                rx.cond(PapersState.minimum != "", ui.lamp(PapersState.minimum, PapersState.minimum_tone)),
                rx.cond(
                    PapersState.may_call,
                    ui.button(
                        lang("papers-call"), look="secondary", size="sm", icon_name="send", class_name="sm:ml-auto",
                        on_click=PapersState.call_up,
                    ),
                ),
                class_name="flex flex-wrap items-center gap-x-4 gap-y-2 mb-4",
            ),
            rx.el.ul(rx.foreach(PapersState.rows, _paper), class_name="pg-card pg-list"),
        ),
    )  # fmt: skip


def _paper(row: PaperRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.name, class_name="font-semibold sm:flex-1"),
        ui.lamp(row.status, row.tone),
        rx.cond(
            row.href != "",
            rx.cond(
                row.download,
                ui.link(row.action, href=row.href, server=True, download=True, class_name=_LINK),
                ui.link(row.action, href=row.href, class_name=_LINK),
            ),
            rx.el.span(class_name="sm:min-w-[11em]"),
        ),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 sm:px-6 py-3",
    )


def _row(lang: Lang, session: TaughtSession, one: PaperView) -> PaperRow:
    word = "nothing" if one.total == 0 else "there" if one.done >= one.total else "missing"
    href = {
        Paper.PROGRAMME: lang.path("course", slug=session.course_slug),
        Paper.CONVENTIONS: f"/api/v1/sessions/{session.session_id}/conventions?locale={lang.code}" if one.total else "",
        Paper.ATTENDANCE: lang.path("teach-attendance", session_id=str(session.session_id)),
        Paper.CERTIFICATES: lang.path("teach-certificates"),
        Paper.INVOICES: lang.path("organization-invoices"),
    }.get(one.kind, "")
    return PaperRow(
        name=lang(f"papers-{one.kind.value}"),
        status=lang(f"papers-{word}", done=one.done, total=one.total),
        tone=_TONES[word],
        action=lang(f"papers-{one.kind.value}-open") if href else "",
        href=href,
        download=href.startswith("/api/"),
    )
