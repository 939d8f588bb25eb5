"""An organisation's single sign-on."""

import reflex as rx

from pygmalion_app.sso.domains import MAILBOXES
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.reauthentication import reauthenticate_dialog
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.organizations.components import none_yet, role_withheld
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.sso.settings_state import PROOF_DIALOG, RELEASE_DIALOG, REMOVE_DIALOG, DomainRow, SsoSettings
from pygmalion_app.ui.waiting import waiting

State = SsoSettings


@page("organization-sso", title="sso-settings-title", on_load=State.load)
def settings_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-sso",
        ui.page_head(
            rx.cond(State.name != "", State.name, lang("nav-organization-settings")),
            lang("sso-settings-lead"),
            eyebrow=lang("nav-organization-settings"),
        ),
        rx.cond(
            State.loaded,
            rx.cond(
                State.organization != "",
                rx.el.div(
                    section_tabs(lang, ORGANIZATION, "organization-sso"), _content(lang), class_name="grid gap-8"
                ),
                rx.cond(State.withheld, role_withheld(lang), none_yet(lang)),
            ),
            waiting(lang, ui.skeleton_rows(3)),
        ),
        reauthenticate_dialog(lang),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        _connection(lang),
        rx.el.div(
            _state(lang),
            _domains(lang),
            _ours(lang),
            rx.cond(State.configured, _end(lang)),
            class_name="grid gap-6 content-start min-w-0",
        ),
        _proof(lang),
        _removal(lang),
        _release(lang),
        class_name="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]",
    )


def _connection(lang: Lang) -> rx.Component:
    return rx.el.form(
        rx.cond(State.form_error != "", ui.notice(State.form_error, tone="bad")),
        ui.card(
            rx.el.h2(lang("sso-provider"), class_name="text-lg mb-1"),
            rx.el.p(lang("sso-provider-text"), class_name="text-ink-2 mb-5"),
            rx.el.div(
                _text(lang, "issuer", type="url", placeholder="https://"),
                _text(lang, "client_id"),
                ui.field(
                    "client_secret",
                    lang("sso-client-secret"),
                    hint=rx.cond(State.configured, lang("sso-client-secret-kept"), lang("sso-client-secret-hint")),
                    error=State.errors.get("client_secret", ""),
                    type="password",
                    auto_complete="off",
                    max_length=1000,
                ),
                class_name="grid gap-5",
            ),
        ),
        ui.card(
            rx.el.h2(lang("sso-rules"), class_name="text-lg mb-5"),
            rx.el.div(
                _choice(lang, "enabled"),
                _choice(lang, "second_factor_trusted"),
                rx.cond(State.can_join, _choice(lang, "joins_members")),
                _choice(lang, "demanded"),
                class_name="grid gap-5",
            ),
        ),
        rx.el.div(
            ui.button(lang("save"), type="submit", disabled=~rx.State.is_hydrated), class_name="flex justify-end"
        ),
        on_submit=State.save,
        method="post",
        action=lang.path("organization-sso"),
        no_validate=True,
        key=f"sso-{State.version}",
        class_name="grid gap-6 min-w-0 content-start",
    )


def _text(lang: Lang, name: str, **props: object) -> rx.Component:
    key = name.replace("_", "-")
    return ui.field(
        name,
        lang(f"sso-{key}"),
        hint=lang(f"sso-{key}-hint"),
        error=State.errors.get(name, ""),
        default_value=State.facts.get(name, ""),
        auto_complete="off",
        spell_check=False,
        max_length=400,
        **props,  # pyright: ignore[reportArgumentType]
    )


def _choice(lang: Lang, name: str) -> rx.Component:
    key = name.replace("_", "-")
    return rx.el.div(
        ui.checkbox(lang(f"sso-{key}"), name=name, default_checked=State.choices.get(name, False)),
        rx.el.p(lang(f"sso-{key}-text"), class_name="text-sm text-ink-3 mt-1"),
        ui.field_error(name, State.errors.get(name, "")),
    )


def _state(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("sso-state"), class_name="text-lg mb-3"),
        rx.cond(
            State.configured,
            rx.el.div(
                rx.el.div(
                    rx.cond(
                        State.checked == "",
                        ui.lamp(lang("sso-never-tested"), "idle"),
                        rx.cond(
                            State.faults.length() > 0,
                            ui.lamp(lang("sso-test-bad"), "bad"),
                            ui.lamp(lang("sso-test-good"), "ok"),
                        ),
                    ),
                ),
                rx.cond(
                    State.checked != "",
                    rx.el.p(lang("sso-tested"), " ", State.checked, class_name="text-sm text-ink-3"),
                ),
                rx.foreach(State.faults, lambda fault: ui.notice(fault, tone="bad")),
                rx.el.p(
                    lang("sso-people"), " ", rx.el.span(State.people, class_name="pg-figure"), class_name="text-ink-2"
                ),
                rx.el.div(
                    ui.button(lang("sso-test"), look="secondary", size="sm", icon_name="zap", on_click=State.test),
                ),
                class_name="grid gap-3",
            ),
            ui.lamp(lang("sso-not-configured"), "idle"),
        ),
    )


