"""A person's own profile."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.profile_state import MembershipRow, ProfileState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ACCOUNT, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("profile", title="profile-title", on_load=ProfileState.load)
def profile_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "profile",
        ui.page_head(lang("profile-title"), lang("profile-lead")),
        section_tabs(lang, ACCOUNT, "profile"),
        rx.cond(ProfileState.loaded, _content(lang), waiting(lang, ui.skeleton_rows(2))),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        _identity(lang),
        rx.el.div(_memberships(lang), _leave(lang), class_name="grid gap-6 content-start"),
        class_name="grid gap-6 mt-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]",
    )


def _identity(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.form(
            rx.el.div(
                ui.field(
                    "first_name",
                    lang("sign-up-first-name"),
                    default_value=ProfileState.first_name,
                    error=ProfileState.first_name_error,
                    auto_complete="given-name",
                    max_length=80,
                ),
                ui.field(
                    "last_name",
                    lang("sign-up-last-name"),
                    default_value=ProfileState.last_name,
                    error=ProfileState.last_name_error,
                    auto_complete="family-name",
                    max_length=80,
                ),
                class_name="grid gap-5 sm:grid-cols-2",
            ),
            ui.field(
                "email",
                lang("sign-in-email"),
                hint=lang("profile-email-hint"),
                value=ProfileState.email,
                read_only=True,
            ),
            rx.el.div(
                ui.field(
                    "phone",
                    lang("profile-phone"),
                    default_value=ProfileState.phone,
                    error=ProfileState.phone_error,
                    type="tel",
                    auto_complete="tel",
                    max_length=30,
                ),
                ui.field(
                    "job_title",
                    lang("profile-job-title"),
                    default_value=ProfileState.job_title,
                    error=ProfileState.job_title_error,
                    auto_complete="organization-title",
                    max_length=120,
                ),
                class_name="grid gap-5 sm:grid-cols-2",
            ),
            ui.select(
                "locale",
                lang("profile-locale"),
                [("fr", lang("language-fr")), ("en", lang("language-en"))],
                hint=lang("profile-locale-hint"),
                default_value=ProfileState.locale,
            ),
            rx.el.div(ui.button(lang("save"), type="submit"), class_name="flex justify-end"),
            on_submit=ProfileState.save,
            method="post",
            action=lang.path("profile"),
            no_validate=True,
            class_name="grid gap-5",
        )
    )


def _memberships(lang: Lang) -> rx.Component:
    def one(row: MembershipRow) -> rx.Component:
        return rx.el.li(
            ui.icon("building-2", "mt-[2px] text-ink-3"),
            rx.el.div(
                rx.el.p(row.organization, class_name="font-semibold"),
                rx.el.p(row.role, class_name="text-sm text-ink-2"),
            ),
            class_name="flex gap-3",
        )

    return ui.card(
        rx.el.h2(lang("profile-memberships"), class_name="text-lg mb-4"),
        rx.cond(
            ProfileState.memberships.length() > 0,
            rx.el.ul(rx.foreach(ProfileState.memberships, one), class_name="grid gap-4"),
            rx.el.p(lang("profile-no-membership"), class_name="text-ink-2"),
        ),
        ui.link(
            ui.icon("plus", "pg-icon-sm"),
            lang("organization-new"),
            href=lang.path("organization-new"),
            class_name="pg-link inline-flex items-center gap-2 mt-5",
        ),
    )


def _leave(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("profile-session"), class_name="text-lg mb-2"),
        rx.el.p(lang("profile-session-text"), class_name="text-ink-2 mb-4"),
        ui.sign_out(lang, "pg-btn pg-btn--secondary"),
    )
