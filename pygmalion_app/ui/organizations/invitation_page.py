"""Where an invitation's link leads."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.components import door
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.organizations.invitation_state import InvitationState
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = InvitationState


@page("invitation", title="invitation-title", on_load=State.load)
def invitation_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return door(
        lang,
        "invitation",
        rx.match(
            State.phase,
            ("loading", waiting(lang, ui.skeleton_rows(1))),
            ("missing", ui.card(ui.empty_state(lang("invitation-missing"), lang("invitation-missing-text")))),
            ("over", _over(lang)),
            ("declined", ui.card(ui.empty_state(lang("invitation-declined-title"), lang("invitation-declined-text")))),
            _offer(lang),
        ),
    )


def _over(lang: Lang) -> rx.Component:
    return ui.card(
        ui.empty_state(
            lang("invitation-over"),
            State.over_text,
            ui.button_link(lang("nav-home"), href=lang.path("home"), look="secondary"),
        )
    )


def _offer(lang: Lang) -> rx.Component:
    return ui.card(
        ui.label(State.kind, "block mb-3"),
        rx.el.h1(lang("invitation-joins"), " ", State.organization, class_name="text-2xl"),
        rx.cond(
            State.invited_by != "",
            rx.el.p(State.invited_by, " ", lang("invitation-by"), class_name="mt-2 text-ink-2"),
        ),
        rx.el.dl(
            ui.fact(
                lang("invitation-role"),
                State.role,
                rx.el.p(State.role_text, class_name="text-sm font-normal text-ink-2 mt-1"),
            ),
            ui.fact(lang("sign-in-email"), rx.el.span(State.email, class_name="break-all")),
            ui.fact(lang("invitation-until"), State.until),
            class_name="grid gap-4 my-6 py-6 border-y border-line",
        ),
        rx.match(
            State.phase,
            ("sign_in", _sign_in(lang)),
            ("other_address", _other_address(lang)),
            _answer(lang, ui.button(
                lang("invitation-accept"), block=True, size="lg", busy=State.busy, on_click=State.accept
            )),
        ),
        raised=True,
    )  # fmt: skip


def _sign_in(lang: Lang) -> rx.Component:
    def to(name: str) -> rx.Var[str]:
        return rx.Var.create(lang.path(name)) + State.query

    return _answer(
        lang,
        rx.el.p(lang("invitation-sign-in"), class_name="text-ink-2"),
        ui.button_link(lang("sign-in"), href=to("sign-in"), block=True, size="lg"),
        ui.button_link(lang("sign-up"), href=to("sign-up"), block=True, size="lg", look="secondary"),
    )


def _other_address(lang: Lang) -> rx.Component:
    return _answer(
        lang,
        ui.notice(
            rx.el.p(
                lang("invitation-other-text"), " ", rx.el.strong(State.my_email, class_name="break-all"), ".",
            ),
            tone="warn",
            title=lang("invitation-other"),
        ),
        ui.sign_out(lang, "pg-btn pg-btn--secondary pg-btn--block"),
    )  # fmt: skip


def _answer(lang: Lang, *actions: Child) -> rx.Component:
    return rx.el.div(
        *actions,
        ui.button(lang("invitation-decline"), look="ghost", block=True, on_click=State.decline),
        class_name="grid gap-3",
    )
