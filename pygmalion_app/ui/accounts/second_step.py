"""The second step of signing in, and the way in by passkey alone."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.components import secure_form, submit
from pygmalion_app.ui.accounts.state import SignIn
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.viewer import Viewer


def second_step(lang: Lang, page: str) -> rx.Component:
    """Return the second step: one of the person's second factors, and the way to the others."""
    return ui.card(
        rx.el.div(
            ui.label(lang("sign-in-step-2"), "block mb-3"),
            rx.match(
                SignIn.step,
                ("totp", _head(lang("sign-in-code-title-totp"), lang("sign-in-code-lead-totp"))),
                ("recovery_code", _head(lang("sign-in-code-title-recovery"), lang("sign-in-code-lead-recovery"))),
                ("passkey", _head(lang("sign-in-passkey-title"), lang("sign-in-passkey-lead"))),
                _head(
                    lang("sign-in-code-title"),
                    lang("sign-in-code-sent"),
                    " ",
                    rx.el.strong(SignIn.email, class_name="break-all"),
                    ".",
                ),
            ),
            class_name="mb-6",
        ),
        rx.cond(SignIn.lead != "", ui.notice(SignIn.lead, tone="info", class_name="mb-6")),
        rx.match(
            SignIn.step,
            ("recovery_code", _recovery_form(lang, page)),
            ("passkey", _passkey(lang)),
            _code_form(lang, page),
        ),
        rx.el.div(
            rx.cond(SignIn.step == "email", _resend(lang), rx.el.span()),
            ui.button(lang("back"), look="ghost", size="sm", icon_name="arrow-left", on_click=SignIn.back),
            class_name="flex flex-wrap items-center justify-between gap-2 mt-4",
        ),
        rx.cond(SignIn.methods.length() > 1, _other_ways(lang)),
        rx.cond(Viewer.has_mailbox & (SignIn.step == "email"), _mailbox_hint(lang)),
        raised=True,
    )


def passkey_alone(lang: Lang) -> rx.Component:
    """Return the way in by a passkey and nothing else, where this installation can have them."""
    return rx.cond(
        SignIn.passkeys_at != "",
        rx.el.div(
            rx.el.p(lang("sign-in-or"), class_name="pg-or"),
            rx.cond(
                SignIn.passkeys_here,
                ui.button(
                    lang("sign-in-passkey-alone"),
                    look="secondary",
                    size="lg",
                    block=True,
                    icon_name="key-round",
                    on_click=SignIn.use_passkey,
                ),
                _elsewhere(lang),
            ),
            class_name="grid gap-4 mt-4",
        ),
    )


def _head(title: str, *lead: Child) -> rx.Component:
    return rx.el.div(
        rx.el.h1(title, class_name="text-2xl"),
        rx.el.p(*lead, class_name="mt-2 text-ink-2"),
    )


def _code_form(lang: Lang, page: str) -> rx.Component:
    return secure_form(
        lang,
        page,
        ui.field(
            "code",
            lang("sign-in-code"),
            error=SignIn.code_error,
            input_class="pg-input--code",
            input_mode="numeric",
            auto_complete="one-time-code",
            max_length=12,
            auto_focus=True,
            on_change=SignIn.type_code,
            type="text",
        ),
        rx.cond(
            SignIn.may_trust & (SignIn.step == "email"),
            ui.checkbox(
                lang("sign-in-trust"),
                rx.el.span(lang("sign-in-trust-hint"), class_name="block text-sm text-ink-3"),
                name="trust",
                default_checked=SignIn.trust,
                on_change=SignIn.choose_trust,
            ),
        ),
        submit(lang("sign-in-code-send"), busy=SignIn.done),
        on_submit=SignIn.send_code,
        key=SignIn.step,
    )


def _recovery_form(lang: Lang, page: str) -> rx.Component:
    return secure_form(
        lang,
        page,
        ui.field(
            "code",
            lang("sign-in-recovery-code"),
            hint=lang("sign-in-recovery-code-hint"),
            error=SignIn.code_error,
            input_class="pg-figure",
            auto_complete="off",
            auto_capitalize="characters",
            spell_check=False,
            max_length=24,
            auto_focus=True,
            type="text",
        ),
        submit(lang("sign-in-code-send"), busy=SignIn.done),
        on_submit=SignIn.send_code,
        key=SignIn.step,
    )


def _passkey(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.cond(SignIn.code_error != "", ui.notice(SignIn.code_error, tone="bad")),
        rx.cond(
            SignIn.passkeys_here,
            ui.button(
                lang("sign-in-passkey-use"),
                size="lg",
                block=True,
                icon_name="key-round",
                busy=SignIn.done,
                auto_focus=True,
                on_click=SignIn.use_passkey,
            ),
            _elsewhere(lang),
        ),
        class_name="grid gap-5",
    )


def _elsewhere(lang: Lang) -> rx.Component:
    """Say where passkeys work, on a page that has another address (127.0.0.1 has no name to bind them to)."""
    here = SignIn.passkeys_at + lang.path("sign-in")
    return rx.el.p(
        ui.icon("key-round", "pg-icon-sm mt-[3px]"),
        rx.el.span(lang("sign-in-passkey-here"), " ", rx.el.a(SignIn.passkeys_at, href=here, class_name="pg-link")),
        class_name="flex gap-2 text-sm text-ink-2",
    )


def _other_ways(lang: Lang) -> rx.Component:
    def one(method: str, text: str, icon_name: str) -> rx.Component:
        return rx.cond(
            SignIn.methods.contains(method) & (SignIn.step != method),
            ui.button(lang(text), look="ghost", size="sm", icon_name=icon_name, on_click=SignIn.choose_method(method)),
        )

    return rx.el.div(
        rx.el.h2(lang("sign-in-other-way"), class_name="pg-label"),
        rx.el.div(
            one("passkey", "sign-in-with-passkey", "key-round"),
            one("totp", "sign-in-with-totp", "timer"),
            one("recovery_code", "sign-in-with-recovery", "list-checks"),
            class_name="flex flex-wrap gap-2 -ml-3",
        ),
        class_name="grid gap-2 mt-5 pt-5 border-t border-line",
    )


def _resend(lang: Lang) -> rx.Component:
    return rx.cond(
        SignIn.can_resend,
        ui.button(lang("sign-in-resend"), look="ghost", size="sm", icon_name="refresh-cw", on_click=SignIn.resend),
        rx.el.p(
            lang("sign-in-resend-in"),
            " ",
            rx.el.output("--:--", class_name="pg-figure", custom_attrs={"data-countdown": SignIn.resend_at}),
            rx.el.button(
                hidden=True,
                type="button",
                tab_index=-1,
                on_click=SignIn.allow_resend,
                custom_attrs={"data-countdown-done": "true"},
            ),
            class_name="text-sm text-ink-3",
        ),
    )


def _mailbox_hint(lang: Lang) -> rx.Component:
    href = rx.Var.create(f"{lang.path('mailbox')}?to=") + SignIn.email
    return rx.el.p(
        ui.icon("inbox", "pg-icon-sm mt-[3px]"),
        rx.el.span(
            lang("sign-in-demo-mailbox"),
            " ",
            ui.link(lang("sign-in-open-mailbox"), href=href, target="_blank", rel="noopener"),
        ),
        class_name="flex gap-2 mt-5 pt-5 border-t border-line text-sm text-ink-2",
    )
