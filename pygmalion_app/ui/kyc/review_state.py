"""The review of verifications: the queue, one case, what is decided."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_moment
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.kyc import review
from pygmalion_app.kyc.mails import reason_text
from pygmalion_app.kyc.models import CaseState, Reason
from pygmalion_app.kyc.rules import UNDER_REVIEW, SubjectKind
from pygmalion_app.kyc.schemas import Decide, Decision, DocumentView, QueueRow, ReviewedCase, Withdraw
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.kyc.rows import RequirementRow, StepRow, requirement_row, size_of, status_of, step_row
from pygmalion_app.ui.kyc.state import UPLOADS

OPEN = "open"
SHOWN = 50
DIALOGS = {"approve": "kyc-approve", "reject": "kyc-reject", "ask": "kyc-ask", "withdraw": "kyc-withdraw"}
_PAGE = "/api/v1/admin/kyc/documents/{id}/pages/{page}"


@dataclass
class CaseRow:
    """A case of the queue."""

    id: str
    name: str
    subject: str
    submitted: str
    documents: str
    status: str
    tone: Tone
    reviewer: str
    own: bool


@dataclass
class FactRow:
    """What the platform knows of the subject."""

    term: str
    value: str


@dataclass
class SheetRow:
    """One page of a document, or a picture; the first has the document's title."""

    title: str
    facts: str
    alt: str
    picture: str
    download: str
    address: str


