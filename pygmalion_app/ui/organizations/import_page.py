"""Inviting people by a CSV file."""

import reflex as rx

from pygmalion_app.organizations.import_csv import HEADER
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.organizations.components import none_yet
from pygmalion_app.ui.organizations.import_state import FILE_INPUT, FaultRow, ImportState, PersonRow
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = ImportState


@page("organization-import", title="members-import", on_load=State.load)
def import_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-import",
        ui.breadcrumbs(
            lang,
            [
                (lang("tab-organization-members"), lang.path("organization-members")),
                (lang("members-import"), ""),
            ],
        ),
        ui.page_head(lang("members-import"), lang("import-lead"), eyebrow=State.name, class_name="mt-6"),
        rx.cond(
            State.loaded,
            rx.cond(State.organization != "", _content(lang), none_yet(lang)),
            waiting(lang, ui.skeleton_rows(2)),
        ),
    )


def _content(lang: Lang) -> rx.Component:
    chosen = (State.phase == "ready") | (State.phase == "taking")
    return rx.el.div(
        rx.cond(State.error != "", ui.notice(State.error, tone="bad", title=lang("import-refused"))),
        # The input stays on the page while its file is looked at and taken.
        rx.el.div(_choose(lang), class_name=rx.cond(State.phase == "choose", "", "hidden")),
        rx.cond(State.phase == "looking", ui.card(ui.skeleton("h-5 w-1/2"), ui.skeleton("h-5 w-3/4 mt-3"))),
        rx.cond(State.phase == "faults", _faults(lang)),
        rx.cond(chosen, _ready(lang)),
        rx.cond(State.phase == "done", _done(lang)),
        class_name="grid gap-6",
        aria_live="polite",
    )


def _choose(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.label(
            ui.icon("upload", "pg-drop__icon"),
            rx.el.span(lang("import-drop"), class_name="font-semibold"),
            rx.el.span(lang("import-drop-text"), class_name="text-sm text-ink-3"),
            rx.el.input(
                id=FILE_INPUT,
                type="file",
                accept=".csv,.txt,text/csv,text/plain",
                key=f"file-{State.attempt}",
                on_change=State.look(),
                disabled=~rx.State.is_hydrated,  # pyright: ignore[reportArgumentType]
                class_name="pg-drop__input",
            ),
            class_name="pg-drop",
        ),
        rx.el.dl(
            ui.fact(lang("import-heading"), rx.el.code(HEADER, class_name="pg-figure text-sm break-all")),
            ui.fact(lang("members-roles"), State.roles),
            ui.fact(lang("import-kinds"), lang("import-kinds-text")),
            class_name="grid gap-5 mt-6",
        ),
    )


def _faults(lang: Lang) -> rx.Component:
    def one(row: FaultRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.line, label=lang("import-line"), class_name="pg-figure"),
            ui.cell(rx.cond(row.column != "", row.column, "–"), label=lang("import-column")),
            ui.cell(row.text, label=lang("import-what")),
        )

    return rx.el.section(
        ui.notice(
            rx.el.p(lang("import-faults-text")),
            tone="bad",
            title=rx.Var.create(lang("import-faults") + " ") + State.file,
        ),
        rx.el.h2(
            lang("import-faults-title"),
            " ",
            rx.el.span(State.fault_count, class_name="pg-figure text-ink-3"),
            class_name="text-xl mt-8 mb-4",
        ),
        ui.table(
            [lang("import-line"), lang("import-column"), lang("import-what")],
            rx.foreach(State.faults, one),
            caption=lang("import-faults-title"),
        ),
        rx.cond(
            State.fault_count > State.faults.length(),
            rx.el.p(lang("import-faults-more"), class_name="mt-3 text-sm text-ink-3"),
        ),
        _again(lang),
    )


def _ready(lang: Lang) -> rx.Component:
    def one(row: PersonRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.email, label=lang("sign-in-email"), class_name="break-all"),
            ui.cell(rx.cond(row.name != "", row.name, "–"), label=lang("team-person")),
            ui.cell(row.role, label=lang("members-role")),
            ui.cell(rx.cond(row.job != "", row.job, "–"), label=lang("team-job")),
        )

    figures = (
        (State.to_invite, "import-to-invite"),
        (State.members, "import-members"),
        (State.invited, "import-invited"),
        (State.repeated, "import-repeated"),
    )
    return rx.el.section(
        rx.el.p(ui.icon("file-text", "pg-icon-sm"), State.file, class_name="flex items-center gap-2 text-ink-2 mb-4"),
        rx.el.div(
            *[ui.card(ui.figure(value, lang(key)), pad=False, class_name="p-4 sm:p-6") for value, key in figures],
            class_name="grid gap-2 sm:gap-4 grid-cols-2 lg:grid-cols-4",
        ),
        rx.cond(
            State.to_invite > 0,
            rx.el.div(
                rx.el.div(
                    ui.button(lang("import-again"), look="secondary", on_click=State.restart),
                    ui.button(lang("import-take"), icon_name="send", busy=State.phase == "taking", on_click=State.take),
                    class_name="flex flex-wrap justify-end gap-3 mt-6",
                ),
                rx.el.h2(lang("import-sample"), class_name="text-xl mt-8 mb-4"),
                ui.table(
                    [lang("sign-in-email"), lang("team-person"), lang("members-role"), lang("team-job")],
                    rx.foreach(State.sample, one),
                    caption=lang("import-sample"),
                ),
                rx.cond(
                    State.to_invite > State.sample.length(),
                    rx.el.p(lang("import-sample-more"), class_name="mt-3 text-sm text-ink-3"),
                ),
            ),
            rx.el.div(
                ui.notice(rx.el.p(lang("import-nobody-text")), tone="info", title=lang("import-nobody")),
                _again(lang),
                class_name="mt-6",
            ),
        ),
    )


def _done(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("import-done"), class_name="text-xl mb-2"),
        rx.el.p(
            lang("import-sent"), " ", rx.el.span(State.sent, " / ", State.total, class_name="pg-figure font-semibold"),
            class_name="text-ink-2 mb-3",
        ),
        rx.el.progress(
            value=State.sent, max=State.total, class_name="pg-progress", aria_label=lang("import-sent")
        ),
        rx.cond(State.sent < State.total, ui.polling(State.follow, 2)),
        rx.el.div(
            ui.button(lang("import-again"), look="secondary", on_click=State.restart),
            ui.button_link(lang("tab-organization-members"), href=lang.path("organization-members")),
            class_name="flex flex-wrap gap-3 mt-6",
        ),
    )  # fmt: skip


def _again(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.button(lang("import-again"), icon_name="upload", on_click=State.restart), class_name="flex justify-end mt-6"
    )
