"""Who waits for a session, before those who teach it."""

from dataclasses import dataclass

import reflex as rx

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import waiting_list
from pygmalion_app.enrollments.waiting_schemas import QueueEntry
from pygmalion_app.ui import access
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path


@dataclass
class QueueRow:
    """A place in the queue, ready to read."""

    position: int
    name: str
    detail: str
    seats: int
    since: str
    status: str
    tone: Tone
    note: str


class QueueState(rx.State):
    """The queue of the session in the page's address."""

    rows: rx.Field[list[QueueRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read who waits, in order."""
        lang, session_id = lang_of_path(self.router.url.path), id_in_path(self.router.url.path)
        self.rows = []
        if session_id is None:
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self.rows = [_row(lang, one) for one in await waiting_list.of_session(uow, session_id)]
        except NotFoundError:
            # The page itself says so.
            return


def queue_section(lang: Lang) -> rx.Component:
    """Return the list, or that nobody waits."""
    return rx.el.section(
        rx.el.h2(lang("waiting-teach-title"), class_name="text-xl"),
        rx.cond(
            QueueState.rows.length() > 0,
            rx.fragment(
                rx.el.p(lang("waiting-teach-text"), class_name="text-ink-2 mt-1 mb-4"),
                ui.table(
                    [
                        lang("waiting-teach-who"),
                        (lang("waiting-teach-seats"), "pg-num"),
                        lang("waiting-teach-since"),
                        lang("waiting-teach-state"),
                    ],
                    rx.foreach(QueueState.rows, lambda row: _entry(lang, row)),
                    caption=lang("waiting-teach-title"),
                ),
            ),
            rx.el.p(
                lang("waiting-teach-nobody"), ". ", lang("waiting-teach-nobody-text"), class_name="text-ink-2 mt-1"
            ),
        ),
    )


def _entry(lang: Lang, row: QueueRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(rx.el.span(row.position, ". ", class_name="pg-figure"), row.name, class_name="font-semibold"),
                rx.el.p(row.detail, class_name="text-sm text-ink-3 break-all"),
            ),
            label=lang("waiting-teach-who"),
        ),
        ui.cell(f"{row.seats}", label=lang("waiting-teach-seats"), number=True),
        ui.cell(rx.el.span(row.since, class_name="pg-figure"), label=lang("waiting-teach-since")),
        ui.cell(
            rx.el.div(
                ui.lamp(row.status, row.tone),
                rx.cond(row.note != "", rx.el.p(row.note, class_name="text-sm text-ink-2 mt-1")),
            ),
            label=lang("waiting-teach-state"),
        ),
    )


def _row(lang: Lang, one: QueueEntry) -> QueueRow:
    offered = one.status == "offered"
    note = ""
    if offered and one.offer_expires_at:
        note = lang("waiting-teach-until", deadline=format_moment(lang.code, one.offer_expires_at))
    elif one.held_seats:
        note = lang("waiting-teach-kept", count=one.held_seats)
    return QueueRow(
        position=one.position,
        name=one.company or one.name,
        detail=f"{one.name} · {one.email}" if one.company else one.email,
        seats=one.quantity,
        since=format_moment(lang.code, one.joined_at),
        status=lang(f"waiting-{one.status}"),
        tone="ok" if offered else "info",
        note=note,
    )
