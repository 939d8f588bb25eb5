"""One session before its trainer."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.sessions.components import fill_bar
from pygmalion_app.ui.sessions.queue_section import QueueState, queue_section
from pygmalion_app.ui.sessions.session_state import VALIDATE_DIALOG, ParticipantRow, TeachSessionState
from pygmalion_app.ui.teaching.papers_section import PapersState, papers_section
from pygmalion_app.ui.waiting import waiting


@page("teach-session", title="teach-session-title", on_load=[TeachSessionState.load, QueueState.load, PapersState.load])
def session_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "teach-session",
        ui.breadcrumbs(lang, [(lang("nav-teach"), lang.path("teach")), (lang("teach-session-title"), "")]),
        rx.match(
            TeachSessionState.phase,
            ("ready", _content(lang)),
            (
                "missing",
                ui.card(
                    ui.empty_state(
                        lang("teach-missing"),
                        lang("teach-missing-text"),
                        ui.button_link(lang("nav-teach"), href=lang.path("teach")),
                    )
                ),
            ),
            waiting(lang, ui.skeleton_rows(4, class_name="mt-6")),
        ),
        rx.cond(TeachSessionState.waiting, ui.polling(TeachSessionState.refresh, 2)),
        _dialog(lang),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.page_head(
            TeachSessionState.course,
            "",
            ui.button_link(
                lang("teach-attendance-open"),
                href=lang.path("teach-attendance", session_id=TeachSessionState.session),
                look="secondary",
                icon_name="pencil",
            ),
            ui.button_link(
                lang("messages-open"),
                href=lang.path("messages-thread", thread_id=TeachSessionState.session),
                look="secondary",
                icon_name="mail",
            ),
            eyebrow=TeachSessionState.days,
            class_name="mb-0!",
        ),
        rx.el.dl(
            ui.fact(lang("teach-hours"), TeachSessionState.hours, icon_name="clock"),
            ui.fact(lang("enrol-where"), TeachSessionState.place, icon_name="map-pin"),
            ui.fact(
                lang("teach-trainer"),
                rx.cond(TeachSessionState.trainer != "", TeachSessionState.trainer, "–"),
                icon_name="user-round",
            ),
            ui.fact(
                lang("teach-seats"), fill_bar(TeachSessionState.fill, TeachSessionState.percent), icon_name="users"
            ),
            class_name="grid gap-5 sm:grid-cols-2 lg:grid-cols-4 pg-card pg-card--pad",
        ),
        rx.match(
            TeachSessionState.early,
            ("allowed", ui.notice(lang("teach-early-allowed"), tone="info")),
            ("refused", ui.notice(lang("teach-early-refused"), tone="warn")),
            rx.fragment(),
        ),
        rx.cond(TeachSessionState.from_attendance, ui.notice(lang("teach-from-attendance"), tone="info")),
        _participants(lang),
        queue_section(lang),
        papers_section(lang),
        class_name="grid gap-6 mt-6",
    )


def _participants(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(lang("teach-people"), class_name="text-xl"),
                rx.el.p(lang("teach-people-text"), class_name="text-ink-2 mt-1"),
            ),
            rx.cond(
                (TeachSessionState.open_count > 0) & (TeachSessionState.early != "refused"),
                ui.button(
                    lang("teach-all"), look="secondary", icon_name="list-checks", on_click=TeachSessionState.mark_all
                ),
            ),
            class_name="flex flex-wrap items-end justify-between gap-4 mb-4",
        ),
        rx.cond(
            TeachSessionState.rows.length() > 0,
            rx.el.ul(rx.foreach(TeachSessionState.rows, lambda row: _person(lang, row)), class_name="pg-card pg-list"),
            ui.card(ui.empty_state(lang("teach-nobody"), lang("teach-nobody-text"))),
        ),
        rx.cond(
            TeachSessionState.open_count > 0,
            rx.el.div(
                rx.el.p(
                    lang("teach-marked"),
                    " ",
                    rx.el.strong(
                        TeachSessionState.changed, " / ", TeachSessionState.open_count, class_name="pg-figure"
                    ),
                ),
                ui.button(
                    lang("teach-validate"),
                    size="lg",
                    icon_name="check",
                    disabled=TeachSessionState.changed == 0,
                    on_click=TeachSessionState.ask_validate,
                ),
                class_name="pg-dock",
            ),
        ),
    )


def _person(lang: Lang, row: ParticipantRow) -> rx.Component:
    who = rx.el.div(
        rx.el.p(row.name, class_name="font-semibold"),
        rx.el.p(row.email, class_name="text-sm text-ink-3 break-all"),
        rx.cond(row.attended != "", rx.el.p(row.attended, class_name="text-sm text-ink-2")),
        ui.link(
            lang("messages-open"),
            rx.el.span(" ", row.name, class_name="sr-only"),
            href=lang.path("messages-thread", thread_id=row.id),
            class_name="pg-link text-sm",
        ),
        class_name="min-w-0 flex-1",
    )
    return rx.el.li(
        who,
        rx.cond(row.open, _marks(lang, row), _result(lang, row)),
        class_name="flex flex-col md:flex-row md:items-center gap-3 px-4 sm:px-6 py-4",
    )


def _marks(lang: Lang, row: ParticipantRow) -> rx.Component:
    def one(value: str) -> rx.Component:
        return rx.el.button(
            lang(f"teach-mark-{value}"),
            type="button",
            aria_pressed=rx.cond(row.mark == value, "true", "false"),
            disabled=TeachSessionState.early == "refused",
            class_name=f"pg-mark-{value}",
            on_click=TeachSessionState.mark(row.id, value),  # pyright: ignore[reportCallIssue]
        )

    return rx.el.div(
        *[one(value) for value in ("absent", "present", "passed")],
        role="group",
        aria_label=row.name,
        class_name="pg-marks",
    )


def _result(lang: Lang, row: ParticipantRow) -> rx.Component:
    return rx.el.div(
        ui.lamp(row.status, row.tone),
        rx.cond(row.certificate != "", ui.lamp(row.certificate, row.certificate_tone)),
        rx.cond(
            row.certificate_link != "",
            ui.link(
                lang("teach-certificate-see"), href=row.certificate_link, server=True, class_name="pg-link text-sm"
            ),
        ),
        class_name="flex flex-wrap items-center gap-3",
    )


def _dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        VALIDATE_DIALOG,
        lang("teach-confirm-title"),
        rx.el.ul(
            rx.foreach(
                TeachSessionState.summary,
                lambda line: rx.el.li(ui.icon("check", "mt-[2px] text-ok"), line, class_name="flex gap-2"),
            ),
            class_name="grid gap-2",
        ),
        rx.el.p(lang("teach-confirm-text"), class_name="mt-4 text-sm text-ink-2"),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(VALIDATE_DIALOG)),
            ui.button(lang("teach-confirm"), on_click=TeachSessionState.validate_marks),
        ],
    )
