"""Every organisation, for the platform's administrator."""

import reflex as rx

from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION, section_tabs
from pygmalion_app.ui.organizations.admin_state import AdminOrganizationsState, OrganizationRow
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.sso.waiting_domains import WaitingDomainsState, waiting_domains
from pygmalion_app.ui.waiting import waiting

State = AdminOrganizationsState


@page("admin-organizations", title="tab-admin-organizations", on_load=[State.load, WaitingDomainsState.load])
def admin_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "admin-organizations",
        ui.page_head(lang("tab-admin-organizations"), lang("admin-organizations-lead")),
        rx.el.div(
            section_tabs(lang, ADMINISTRATION, "admin-organizations"),
            waiting_domains(lang),
            rx.cond(State.loaded, _content(lang), waiting(lang, ui.skeleton_rows(5))),
            class_name="grid gap-8",
        ),
    )


def _kinds(lang: Lang) -> list[tuple[str, str]]:
    return [("", lang("admin-organizations-all")), *((str(kind), lang(f"kind-{kind}")) for kind in OrganizationKind)]


def _content(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            ui.field(
                "organization-search",
                lang("admin-organizations-search"),
                type="search",
                default_value=State.query,
                auto_complete="off",
                on_change=State.search.debounce(250),
                class_name="w-full sm:w-[320px]",
            ),
            ui.select(
                "kind",
                lang("organization-kind"),
                _kinds(lang),
                value=State.kind,
                on_change=State.choose_kind,
                class_name="w-full sm:w-[240px]",
            ),
            rx.el.p(
                rx.el.span(State.total, class_name="pg-figure font-semibold"), " ", lang("admin-organizations-found"),
                class_name="sm:ml-auto text-ink-2 pb-3", role="status",
            ),
            class_name="flex flex-wrap items-end gap-4 mb-4",
        ),
        rx.cond(
            State.rows.length() > 0,
            ui.table(
                [
                    lang("team-organization"),
                    lang("organization-kind"),
                    "SIRET",
                    (lang("tab-organization-members"), "pg-num"),
                    "",
                ],
                rx.foreach(State.rows, lambda row: _row(lang, row)),
                caption=lang("tab-admin-organizations"),
            ),
            ui.card(ui.empty_state(lang("admin-organizations-none"), lang("admin-organizations-none-text"))),
        ),
        rx.cond(
            State.pages > 1,
            rx.el.div(ui.pagination(lang, State.page, State.pages, State.numbers, State.turn), class_name="mt-6"),
        ),
    )  # fmt: skip


def _row(lang: Lang, row: OrganizationRow) -> rx.Component:
    def to(name: str) -> rx.Var[str]:
        return rx.Var.create(lang.path(name) + "?id=") + row.id

    return rx.el.tr(
        ui.cell(
            rx.el.div(
                ui.link(row.name, href=to("organization-settings"), class_name="pg-quiet-link font-semibold text-ink!"),
                rx.el.p(row.city, class_name="text-sm text-ink-3"),
            ),
            label=lang("team-organization"),
        ),
        ui.cell(row.kind, label=lang("organization-kind")),
        ui.cell(rx.cond(row.siret != "", row.siret, "–"), label="SIRET", class_name="pg-figure"),
        ui.cell(row.members, label=lang("tab-organization-members"), number=True),
        ui.cell(
            ui.link(lang("tab-organization-members"), href=to("organization-members"), aria_label=rx.Var.create(
                lang("tab-organization-members") + " : ") + row.name)
        ),
    )  # fmt: skip
