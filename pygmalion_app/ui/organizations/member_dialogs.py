"""The dialogs of the members page: invite, roles, remove."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.organizations.components import FIELD_ROW
from pygmalion_app.ui.organizations.member_rows import RoleRow
from pygmalion_app.ui.organizations.members_state import INVITE_DIALOG, REMOVE_DIALOG, ROLES_DIALOG, MembersState

State = MembersState


def dialogs(lang: Lang) -> rx.Component:
    """Return the dialogs, closed."""
    return rx.fragment(_invite(lang), _roles(lang), _remove(lang))


def _form(lang: Lang, kind: str, button: str, on_submit: Any, *fields: rx.Component) -> rx.Component:
    return rx.el.form(
        rx.cond(State.form_error != "", ui.notice(State.form_error, tone="bad")),
        *fields,
        rx.el.div(ui.button(lang(button), type="submit"), class_name="flex justify-end"),
        on_submit=on_submit,
        method="post",
        action=lang.path("organization-members"),
        no_validate=True,
        # Each opening starts with fresh inputs.
        key=f"{kind}-{State.opened}",
        class_name="grid gap-4",
    )


def _invite(lang: Lang) -> rx.Component:
    def option(row: RoleRow) -> rx.Component:
        return rx.el.option(row.name, value=row.code)

    return ui.dialog(
        lang,
        INVITE_DIALOG,
        lang("members-invite"),
        rx.el.p(lang("members-invite-text"), class_name="text-ink-2 mb-5"),
        _form(
            lang,
            "invite",
            "members-send",
            State.invite,
            _field(lang, "email", "sign-in-email", type="email", default_value=State.invite_email, max_length=254),
            ui.select(
                "role", lang("members-role"), rx.foreach(State.roles, option), error=State.errors.get("role", "")
            ),
            rx.el.div(
                _field(lang, "first_name", "members-first-name", max_length=80),
                _field(lang, "last_name", "members-last-name", max_length=80),
                class_name=FIELD_ROW,
            ),
            _field(lang, "job_role", "members-job", max_length=80),
        ),
    )


def _roles(lang: Lang) -> rx.Component:
    def one(row: RoleRow) -> rx.Component:
        return ui.checkbox(
            row.name, name="role-" + row.code, default_checked=State.chosen_roles.contains(row.code), value="1"
        )

    return ui.dialog(
        lang,
        ROLES_DIALOG,
        lang("members-change-roles"),
        rx.el.p(State.chosen_name, class_name="font-semibold mb-4"),
        _form(
            lang,
            "roles",
            "save",
            State.set_roles,
            ui.field_set(lang("members-roles"), rx.foreach(State.roles, one), name="roles"),
            ui.field(
                "job_role",
                lang("members-job"),
                id="chosen_job_role",
                error=State.errors.get("job_role", ""),
                default_value=State.chosen_job,
                max_length=80,
                auto_complete="off",
            ),
        ),
    )


def _remove(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        REMOVE_DIALOG,
        lang("members-remove-title"),
        rx.el.p(State.chosen_name, class_name="font-semibold mb-2"),
        rx.el.p(
            rx.cond(State.chosen_self, lang("members-leave-text"), lang("members-remove-text")), class_name="text-ink-2"
        ),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(REMOVE_DIALOG)),
            ui.button(lang("members-remove"), look="danger", on_click=State.remove),
        ],
    )


def _field(lang: Lang, name: str, key: str, **props: Any) -> rx.Component:
    return ui.field(name, lang(key), error=State.errors.get(name, ""), auto_complete="off", **props)
