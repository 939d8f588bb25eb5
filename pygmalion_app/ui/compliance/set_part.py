"""One requirement set: its lines, its draft, what publishing would do, and the form of a line."""

import reflex as rx

from pygmalion_app.compliance.models import Anchor
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.compliance.dialogs import form_dialog, options
from pygmalion_app.ui.compliance.set_state import (
    ALTERNATIVES,
    ARCHIVE_DIALOG,
    FORM_DIALOG,
    RequirementRow,
    SetState,
    TurnRow,
)
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.waiting import waiting


def set_part(lang: Lang) -> rx.Component:
    """Return the set that the address names."""
    return rx.cond(
        SetState.loaded,
        rx.el.div(
            ui.link(
                ui.icon("arrow-left", "pg-icon-sm"),
                lang("rules-back"),
                href=lang.path("team-rules"),
                class_name="pg-quiet-link inline-flex items-center gap-2 justify-self-start",
            ),
            rx.el.div(
                rx.el.div(
                    rx.el.h2(SetState.name, class_name="text-2xl"),
                    rx.el.p(SetState.scope, class_name="text-ink-2 mt-1"),
                    rx.el.p(SetState.standing, class_name="text-sm text-ink-3 mt-1"),
                ),
                rx.el.div(
                    rx.cond(
                        SetState.drafting,
                        ui.lamp(lang("rules-draft"), "warn"),
                        ui.button(lang("rules-edit"), look="secondary", icon_name="pencil", on_click=SetState.edit),
                    ),
                    ui.icon_button("trash-2", lang("rules-archive"), **ui.opens(ARCHIVE_DIALOG)),
                    class_name="flex items-center gap-3",
                ),
                class_name="flex flex-wrap items-start justify-between gap-4",
            ),
            rx.cond(
                SetState.drafting,
                rx.el.div(
                    rx.el.div(_lines(lang), class_name="pg-w7 min-w-0"),
                    rx.el.div(_effect(lang), class_name="pg-w5 min-w-0"),
                    class_name="pg-cockpit",
                ),
                _lines(lang),
            ),
            class_name="grid gap-6",
        ),
        waiting(lang, ui.skeleton_rows(3)),
    )


def _lines(lang: Lang) -> rx.Component:
    def one(row: RequirementRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.title, class_name="font-semibold"),
                rx.el.p(
                    rx.el.span(row.codes, class_name="pg-figure"), " · ", row.rule, class_name="text-sm text-ink-3"
                ),
                class_name="flex-1 min-w-0",
            ),
            rx.cond(
                SetState.drafting,
                rx.el.div(
                    ui.icon_button(
                        "pencil", lang("rules-change-title") + " : " + row.title, on_click=SetState.begin(row.key)
                    ),
                    ui.icon_button("x", lang("rules-remove") + " : " + row.title, on_click=SetState.remove(row.key)),
                    class_name="flex",
                ),
            ),
            class_name="flex items-center gap-3 px-4 py-3",
            key=row.key,
        )

    return rx.el.div(
        rx.cond(
            SetState.drafting,
            rx.el.div(
                rx.el.p(lang("rules-edit-text"), class_name="text-[15px] text-ink-2"),
                ui.button(
                    lang("rules-add"), look="secondary", size="sm", icon_name="plus", on_click=SetState.begin("")
                ),
                class_name="flex flex-wrap items-center justify-between gap-3",
            ),
        ),
        rx.cond(
            SetState.requirements.length() > 0,
            rx.el.ul(rx.foreach(SetState.requirements, one), class_name="pg-list pg-card"),
            ui.card(ui.empty_state(lang("rules-draft-empty"), lang("rules-draft-empty-text"))),
        ),
        class_name="grid gap-4",
    )


def _effect(lang: Lang) -> rx.Component:
    def turn(row: TurnRow) -> rx.Component:
        return rx.el.li(
            rx.el.span(row.name, class_name="font-medium"),
            rx.el.span(row.why, class_name="block text-sm text-ink-3"),
            class_name="py-2",
        )

    names = rx.el.ul(rx.foreach(SetState.worse, turn), class_name="pg-list max-h-[320px] overflow-y-auto", tab_index=0)
    return rx.el.section(
        rx.el.h3(lang("rules-preview"), class_name="text-lg"),
        ui.field(
            "effective",
            lang("rules-effective"),
            type="date",
            value=SetState.day,
            min=SetState.first_day,
            on_change=SetState.choose_day,
            error=SetState.problem,
        ),
        rx.el.div(
            rx.cond(
                SetState.losing > 0,
                ui.notice(names, tone="warn", title=SetState.loses),
                ui.notice(tone="ok", title=SetState.loses),
            ),
            rx.cond(SetState.more != "", rx.el.p(SetState.more, class_name="text-sm text-ink-3 mt-2")),
            aria_live="polite",
        ),
        rx.el.p(SetState.gains),
        rx.el.p(SetState.rate, class_name="text-ink-2"),
        rx.el.div(
            ui.button(
                lang("rules-publish"),
                icon_name="check",
                on_click=SetState.publish,
                disabled=SetState.requirements.length() == 0,
            ),
            ui.button(lang("rules-discard"), look="ghost", on_click=SetState.discard),
            class_name="flex flex-wrap gap-3",
        ),
        class_name="pg-panel",
    )


def set_dialogs(lang: Lang) -> rx.Component:
    """Return the forms of a set."""
    archive = ui.dialog(
        lang,
        ARCHIVE_DIALOG,
        lang("rules-archive-title"),
        rx.el.p(lang("rules-archive-text")),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(ARCHIVE_DIALOG)),
            ui.button(lang("rules-archive"), look="danger", on_click=SetState.archive),
        ],
    )
    return rx.fragment(_form(lang), archive)


def _form(lang: Lang) -> rx.Component:
    def course(name: str) -> rx.Component:
        first = name == ALTERNATIVES[0]
        return ui.select(
            name,
            lang("rules-course" if first else "rules-or"),
            rx.fragment(rx.el.option("–", value=""), options(SetState.types)),
            hint=lang("rules-or-hint") if name == ALTERNATIVES[1] else "",
            error=SetState.errors.get("code", "") if first else "",
            default_value=SetState.form.get(name, ""),
        )

    title = rx.cond(SetState.editing != "", lang("rules-change-title"), lang("rules-add-title"))
    return form_dialog(
        lang,
        SetState,
        FORM_DIALOG,
        (title, lang("rules-save")),
        SetState.save,
        *[course(name) for name in ALTERNATIVES],
        rx.el.div(
            ui.field(
                "months",
                lang("rules-months"),
                hint=lang("rules-months-hint"),
                error=SetState.errors.get("months", ""),
                type="number",
                min=1,
                max=600,
                default_value=SetState.form.get("months", ""),
            ),
            ui.select(
                "anchor",
                lang("rules-anchor"),
                [(one.value, lang(f"rules-anchor-{one}")) for one in Anchor],
                default_value=SetState.form.get("anchor", "date"),
            ),
            ui.field(
                "window_months",
                lang("rules-window"),
                type="number",
                min=0,
                max=24,
                default_value=SetState.form.get("window_months", "0"),
            ),
            class_name="grid gap-4 items-end",
        ),
    )
