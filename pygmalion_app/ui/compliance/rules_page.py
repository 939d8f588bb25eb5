"""What people must hold: requirement sets, job roles, sites, who has no role, and exceptions."""

import reflex as rx

from pygmalion_app.compliance.professions import PROFESSIONS
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.compliance.dialogs import form_dialog, options
from pygmalion_app.ui.compliance.exceptions_part import exceptions_dialogs, exceptions_part
from pygmalion_app.ui.compliance.exceptions_state import ExceptionsState
from pygmalion_app.ui.compliance.rules_state import NEW_DIALOG, START_DIALOG, TABS, RulesState, SetRow
from pygmalion_app.ui.compliance.set_part import set_dialogs, set_part
from pygmalion_app.ui.compliance.set_state import SetState
from pygmalion_app.ui.compliance.workplace_parts import people_part, roles_part, sites_part, workplace_dialogs
from pygmalion_app.ui.compliance.workplace_state import WorkplaceState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import TEAM
from pygmalion_app.ui.routes import page


@page(
    "team-rules",
    title="rules-title",
    on_load=[RulesState.load, SetState.load, WorkplaceState.load, ExceptionsState.load],
)
def rules_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "team-rules",
        TEAM,
        (lang("rules-title"), lang("rules-lead")),
        rx.cond(
            RulesState.organization != "",
            rx.cond(RulesState.chosen != "", set_part(lang), _parts(lang)),
            ui.card(ui.empty_state(lang("team-none"), lang("team-none-text"))),
        ),
        set_dialogs(lang),
        workplace_dialogs(lang),
        exceptions_dialogs(lang),
        _new_form(lang),
        _start_form(lang),
        loaded=RulesState.loaded & WorkplaceState.loaded,
    )


def _parts(lang: Lang) -> rx.Component:
    def tab(name: str) -> rx.Component:
        count = WorkplaceState.unassigned
        waiting = rx.cond(count > 0, rx.el.b(count)) if name == "people" else rx.fragment()
        return ui.link(
            lang(f"rules-{name}"),
            waiting,
            href=f"{lang.path('team-rules')}?tab={name}",
            class_name="pg-chip",
            aria_current=rx.cond(RulesState.tab == name, "page", "false"),
        )

    return rx.el.div(
        rx.el.nav(*[tab(name) for name in TABS], class_name="pg-chips", aria_label=lang("rules-views")),
        rx.match(
            RulesState.tab,
            ("roles", roles_part(lang)),
            ("sites", sites_part(lang)),
            ("people", people_part(lang)),
            ("exceptions", exceptions_part(lang)),
            _sets(lang),
        ),
        class_name="grid gap-6 min-w-0",
    )


def _sets(lang: Lang) -> rx.Component:
    def one(row: SetRow) -> rx.Component:
        return rx.el.li(
            ui.link(
                rx.el.div(
                    rx.el.p(row.name, class_name="font-semibold"),
                    rx.el.p(row.scope, class_name="text-sm text-ink-3"),
                    class_name="flex-1 min-w-0",
                ),
                rx.el.div(
                    rx.cond(row.draft, ui.lamp(lang("rules-draft"), "warn")),
                    rx.cond(row.since != "", ui.lamp(row.since, "info")),
                    ui.tag(row.requirements, icon_name="list-checks"),
                    ui.tag(row.people, icon_name="users"),
                    class_name="flex flex-wrap gap-2",
                ),
                href=row.href,
                class_name="pg-row-link",
            ),
            key=row.id,
        )

    start = ui.button(
        lang("rules-start"), look="secondary", icon_name="list-checks", on_click=RulesState.begin(START_DIALOG)
    )
    return rx.el.div(
        rx.el.div(
            start,
            ui.button(lang("rules-new"), icon_name="plus", on_click=RulesState.begin(NEW_DIALOG)),
            class_name="flex flex-wrap justify-end gap-3 max-sm:[&>*]:w-full",
        ),
        rx.cond(
            RulesState.sets.length() > 0,
            rx.el.ul(rx.foreach(RulesState.sets, one), class_name="pg-list pg-card"),
            ui.card(ui.empty_state(lang("rules-none"), lang("rules-none-text"))),
        ),
        class_name="grid gap-4",
    )


def _new_form(lang: Lang) -> rx.Component:
    def word(text: rx.Var[str]) -> rx.Component:
        return rx.el.option(text, value=text)

    def choice(name: str, key: str, choices: rx.Component) -> rx.Component:
        return ui.select(name, lang(key), rx.fragment(rx.el.option(lang("rules-everybody"), value=""), choices))

    return form_dialog(
        lang,
        RulesState,
        NEW_DIALOG,
        (lang("rules-new-title"), lang("rules-create")),
        RulesState.create,
        ui.field(
            "set_name",
            lang("rules-set-name"),
            hint=lang("rules-set-name-hint"),
            error=RulesState.errors.get("name", ""),
            required=True,
            max_length=120,
        ),
        choice("job_role_id", "rules-set-role", options(RulesState.roles)),
        choice("site_id", "rules-set-site", options(RulesState.sites)),
        rx.cond(
            RulesState.contractors.length() > 0,
            choice("contractor_type", "rules-set-contractor", rx.foreach(RulesState.contractors, word)),
        ),
    )


def _start_form(lang: Lang) -> rx.Component:
    return form_dialog(
        lang,
        RulesState,
        START_DIALOG,
        (lang("rules-start-title"), lang("rules-start-go")),
        RulesState.start,
        rx.el.p(lang("rules-start-text")),
        ui.select("profession", lang("rules-start-kind"), [(one, lang(f"profession-{one}")) for one in PROFESSIONS]),
    )
