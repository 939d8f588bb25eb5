"""The demonstration mailbox."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.mailbox_state import FileRow, MailboxState, MessageRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import public_layout
from pygmalion_app.ui.routes import page


@page("mailbox", title="mailbox-title", on_load=MailboxState.load)
def mailbox_page(lang: Lang) -> rx.Component:
    """Return the page. It stands in the public frame: one opens it to read a code before signing in."""
    return public_layout(
        lang,
        "mailbox",
        rx.el.div(
            ui.page_head(lang("mailbox-title"), lang("mailbox-lead")),
            rx.cond(
                MailboxState.on,
                rx.el.div(_address(lang), _box(lang), ui.polling(MailboxState.refresh, 3), class_name="grid gap-6"),
                ui.card(ui.empty_state(lang("mailbox-off"), lang("mailbox-off-text"))),
            ),
            class_name="pg-wrap py-10",
        ),
        foot=False,
    )


def _address(lang: Lang) -> rx.Component:
    return rx.el.form(
        ui.field(
            "address",
            lang("mailbox-address"),
            default_value=MailboxState.address,
            type="email",
            input_mode="email",
            auto_complete="off",
            class_name="flex-1 min-w-0",
            key=MailboxState.address,
        ),
        ui.button(lang("mailbox-open"), type="submit", look="secondary", icon_name="refresh-cw"),
        on_submit=MailboxState.choose_address,
        no_validate=True,
        class_name="flex flex-wrap items-end gap-3 max-w-[640px]",
    )


def _box(lang: Lang) -> rx.Component:
    return rx.cond(
        MailboxState.rows.length() > 0,
        rx.el.div(
            rx.el.ul(rx.foreach(MailboxState.rows, _entry), class_name="pg-mails", aria_label=lang("mailbox-title")),
            _message(lang),
            class_name="grid gap-6 lg:grid-cols-[minmax(0,360px)_minmax(0,1fr)] items-start",
        ),
        rx.cond(
            MailboxState.read | (MailboxState.address == ""),
            ui.card(ui.empty_state(lang("mailbox-empty"), lang("mailbox-empty-text"))),
            ui.skeleton_rows(3),
        ),
    )


def _entry(row: MessageRow) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(row.subject, class_name="font-semibold"),
            rx.el.span(row.excerpt, class_name="text-sm text-ink-3 truncate"),
            rx.el.span(row.date, class_name="pg-figure text-[13px] text-ink-3"),
            type="button",
            class_name="pg-mail",
            aria_current=rx.cond(MailboxState.chosen == row.key, "true", "false"),
            on_click=MailboxState.choose(row.key),  # pyright: ignore[reportCallIssue]
        )
    )


def _file(row: FileRow) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            ui.icon("paperclip", "pg-icon-sm"),
            row.name,
            href=row.address,
            download=row.name,
            class_name="pg-link inline-flex items-center gap-2",
        )
    )


def _message(lang: Lang) -> rx.Component:
    frame = rx.el.iframe(
        src_doc=MailboxState.body,
        title=lang("mailbox-message"),
        class_name="w-full h-[560px] bg-white rounded-b-[8px]",
        # No scripts and no origin of ours; links open beside the mailbox.
        custom_attrs={"sandbox": "allow-popups allow-popups-to-escape-sandbox"},
    )
    return ui.card(
        rx.cond(
            MailboxState.chosen != "",
            rx.el.article(
                rx.el.h2(MailboxState.subject, class_name="text-lg px-6 py-4 border-b border-line"),
                rx.cond(
                    MailboxState.files.length() > 0,
                    rx.el.ul(
                        rx.foreach(MailboxState.files, _file),
                        class_name="flex flex-wrap gap-3 px-6 py-3 border-b border-line list-none m-0",
                        aria_label=lang("mailbox-files"),
                    ),
                ),
                frame,
            ),
            ui.empty_state(lang("mailbox-choose"), lang("mailbox-choose-text")),
        ),
        pad=False,
        class_name="overflow-hidden",
    )
