"""One's own verification, or one's organisation's: what is needed, what was sent, where it stands."""

from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.kyc import policy, service
from pygmalion_app.kyc.mails import reason_text
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.schemas import CaseView
from pygmalion_app.organizations import service as organizations
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.kyc.rows import (
    Choice,
    DocumentRow,
    RequirementRow,
    StepRow,
    document_row,
    kinds_of,
    requirement_row,
    status_of,
    step_row,
)

UPLOADS = rx.call_script("import('/upload.js')")


class VerificationState(rx.State):
    """What both verification pages show and do."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    """The organisation shown; empty on one's own page."""
    name: rx.Field[str] = rx.field("")
    upload_to: rx.Field[str] = rx.field("")
    status: rx.Field[str] = rx.field("")
    tone: rx.Field[str] = rx.field("idle")
    about: rx.Field[str] = rx.field("")
    verified: rx.Field[str] = rx.field("")
    reason: rx.Field[str] = rx.field("")
    editable: rx.Field[bool] = rx.field(False)
    missing: rx.Field[str] = rx.field("")
    requirements: rx.Field[list[RequirementRow]] = rx.field(default_factory=list)
    documents: rx.Field[list[DocumentRow]] = rx.field(default_factory=list)
    removable: rx.Field[bool] = rx.field(False)
    history: rx.Field[list[StepRow]] = rx.field(default_factory=list)
    kinds: rx.Field[list[Choice]] = rx.field(default_factory=list)
    kind: rx.Field[str] = rx.field("")
    dated: rx.Field[bool] = rx.field(False)

    # Backend vars of the state are copied for each client.
    _dated: set[str] = set()  # noqa: RUF012

    @rx.event
    @access.signed_in
    async def load_identity(self) -> EventSpec:
        """Read one's own verification."""
        self.organization = ""
        await self._read(await actor_of(self))
        return UPLOADS

    @rx.event
    @access.signed_in
    async def load_organization(self) -> EventSpec | None:
        """Read the verification of the reader's active organisation, else of the first they run; some run none."""
        actor = await actor_of(self)
        allowed = actor.organizations_with(Permission.KYB_SUBMIT)
        if not allowed:
            self.organization, self.loaded = "", True
            return None
        active = actor.active_organization_id
        self.organization = str(active if active in allowed else allowed[0])
        async with unit_of_work(actor) as uow:
            self.name = (await organizations.organization(uow, UUID(self.organization))).name
        await self._read(actor)
        return UPLOADS

    @rx.event
    @access.signed_in
    def choose_kind(self, kind: str) -> None:
        """Ask for the date of those documents that have one."""
        if kind in {choice.value for choice in self.kinds}:
            self.kind, self.dated = kind, kind in self._dated

    @rx.event
    @access.signed_in
    async def added(self) -> EventSpec:
        """Show a document that was just sent."""
        await self._read(await actor_of(self))
        return toasts.ok(self._lang()("kyc-added"))

    @rx.event
    @access.signed_in
    async def remove(self, document: str) -> EventSpec | None:
        """Take a document back."""
        lang, actor, document_id = self._lang(), await actor_of(self), parse_id(document)
        if document_id is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await service.remove_document(uow, self._subject(actor), document_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang("kyc-removed"))

    @rx.event
    @access.signed_in
    async def submit(self) -> EventSpec:
        """Hand the case in."""
        lang, actor = self._lang(), await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                await service.submit(uow, self._subject(actor))
        except PygmalionError as error:
            await self._read(actor)
            return toasts.bad(error_text(lang.code, error))
        await self._read(actor)
        return toasts.ok(lang("kyc-submitted"), lang("kyc-submitted-text"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _subject(self, actor: Actor) -> Subject:
        """Return whom this page is about; the service checks that the actor may act for them."""
        return Subject(organization_id=UUID(self.organization)) if self.organization else policy.oneself(actor)

    async def _read(self, actor: Actor) -> None:
        async with unit_of_work(actor) as uow:
            found = await service.case_of(uow, self._subject(actor))
        self._show(found)
        self.loaded = True

    def _show(self, found: CaseView) -> None:
        lang = self._lang()
        self.status, self.tone = status_of(lang, found.state)
        renewal = found.verified and found.state != "approved"
        self.about = lang(f"kyc-about-{found.state}") + (f" {lang('kyc-about-renewal')}" if renewal else "")
        until = format_day(lang.code, found.verified_until) if found.verified_until else ""
        self.verified = lang("kyc-verified-until", day=until) if until else ""
        if found.state == "approved" and found.editable:
            self.about = f"{self.about} {lang('kyc-renew')}"
        self.reason = reason_text(lang.code, found.reason, found.note) if found.state != "approved" else ""
        self.editable, self.removable = found.editable, found.editable and found.state not in {"approved", "expired"}
        self.requirements = [requirement_row(lang, one) for one in found.requirements]
        self.missing = ", ".join(row.name.lower() for row in self.requirements if not row.met)
        base = f"/api/v1/organizations/{self.organization}/kyb" if self.organization else "/api/v1/auth/kyc"
        self.documents = [document_row(lang, one, f"{base}/documents/{one.id}") for one in found.documents]
        self.history = [step_row(lang, one) for one in reversed(found.history)]
        self.upload_to = f"/uploads/organisation/{self.organization}" if self.organization else "/uploads/identity"
        self.kinds, self._dated = kinds_of(lang, found.subject)
        if self.kind not in {choice.value for choice in self.kinds}:
            self.kind = self.kinds[0].value
        self.dated = self.kind in self._dated
