"""Parts of the certificates page."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.certificates.formats import formats_button
from pygmalion_app.ui.certificates.state import SHARE_DIALOG, CertificateRow, CertificatesState
from pygmalion_app.ui.i18n import Lang


def certificate_card(lang: Lang, row: CertificateRow) -> rx.Component:
    """Return one certificate: what it is worth first, then what it says, then what can be done with it."""
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                ui.lamp(row.status, row.tone),
                ui.icon("award", "pg-icon-lg text-ink-3"),
                class_name="flex justify-between items-start",
            ),
            rx.el.h2(row.course, class_name="text-lg mt-4"),
            rx.el.p(row.organization, class_name="text-sm text-ink-2 mt-1"),
            rx.cond(
                row.reason != "",
                rx.el.p(lang("my-certificate-revoked-why"), " : ", row.reason, class_name="text-sm text-bad mt-2"),
            ),
            rx.cond(row.about != "", rx.el.p(row.about, class_name="text-sm text-ink-2 mt-2")),
            class_name="p-6 pb-5",
        ),
        rx.el.dl(
            ui.fact(
                lang("my-certificate-valid-until"),
                rx.cond(row.valid_until != "", row.valid_until, lang("my-certificate-no-end")),
            ),
            ui.fact(lang("my-certificate-completed"), row.completed),
            ui.fact(
                lang("my-certificate-number"), rx.el.span(row.number, class_name="pg-figure text-[15px] break-all")
            ),
            class_name="grid gap-4 sm:grid-cols-2 px-6 py-5 border-t border-line flex-1 content-start",
        ),
        rx.el.div(
            rx.cond(
                row.downloadable,
                rx.fragment(
                    ui.button_link(
                        lang("my-certificate-download"),
                        href="/api/v1/certificates/" + row.id + "/download",
                        server=True,
                        look="secondary",
                        size="sm",
                        icon_name="download",
                    ),
                    rx.cond(
                        (row.life != "revoked") & (row.life != "corrected"),
                        ui.button_link(
                            lang("completion-download"),
                            href="/api/v1/certificates/" + row.id + "/completion-statement",
                            server=True,
                            look="ghost",
                            size="sm",
                            icon_name="file-text",
                        ),
                    ),
                    formats_button(lang, row.id),
                ),
                rx.el.p(
                    ui.icon("loader-circle", "pg-icon-sm pg-spin"),
                    lang("my-certificate-being-made"),
                    class_name="flex gap-2 items-center text-sm text-ink-2",
                ),
            ),
            rx.cond(
                row.renew != "",
                ui.button_link(
                    lang("my-certificate-renew"),
                    href=row.renew,
                    look="ghost",
                    size="sm",
                    icon_name="refresh-cw",
                ),
            ),
            rx.cond(
                row.link != "",
                rx.fragment(
                    ui.button(
                        lang("my-certificate-share"),
                        look="ghost",
                        size="sm",
                        icon_name="share-2",
                        on_click=CertificatesState.share(row.id),  # pyright: ignore[reportCallIssue]
                    ),
                    ui.button_link(
                        lang("my-certificate-check"),
                        href=row.link,
                        server=True,
                        look="ghost",
                        size="sm",
                        icon_name="shield-check",
                    ),
                ),
            ),
            class_name="flex flex-wrap gap-2 px-6 py-4 border-t border-line bg-sunken rounded-b-[8px]",
        ),
        class_name="pg-card flex flex-col",
    )


def share_dialog(lang: Lang) -> rx.Component:
    """Return the dialog with a certificate's link and QR code."""
    copy = [rx.set_clipboard(CertificatesState.share_link), CertificatesState.copied]
    return ui.dialog(
        lang,
        SHARE_DIALOG,
        lang("my-certificate-share-title"),
        rx.el.p(CertificatesState.share_name, class_name="font-semibold"),
        rx.el.p(lang("my-certificate-share-text"), class_name="text-ink-2 mt-1"),
        rx.el.div(
            rx.el.img(
                src=CertificatesState.share_qr,
                alt=lang("my-certificate-qr"),
                width="200",
                height="200",
                class_name="rounded-[8px] border border-line",
            ),
            class_name="flex justify-center my-5",
        ),
        rx.el.p(CertificatesState.share_link, class_name="text-sm break-all p-3 bg-sunken rounded-[6px]"),
        ui.checkbox(
            lang("my-certificate-mask"),
            name="masked",
            class_name="mt-4",
            checked=CertificatesState.share_masked,
            on_change=CertificatesState.mask,
        ),
        rx.el.p(
            ui.link(lang("my-certificate-badge"), href=CertificatesState.share_link, server=True),
            class_name="text-sm mt-3",
        ),
        foot=[ui.button(lang("my-certificate-copy"), icon_name="copy", on_click=copy)],
    )
