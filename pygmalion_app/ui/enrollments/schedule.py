"""When an individual pays what, as a line of moments; the same on the enrolment form and on the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import reflex as rx

from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.core.unit_of_work import container
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang


@dataclass
class Moment:
    """A point of the line: a day, what happens, and what is paid."""

    day: str
    title: str
    text: str = ""
    amount: str = ""
    status: str = ""
    tone: Tone = "idle"
    pay: str = ""
    """The instalment that can be paid now, empty elsewhere."""


@dataclass(frozen=True)
class Due:
    """A payment on the line."""

    number: int
    due_at: datetime
    cents: int
    status: str = ""
    tone: Tone = "idle"
    note: str = ""
    pay: str = ""


def last_day(lang: Lang, ends_at: datetime | None) -> str:
    """Return the last day of a period, which counts to its end; empty where there is none."""
    zone = container().settings.withdrawal_time_zone
    return format_day(lang.code, ends_at - timedelta(seconds=1), zone) if ends_at else ""


def moments(
    lang: Lang,
    ends_at: datetime,
    training: tuple[datetime, datetime, str],
    payments: Sequence[Due],
    currency: str,
) -> list[Moment]:
    """Return the line from the contract to the last payment, in the order of time."""
    zone = container().settings.withdrawal_time_zone
    starts_at, over_at, place = training
    found: list[tuple[datetime, Moment]] = [
        (
            ends_at - timedelta(seconds=1),
            Moment(lang("schedule-withdraw", day=last_day(lang, ends_at)), lang("schedule-withdraw-text")),
        ),
        (starts_at, Moment(format_day(lang.code, starts_at, place), lang("schedule-start"))),
    ]
    if format_day(lang.code, starts_at, place) != format_day(lang.code, over_at, place):
        found.append((over_at, Moment(format_day(lang.code, over_at, place), lang("schedule-end"))))
    found += [
        (due.due_at, _payment(lang, due, len(payments), zone if due.number == 1 else place, currency))
        for due in payments
    ]
    return [moment for _, moment in sorted(found, key=lambda pair: pair[0])]


def _payment(lang: Lang, due: Due, count: int, zone: str, currency: str) -> Moment:
    return Moment(
        day=format_day(lang.code, due.due_at, zone),
        title=_title(lang, due.number, count),
        text=due.note,
        amount=format_money(lang.code, due.cents, currency),
        status=due.status,
        tone=due.tone,
        pay=due.pay,
    )


def _title(lang: Lang, number: int, count: int) -> str:
    if number == 1 and count > 1:
        return lang("schedule-deposit")
    return lang("schedule-balance") if number == count else lang("schedule-stage", number=number)


def line(lang: Lang, rows: rx.Var[Sequence[Moment]], pay: Any = None) -> rx.Component:
    """Return the line; `pay` takes the id of an instalment that is to be paid now."""

    def point(row: Moment) -> rx.Component:
        button = rx.fragment()
        if pay is not None:
            button = rx.cond(row.pay != "", ui.button(lang("instalment-pay"), size="sm", on_click=pay(row.pay)))
        return rx.el.li(
            rx.el.span(
                class_name=rx.cond(
                    row.amount != "",
                    "mt-[5px] size-[13px] shrink-0 rounded-full border-[3px] border-signal bg-surface",
                    "mt-[6px] ml-[1px] size-[11px] shrink-0 rounded-full bg-line",
                ),
                aria_hidden="true",
            ),
            rx.el.div(
                rx.el.div(
                    rx.el.p(row.day, class_name="text-sm text-ink-3"),
                    rx.el.p(row.title, class_name="font-semibold"),
                    rx.cond(row.text != "", rx.el.p(row.text, class_name="text-sm text-ink-2")),
                    rx.cond(
                        row.status != "",
                        rx.el.div(
                            ui.lamp(row.status, row.tone),
                            button,
                            class_name="flex flex-wrap items-center gap-3 mt-1",
                        ),
                    ),
                    class_name="min-w-0",
                ),
                rx.el.p(row.amount, class_name="pg-figure font-semibold shrink-0"),
                class_name="flex flex-1 justify-between gap-4",
            ),
            class_name="flex gap-3",
        )

    return rx.el.ol(
        rx.foreach(rows, point), class_name="grid gap-4 list-none p-0 m-0", aria_label=lang("schedule-title")
    )
