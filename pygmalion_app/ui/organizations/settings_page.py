"""An organisation's settings."""

import reflex as rx

from pygmalion_app.organizations.models import VatRegime
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.reauthentication import reauthenticate_dialog
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.organizations.components import FIELD_ROW, countries, fact_field, none_yet, role_withheld
from pygmalion_app.ui.organizations.settings_state import SettingsState
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = SettingsState


@page("organization-settings", title="nav-organization-settings", on_load=State.load)
def settings_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-settings",
        ui.page_head(
            rx.cond(State.organization != "", State.facts.get("name", ""), lang("nav-organization-settings")),
            lang("organization-settings-lead"),
            eyebrow=lang("nav-organization-settings"),
        ),
        rx.cond(
            State.loaded,
            rx.cond(
                State.organization != "",
                rx.el.div(
                    section_tabs(lang, ORGANIZATION, "organization-settings"), _content(lang), class_name="grid gap-8"
                ),
                rx.cond(State.withheld, role_withheld(lang), none_yet(lang)),
            ),
            waiting(lang, ui.skeleton_rows(3)),
        ),
        reauthenticate_dialog(lang),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.form(
            rx.cond(State.form_error != "", ui.notice(State.form_error, tone="bad")),
            _identity(lang),
            _place(lang),
            rx.cond(State.facts.get("kind", "") == "training", _presentation(lang)),
            rx.el.div(
                ui.button(lang("save"), type="submit", disabled=~rx.State.is_hydrated), class_name="flex justify-end"
            ),
            on_submit=State.save,
            method="post",
            action=lang.path("organization-settings"),
            no_validate=True,
            # What is stored is shown anew after each change.
            key=f"settings-{State.version}",
            class_name="grid gap-6 min-w-0",
        ),
        rx.el.div(
            rx.cond(State.facts.get("kind", "") == "training", _transfers(lang)),
            _security(lang),
            _another(lang),
            class_name="grid gap-6 content-start min-w-0",
        ),
        class_name="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]",
    )


def _identity(lang: Lang) -> rx.Component:
    training = State.facts.get("kind", "") == "training"
    known = State.facts.get("siret", "") != ""
    return ui.card(
        rx.el.h2(lang("organization-identity"), class_name="text-lg mb-5"),
        rx.el.div(
            _field(lang, "name", "name", auto_complete="organization", max_length=120, required=True),
            rx.el.div(
                ui.field(
                    "siret",
                    lang("organization-siret-number"),
                    hint=rx.cond(
                        known,
                        lang("organization-siret-known") + " SIREN " + State.siren,
                        lang("organization-siret-hint"),
                    ),
                    error=State.errors.get("siret", ""),
                    default_value=State.facts.get("siret", ""),
                    read_only=known,
                    input_mode="numeric",
                    auto_complete="off",
                    max_length=20,
                    input_class="pg-figure",
                ),
                _field(lang, "vat_number", "vat-number", hint="organization-vat-number-hint", input_class="pg-figure"),
                class_name=FIELD_ROW,
            ),
            rx.cond(
                training,
                rx.el.div(
                    _field(lang, "nda", "nda", hint="organization-nda-hint", input_class="pg-figure"),
                    ui.select(
                        "vat_regime",
                        lang("organization-vat-regime"),
                        [(str(regime), lang(f"vat-{regime}".replace("_", "-"))) for regime in VatRegime],
                        hint=lang("organization-vat-regime-hint"),
                        default_value=State.facts.get("vat_regime", ""),
                        error=State.errors.get("vat_regime", ""),
                    ),
                    _field(lang, "iban", "iban", hint="organization-iban-hint", input_class="pg-figure", max_length=42),
                    class_name=FIELD_ROW,
                ),
            ),
            class_name="grid gap-5",
        ),
    )


def _place(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("organization-place"), class_name="text-lg mb-5"),
        rx.el.div(
            _field(lang, "address_line1", "address-line1", auto_complete="address-line1", max_length=120),
            _field(lang, "address_line2", "address-line2", auto_complete="address-line2", max_length=120),
            rx.el.div(
                _field(lang, "postal_code", "postal-code", auto_complete="postal-code", max_length=12),
                _field(lang, "city", "city", auto_complete="address-level2", max_length=120),
                class_name=FIELD_ROW,
            ),
            ui.select(
                "country",
                lang("organization-country"),
                countries(lang.code),
                default_value=State.facts.get("country", ""),
                error=State.errors.get("country", ""),
            ),
            rx.el.div(
                _field(lang, "contact_email", "contact-email", type="email", auto_complete="off", max_length=254),
                _field(lang, "website", "website", type="url", placeholder="https://", max_length=200),
                class_name=FIELD_ROW,
            ),
            class_name="grid gap-5",
        ),
    )


def _presentation(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("organization-presentation"), class_name="text-lg mb-1"),
        rx.el.p(lang("organization-presentation-text"), class_name="text-ink-2 mb-5"),
        rx.el.div(
            *[
                ui.text_area(
                    name,
                    lang(f"organization-{key}"),
                    error=State.errors.get(name, ""),
                    default_value=State.facts.get(name, ""),
                    max_length=4000,
                    rows="5",
                )
                for name, key in (("description", "description-fr"), ("description_en", "description-en"))
            ],
            class_name="grid gap-5",
        ),
    )


def _security(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("organization-factor"), class_name="text-lg mb-2"),
        rx.el.p(lang("organization-factor-text"), class_name="text-ink-2 mb-4"),
        ui.checkbox(
            lang("organization-factor-demand"),
            name="strong_factor",
            checked=State.strong_factor,
            on_change=State.demand_strong_factor,
        ),
    )


def _transfers(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("organization-transfers"), class_name="text-lg mb-2"),
        rx.el.p(lang("organization-transfers-text"), class_name="text-ink-2 mb-4"),
        ui.checkbox(
            lang("organization-transfers-take"),
            name="takes_transfers",
            checked=State.takes_transfers,
            on_change=State.take_transfers,
        ),
        rx.cond(
            State.takes_transfers & (State.facts.get("iban", "") == ""),
            ui.notice(lang("organization-transfers-no-iban"), tone="warn", class_name="mt-4"),
        ),
    )


def _another(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("organization-another"), class_name="text-lg mb-2"),
        rx.el.p(lang("organization-another-text"), class_name="text-ink-2 mb-4"),
        ui.button_link(
            lang("organization-new"), href=lang.path("organization-new"), look="secondary", size="sm", icon_name="plus"
        ),
    )


def _field(lang: Lang, name: str, key: str, **props: object) -> rx.Component:
    props.setdefault("auto_complete", "off")
    return fact_field(lang, name, key, State.facts, State.errors, **props)  # pyright: ignore[reportArgumentType]