class ReviewState(rx.State):
    """The queue, or one case of it."""

    loaded: rx.Field[bool] = rx.field(False)
    state_filter: rx.Field[str] = rx.field(OPEN)
    subject_filter: rx.Field[str] = rx.field("")
    rows: rx.Field[list[CaseRow]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    case_id: rx.Field[str] = rx.field("")
    """The case shown; empty for the queue."""
    name: rx.Field[str] = rx.field("")
    subject: rx.Field[str] = rx.field("")
    status: rx.Field[str] = rx.field("")
    tone: rx.Field[str] = rx.field("idle")
    standing: rx.Field[str] = rx.field("")
    takeable: rx.Field[bool] = rx.field(False)
    mine: rx.Field[bool] = rx.field(False)
    approved: rx.Field[bool] = rx.field(False)
    complete: rx.Field[bool] = rx.field(False)
    facts: rx.Field[list[FactRow]] = rx.field(default_factory=list)
    requirements: rx.Field[list[RequirementRow]] = rx.field(default_factory=list)
    sheets: rx.Field[list[SheetRow]] = rx.field(default_factory=list)
    history: rx.Field[list[StepRow]] = rx.field(default_factory=list)
    form_error: rx.Field[str] = rx.field("")
    made: rx.Field[int] = rx.field(0)
    """Counts the decisions; the forms start afresh with it."""

    @rx.event
    @access.platform_admin
    async def load(self) -> EventSpec:
        """Read the queue."""
        self.case_id = ""
        await self._read_queue(await actor_of(self))
        return UPLOADS

    @rx.event
    @access.platform_admin
    async def filter_state(self, state: str) -> None:
        """Show the cases in one state, or those to be reviewed."""
        if state in {OPEN, *(one.value for one in CaseState)}:
            self.state_filter = state
            await self._read_queue(await actor_of(self))

    @rx.event
    @access.platform_admin
    async def filter_subject(self, subject: str) -> None:
        """Show the cases of some kind of subject."""
        if subject in {"", *(one.value for one in SubjectKind)}:
            self.subject_filter = subject
            await self._read_queue(await actor_of(self))

    @rx.event
    @access.platform_admin
    async def open_case(self, case: str) -> EventSpec | list[EventSpec] | None:
        """Look at one case."""
        found = parse_id(case)
        if found is None:
            return None
        self.case_id = str(found)
        return await self._act(review.reviewed_case) or rx.call_script("scrollTo(0, 0)")

    @rx.event
    @access.platform_admin
    async def back(self) -> None:
        """Return to the queue."""
        self.case_id = ""
        await self._read_queue(await actor_of(self))

    @rx.event
    @access.platform_admin
    async def take(self) -> EventSpec | list[EventSpec] | None:
        """Begin the review of the case shown."""
        return await self._act(review.take) or toasts.ok(self._lang()("kyc-review-taken"))

    @rx.event
    @access.platform_admin
    async def approve(self, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        """Approve the case shown."""
        return await self._decide(Decision.APPROVE, form)

    @rx.event
    @access.platform_admin
    async def reject(self, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        """Refuse the case shown, with a reason."""
        return await self._decide(Decision.REJECT, form)

    @rx.event
    @access.platform_admin
    async def ask(self, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        """Ask for more, with a reason."""
        return await self._decide(Decision.ASK, form)

    @rx.event
    @access.platform_admin
    async def withdraw(self, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        """Take the approval shown back."""
        try:
            command = Withdraw(reason=Reason(text_of(form, "reason")), note=text_of(form, "note", 1000))
        except (ValidationError, ValueError):
            self.form_error = self._lang()("error-kyc_reason_needed")
            return None
        done = "kyc-review-withdrawn"
        return await self._settle(lambda uow, case: review.withdraw(uow, case, command), "withdraw", done)

    async def _decide(self, decision: Decision, form: dict[str, Any]) -> EventSpec | list[EventSpec] | None:
        reason = text_of(form, "reason")
        try:
            command = Decide(
                decision=decision, reason=Reason(reason) if reason else None, note=text_of(form, "note", 1000)
            )
        except (ValidationError, ValueError):
            self.form_error = self._lang()("error-kyc_reason_needed")
            return None
        done = f"kyc-review-decided-{decision.value}"
        return await self._settle(lambda uow, case: review.decide(uow, case, command), decision.value, done)

    async def _settle(self, act: Any, dialog: str, done: str) -> EventSpec | list[EventSpec] | None:
        """Decide; an error stays in the dialog, where it can be put right."""
        lang, actor = self._lang(), await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                found = await act(uow, UUID(self.case_id))
        except (PygmalionError, ValueError) as error:
            self.form_error = error_text(lang.code, error) if isinstance(error, PygmalionError) else ""
            return None
        self.form_error, self.made = "", self.made + 1
        self._show(found)
        return [ui.close_dialog(DIALOGS[dialog]), toasts.ok(lang(done))]

    async def _act(self, act: Any) -> EventSpec | None:
        """Do something with the case shown and show what it is then; an error leads back to the queue."""
        lang, actor = self._lang(), await actor_of(self)
        try:
            async with unit_of_work(actor) as uow:
                found = await act(uow, UUID(self.case_id))
        except (PygmalionError, ValueError) as error:
            self.case_id = ""
            await self._read_queue(actor)
            return toasts.bad(error_text(lang.code, error)) if isinstance(error, PygmalionError) else None
        self._show(found)
        return None

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _read_queue(self, actor: Actor) -> None:
        lang = self._lang()
        states = tuple(UNDER_REVIEW) if self.state_filter == OPEN else (CaseState(self.state_filter),)
        subject = SubjectKind(self.subject_filter) if self.subject_filter else None
        async with unit_of_work(actor) as uow:
            page = await review.queue(uow, PageRequest(1, SHOWN), states=states, subject=subject)
        self.rows = [_case_row(lang, row) for row in page.items]
        self.count = lang("kyc-review-count", count=page.total)
        self.loaded = True

    def _show(self, found: ReviewedCase) -> None:
        lang = self._lang()
        self.name, self.subject = found.name, lang(f"kyc-subject-{found.subject}")
        self.status, self.tone = status_of(lang, found.state)
        self.standing = _standing(lang, found)
        self.takeable, self.mine, self.approved = found.takeable, found.mine, found.state == CaseState.APPROVED
        self.complete = all(one.met for one in found.requirements)
        known = [*found.facts.items(), ("submitted", found.submitted_by or "")]
        self.facts = [FactRow(lang(f"kyc-fact-{name}"), value or lang("kyc-fact-unknown")) for name, value in known]
        self.requirements = [requirement_row(lang, one) for one in found.requirements]
        self.sheets = [sheet for one in found.documents for sheet in _sheets(lang, one)]
        self.history = [step_row(lang, one) for one in reversed(found.history)]
        self.form_error = ""


def _standing(lang: Lang, found: ReviewedCase) -> str:
    if found.state == CaseState.IN_REVIEW and not found.mine and found.reviewer:
        return lang("kyc-review-taken-by", name=found.reviewer)
    if found.state == CaseState.APPROVED and found.valid_until:
        return lang("kyc-verified-until", day=format_day(lang.code, found.valid_until))
    return reason_text(lang.code, found.reason, found.note)


def _case_row(lang: Lang, row: QueueRow) -> CaseRow:
    status, tone = status_of(lang, row.state)
    return CaseRow(
        id=str(row.id),
        name=row.name,
        subject=lang(f"kyc-subject-{row.subject}"),
        submitted=format_moment(lang.code, row.submitted_at) if row.submitted_at else "",
        documents=str(row.documents),
        status=status,
        tone=tone,
        reviewer=lang("kyc-review-by", name=row.reviewer) if row.reviewer else "",
        own=row.own,
    )


def _sheets(lang: Lang, document: DocumentView) -> list[SheetRow]:
    """Return a document's pages as pictures, drawn by the server: nothing of the file itself runs here."""
    kind = lang(f"kyc-kind-{document.kind}")
    facts = [document.file_name, size_of(lang, document.size_bytes)]
    if document.valid_until:
        facts.append(lang("kyc-document-until", day=format_day(lang.code, document.valid_until)))
    return [
        SheetRow(
            title=kind if page == 1 else "",
            facts=" · ".join(facts),
            alt=lang("kyc-review-page", name=kind, page=page, pages=document.pages),
            picture=_PAGE.format(id=document.id, page=page),
            download=lang("kyc-download", name=document.file_name),
            address=f"/api/v1/admin/kyc/documents/{document.id}",
        )
        for page in range(1, document.pages + 1)
    ]
