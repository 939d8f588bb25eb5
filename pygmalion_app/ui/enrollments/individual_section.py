"""What the page of an individual's order says beyond others: the payments, the contract, withdrawing from it."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.enrollments.components import section
from pygmalion_app.ui.enrollments.instalment_state import InstalmentState
from pygmalion_app.ui.enrollments.schedule import line
from pygmalion_app.ui.i18n import Lang


def individual_section(lang: Lang, order_id: rx.Var[str], phase: Text) -> rx.Component:
    """Return the section; it is read anew when the order's phase changes."""
    return rx.el.div(
        rx.cond(
            InstalmentState.refused,
            ui.notice(lang("instalments-failed-text"), tone="bad", title=lang("instalments-failed-title")),
        ),
        rx.cond(
            InstalmentState.schedule.length() > 0,
            section(
                lang("schedule-title"),
                line(lang, InstalmentState.schedule, InstalmentState.pay),
                rx.cond(
                    InstalmentState.withdrawn,
                    rx.el.p(lang("instalments-none"), class_name="mt-5 text-ink-2"),
                ),
            ),
        ),
        rx.cond(
            (InstalmentState.contract_url != "") | (InstalmentState.open_until != ""),
            section(
                lang("contract-section-title"),
                rx.el.div(
                    rx.cond(
                        InstalmentState.contract_url != "",
                        ui.button_link(
                            lang("contract-download"),
                            href=InstalmentState.contract_url,
                            server=True,
                            look="secondary",
                            icon_name="download",
                        ),
                    ),
                    rx.cond(
                        InstalmentState.withdrawn,
                        ui.button_link(
                            lang("withdrawal-receipt"),
                            href=InstalmentState.receipt_url,
                            server=True,
                            look="secondary",
                            icon_name="download",
                        ),
                    ),
                    rx.cond(
                        InstalmentState.open_until != "",
                        ui.button_link(
                            lang("withdrawal-link"),
                            href=lang.path("withdrawal", order_id=order_id),
                            look="ghost",
                            icon_name="undo-2",
                        ),
                    ),
                    class_name="flex flex-wrap gap-3",
                ),
                rx.cond(
                    InstalmentState.open_until != "",
                    rx.el.p(
                        lang("withdrawal-until-1"),
                        " ",
                        rx.el.strong(InstalmentState.open_until),
                        lang("withdrawal-until-2"),
                        class_name="mt-3 text-sm text-ink-2",
                    ),
                ),
            ),
        ),
        key=rx.Var.create(f"individual-{phase}"),
        on_mount=InstalmentState.load,
        class_name="grid grid-cols-1 gap-6",
    )