def _domains(lang: Lang) -> rx.Component:
    def one(row: DomainRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.domain, class_name="font-semibold break-all"),
                rx.cond(row.proven, ui.lamp(row.status, "ok"), ui.lamp(row.status, "warn")),
                rx.cond(row.detail != "", rx.el.p(row.detail, class_name="text-sm text-ink-3 break-all")),
                class_name="grid gap-1 min-w-0 justify-items-start",
            ),
            rx.el.div(
                rx.cond(
                    ~row.proven,
                    ui.button(
                        lang("sso-domain-prove"), look="secondary", size="sm", on_click=State.begin_proof(row.domain)
                    ),
                ),
                ui.icon_button("trash-2", lang("sso-domain-release"), on_click=State.begin_release(row.domain)),
                class_name="flex items-center gap-2",
            ),
            class_name="flex flex-wrap justify-between gap-3 py-4 border-b border-line",
        )

    return ui.card(
        rx.el.h2(lang("sso-domains"), class_name="text-lg mb-1"),
        rx.el.p(lang("sso-domains-text"), class_name="text-ink-2 mb-2"),
        rx.el.ul(rx.foreach(State.rows, one)),
        rx.el.form(
            ui.field(
                "domain",
                lang("sso-domain"),
                error=State.errors.get("domain", ""),
                placeholder=lang("sso-domain-example"),
                auto_complete="off",
                max_length=253,
                class_name="grow",
            ),
            ui.button(lang("sso-domain-add"), type="submit", look="secondary", icon_name="plus"),
            on_submit=State.claim,
            reset_on_submit=True,
            method="post",
            action=lang.path("organization-sso"),
            no_validate=True,
            class_name="flex flex-wrap items-end gap-3 mt-5",
        ),
    )


def _ours(lang: Lang) -> rx.Component:
    def line(key: str, name: str) -> rx.Component:
        return rx.el.div(
            rx.el.dt(lang(key), class_name="text-sm text-ink-3"),
            rx.el.dd(State.facts.get(name, ""), class_name="pg-figure text-sm break-all select-all"),
        )

    return ui.card(
        rx.el.h2(lang("sso-ours"), class_name="text-lg mb-1"),
        rx.el.p(lang("sso-ours-text"), class_name="text-ink-2 mb-4"),
        rx.el.dl(
            line("sso-redirect-uri", "redirect_uri"),
            line("sso-signed-out-uri", "signed_out_uri"),
            class_name="grid gap-4",
        ),
    )


def _end(lang: Lang) -> rx.Component:
    return rx.el.div(ui.button(lang("sso-remove"), look="danger", size="sm", **ui.opens(REMOVE_DIALOG)))


def _removal(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        REMOVE_DIALOG,
        lang("sso-remove-title"),
        rx.el.p(lang("sso-remove-text"), class_name="text-ink-2"),
        foot=[
            ui.button(lang("cancel"), look="ghost", **ui.closes(REMOVE_DIALOG)),
            ui.button(lang("sso-remove"), look="danger", on_click=State.remove),
        ],
    )


def _release(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        RELEASE_DIALOG,
        lang("sso-release-title"),
        rx.el.p(rx.el.strong(State.domain, class_name="break-all")),
        rx.el.p(lang("sso-release-text"), class_name="mt-2 text-ink-2"),
        foot=[
            ui.button(lang("cancel"), look="ghost", **ui.closes(RELEASE_DIALOG)),
            ui.button(lang("sso-domain-release"), look="danger", on_click=State.release(State.domain)),
        ],
    )


def _proof(lang: Lang) -> rx.Component:
    def form(*parts: rx.Component, on_submit: object) -> rx.Component:
        return rx.el.form(
            *parts,
            on_submit=on_submit,  # pyright: ignore[reportArgumentType]
            method="post",
            action=lang.path("organization-sso"),
            no_validate=True,
            class_name="grid gap-5",
        )

    return ui.dialog(
        lang,
        PROOF_DIALOG,
        lang("sso-proof-title"),
        rx.cond(
            State.code_sent == "",
            form(
                rx.el.p(lang("sso-proof-text"), class_name="text-ink-2"),
                ui.select(
                    "mailbox",
                    lang("sso-proof-mailbox"),
                    [(mailbox, f"{mailbox}@") for mailbox in MAILBOXES],
                    hint=State.domain,
                    error=State.errors.get("domain", ""),
                ),
                rx.el.p(lang("sso-proof-otherwise"), class_name="text-sm text-ink-3"),
                ui.button(lang("sso-proof-send"), type="submit"),
                on_submit=State.send_code,
            ),
            form(
                rx.el.p(
                    lang("sso-proof-sent"),
                    " ",
                    rx.el.strong(State.code_sent, class_name="break-all"),
                    class_name="text-ink-2",
                ),
                ui.field(
                    "domain_code",
                    lang("sign-in-code"),
                    error=State.errors.get("code", ""),
                    input_class="pg-input--code",
                    input_mode="numeric",
                    auto_complete="off",
                    max_length=12,
                ),
                ui.button(lang("sso-proof-check"), type="submit"),
                on_submit=State.prove,
            ),
        ),
    )
