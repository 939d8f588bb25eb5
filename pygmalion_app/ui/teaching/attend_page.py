"""One's own signature, after scanning the code on the trainer's screen."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import public_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.teaching.attendance_state import AttendState
from pygmalion_app.ui.teaching.attendance_words import words
from pygmalion_app.ui.waiting import waiting


@page("attend", title="attend-title", on_load=AttendState.load)
def attend_page(lang: Lang) -> rx.Component:
    """Return the page."""
    card = ui.card(
        rx.match(
            AttendState.phase,
            ("ready", _sign(lang)),
            ("signed", _signed(lang)),
            ("refused", _refused(lang)),
            waiting(lang, ui.skeleton_rows(2)),
        ),
        raised=True,
    )
    return public_layout(
        lang, "attend", rx.el.div(card, class_name="pg-wrap max-w-[640px]! py-10"), ready=AttendState.phase != "loading"
    )


def _about(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.p(AttendState.half, class_name="text-signal-ink font-semibold"),
        rx.el.h1(AttendState.course, class_name="text-2xl mt-1"),
        rx.el.p(AttendState.school, " · ", AttendState.place, class_name="text-ink-2 mt-1"),
        rx.el.p(lang("attend-as"), " ", rx.el.strong(AttendState.name), class_name="mt-4"),
    )


def _sign(lang: Lang) -> rx.Component:
    pad = rx.el.div(
        key=AttendState.ticket,
        custom_attrs={
            "data-sign": AttendState.ticket,
            "data-late": AttendState.late,
            "data-viewer": AttendState.viewer,
            "data-words": words(lang),
        },
    )
    late = ui.notice(
        rx.el.p(lang("attend-late-before"), " ", AttendState.late, " ", lang("attend-late-after")), tone="warn"
    )
    return rx.el.div(_about(lang), rx.cond(AttendState.late != "", late), pad, class_name="grid gap-5")


def _signed(lang: Lang) -> rx.Component:
    return rx.el.div(
        _about(lang), ui.notice(lang("attend-already-text"), tone="ok", title=lang("attend-already")),
        class_name="grid gap-5",
    )  # fmt: skip


def _refused(lang: Lang) -> rx.Component:
    return ui.empty_state(
        lang("attend-refused"),
        AttendState.problem,
        ui.button_link(lang("nav-training"), href=lang.path("training"), look="secondary"),
    )
