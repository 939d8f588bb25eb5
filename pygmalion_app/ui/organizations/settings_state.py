"""An organisation's settings, and the form that registers one."""

from typing import Any

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import queries, registration
from pygmalion_app.organizations.errors import SiretTakenError
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.organizations.schemas import CreateOrganization, OrganizationDetail, UpdateOrganization
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import field_name, fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.viewer import Viewer

FACTS = (
    "name", "kind", "siret", "nda", "vat_number", "vat_regime", "address_line1", "address_line2", "postal_code",
    "city", "country", "contact_email", "website", "description", "description_en", "iban",
)  # fmt: skip
_WORDS = {
    "name": "organization-name-error",
    "postal_code": "organization-postal-code-error",
    "contact_email": "organization-contact-email-error",
    "website": "organization-website-error",
}
_EDITED = tuple(name for name in FACTS if name != "kind")


class SettingsState(rx.State):
    """The organisation on the page."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    """Its id; empty where the reader runs none."""
    withheld: rx.Field[bool] = rx.field(False)
    """Whether a role waits for the reader's second factor."""
    facts: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    siren: rx.Field[str] = rx.field("")
    strong_factor: rx.Field[bool] = rx.field(False)
    takes_transfers: rx.Field[bool] = rx.field(False)
    """Whether companies may pay this school by invoice and transfer."""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    version: rx.Field[int] = rx.field(0)
    """Changes with what is stored; the form then shows it anew."""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the settings."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, Permission.ORGANIZATION_UPDATE)
        self.errors, self.form_error = {}, ""
        self.withheld = found is None and bool(actor.withheld)
        self.organization = str(found or "")
        if found is not None:
            async with unit_of_work(actor) as uow:
                self._show(await queries.settings_of(uow, found))
        self.loaded = True

    @rx.event
    @access.requires(Permission.ORGANIZATION_UPDATE)
    async def save(self, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        """Keep the changes."""
        lang, organization_id = self._lang(), parse_id(self.organization)
        if organization_id is None:
            return None
        self.errors, self.form_error = {}, ""
        given = {name: text_of(form, name) for name in _EDITED if isinstance(form.get(name), str)}
        try:
            command = UpdateOrganization.model_validate(given)
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(await registration.update(uow, organization_id, command))
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, again=SettingsState.save(given))  # pyright: ignore[reportCallIssue]
        except (PygmalionError, ValidationError) as error:
            self.errors, self.form_error = faults(lang, error)
            return toasts.bad(lang("organization-not-saved"))
        return [Viewer.load(), toasts.ok(lang("organization-saved"))]  # pyright: ignore[reportCallIssue, reportReturnType]

    @rx.event
    @access.requires(Permission.ORGANIZATION_UPDATE)
    async def demand_strong_factor(self, demanded: bool) -> EventSpec | None:
        """Demand a strong second factor of those who run the organisation, or no longer."""
        lang, organization_id = self._lang(), parse_id(self.organization)
        if organization_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                command = UpdateOrganization(strong_factor_required=demanded is True)
                self._show(await registration.update(uow, organization_id, command))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return toasts.ok(lang("organization-factor-on" if self.strong_factor else "organization-factor-off"))

    @rx.event
    @access.requires(Permission.ORGANIZATION_UPDATE)
    async def take_transfers(self, taken: bool) -> EventSpec | None:
        """Let companies pay by invoice and bank transfer, or no longer."""
        lang, organization_id = self._lang(), parse_id(self.organization)
        if organization_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                command = UpdateOrganization(accepts_invoice_payment=taken is True)
                self._show(await registration.update(uow, organization_id, command))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        return toasts.ok(lang("organization-saved"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _show(self, found: OrganizationDetail) -> None:
        self.facts = {name: str(getattr(found, name) or "") for name in FACTS}
        self.siren, self.strong_factor = found.siren or "", found.strong_factor_required
        self.takes_transfers = found.accepts_invoice_payment
        self.version += 1


class NewOrganizationState(rx.State):
    """The form that registers an organisation."""

    kind: rx.Field[str] = rx.field("company")
    country: rx.Field[str] = rx.field("FR")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    taken: rx.Field[str] = rx.field("")
    """A SIRET that is registered already: its managers can be asked."""
    asked: rx.Field[bool] = rx.field(False)
    found: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """What the public register says of the SIRET that was typed."""
    demonstration: rx.Field[bool] = rx.field(False)
    version: rx.Field[int] = rx.field(0)
    """Changes with what the register said; the fields it fills then show it."""

    @rx.event
    @access.signed_in
    def load(self) -> None:
        """Begin anew."""
        self.kind, self.country, self.errors, self.form_error, self.taken = "company", "FR", {}, "", ""
        self.asked, self.found, self.demonstration = False, {}, False

    @rx.event
    @access.signed_in
    async def look_up(self, siret: str) -> None:
        """Fill in what the public register knows of an establishment; without an answer, people type."""
        if str(siret).replace(" ", "") != self.taken:
            self.taken, self.errors = "", {name: text for name, text in self.errors.items() if name != "siret"}
        if self.found.get("siret") == str(siret).replace(" ", "") or not str(siret).strip():
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await registration.look_up(uow, str(siret)[:30])
        except PygmalionError:
            return
        self.found = {
            "siret": found.siret,
            "name": found.name,
            "address_line1": found.address,
            "postal_code": found.postal_code,
            "city": found.city,
        }
        self.demonstration, self.version = found.demonstration, self.version + 1

    @rx.event
    @access.signed_in
    def choose_kind(self, kind: str) -> None:
        """Choose what is registered."""
        if kind in set(OrganizationKind):
            self.kind = kind

    @rx.event
    @access.signed_in
    def choose_country(self, country: str) -> None:
        """Choose where it is: a French organisation has a SIRET."""
        self.country = str(country)[:2]

    @rx.event
    @access.signed_in
    async def create(self, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        """Register the organisation and go to its members."""
        lang = lang_of_path(self.router.url.path)
        self.errors, self.form_error, self.taken = {}, "", ""
        names = ("name", "siret", "nda", "vat_number", "city", "postal_code", "address_line1")
        given = {name: text for name in names if (text := text_of(form, name))}
        try:
            command = CreateOrganization.model_validate(
                {"name": "", "kind": self.kind, "country": self.country} | given
            )
            async with unit_of_work(await actor_of(self)) as uow:
                await registration.create(uow, command)
        except SiretTakenError as error:
            self.taken, self.errors = str(error.facts["siret"]), {"siret": error_text(lang.code, error)}
            return None
        except (PygmalionError, ValidationError) as error:
            self.errors, self.form_error = faults(lang, error)
            return None
        return [rx.redirect(lang.path("organization-members")), toasts.ok(lang("organization-created"))]

    @rx.event
    @access.signed_in
    async def ask(self) -> EventSpec | None:
        """Ask those who run the registered establishment for an invitation."""
        lang = lang_of_path(self.router.url.path)
        if not self.taken:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await registration.request_to_join(uow, self.taken)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.asked = True
        return None


def faults(lang: Lang, error: PygmalionError | ValidationError) -> tuple[dict[str, str], str]:
    """Return the sentences beside the fields at fault, and the one above the form where there is no field."""
    if isinstance(error, ValidationError):
        return {name: lang(_WORDS.get(name, "organization-field-error")) for name in fields_at_fault(error)}, ""
    if error.field:
        return {field_name(error.field): error_text(lang.code, error)}, ""
    return {}, error_text(lang.code, error)
