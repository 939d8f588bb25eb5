"""The members of an organisation."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.organizations.components import none_yet, role_withheld
from pygmalion_app.ui.organizations.member_dialogs import dialogs
from pygmalion_app.ui.organizations.member_rows import InvitationRow, MemberRow, RequestRow
from pygmalion_app.ui.organizations.members_state import MembersState
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = MembersState


@page("organization-members", title="tab-organization-members", on_load=State.load)
def members_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-members",
        ui.page_head(
            rx.cond(State.name != "", State.name, lang("tab-organization-members")),
            lang("members-lead"),
            rx.cond(State.organization != "", _actions(lang)),
            eyebrow=lang("nav-organization-settings"),
        ),
        rx.cond(
            State.loaded,
            rx.cond(
                State.organization != "",
                _content(lang),
                rx.cond(State.withheld, role_withheld(lang), none_yet(lang)),
            ),
            waiting(lang, ui.skeleton_rows(4)),
        ),
        dialogs(lang),
    )


def _actions(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.button_link(
            lang("members-import"), href=lang.path("organization-import"), look="secondary", icon_name="upload"
        ),
        ui.button(lang("members-invite"), icon_name="user-plus", on_click=State.begin_invite("")),
        class_name="flex flex-wrap gap-3",
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        section_tabs(lang, ORGANIZATION, "organization-members"),
        rx.cond(State.removed_name != "", _undo(lang)),
        rx.cond(State.requests.length() > 0, _requests(lang)),
        _members(lang),
        rx.cond(State.waiting.length() > 0, _waiting(lang)),
        class_name="grid gap-10",
    )


def _undo(lang: Lang) -> rx.Component:
    return ui.notice(
        rx.el.div(
            rx.el.span(State.removed_name, " ", lang("members-removed")),
            ui.button(lang("members-undo"), look="secondary", size="sm", icon_name="undo-2", on_click=State.undo),
            class_name="flex flex-wrap items-center gap-4",
        ),
        tone="ok",
    )


def _members(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(
                lang("tab-organization-members"),
                " ",
                rx.el.span(State.total, class_name="pg-figure text-ink-3"),
                class_name="text-xl",
            ),
            ui.field(
                "member-search",
                lang("members-search"),
                type="search",
                default_value=State.query,
                auto_complete="off",
                on_change=State.search.debounce(250),
                class_name="w-full sm:w-[300px]",
            ),
            class_name="flex flex-wrap items-end justify-between gap-4 mb-4",
        ),
        rx.cond(
            State.rows.length() > 0,
            ui.table(
                [lang("team-person"), lang("members-roles"), lang("team-job"), lang("members-since"), ""],
                rx.foreach(State.rows, lambda row: _member(lang, row)),
                caption=lang("tab-organization-members"),
            ),
            ui.card(ui.empty_state(lang("team-nobody"), lang("team-nobody-text"))),
        ),
        rx.cond(
            State.pages > 1,
            rx.el.div(ui.pagination(lang, State.page, State.pages, State.numbers, State.turn), class_name="mt-6"),
        ),
    )


def _member(lang: Lang, row: MemberRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(
                    row.name,
                    rx.cond(row.is_self, rx.el.span(" ", lang("members-you"), class_name="text-ink-3 font-normal")),
                    class_name="font-semibold",
                ),
                rx.el.p(row.email, class_name="text-sm text-ink-3 break-all"),
            ),
            label=lang("team-person"),
        ),
        ui.cell(row.roles, label=lang("members-roles")),
        ui.cell(rx.cond(row.job != "", row.job, "–"), label=lang("team-job")),
        ui.cell(row.since, label=lang("members-since"), class_name="whitespace-nowrap"),
        ui.cell(
            rx.el.div(
                _row_button("pencil", lang("members-change-roles"), row.name, State.begin_roles(row.id)),
                _row_button("trash-2", lang("members-remove"), row.name, State.begin_remove(row.id)),
                class_name="flex gap-1 sm:justify-end",
            )
        ),
    )


def _waiting(lang: Lang) -> rx.Component:
    def one(row: InvitationRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    rx.el.p(row.email, class_name="font-semibold break-all"),
                    rx.cond(row.name != "", rx.el.p(row.name, class_name="text-sm text-ink-3")),
                ),
                label=lang("team-person"),
            ),
            ui.cell(row.role, label=lang("members-role")),
            ui.cell(ui.lamp(row.state, row.tone), label=lang("invitation-state")),
            ui.cell(row.until, label=lang("invitation-until"), class_name="whitespace-nowrap"),
            ui.cell(
                rx.el.div(
                    _row_button("send", lang("invitation-resend"), row.email, State.resend(row.id)),
                    _row_button("x", lang("invitation-withdraw"), row.email, State.withdraw(row.id)),
                    class_name="flex gap-1 sm:justify-end",
                )
            ),
        )

    return rx.el.section(
        rx.el.h2(
            lang("members-waiting"),
            " ",
            rx.el.span(State.waiting_count, class_name="pg-figure text-ink-3"),
            class_name="text-xl mb-4",
        ),
        ui.table(
            [lang("team-person"), lang("members-role"), lang("invitation-state"), lang("invitation-until"), ""],
            rx.foreach(State.waiting, one),
            caption=lang("members-waiting"),
        ),
        rx.cond(
            State.waiting_count > State.waiting.length(),
            rx.el.p(lang("members-waiting-more"), class_name="mt-3 text-sm text-ink-3"),
        ),
    )


def _requests(lang: Lang) -> rx.Component:
    def one(row: RequestRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.el.p(row.email, " · ", row.since, class_name="text-sm text-ink-3 break-all"),
                class_name="min-w-0",
            ),
            rx.el.div(
                ui.button(
                    lang("members-invite-them"), look="secondary", size="sm", on_click=State.begin_invite(row.email)
                ),
                ui.button(lang("members-dismiss"), look="ghost", size="sm", on_click=State.dismiss(row.id)),
                class_name="flex flex-wrap gap-2 sm:ml-auto",
            ),
            class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-6 py-4",
        )

    return rx.el.section(
        rx.el.h2(lang("members-requests"), class_name="text-xl mb-1"),
        rx.el.p(lang("members-requests-text"), class_name="text-ink-2 mb-4"),
        rx.el.ul(rx.foreach(State.requests, one), class_name="pg-card pg-list"),
    )


def _row_button(icon: str, label: str, whom: Text, on_click: Any) -> rx.Component:
    """Return a small button whose name says whom it is about."""
    return rx.el.button(
        ui.icon(icon),
        type="button",
        title=label,
        aria_label=f"{label} : {whom}",
        class_name="pg-btn pg-btn--ghost pg-btn--icon",
        on_click=on_click,
    )
