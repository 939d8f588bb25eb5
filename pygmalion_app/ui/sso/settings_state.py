"""An organisation's single sign-on, as its managers set it up."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_moment, translate
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sso import domains, flow, service
from pygmalion_app.sso.domains import MAILBOXES
from pygmalion_app.sso.schemas import AskDomainCode, ClaimDomain, ConnectionView, ProveDomain, SaveConnection
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import field_name, fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

PROOF_DIALOG = "sso-proof-dialog"
REMOVE_DIALOG = "sso-remove-dialog"
RELEASE_DIALOG = "sso-release-dialog"
_CHOICES = ("enabled", "demanded", "second_factor_trusted", "joins_members")


@dataclass
class DomainRow:
    """A domain in the list."""

    domain: str
    proven: bool
    status: str
    detail: str


class SsoSettings(rx.State):
    """The connection on the page. The secret is typed, sent and never comes back."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    """Its id; empty where the reader runs none."""
    withheld: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    configured: rx.Field[bool] = rx.field(False)
    facts: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    choices: rx.Field[dict[str, bool]] = rx.field(default_factory=dict)
    can_join: rx.Field[bool] = rx.field(True)
    people: rx.Field[int] = rx.field(0)
    checked: rx.Field[str] = rx.field("")
    faults: rx.Field[list[str]] = rx.field(default_factory=list)
    testing: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[DomainRow]] = rx.field(default_factory=list)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    form_error: rx.Field[str] = rx.field("")
    domain: rx.Field[str] = rx.field("")
    """The domain that is being proven."""
    code_sent: rx.Field[str] = rx.field("")
    """The mailbox to which its code went."""
    version: rx.Field[int] = rx.field(0)
    """Changes with what is stored; the form then shows it anew."""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the settings."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, Permission.SSO_MANAGE)
        self.errors, self.form_error = {}, ""
        self.withheld = found is None and bool(actor.withheld)
        self.organization = str(found or "")
        if found is not None:
            await self._read(actor, found)
        self.loaded = True

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    async def save(self, form: dict[str, Any]) -> EventSpec | None:
        """Keep the connection."""
        organization_id, lang = parse_id(self.organization), self._lang()
        if organization_id is None:
            return None
        self.errors, self.form_error = {}, ""
        # Not trimmed, and not kept: a space may belong to a secret.
        secret = form.get("client_secret")
        given: dict[str, Any] = {name: text_of(form, name) for name in ("issuer", "client_id")}
        given |= {name: bool(form.get(name)) for name in _CHOICES}
        if isinstance(secret, str) and secret:
            given["client_secret"] = secret
        try:
            command = SaveConnection.model_validate(given)
            async with unit_of_work(await actor_of(self)) as uow:
                self._show(await service.save(uow, organization_id, command))
        except ReauthenticationRequiredError:
            # The form stays as it is filled; its secret is not put aside to be sent again by itself.
            return await reauthentication.ask(self, again=SsoSettings.proven_again())  # pyright: ignore[reportCallIssue]
        except ValidationError as error:
            self.errors = {name: lang(f"sso-{name.replace('_', '-')}-error") for name in fields_at_fault(error)}
            return toasts.bad(lang("sso-not-saved"))
        except PygmalionError as error:
            text = error_text(lang.code, error)
            self.errors, self.form_error = ({field_name(error.field): text}, "") if error.field else ({}, text)
            return toasts.bad(lang("sso-not-saved"))
        return toasts.ok(lang("sso-saved"))

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    def proven_again(self) -> EventSpec:
        """Say that the proof was good and the form can be sent."""
        return toasts.info(self._lang()("sso-save-now"))

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    async def test(self) -> EventSpec | None:
        """Try the connection and say what is wrong."""
        organization_id, lang = parse_id(self.organization), self._lang()
        if organization_id is None:
            return None
        try:
            found = await flow.check(await actor_of(self), organization_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read(await actor_of(self), organization_id)
        return toasts.ok(lang("sso-test-good")) if found.ok else toasts.bad(lang("sso-test-bad"))

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    async def remove(self) -> EventSpec | list[EventSpec] | None:
        """Disconnect the provider."""
        organization_id = parse_id(self.organization)
        if organization_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await service.remove(uow, organization_id)
                self._show(await service.connection_of(uow, organization_id))
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, again=SsoSettings.remove)
        except PygmalionError as error:
            return toasts.bad(error_text(self._lang().code, error))
        return [ui.close_dialog(REMOVE_DIALOG), toasts.ok(self._lang()("sso-removed"))]

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    async def claim(self, form: dict[str, Any]) -> EventSpec | None:
        """Add a domain."""
        command = ClaimDomain.model_construct(domain=text_of(form, "domain", 253))

        async def work(uow: Any, organization_id: UUID) -> None:
            await domains.claim(uow, organization_id, command)

        return await self._change(work, SsoSettings.claim(form))  # pyright: ignore[reportCallIssue]

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    def begin_release(self, domain: str) -> EventSpec:
        """Ask once more before a domain is given up."""
        self.domain = str(domain)[:253]
        return ui.show_dialog(RELEASE_DIALOG)

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    async def release(self, domain: str) -> EventSpec | None:
        """Give a domain up."""

        async def work(uow: Any, organization_id: UUID) -> None:
            await domains.release(uow, organization_id, str(domain))

        refused = await self._change(work, SsoSettings.release(domain))  # pyright: ignore[reportCallIssue]
        return refused if refused is not None else ui.close_dialog(RELEASE_DIALOG)

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    def begin_proof(self, domain: str) -> EventSpec:
        """Open the proof of a domain."""
        self.domain, self.code_sent, self.errors = str(domain)[:253], "", {}
        return ui.show_dialog(PROOF_DIALOG)

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    async def send_code(self, form: dict[str, Any]) -> EventSpec | None:
        """Mail the code to the chosen mailbox."""
        mailbox, domain = text_of(form, "mailbox", 20), self.domain

        async def work(uow: Any, organization_id: UUID) -> None:
            await domains.send_code(uow, organization_id, domain, AskDomainCode(mailbox=mailbox or MAILBOXES[0]))

        refused = await self._change(work, SsoSettings.send_code(form))  # pyright: ignore[reportCallIssue]
        if refused is None and not self.errors:
            self.code_sent = f"{mailbox or MAILBOXES[0]}@{domain}"
        return refused

    @rx.event
    @access.requires(Permission.SSO_MANAGE)
    async def prove(self, form: dict[str, Any]) -> EventSpec | None:
        """Check the code."""
        domain, lang = self.domain, self._lang()
        try:
            command = ProveDomain(code="".join(text_of(form, "domain_code", 20).split()))
        except ValidationError:
            self.errors = {"code": lang("sso-code-error")}
            return None

        async def work(uow: Any, organization_id: UUID) -> None:
            await domains.prove(uow, organization_id, domain, command)

        refused = await self._change(work, SsoSettings.prove(form))  # pyright: ignore[reportCallIssue]
        return refused if refused is not None or self.errors else ui.close_dialog(PROOF_DIALOG)

    async def _change(self, work: Any, again: Any) -> EventSpec | None:
        """Do something about a domain and show the list anew; what is wrong stands beside its field."""
        organization_id, lang = parse_id(self.organization), self._lang()
        if organization_id is None:
            return None
        self.errors = {}
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                await work(uow, organization_id)
                self._show(await service.connection_of(uow, organization_id))
        except ReauthenticationRequiredError:
            return await reauthentication.ask(self, again=again)
        except PygmalionError as error:
            text = error_text(lang.code, error)
            if error.field is None:
                return toasts.bad(text)
            self.errors = {field_name(error.field): text}
        return None

    async def _read(self, actor: Actor, organization_id: UUID) -> None:
        async with unit_of_work(actor) as uow:
            self._show(await service.connection_of(uow, organization_id))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _show(self, found: ConnectionView) -> None:
        lang = self._lang()
        self.name, self.configured, self.can_join = found.organization_name, found.configured, found.can_join
        self.facts = {name: getattr(found, name) for name in ("issuer", "client_id", "redirect_uri", "signed_out_uri")}
        self.choices = {name: getattr(found, name) for name in _CHOICES} | (
            {} if found.configured else {"enabled": True}
        )
        self.people = found.people
        self.checked = format_moment(lang.code, found.checked_at) if found.checked_at else ""
        self.faults = [translate(lang.code, f"error-sso_{fault}") for fault in found.faults]
        self.rows = [
            DomainRow(
                domain=one.domain,
                proven=one.proven_at is not None,
                status=lang("sso-domain-proven" if one.proven_at else "sso-domain-unproven"),
                detail=f"{lang('sso-domain-sent')} {one.mailbox}" if one.mailbox and not one.proven_at else "",
            )
            for one in found.domains
        ]
        self.version += 1
