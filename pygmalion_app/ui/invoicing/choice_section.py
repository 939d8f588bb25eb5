"""The ways to pay on a company's enrolment form."""

import reflex as rx

from pygmalion_app.enrollments.funding_models import FundingKind
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.invoicing.choice_state import PaymentChoice

State = PaymentChoice


def payment_choice(lang: Lang, company: rx.Var[str]) -> rx.Component:
    """Return the section for the company that buys; nothing where its seller takes cards only."""
    return rx.el.div(
        rx.cond(State.offered, _section(lang)),
        key=f"payment-{company}",
        on_mount=State.load(company),  # pyright: ignore[reportCallIssue]
    )


def _section(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("enrol-payment"), class_name="text-lg mb-4"),
        rx.el.div(
            ui.field_set(
                lang("enrol-payment"),
                rx.el.div(
                    _way("card", lang("enrol-payment-card"), lang("enrol-payment-card-text")),
                    _way("invoice", lang("enrol-payment-invoice"), State.invoice_text),
                    class_name="grid gap-3 sm:grid-cols-2",
                ),
                name="payment-method",
            ),
            _text(lang, "purchase_order", "enrol-purchase-order", State.purchase_order, 60),
            ui.checkbox(lang("enrol-funding"), name="funded", checked=State.funded, on_change=State.choose_funding),
            rx.cond(State.funded, _funding(lang)),
            class_name="grid gap-5",
        ),
    )


def _way(value: str, title: Text, text: Text) -> rx.Component:
    return ui.radio(
        rx.el.strong(title, class_name="block"),
        rx.el.span(text, class_name="text-sm text-ink-2"),
        name="payment-method",
        value=value,
        checked=State.method == value,
        class_name="pg-choice",
        on_change=State.choose_method(value),  # pyright: ignore[reportCallIssue]
    )


def _funding(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.p(lang("enrol-funding-hint"), class_name="text-sm text-ink-2"),
        rx.el.div(
            ui.select(
                "funding-kind",
                lang("enrol-funding-kind"),
                [(kind.value, lang(f"enrol-funding-{kind.value}")) for kind in FundingKind],
                value=State.kind,
                on_change=State.choose_kind,
            ),
            _text(lang, "funder", "enrol-funding-name", State.funder, 120),
            _text(lang, "dossier", "enrol-funding-dossier", State.dossier, 60),
            _text(lang, "share", "enrol-funding-amount", State.share, 20, input_mode="decimal"),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        class_name="grid gap-4",
    )


def _text(lang: Lang, name: str, key: str, value: rx.Var[str], longest: int, **props: str) -> rx.Component:
    return ui.field(
        name.replace("_", "-"),
        lang(key),
        default_value=value,
        on_blur=lambda text: State.write(name, text),  # pyright: ignore[reportCallIssue]
        auto_complete="off",
        max_length=longest,
        **props,
    )
