"""The parts of the requirements page about job roles, sites and people without a role."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.compliance.dialogs import form_dialog
from pygmalion_app.ui.compliance.workplace_state import (
    CLOSE_DIALOG,
    LEAVE_DIALOG,
    ROLE_DIALOG,
    SITE_DIALOG,
    ZONES,
    RoleRow,
    SiteRow,
    UnassignedRow,
    WorkplaceState,
)
from pygmalion_app.ui.i18n import Lang


def roles_part(lang: Lang) -> rx.Component:
    """Return the list of job roles."""

    def one(row: RoleRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(ui.link(row.name, href=row.href, class_name="pg-quiet-link font-semibold text-ink!")),
            ui.cell(row.people, label=lang("manager-team")),
            _actions(
                (lang("roles-rename"), WorkplaceState.begin_role(row.id)),
                (lang("roles-archive"), WorkplaceState.begin_archive(row.id)),
            ),
        )

    return _part(
        ui.button(lang("roles-add"), icon_name="plus", on_click=WorkplaceState.begin_role("")),
        WorkplaceState.roles,
        ui.table(
            [lang("rules-roles"), lang("manager-team"), ""],
            rx.foreach(WorkplaceState.roles, one),
            caption=lang("rules-roles"),
        ),
        ui.empty_state(lang("roles-none"), lang("roles-none-text")),
    )


def sites_part(lang: Lang) -> rx.Component:
    """Return the list of places of work."""

    def one(row: SiteRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(rx.el.span(row.name, class_name="font-semibold")),
            ui.cell(row.zone, label=lang("sites-zone")),
            ui.cell(row.people, label=lang("manager-team")),
            _actions(
                (lang("sites-change"), WorkplaceState.begin_site(row.id)),
                (lang("sites-close"), WorkplaceState.begin_close(row.id)),
            ),
        )

    return _part(
        ui.button(lang("sites-add"), icon_name="plus", on_click=WorkplaceState.begin_site("")),
        WorkplaceState.sites,
        ui.table(
            [lang("rules-sites"), lang("sites-zone"), lang("manager-team"), ""],
            rx.foreach(WorkplaceState.sites, one),
            caption=lang("rules-sites"),
        ),
        ui.empty_state(lang("sites-none"), lang("sites-none-text")),
    )


def people_part(lang: Lang) -> rx.Component:
    """Return who has no job role, each with the choice of one."""

    def option(role: RoleRow) -> rx.Component:
        return rx.el.option(role.name, value=role.id)

    def one(row: UnassignedRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.el.p(row.place, class_name="text-sm text-ink-3"),
                class_name="flex-1 min-w-0",
            ),
            rx.el.select(
                rx.el.option(lang("people-choose"), value=""),
                rx.foreach(WorkplaceState.roles, option),
                value="",
                on_change=lambda role: WorkplaceState.give(row.id, role),
                aria_label=lang("people-give") + " : " + row.name,
                class_name="pg-input sm:w-[280px]!",
            ),
            class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-4 py-3",
            key=row.id,
        )

    return rx.cond(
        WorkplaceState.people.length() > 0,
        rx.el.ul(rx.foreach(WorkplaceState.people, one), class_name="pg-list pg-card"),
        ui.card(ui.empty_state(lang("people-none"), lang("people-none-text"))),
    )


def _actions(change: tuple[str, Any], leave: tuple[str, Any]) -> rx.Component:
    """Return the cell with a row's two buttons, each of its word and its handler."""

    def action(word: str, icon_name: str, handler: Any) -> rx.Component:
        return ui.button(word, look="ghost", size="sm", icon_name=icon_name, on_click=handler)

    both = (action(change[0], "pencil", change[1]), action(leave[0], "trash-2", leave[1]))
    return ui.cell(rx.el.div(*both, class_name="flex flex-wrap justify-end gap-1"))


def _part(action: rx.Component, rows: Any, table: rx.Component, empty: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(action, class_name="flex justify-end"),
        rx.cond(rows.length() > 0, table, ui.card(empty)),
        class_name="grid gap-4",
    )


def workplace_dialogs(lang: Lang) -> rx.Component:
    """Return the forms of these parts."""
    return rx.fragment(_role_form(lang), _leave_form(lang), _site_form(lang), _close_form(lang))


def _role_form(lang: Lang) -> rx.Component:
    return form_dialog(
        lang,
        WorkplaceState,
        ROLE_DIALOG,
        (rx.cond(WorkplaceState.chosen != "", lang("roles-rename-title"), lang("roles-add")), lang("save")),
        WorkplaceState.save_role,
        ui.field("role_name", lang("roles-name"), default_value=WorkplaceState.name, required=True, max_length=120),
    )


def _leave_form(lang: Lang) -> rx.Component:
    others = ("other", WorkplaceState.roles)
    return _farewell(lang, LEAVE_DIALOG, "roles-archive", "roles-move", others, WorkplaceState.archive)


def _close_form(lang: Lang) -> rx.Component:
    others = ("other_site", WorkplaceState.sites)
    return _farewell(lang, CLOSE_DIALOG, "sites-close", "sites-move", others, WorkplaceState.close_site)


def _farewell(lang: Lang, dialog: str, word: str, move: str, others: tuple[str, Any], handler: Any) -> rx.Component:
    """Return the form that asks where the people of a role or site go that is no more; `others` has its name."""
    field, rows = others

    def option(row: Any) -> rx.Component:
        return rx.cond(row.id != WorkplaceState.chosen, rx.el.option(row.name, value=row.id))

    return form_dialog(
        lang,
        WorkplaceState,
        dialog,
        (lang(f"{word}-title"), lang(word)),
        handler,
        rx.el.p(WorkplaceState.name, class_name="font-semibold"),
        rx.el.p(WorkplaceState.warning),
        rx.cond(
            WorkplaceState.has_people,
            ui.select(
                field,
                lang(move),
                rx.fragment(rx.el.option(lang(f"{move}-none"), value=""), rx.foreach(rows, option)),
            ),
        ),
        look="danger",
    )


def _site_form(lang: Lang) -> rx.Component:
    return form_dialog(
        lang,
        WorkplaceState,
        SITE_DIALOG,
        (rx.cond(WorkplaceState.chosen != "", lang("sites-change-title"), lang("sites-add")), lang("save")),
        WorkplaceState.save_site,
        ui.field("site_name", lang("sites-name"), default_value=WorkplaceState.name, required=True, max_length=120),
        ui.select(
            "time_zone",
            lang("sites-zone"),
            [(zone, zone.replace("_", " ")) for zone in ZONES],
            hint=lang("sites-zone-hint"),
            default_value=WorkplaceState.zone,
        ),
    )
