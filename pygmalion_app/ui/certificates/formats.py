"""The other forms of a certificate: its credential, whole or in part, its proof, the certificat de réalisation."""

import reflex as rx
from reflex.event import EventSpec

from pygmalion_app.certificates.credentials.export import Form, Offered, offered
from pygmalion_app.certificates.credentials.selective import FIELDS
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path

DIALOG, _FORM = "certificate-formats", "certificate-part"
_TICKED = {"holder", "course", "organization", "completedOn", "validUntil"}


class FormatsState(rx.State):
    """Which certificate the dialog is about, and what there is of it."""

    address: rx.Field[str] = rx.field("")
    name: rx.Field[str] = rx.field("")
    credential: rx.Field[bool] = rx.field(False)
    proof: rx.Field[bool] = rx.field(False)

    @rx.event
    @access.signed_in
    async def ask(self, certificate: str) -> EventSpec | None:
        """Open the dialog for a certificate."""
        found = parse_id(certificate)
        if found is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                there = await offered(uow, found)
        except PygmalionError as error:
            return toasts.bad(error_text(lang_of_path(self.router.url.path).code, error))
        self._take(there)
        return ui.show_dialog(DIALOG)

    def _take(self, there: Offered) -> None:
        self.address, self.name = f"/api/v1/certificates/{there.id}", there.number
        self.credential, self.proof = there.credential, there.proof


def formats_button(lang: Lang, certificate: rx.Var[str] | str) -> rx.Component:
    """Return the button that opens the dialog for a certificate."""
    return ui.button(
        lang("my-certificate-more"),
        look="ghost",
        size="sm",
        icon_name="file-text",
        on_click=FormatsState.ask(certificate),  # pyright: ignore[reportCallIssue, reportArgumentType]
    )


def formats_dialog(lang: Lang) -> rx.Component:
    """Return the dialog; a page with the button has it once."""
    return ui.dialog(
        lang,
        DIALOG,
        lang("my-certificate-more"),
        rx.el.p(FormatsState.name, class_name="pg-figure text-[15px]"),
        rx.el.div(
            rx.cond(
                FormatsState.credential,
                rx.fragment(
                    _file(lang, "json", f"/credential?format={Form.JSON}"),
                    _file(lang, "jwt", f"/credential?format={Form.JWT}"),
                ),
                ui.notice(lang("error-credential_unavailable")),
            ),
            rx.cond(FormatsState.proof, _file(lang, "proof", "/proof")),
            _file(lang, "attendance", f"/completion-statement?lang={lang.code}"),
            class_name="grid gap-2 mt-4",
        ),
        rx.cond(FormatsState.credential, _part(lang)),
    )


def _file(lang: Lang, form: str, path: str) -> rx.Component:
    return ui.button_link(
        lang(f"my-certificate-format-{form}"),
        href=FormatsState.address + path,
        server=True,
        look="secondary",
        size="sm",
        icon_name="download",
        # A plain link would be taken for leaving the page, which ends its connection.
        download=True,
    )


def _part(lang: Lang) -> rx.Component:
    """Return the choice of what a partial credential shows: a plain form, whose answer is a file."""
    boxes = [
        ui.checkbox(lang(f"credential-field-{name}"), name="fields", value=name, default_checked=name in _TICKED)
        for name in FIELDS
    ]
    return rx.el.form(
        rx.el.h3(lang("my-certificate-format-sd-jwt"), class_name="text-lg"),
        rx.el.p(lang("credential-choose-text"), class_name="text-ink-2"),
        rx.el.input(type="hidden", name="format", value=Form.SD_JWT.value),
        # With no box ticked, nothing is shown; without the field, everything would be.
        rx.el.input(type="hidden", name="fields", value=""),
        ui.field_set(
            lang("credential-choose-fields"),
            rx.el.div(*boxes, class_name="grid gap-1 sm:grid-cols-2"),
            name="fields",
        ),
        rx.el.p(lang("credential-choose-always"), class_name="text-sm text-ink-2"),
        ui.button(
            lang("credential-choose-download"),
            icon_name="download",
            type="button",
            look="secondary",
            # The framework keeps a form that is submitted by hand for itself.
            on_click=rx.call_script(f"document.getElementById({_FORM!r}).submit()"),
        ),
        id=_FORM,
        action=FormatsState.address + "/credential",
        method="get",
        # A form cannot be told that its answer is a file; in a tab of its own it leaves this page alone.
        target="_blank",
        class_name="grid gap-4 mt-6 pt-6 border-t border-line",
    )
