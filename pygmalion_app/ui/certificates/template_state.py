"""What a training organisation puts on its certificates, as its administrator writes it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.certificates.document import templates
from pygmalion_app.certificates.document.templates import SaveTemplate, TemplateView
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import new_id, parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import field_name, fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

FIELDS = ("signatory", "signatory_title", "wording", "wording_en", "accent")
UPLOADS = rx.call_script("import('/upload.js')")


class TemplateState(rx.State):
    """The template of the organisation on the page."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    withheld: rx.Field[bool] = rx.field(False)
    facts: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """What is kept; the form starts with it."""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    has_logo: rx.Field[bool] = rx.field(False)
    upload_to: rx.Field[str] = rx.field("")
    preview: rx.Field[str] = rx.field("")
    """Address of the picture of what is being written."""
    version: rx.Field[int] = rx.field(0)
    """Changes with what is kept; the form then shows it anew."""

    # Backend vars of the state are copied for each client.
    _draft: dict[str, str] = {}  # noqa: RUF012
    _logo: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> EventSpec:
        """Read the template."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, Permission.CERTIFICATE_REVOKE)
        self.errors = {}
        self.withheld = found is None and bool(actor.withheld)
        self.organization = str(found or "")
        if found is not None:
            self.upload_to = f"/uploads/logo/{found}"
            async with unit_of_work(actor) as uow:
                self._show(await templates.template_of(uow, found))
        self.loaded = True
        return UPLOADS

    @rx.event
    @access.requires(Permission.CERTIFICATE_REVOKE)
    def look(self, name: str, value: str) -> None:
        """Show what one field's new words would look like; a colour nobody could read is named at once."""
        if name not in FIELDS or not isinstance(value, str):
            return
        draft = {**self._draft, name: value}
        errors = {key: text for key, text in self.errors.items() if key != name}
        try:
            templates.readable(SaveTemplate.model_validate(draft).accent)
        except (PygmalionError, ValidationError) as error:
            self.errors = {**errors, **self._faults(error)}
            return
        self.errors, self._draft = errors, draft
        self._see()

    @rx.event
    @access.requires(Permission.CERTIFICATE_REVOKE)
    async def save(self, form: dict[str, Any]) -> EventSpec | None:
        """Keep the template."""
        lang, organization_id = self._lang(), parse_id(self.organization)
        if organization_id is None:
            return None
        self.errors = {}
        try:
            command = SaveTemplate.model_validate({name: text_of(form, name) for name in FIELDS})
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(await templates.save(uow, organization_id, command))
        except (PygmalionError, ValidationError) as error:
            self.errors = self._faults(error)
            return toasts.bad(lang("template-not-saved"))
        return toasts.ok(lang("template-saved"))

    @rx.event
    @access.requires(Permission.CERTIFICATE_REVOKE)
    async def sent(self) -> EventSpec | None:
        """Show the logo that was sent (`assets/upload.js` calls this)."""
        organization_id = parse_id(self.organization)
        if organization_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self._show_logo(await templates.template_of(uow, organization_id))
        except PygmalionError as error:
            return toasts.bad(error_text(self._lang().code, error))
        return toasts.ok(self._lang()("template-logo-saved"))

    @rx.event
    @access.requires(Permission.CERTIFICATE_REVOKE)
    async def remove_logo(self) -> EventSpec | None:
        """Go back to the organisation's name."""
        organization_id = parse_id(self.organization)
        if organization_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                self._show_logo(await templates.remove_logo(uow, organization_id))
        except PygmalionError as error:
            return toasts.bad(error_text(self._lang().code, error))
        return toasts.ok(self._lang()("template-logo-removed"))

    def _show(self, found: TemplateView) -> None:
        self.facts = {name: str(getattr(found, name)) for name in FIELDS}
        self._draft = dict(self.facts)
        self.version += 1
        self._show_logo(found)

    def _show_logo(self, found: TemplateView) -> None:
        self.has_logo = found.has_logo
        # Another logo under the same words is another picture.
        self._logo = new_id().hex
        self._see()

    def _see(self) -> None:
        organization_id = parse_id(self.organization)
        if organization_id is not None:
            self.preview = _picture(organization_id, self._draft, self._lang().code, self._logo)

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _faults(self, error: PygmalionError | ValidationError) -> dict[str, str]:
        lang = self._lang()
        if isinstance(error, PygmalionError):
            return {field_name(error.field or "accent"): error_text(lang.code, error)}
        return dict.fromkeys(fields_at_fault(error), lang("template-too-long"))


def _picture(organization_id: UUID, draft: dict[str, str], locale: str, version: str) -> str:
    words = {"signatoryTitle": draft["signatory_title"], "wordingEn": draft["wording_en"]}
    words |= {name: draft[name] for name in ("signatory", "wording", "accent")}
    query = urlencode({**words, "lang": locale, "version": version})
    return f"/api/v1/organizations/{organization_id}/certificate-template/preview?{query}"
