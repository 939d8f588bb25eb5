"""Second factors on the security page: authenticator, passkeys, recovery codes."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.factors_state import (
    CODES_DIALOG,
    PASSKEY_DIALOG,
    REMOVE_DIALOG,
    TOTP_DIALOG,
    FactorsState,
    PasskeyRow,
)
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang


def factors_section(lang: Lang) -> rx.Component:
    """Return the section with its dialogs; the page that shows it runs `FactorsState.load`."""
    return rx.el.section(
        rx.cond(
            FactorsState.demanded != "",
            ui.notice(FactorsState.demanded, tone="warn", title=lang("factors-demanded-title"), class_name="mb-4"),
        ),
        ui.card(
            rx.el.h2(lang("factors-title"), id="factors-title", class_name="text-lg"),
            rx.el.p(lang("factors-lead"), class_name="text-ink-2 mt-1"),
            rx.el.div(
                _email(lang), _totp(lang), _passkeys(lang), _recovery(lang), class_name="grid mt-4 divide-y divide-line"
            ),
        ),
        _totp_dialog(lang),
        _passkey_dialog(lang),
        _codes_dialog(lang),
        _remove_dialog(lang),
        aria_labelledby="factors-title",
    )


def _entry(lang: Lang, title: str, icon_name: str, on: rx.Var[bool], *children: Child) -> rx.Component:
    return rx.el.div(
        ui.icon(icon_name, "mt-[3px] text-ink-3"),
        rx.el.div(
            rx.el.div(
                rx.el.h3(title, class_name="font-semibold"),
                rx.cond(on, ui.lamp(lang("factors-on"), "ok"), ui.lamp(lang("factors-off"), "idle")),
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
            ),
            *children,
            class_name="grid gap-3 min-w-0 flex-1",
        ),
        class_name="flex gap-4 py-5",
    )


def _say(*text: Child) -> rx.Component:
    return rx.el.p(*text, class_name="text-ink-2 text-[15px]")


def _email(lang: Lang) -> rx.Component:
    said = rx.cond(FactorsState.strong, lang("factors-email-off"), lang("factors-email-on"))
    return _entry(lang, lang("factors-email"), "mail", ~FactorsState.strong, _say(said))


def _totp(lang: Lang) -> rx.Component:
    on = FactorsState.totp_since != ""
    return _entry(
        lang,
        lang("factors-totp"),
        "timer",
        on,
        rx.cond(on, _say(lang("factors-totp-since"), " ", FactorsState.totp_since), _say(lang("factors-totp-text"))),
        rx.el.div(
            rx.cond(
                on,
                rx.fragment(
                    ui.button(
                        lang("factors-totp-replace"), look="secondary", size="sm", on_click=FactorsState.begin_totp
                    ),
                    ui.button(
                        lang("factors-totp-remove"),
                        look="ghost",
                        size="sm",
                        on_click=FactorsState.ask_removal("totp"),  # pyright: ignore[reportCallIssue]
                    ),
                ),
                ui.button(lang("factors-totp-set-up"), look="secondary", size="sm", on_click=FactorsState.begin_totp),
            ),
            class_name="flex flex-wrap gap-2",
        ),
    )


def _passkeys(lang: Lang) -> rx.Component:
    def one(row: PasskeyRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold break-words"),
                rx.el.p(row.made, ", ", row.used, class_name="text-sm text-ink-3"),
                class_name="min-w-0",
            ),
            rx.cond(row.synced, ui.tag(lang("factors-passkey-synced"))),
            rx.el.button(
                ui.icon("trash-2"),
                type="button",
                class_name="pg-btn pg-btn--ghost pg-btn--icon ml-auto",
                aria_label=rx.Var.create(lang("factors-totp-remove") + " ") + row.name,
                on_click=FactorsState.ask_removal(row.key),  # pyright: ignore[reportCallIssue]
            ),
            class_name="flex items-center gap-3 py-2",
        )

    rows = rx.el.ul(rx.foreach(FactorsState.passkeys, one), class_name="divide-y divide-line")
    add = ui.button(
        lang("factors-passkey-add"), look="secondary", size="sm", icon_name="key-round", **ui.opens(PASSKEY_DIALOG)
    )
    return rx.cond(
        FactorsState.passkeys_at != "",
        _entry(
            lang,
            lang("factors-passkeys"),
            "key-round",
            FactorsState.passkeys.length() > 0,
            _say(lang("factors-passkeys-text")),
            rx.cond(FactorsState.passkeys.length() > 0, rows),
            rx.cond(FactorsState.passkeys_here, rx.el.div(add), _elsewhere(lang)),
        ),
    )


def _elsewhere(lang: Lang) -> rx.Component:
    href = FactorsState.passkeys_at + lang.path("security")
    return _say(lang("sign-in-passkey-here"), " ", rx.el.a(FactorsState.passkeys_at, href=href, class_name="pg-link"))


def _recovery(lang: Lang) -> rx.Component:
    return rx.cond(
        FactorsState.strong,
        _entry(
            lang,
            lang("factors-recovery"),
            "list-checks",
            FactorsState.strong,
            _say(lang("factors-recovery-text"), " ", FactorsState.codes_left),
            rx.el.div(
                ui.button(lang("factors-recovery-new"), look="secondary", size="sm", on_click=FactorsState.renew_codes)
            ),
        ),
    )


def _totp_dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        TOTP_DIALOG,
        lang("factors-totp"),
        rx.el.form(
            rx.el.p(lang("factors-totp-scan"), class_name="text-ink-2"),
            rx.cond(
                FactorsState.qr != "",
                rx.el.img(
                    src=FactorsState.qr,
                    alt=lang("factors-totp-qr"),
                    class_name="w-[220px] h-[220px] mx-auto rounded-[8px] border border-line bg-white",
                ),
            ),
            rx.el.p(
                lang("factors-totp-manual"),
                rx.el.code(FactorsState.secret, class_name="block pg-figure mt-1 break-words select-all"),
                class_name="text-sm text-ink-2",
            ),
            ui.field(
                "totp_code",
                lang("factors-totp-code"),
                error=FactorsState.code_error,
                input_class="pg-input--code",
                input_mode="numeric",
                auto_complete="one-time-code",
                max_length=12,
            ),
            ui.button(lang("factors-totp-confirm"), type="submit", block=True),
            on_submit=FactorsState.confirm_totp,
            reset_on_submit=True,
            method="post",
            action=lang.path("security"),
            no_validate=True,
            class_name="grid gap-5",
        ),
    )


def _passkey_dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        PASSKEY_DIALOG,
        lang("factors-passkey-add"),
        rx.el.form(
            rx.el.p(lang("factors-passkeys-text"), class_name="text-ink-2"),
            ui.field(
                "passkey_name",
                lang("factors-passkey-name"),
                hint=lang("factors-passkey-name-hint"),
                error=FactorsState.name_error,
                default_value=lang("factors-passkey-name-default"),
                auto_complete="off",
                max_length=80,
            ),
            ui.button(lang("factors-passkey-add"), type="submit", block=True, icon_name="key-round"),
            on_submit=FactorsState.begin_passkey,
            method="post",
            action=lang.path("security"),
            no_validate=True,
            class_name="grid gap-5",
        ),
    )


def _codes_dialog(lang: Lang) -> rx.Component:
    def one(code: rx.Var[str]) -> rx.Component:
        return rx.el.li(rx.el.code(code, class_name="pg-figure text-lg"))

    return ui.dialog(
        lang,
        CODES_DIALOG,
        lang("factors-recovery-shown"),
        ui.notice(lang("factors-recovery-keep"), tone="warn"),
        rx.el.ol(
            rx.foreach(FactorsState.recovery_codes, one),
            class_name="grid grid-cols-1 sm:grid-cols-2 gap-2 my-5 list-none p-0",
        ),
        rx.el.div(
            ui.button(
                lang("factors-recovery-copy"), look="secondary", icon_name="copy", on_click=FactorsState.copy_codes
            ),
            ui.button(lang("factors-recovery-print"), look="secondary", on_click=rx.call_script("window.print()")),
            class_name="flex flex-wrap gap-2",
        ),
        foot=[ui.button(lang("factors-recovery-done"), on_click=FactorsState.forget_codes)],
        class_name="pg-printed",
    )


def _remove_dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        REMOVE_DIALOG,
        lang("factors-remove-title"),
        rx.el.p(lang("factors-remove-text"), class_name="text-ink-2"),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(REMOVE_DIALOG)),
            ui.button(lang("factors-totp-remove"), look="danger", on_click=FactorsState.remove),
        ],
    )
