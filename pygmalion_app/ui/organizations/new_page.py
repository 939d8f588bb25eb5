"""Registering an organisation."""

import reflex as rx

from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.organizations.components import FIELD_ROW, countries
from pygmalion_app.ui.organizations.settings_state import NewOrganizationState
from pygmalion_app.ui.routes import page

State = NewOrganizationState


@page("organization-new", title="organization-new", on_load=State.load)
def new_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-new",
        ui.page_head(lang("organization-new"), lang("organization-new-lead")),
        rx.el.div(
            rx.el.form(
                rx.cond(State.form_error != "", ui.notice(State.form_error, tone="bad")),
                ui.card(_kind(lang), _facts(lang), class_name="grid gap-6"),
                rx.cond(State.taken != "", _taken(lang)),
                rx.el.div(
                    ui.button(lang("organization-create"), type="submit", disabled=~rx.State.is_hydrated),
                    class_name="flex justify-end",
                ),
                on_submit=State.create,
                method="post",
                action=lang.path("organization-new"),
                no_validate=True,
                class_name="grid gap-6",
            ),
            class_name="max-w-[720px]",
        ),
    )


def _kind(lang: Lang) -> rx.Component:
    return ui.field_set(
        lang("organization-kind"),
        rx.el.div(
            *[
                ui.radio(
                    rx.el.strong(lang(f"kind-{kind}")),
                    rx.el.br(),
                    rx.el.span(lang(f"kind-{kind}-text"), class_name="text-sm text-ink-2"),
                    name="kind",
                    value=kind.value,
                    checked=State.kind == kind.value,
                    on_change=State.choose_kind(kind.value),
                    class_name="pg-choice",
                )
                for kind in (OrganizationKind.COMPANY, OrganizationKind.AIRPORT, OrganizationKind.TRAINING)
            ],
            class_name="grid gap-3",
        ),
        name="kind",
    )


def _facts(lang: Lang) -> rx.Component:
    siret = _field(
        lang,
        "siret",
        "siret-number",
        hint="organization-siret-hint",
        input_mode="numeric",
        max_length=20,
        input_class="pg-figure",
        disabled=State.country != "FR",
        on_blur=State.look_up,
    )
    vat = _field(lang, "vat_number", "vat-number", hint="organization-vat-number-hint", input_class="pg-figure")
    return rx.el.div(
        ui.select(
            "country",
            lang("organization-country"),
            countries(lang.code),
            value=State.country,
            on_change=State.choose_country,
            error=State.errors.get("country", ""),
        ),
        rx.el.div(siret, vat, class_name=FIELD_ROW),
        rx.cond(State.demonstration, ui.notice(rx.el.p(lang("organization-demonstration")), tone="info")),
        rx.cond(
            State.kind == "training",
            _field(lang, "nda", "nda", hint="organization-nda-hint", input_class="pg-figure"),
        ),
        rx.el.div(
            _filled(lang, "name", "name", auto_complete="organization", max_length=120),
            _filled(lang, "address_line1", "address-line1", auto_complete="address-line1", max_length=120),
            rx.el.div(
                _filled(lang, "postal_code", "postal-code", auto_complete="postal-code", max_length=12),
                _filled(lang, "city", "city", auto_complete="address-level2", max_length=120),
                class_name=FIELD_ROW,
            ),
            key=f"found-{State.version}",
            class_name="grid gap-5",
        ),
        class_name="grid gap-5",
    )


def _filled(lang: Lang, name: str, key: str, **props: object) -> rx.Component:
    """Return a field that the public register fills in."""
    return _field(lang, name, key, default_value=State.found.get(name, ""), **props)  # pyright: ignore[reportArgumentType]


def _taken(lang: Lang) -> rx.Component:
    return rx.cond(
        State.asked,
        ui.notice(rx.el.p(lang("organization-asked-text")), tone="ok", title=lang("organization-asked")),
        ui.notice(
            rx.el.p(lang("organization-taken-text"), class_name="mb-3"),
            ui.button(lang("organization-ask"), look="secondary", size="sm", icon_name="send", on_click=State.ask),
            tone="warn",
            title=lang("organization-taken"),
        ),
    )


def _field(lang: Lang, name: str, key: str, hint: str = "", **props: object) -> rx.Component:
    props.setdefault("auto_complete", "off")
    return ui.field(
        name,
        lang(f"organization-{key}"),
        hint=lang(hint) if hint else "",
        error=State.errors.get(name, ""),
        **props,  # pyright: ignore[reportArgumentType]
    )
