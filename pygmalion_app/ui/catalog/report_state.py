"""Reporting the course in the page's address, or a review of it."""

from typing import Any, Final

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.catalog import moderation
from pygmalion_app.catalog.errors import AlreadyReportedError
from pygmalion_app.catalog.moderation import ReportContent
from pygmalion_app.catalog.moderation_models import ReportReason
from pygmalion_app.catalog.pages import course_page
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import lang_of_path, last_part

REPORT_DIALOG: Final = "report-content"
LONGEST: Final = 2_000


class ReportState(rx.State):
    """What is about to be reported."""

    review: rx.Field[str] = rx.field("")
    """The review's id; empty for the course."""
    error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)
    """Counts openings; the form starts afresh with each."""

    @rx.event
    @access.signed_in
    def begin(self, review: str) -> EventSpec:
        """Ask what is wrong."""
        self.review, self.error = str(review)[:40], ""
        self.opened += 1
        return ui.show_dialog(REPORT_DIALOG)

    @rx.event
    @access.signed_in
    async def send(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Report it."""
        path = self.router.url.path
        lang, actor, reason = lang_of_path(path), await actor_of(self), text_of(form, "report_reason", 20)
        if reason not in set(ReportReason):
            self.error = lang("report-reason-missing")
            return None
        wanted = ReportContent(
            review_id=parse_id(self.review), reason=ReportReason(reason), note=text_of(form, "report_note", LONGEST)
        )
        try:
            course = await course_page(last_part(path), actor)
            async with unit_of_work(actor) as uow:
                await moderation.report(uow, course.id, wanted)
        except AlreadyReportedError:
            return [ui.close_dialog(REPORT_DIALOG), toasts.info(lang("error-already_reported"))]
        except PygmalionError as error:
            self.error = error_text(lang.code, error)
            return None
        return [ui.close_dialog(REPORT_DIALOG), toasts.ok(lang("report-sent"), lang("report-sent-text"))]
