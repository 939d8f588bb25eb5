"""Enrol people on a session."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui import live
from pygmalion_app.ui.enrollments.components import loading, price_line, section, steps, two_columns
from pygmalion_app.ui.enrollments.contract_section import contract_section
from pygmalion_app.ui.enrollments.participants import participants
from pygmalion_app.ui.enrollments.rows import CompanyRow
from pygmalion_app.ui.enrollments.state import EnrolState
from pygmalion_app.ui.enrollments.wording import per_cent
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.invoicing.choice_section import payment_choice
from pygmalion_app.ui.invoicing.choice_state import PaymentChoice
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("enrol", title="enrol-title", on_load=EnrolState.load)
def enrol_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "enrol",
        ui.page_head(lang("enrol-title"), EnrolState.course),
        steps(lang, 1),
        rx.match(
            EnrolState.phase,
            ("form", two_columns(_form(lang), _summary(lang))),
            ("closed", _nothing(lang, "closed")),
            ("missing", _nothing(lang, "missing")),
            waiting(lang, loading()),
        ),
    )


def _nothing(lang: Lang, why: str) -> rx.Component:
    return ui.card(
        ui.empty_state(
            lang(f"enrol-{why}-title"),
            lang(f"enrol-{why}-text"),
            ui.button_link(lang("enrol-choose"), href=lang.path("catalog")),
        )
    )


def _form(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.cond(EnrolState.kept_until != "", _kept(lang)),
        _payer(lang),
        rx.cond(
            EnrolState.payer == "company",
            rx.fragment(participants(lang), payment_choice(lang, EnrolState.company)),
            rx.fragment(_alone(lang), contract_section(lang, EnrolState.code)),
        ),
        class_name="grid grid-cols-1 gap-6",
    )


def _kept(lang: Lang) -> rx.Component:
    """Return what tells somebody who waited that seats are theirs, and for how long."""
    return ui.notice(
        rx.el.p(EnrolState.kept_text),
        ui.countdown(
            lang("waiting-until"), EnrolState.kept_until, on_expire=EnrolState.kept_no_more, class_name="mt-3"
        ),
        tone="ok",
        title=lang("waiting-enrol-title"),
    )


def _payer(lang: Lang) -> rx.Component:
    def choice(value: str) -> rx.Component:
        return ui.radio(
            rx.el.strong(lang(f"payer-{value}"), class_name="block"),
            rx.el.span(lang(f"payer-{value}-text"), class_name="text-sm text-ink-2"),
            name="payer",
            value=value,
            checked=EnrolState.payer == value,
            class_name="pg-choice",
            on_change=EnrolState.choose_payer(value),  # pyright: ignore[reportCallIssue]
        )

    def company(row: CompanyRow) -> rx.Component:
        return rx.el.option(row.name, value=row.id)

    return section(
        lang("enrol-payer"),
        rx.cond(
            EnrolState.companies.length() > 0,
            rx.el.div(
                ui.field_set(
                    lang("enrol-payer-legend"),
                    rx.el.div(choice("company"), choice("individual"), class_name="grid gap-3 sm:grid-cols-2"),
                    name="payer",
                ),
                rx.cond(
                    EnrolState.payer == "company",
                    ui.select(
                        "company",
                        lang("enrol-company"),
                        rx.foreach(EnrolState.companies, company),
                        value=EnrolState.company,
                        on_change=EnrolState.choose_company,
                        class_name="max-w-[420px]",
                    ),
                ),
                class_name="grid gap-5",
            ),
            rx.el.p(lang("payer-individual-only"), class_name="text-ink-2"),
        ),
    )


def _alone(lang: Lang) -> rx.Component:
    return section(
        lang("enrol-you"),
        rx.foreach(
            EnrolState.people,
            lambda row: rx.el.div(
                ui.icon("circle-user-round", "pg-icon-lg text-ink-3"),
                rx.el.div(
                    rx.el.p(row.first_name, " ", row.last_name, class_name="font-semibold"),
                    rx.el.p(row.email, class_name="text-sm text-ink-2 break-all"),
                    rx.cond(row.problem != "", ui.lamp(row.problem, "bad", class_name="mt-2")),
                ),
                class_name="flex gap-3",
            ),
        ),
    )


def _summary(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.card(_session(lang)),
        ui.card(
            rx.el.h2(lang("enrol-price"), class_name="text-lg mb-4"),
            _bill(lang),
            rx.cond(
                EnrolState.error != "",
                ui.notice(
                    rx.el.p(EnrolState.error),
                    ui.link(lang("order-other-dates"), href=lang.path("course", slug=EnrolState.slug)),
                    tone="bad",
                    class_name="mt-5",
                ),
            ),
            rx.cond(
                live.live_count(EnrolState.session_id, EnrolState.seats_left) < EnrolState.quantity,
                ui.notice(lang("enrol-too-many"), tone="warn", class_name="mt-5"),
            ),
            ui.button(
                rx.cond(
                    EnrolState.free,
                    lang("enrol-hold-free"),
                    rx.cond(
                        EnrolState.payer == "company",
                        rx.cond(PaymentChoice.method == "invoice", lang("enrol-order"), lang("enrol-hold")),
                        lang("enrol-hold-save"),
                    ),
                ),
                size="lg",
                block=True,
                class_name="mt-5",
                busy=EnrolState.busy,
                on_click=EnrolState.book,
                disabled=(EnrolState.quantity == 0) | EnrolState.blocked,
            ),
            rx.el.p(
                rx.cond(
                    EnrolState.blocked,
                    lang("enrol-blocked"),
                    rx.cond(
                        EnrolState.quantity == 0,
                        lang("enrol-nobody"),
                        rx.cond(
                            EnrolState.free,
                            lang("enrol-hold-free-text"),
                            rx.cond(
                                (EnrolState.payer == "company") & (PaymentChoice.method == "invoice"),
                                lang("enrol-order-text"),
                                lang("enrol-hold-text"),
                            ),
                        ),
                    ),
                ),
                class_name="mt-3 text-sm text-ink-3",
            ),
            raised=True,
        ),
        class_name="grid grid-cols-1 gap-6",
    )


def _session(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            live.seats_lamp(lang, EnrolState.session_id, EnrolState.seats_left),
            ui.tag(EnrolState.duration, icon_name="clock"),
            class_name="flex flex-wrap items-center gap-2 mb-4",
        ),
        rx.el.dl(
            ui.fact(
                lang("enrol-when"),
                rx.el.p(EnrolState.days),
                rx.el.p(EnrolState.hours, class_name="text-sm text-ink-2 font-normal"),
                icon_name="calendar-days",
            ),
            ui.fact(lang("enrol-where"), EnrolState.place, icon_name="map-pin"),
            ui.fact(lang("enrol-by"), EnrolState.organization, icon_name="building-2"),
            class_name="grid gap-4",
        ),
        rx.el.p(
            ui.link(lang("enrol-course"), href=lang.path("course", slug=EnrolState.slug), class_name="pg-link text-sm"),
            class_name="mt-4",
        ),
    )


def _discount(lang: Lang) -> rx.Component:
    """Return the field for a discount code, or the code that is applied and what it does."""
    applied = rx.el.div(
        ui.lamp(EnrolState.code_rule, "ok"),
        ui.button(
            lang("code-drop"),
            rx.el.span(" ", EnrolState.code, class_name="sr-only"),
            look="ghost",
            size="sm",
            on_click=EnrolState.drop_code,
        ),
        class_name="flex flex-wrap items-center justify-between gap-2",
        role="status",
    )
    form = rx.el.form(
        ui.field(
            "discount_code",
            lang("code-label"),
            error=EnrolState.code_error,
            max_length=40,
            auto_complete="off",
            spell_check=False,
            input_class="pg-figure uppercase",
        ),
        ui.button(lang("code-apply"), type="submit", look="secondary", block=True),
        on_submit=EnrolState.apply_code,
        no_validate=True,
        class_name="grid gap-3",
    )
    return rx.el.div(rx.cond(EnrolState.code != "", applied, form), class_name="mt-4 pt-4 border-t border-line")


def _bill(lang: Lang) -> rx.Component:
    units = rx.el.span(
        EnrolState.quantity, " × ", rx.el.span(EnrolState.unit_text, class_name="pg-figure"), " ", lang("excluding-vat")
    )
    return rx.el.div(
        rx.el.dl(
            price_line(units, EnrolState.list_text),
            rx.cond(
                EnrolState.discount_text != "",
                rx.fragment(
                    price_line(rx.el.span(lang("price-discount"), " ", EnrolState.code), EnrolState.discount_text),
                    price_line(lang("price-net"), EnrolState.net_text),
                ),
            ),
            rx.cond(
                EnrolState.vat_rate != "",
                price_line(
                    rx.el.span(lang("enrol-vat"), " ", EnrolState.vat_rate, per_cent(lang)),
                    EnrolState.vat_text,
                ),
                price_line(lang("enrol-no-vat"), EnrolState.vat_text),
            ),
            price_line(lang("enrol-total"), EnrolState.total_text, strong=True),
            class_name="grid gap-2",
        ),
        _discount(lang),
        rx.cond(
            EnrolState.payer == "individual",
            rx.el.p(
                ui.icon("shield-check", "pg-icon-sm mt-[3px]"),
                lang("enrol-nothing-today"),
                class_name="mt-4 flex gap-2 text-sm font-semibold text-ok",
            ),
        ),
        rx.el.details(
            rx.el.summary(lang("enrol-refund"), class_name="text-sm font-semibold py-2"),
            rx.el.ul(
                rx.foreach(EnrolState.refund_rules, rx.el.li),
                rx.el.li(lang("refund-rule-seller")),
                class_name="text-sm text-ink-2 grid gap-1 list-disc pl-5",
            ),
            class_name="mt-3 border-t border-line pt-2",
        ),
    )
