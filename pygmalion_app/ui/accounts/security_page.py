"""How one signs in and from where: password, address, second factors, devices."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.factors_section import factors_section
from pygmalion_app.ui.accounts.factors_state import FactorsState
from pygmalion_app.ui.accounts.fields import account_form, code_field, secret_field
from pygmalion_app.ui.accounts.reauthentication import reauthenticate_dialog
from pygmalion_app.ui.accounts.security_state import DeviceRow, DevicesState, SecurityState
from pygmalion_app.ui.accounts.trusted_section import TrustedState, trusted_section
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ACCOUNT, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.viewer import Viewer
from pygmalion_app.ui.waiting import waiting

_EVERYWHERE = "devices-everywhere-dialog"


@page(
    "security",
    title="security-title",
    on_load=(SecurityState.load, DevicesState.load, FactorsState.load, TrustedState.load),
)
def security_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "security",
        ui.page_head(lang("security-title"), lang("security-lead")),
        section_tabs(lang, ACCOUNT, "security"),
        rx.cond(DevicesState.loaded & FactorsState.loaded, _content(lang), waiting(lang, ui.skeleton_rows(3))),
        reauthenticate_dialog(lang),
        _everywhere_dialog(lang),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            factors_section(lang), _devices(lang), trusted_section(lang), class_name="grid gap-6 content-start min-w-0"
        ),
        rx.el.div(_password(lang), _email(lang), class_name="grid gap-6 content-start min-w-0"),
        class_name="grid gap-6 mt-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]",
    )


def _password(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("security-password"), class_name="text-lg"),
        rx.el.p(lang("security-password-text"), class_name="text-ink-2 mt-1 mb-5"),
        account_form(
            lang,
            "security",
            rx.el.input(type="hidden", name="username", auto_complete="username", value=Viewer.email, read_only=True),
            secret_field(
                lang,
                "current_password",
                lang("security-password-current"),
                error=SecurityState.current_error,
                auto_complete="current-password",
            ),
            secret_field(
                lang,
                "new_password",
                lang("security-password-new"),
                hint=lang("security-password-hint"),
                error=SecurityState.new_error,
                auto_complete="new-password",
            ),
            rx.el.div(ui.button(lang("security-password-change"), type="submit", look="secondary")),
            on_submit=SecurityState.change_password,
        ),
    )


def _email(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("security-email"), class_name="text-lg"),
        rx.el.p(lang("security-email-text"), class_name="text-ink-2 mt-1 mb-5"),
        rx.el.dl(
            ui.fact(lang("security-email-now"), rx.el.span(Viewer.email, class_name="break-all"), icon_name="mail"),
            class_name="mb-5",
        ),
        rx.cond(SecurityState.new_email == "", _new_email(lang), _email_code(lang)),
    )


def _new_email(lang: Lang) -> rx.Component:
    return account_form(
        lang,
        "security",
        ui.field(
            "new_email",
            lang("security-email-new"),
            error=SecurityState.email_error,
            type="email",
            auto_complete="email",
            max_length=320,
        ),
        rx.el.div(ui.button(lang("security-email-change"), type="submit", look="secondary")),
        on_submit=SecurityState.change_email,
    )


def _email_code(lang: Lang) -> rx.Component:
    return account_form(
        lang,
        "security",
        rx.el.p(rx.el.strong(SecurityState.new_email, class_name="break-all")),
        code_field(
            "email_code",
            lang("security-email-code"),
            hint=lang("security-email-code-hint"),
            error=SecurityState.code_error,
        ),
        rx.el.div(
            ui.button(lang("security-email-confirm"), type="submit"),
            ui.button(lang("security-email-restart"), look="ghost", on_click=SecurityState.restart_email),
            class_name="flex flex-wrap gap-2",
        ),
        on_submit=SecurityState.confirm_email,
    )


def _devices(lang: Lang) -> rx.Component:
    def one(row: DeviceRow) -> rx.Component:
        return rx.el.li(
            rx.cond(row.icon == "monitor", ui.icon("monitor", _MARK), ui.icon("blocks", _MARK)),
            rx.el.div(
                rx.el.p(
                    rx.el.span(row.name, class_name="font-semibold break-words"),
                    rx.cond(row.current, ui.lamp(lang("devices-this"), "ok")),
                    class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
                ),
                rx.el.p(row.seen, class_name="text-sm text-ink-2"),
                rx.el.p(row.detail, class_name="text-sm text-ink-3"),
                class_name="min-w-0 flex-1",
            ),
            rx.cond(
                row.current,
                rx.fragment(),
                ui.button(
                    lang("devices-sign-out"),
                    look="ghost",
                    size="sm",
                    on_click=DevicesState.sign_out(row.key),  # pyright: ignore[reportCallIssue]
                    aria_label=rx.Var.create(lang("devices-sign-out") + " ") + row.name,
                ),
            ),
            class_name="flex flex-wrap items-start gap-x-4 gap-y-2 py-4",
        )

    return rx.el.section(
        ui.card(
            rx.el.div(
                rx.el.div(
                    rx.el.h2(lang("devices-title"), id="devices-title", class_name="text-lg"),
                    rx.el.p(lang("devices-lead"), class_name="text-ink-2 mt-1"),
                    class_name="min-w-0 flex-1 basis-[240px]",
                ),
                ui.button(
                    lang("devices-everywhere"),
                    look="secondary",
                    size="sm",
                    icon_name="log-out",
                    **ui.opens(_EVERYWHERE),
                ),
                class_name="flex flex-wrap items-start gap-4",
            ),
            rx.el.ul(rx.foreach(DevicesState.rows, one), class_name="mt-3 divide-y divide-line"),
        ),
        aria_labelledby="devices-title",
    )


def _everywhere_dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        _EVERYWHERE,
        lang("devices-everywhere-title"),
        rx.el.p(lang("devices-everywhere-text"), class_name="text-ink-2"),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(_EVERYWHERE)),
            ui.button(lang("devices-everywhere"), look="danger", on_click=DevicesState.sign_out_everywhere),
        ],
    )


_MARK = "mt-[3px] text-ink-3"
