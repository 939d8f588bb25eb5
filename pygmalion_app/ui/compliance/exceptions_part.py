"""The part of the requirements page about exemptions and equivalences."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.compliance.dialogs import form_dialog, options
from pygmalion_app.ui.compliance.exceptions_state import (
    END_DIALOG,
    EQUIVALENCE_DIALOG,
    EXEMPTION_DIALOG,
    FIELDS,
    Candidate,
    EquivalenceRow,
    ExceptionsState,
    ExemptionRow,
)
from pygmalion_app.ui.i18n import Lang


def exceptions_part(lang: Lang) -> rx.Component:
    """Return both lists."""
    return rx.el.div(
        _section(
            lang,
            "exemptions",
            ExceptionsState.begin_exemption,
            ExceptionsState.exemptions,
            ui.table(
                [
                    lang("matrix-person"),
                    lang("exceptions-requirement"),
                    lang("cell-exempt-reason"),
                    lang("exceptions-state"),
                    "",
                ],
                rx.foreach(ExceptionsState.exemptions, lambda row: _exemption(lang, row)),
                caption=lang("exemptions-title"),
            ),
        ),
        _section(
            lang,
            "equivalences",
            ExceptionsState.begin_equivalence,
            ExceptionsState.equivalences,
            ui.table(
                [lang("equivalences-course"), lang("equivalences-for"), lang("exceptions-state"), ""],
                rx.foreach(ExceptionsState.equivalences, lambda row: _equivalence(lang, row)),
                caption=lang("equivalences-title"),
            ),
        ),
        class_name="grid gap-10",
    )


def _section(lang: Lang, name: str, add: Any, rows: Any, table: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(lang(f"{name}-title"), id=f"{name}-title", class_name="text-xl"),
                rx.el.p(lang(f"{name}-lead"), class_name="text-ink-2 mt-1 max-w-[64ch]"),
                class_name="flex-1 min-w-[240px]",
            ),
            ui.button(lang(f"{name}-add"), icon_name="plus", on_click=add),
            class_name="flex flex-wrap items-start gap-4",
        ),
        rx.cond(rows.length() > 0, table, ui.card(ui.empty_state(lang(f"{name}-none"), lang(f"{name}-none-text")))),
        aria_labelledby=f"{name}-title",
        class_name="grid gap-4 min-w-0",
    )


def _exemption(lang: Lang, row: ExemptionRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.cond(row.place != "", rx.el.p(row.place, class_name="text-sm font-normal text-ink-3")),
            )
        ),
        ui.cell(row.title, label=lang("exceptions-requirement")),
        ui.cell(
            rx.el.div(
                rx.el.p(row.reason, class_name="break-words"),
                rx.cond(row.granted != "", rx.el.p(row.granted, class_name="text-sm text-ink-3")),
            ),
            label=lang("cell-exempt-reason"),
        ),
        ui.cell(
            rx.cond(row.current, ui.lamp(row.until, "info"), rx.el.span(row.until, class_name="text-ink-3")),
            label=lang("exceptions-state"),
        ),
        ui.cell(rx.cond(row.current, _end(lang, ExceptionsState.begin_end_exemption(row.id))), class_name="text-right"),
        key=row.id,
    )


def _equivalence(lang: Lang, row: EquivalenceRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(rx.el.span(row.course, class_name="font-semibold")),
        ui.cell(row.counts_for, label=lang("equivalences-for")),
        ui.cell(
            rx.cond(row.own, ui.lamp(lang("equivalences-own"), "info"), ui.tag(lang("equivalences-profession"))),
            label=lang("exceptions-state"),
        ),
        ui.cell(rx.cond(row.own, _end(lang, ExceptionsState.begin_end_equivalence(row.id))), class_name="text-right"),
        key=row.id,
    )


def _end(lang: Lang, handler: Any) -> rx.Component:
    return ui.button(lang("exceptions-end"), look="ghost", size="sm", icon_name="x", on_click=handler)


def exceptions_dialogs(lang: Lang) -> rx.Component:
    """Return the forms of this part."""
    return rx.fragment(_exemption_form(lang), _equivalence_form(lang), _end_form(lang))


def _choice(lang: Lang, entries: Any) -> rx.Component:
    return rx.fragment(rx.el.option(lang("people-choose"), value=""), options(entries))


def _exemption_form(lang: Lang) -> rx.Component:
    def one(row: Candidate) -> rx.Component:
        return ui.radio(
            rx.el.span(row.name, class_name="font-semibold"),
            rx.cond(row.place != "", rx.el.span(row.place, class_name="block text-sm text-ink-3")),
            name="member",
            value=row.id,
            key=row.id,
        )

    return form_dialog(
        lang,
        ExceptionsState,
        EXEMPTION_DIALOG,
        (lang("exemptions-add"), lang("cell-exempt-grant")),
        ExceptionsState.grant,
        ui.field(
            "who",
            lang("exceptions-person"),
            type="search",
            auto_complete="off",
            max_length=80,
            on_change=ExceptionsState.find.debounce(200),
        ),
        ui.field_set(
            lang("exceptions-found"),
            rx.foreach(ExceptionsState.candidates, one),
            rx.cond(
                ExceptionsState.candidates.length() == 0,
                rx.el.p(
                    rx.cond(ExceptionsState.searched, lang("matrix-nobody"), lang("exceptions-search-first")),
                    class_name="text-sm text-ink-3",
                    role="status",
                ),
            ),
            error=ExceptionsState.errors.get("member", ""),
            name="member",
        ),
        ui.select(
            "requirement",
            lang("exceptions-requirement"),
            _choice(lang, ExceptionsState.requirements),
            error=ExceptionsState.errors.get("requirement", ""),
        ),
        ui.field(
            "reason",
            lang("cell-exempt-reason"),
            hint=lang("cell-exempt-reason-hint"),
            error=ExceptionsState.errors.get("reason", ""),
            max_length=1000,
        ),
        ui.field(
            "until",
            lang("cell-exempt-until"),
            hint=lang("optional"),
            error=ExceptionsState.errors.get("until", ""),
            type="date",
        ),
        no_validate=True,
    )


def _effect() -> rx.Component:
    def one(name: rx.Var[str]) -> rx.Component:
        return rx.el.li(name, key=name)

    return rx.el.ul(rx.foreach(ExceptionsState.names, one), class_name="text-sm text-ink-2 list-disc pl-5")


def _equivalence_form(lang: Lang) -> rx.Component:
    def course(name: str, key: str) -> rx.Component:
        return ui.select(
            FIELDS[name],
            lang(key),
            _choice(lang, ExceptionsState.types),
            on_change=lambda value: ExceptionsState.look(name, value),
        )

    return form_dialog(
        lang,
        ExceptionsState,
        EQUIVALENCE_DIALOG,
        (lang("equivalences-add"), lang("equivalences-save")),
        ExceptionsState.add_equivalence,
        course("code", "equivalences-course"),
        course("satisfies_code", "equivalences-for"),
        rx.el.div(
            rx.cond(
                ExceptionsState.effect != "",
                rx.el.div(
                    rx.el.p(ExceptionsState.effect, class_name="font-semibold"), _effect(), class_name="grid gap-2"
                ),
                rx.el.p(lang("equivalences-look"), class_name="text-sm text-ink-3"),
            ),
            role="status",
        ),
        no_validate=True,
    )


def _end_form(lang: Lang) -> rx.Component:
    return form_dialog(
        lang,
        ExceptionsState,
        END_DIALOG,
        (lang("exceptions-end-title"), lang("exceptions-end-now")),
        ExceptionsState.end,
        rx.el.p(ExceptionsState.ending_name, class_name="font-semibold"),
        rx.el.p(ExceptionsState.ending),
        _effect(),
        no_validate=True,
    )
