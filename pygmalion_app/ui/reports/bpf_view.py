"""The yearly training report on screen: what is missing first, then the form's frames."""

from typing import Any

import reflex as rx

from pygmalion_app.enrollments.models import TraineeKind
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.reports.bpf_state import BpfState, Frame, GapRow, MoneyLine, PeopleLine
from pygmalion_app.ui.waiting import waiting

_State = BpfState


def bpf_view(lang: Lang) -> rx.Component:
    """Return the report."""
    return rx.cond(
        _State.loaded,
        rx.el.div(
            _head(lang),
            _gaps(lang),
            _income(lang),
            rx.el.div(
                rx.foreach(_State.frames, lambda frame: _frame(lang, frame)),
                class_name="grid gap-6 items-start xl:grid-cols-2",
            ),
            rx.el.p(lang("bpf-about"), class_name="text-sm text-ink-3"),
            class_name="grid gap-6 min-w-0",
        ),
        waiting(lang, ui.skeleton_rows(5)),
    )


def _head(lang: Lang) -> rx.Component:
    def figure(one: PeopleLine) -> rx.Component:
        return ui.figure(one.people, f"{one.name} · {one.hours}")

    return rx.fragment(
        rx.el.form(
            ui.select(
                "bpf_year",
                lang("quality-year"),
                rx.foreach(_State.years, lambda year: rx.el.option(year, value=year)),
                default_value=_State.year,
            ),
            ui.button(lang("quality-show"), type="submit", look="secondary"),
            on_submit=_State.choose,
            key=rx.Var.create("bpf-") + _State.year,
            class_name="flex flex-wrap items-end gap-3",
        ),
        ui.card(
            rx.el.div(
                ui.figure(_State.income_total, lang("bpf-figure-income")),
                rx.foreach(_State.figures, figure),
                class_name="grid gap-6 sm:grid-cols-3",
            ),
            rx.el.p(_State.identity, class_name="text-sm text-ink-2 mt-4"),
        ),
    )


def _gaps(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("bpf-missing"), class_name="text-lg"),
            rx.cond(
                _State.gaps.length() > 0, ui.lamp(_State.gaps_word, "warn"), ui.lamp(lang("bpf-missing-none"), "ok")
            ),
            class_name="flex flex-wrap items-center justify-between gap-x-4 gap-y-2",
        ),
        rx.el.ul(rx.foreach(_State.gaps, lambda row: _gap(lang, row)), class_name="pg-tasks"),
        class_name="pg-panel",
    )


def _gap(lang: Lang, row: GapRow) -> rx.Component:
    def choice(label: str, options: list[tuple[str, str]], handler: Any) -> rx.Component:
        return rx.el.select(
            rx.el.option(lang("bpf-choose"), value=""),
            *[rx.el.option(text, value=value) for value, text in options],
            default_value="",
            aria_label=rx.Var.create(label + " : ") + row.text,
            on_change=handler(row.id),
            class_name="pg-input w-auto!",
        )

    trainees = [(one.value, lang(f"bpf-trainee-{one.value}")) for one in TraineeKind if one]
    trainers = [(name, lang(f"bpf-trainer-{name}")) for name in ("internal", "external")]
    return rx.el.li(
        rx.el.div(
            ui.lamp(row.word, row.tone),
            rx.el.p(row.text),
            class_name="grid gap-1 justify-items-start flex-1 min-w-[14em]",
        ),
        rx.match(
            row.states,
            ("trainee", choice(lang("bpf-state-trainee"), trainees, _State.state_trainee)),
            ("trainer", choice(lang("bpf-state-trainer"), trainers, _State.state_trainer)),
            ui.link(row.action, href=row.href, class_name="pg-link whitespace-nowrap"),
        ),
        key=row.id + row.text,
        class_name="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3",
    )


def _income(lang: Lang) -> rx.Component:
    def one(line: MoneyLine) -> rx.Component:
        return rx.el.tr(
            ui.cell(line.number, label=lang("bpf-line"), class_name="pg-figure"),
            ui.cell(line.name, label=lang("bpf-source")),
            ui.cell(line.orders, label=lang("report-orders"), number=True),
            ui.cell(line.cents, label=lang("bpf-net"), number=True),
        )

    return rx.el.section(
        rx.el.h2(lang("bpf-frame-c"), class_name="text-lg mb-3"),
        ui.table(
            [lang("bpf-line"), lang("bpf-source"), (lang("report-orders"), "pg-num"), (lang("bpf-net"), "pg-num")],
            rx.foreach(_State.income, one),
            rx.el.tr(
                ui.cell(""),
                ui.cell(lang("bpf-income-total"), class_name="font-bold"),
                ui.cell(""),
                ui.cell(_State.income_total, label=lang("bpf-net"), number=True, class_name="font-bold"),
            ),
            caption=lang("bpf-frame-c"),
        ),
        class_name="min-w-0",
    )


def _frame(lang: Lang, frame: Frame) -> rx.Component:
    def one(line: PeopleLine) -> rx.Component:
        return rx.el.tr(
            ui.cell(line.name, label=lang("bpf-line")),
            ui.cell(line.people, label=lang("bpf-people"), number=True),
            ui.cell(line.hours, label=lang("bpf-hours"), number=True),
        )

    return rx.el.section(
        rx.el.h2(frame.title, class_name="text-lg mb-3"),
        ui.table(
            [lang("bpf-line"), (lang("bpf-people"), "pg-num"), (lang("bpf-hours"), "pg-num")],
            rx.foreach(frame.lines, one),
            caption=frame.title,
        ),
        class_name="min-w-0",
    )
