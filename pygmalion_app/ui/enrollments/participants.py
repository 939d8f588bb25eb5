"""The participants of an enrolment: from the team, one by one, or pasted from a sheet."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.enrollments.components import section
from pygmalion_app.ui.enrollments.rows import PersonRow, TeamRow
from pygmalion_app.ui.enrollments.state import EnrolState
from pygmalion_app.ui.i18n import Lang


def participants(lang: Lang) -> rx.Component:
    """Return the three ways to name participants, and the list they make."""
    return section(
        lang("enrol-people"),
        ui.tabs(
            lang("enrol-source"),
            [
                ("team", lang("enrol-source-team")),
                ("email", lang("enrol-source-email")),
                ("paste", lang("enrol-source-paste")),
            ],
            EnrolState.source,
            EnrolState.choose_source,
        ),
        rx.el.div(
            rx.match(EnrolState.source, ("email", _by_email(lang)), ("paste", _by_paste(lang)), _from_team(lang)),
            class_name="pt-5",
        ),
        _chosen(lang),
    )


def _from_team(lang: Lang) -> rx.Component:
    def one(row: TeamRow) -> rx.Component:
        return rx.el.li(
            ui.checkbox(
                rx.el.span(row.first_name, " ", row.last_name, class_name="font-semibold"),
                rx.el.span(rx.cond(row.job != "", row.job, row.email), class_name="block text-sm text-ink-3"),
                rx.cond(row.enrolled, ui.lamp(lang("enrol-already-short"), "info", class_name="mt-1")),
                name="team",
                checked=row.chosen,
                disabled=row.enrolled,
                class_name="pg-team-row",
                on_change=EnrolState.toggle(row.email),  # pyright: ignore[reportCallIssue]
            )
        )

    return rx.el.div(
        ui.field(
            "team-search",
            lang("enrol-search"),
            type="search",
            value=EnrolState.team_query,
            auto_complete="off",
            on_change=EnrolState.search_team.debounce(150),
            class_name="max-w-[420px]",
        ),
        rx.cond(
            EnrolState.team.length() > 0,
            rx.el.ul(rx.foreach(EnrolState.team, one), class_name="pg-team"),
            rx.el.p(lang("enrol-search-empty"), class_name="text-ink-2 py-4"),
        ),
        class_name="grid grid-cols-1 gap-4",
    )


def _by_email(lang: Lang) -> rx.Component:
    return rx.el.form(
        rx.el.div(
            ui.field(
                "email",
                lang("sign-in-email"),
                error=EnrolState.email_error,
                type="email",
                auto_complete="off",
                max_length=320,
            ),
            ui.field(
                "first_name",
                lang("sign-up-first-name"),
                error=EnrolState.first_name_error,
                auto_complete="off",
                max_length=80,
            ),
            ui.field(
                "last_name",
                lang("sign-up-last-name"),
                error=EnrolState.last_name_error,
                auto_complete="off",
                max_length=80,
            ),
            class_name="grid gap-4 sm:grid-cols-3 items-start",
        ),
        rx.el.div(
            ui.button(lang("enrol-add"), type="submit", look="secondary", icon_name="user-plus"),
            rx.el.p(lang("enrol-email-note"), class_name="text-sm text-ink-3"),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-2",
        ),
        on_submit=EnrolState.add_person,
        no_validate=True,
        class_name="grid gap-4",
        # A new key gives empty inputs after each person.
        key="one-" + EnrolState.added.to_string(),
    )


def _by_paste(lang: Lang) -> rx.Component:
    return rx.el.form(
        ui.text_area(
            "pasted",
            lang("enrol-paste"),
            hint=lang("enrol-paste-hint"),
            default_value=EnrolState.pasted,
            rows="6",
            placeholder=lang("enrol-paste-example"),
            spell_check=False,
        ),
        rx.cond(
            EnrolState.bad_lines.length() > 0,
            ui.notice(
                rx.el.ul(rx.foreach(EnrolState.bad_lines, rx.el.li), class_name="grid gap-1 text-sm"),
                tone="warn",
                title=lang("enrol-bad-title"),
            ),
        ),
        rx.el.div(ui.button(lang("enrol-paste-read"), type="submit", look="secondary", icon_name="list-checks")),
        on_submit=EnrolState.add_pasted,
        class_name="grid gap-4",
        key="many-" + EnrolState.added.to_string(),
    )


def _chosen(lang: Lang) -> rx.Component:
    def one(row: PersonRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.first_name, " ", row.last_name, class_name="font-semibold"),
                rx.el.p(row.email, class_name="text-sm text-ink-3 break-all"),
                class_name="min-w-0",
            ),
            rx.el.div(
                rx.cond(row.problem != "", ui.lamp(row.problem, "bad")),
                ui.icon_button(
                    "trash-2",
                    lang("enrol-remove"),
                    on_click=EnrolState.remove(row.email),  # pyright: ignore[reportCallIssue]
                ),
                class_name="flex items-center gap-2 ml-auto",
            ),
            class_name="pg-chosen",
        )

    return rx.el.div(
        rx.el.h3(
            lang("enrol-chosen"),
            " ",
            rx.el.span(EnrolState.quantity, class_name="pg-figure text-ink-3"),
            class_name="text-base mb-2",
        ),
        rx.cond(
            EnrolState.quantity > 0,
            rx.el.ul(rx.foreach(EnrolState.people, one), class_name="pg-list"),
            rx.el.p(lang("enrol-chosen-none"), class_name="text-ink-2"),
        ),
        class_name="mt-8 pt-6 border-t border-line",
        aria_live="polite",
    )
