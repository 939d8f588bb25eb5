"""What the panel of a cell shows: one person's standing for one requirement, or for all of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.certificates import service as certificates
from pygmalion_app.compliance import exemptions
from pygmalion_app.compliance.models import DecidedBy, Status
from pygmalion_app.compliance.person import person
from pygmalion_app.compliance.schemas import BookingView, PersonRequirement, PersonView, ProofView
from pygmalion_app.compliance.workplace_schemas import ExemptInput
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.compliance.matrix_rows import place_of
from pygmalion_app.ui.compliance.matrix_state import MatrixState, asked_day
from pygmalion_app.ui.compliance.wording import CODE_OF, TONES, day_of
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

PANEL = "cell"
READ = Permission.COMPLIANCE_READ
MANAGE = Permission.COMPLIANCE_MANAGE


@dataclass
class HistoryRow:
    """Something that happened: a certificate, a booking."""

    code: str
    what: str
    when: str


@dataclass
class DemandRow:
    """One of a person's requirements."""

    key: str
    title: str
    code: str
    text: str


class CellState(rx.State):
    """The person and the requirement that the panel is about."""

    member: rx.Field[str] = rx.field("")
    key: rx.Field[str] = rx.field("")
    person: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    demands: rx.Field[list[DemandRow]] = rx.field(default_factory=list)

    title: rx.Field[str] = rx.field("")
    word: rx.Field[str] = rx.field("")
    tone: rx.Field[str] = rx.field("idle")
    explained: rx.Field[str] = rx.field("")
    booked: rx.Field[str] = rx.field("")
    advice: rx.Field[str] = rx.field("")
    proof: rx.Field[str] = rx.field("")
    proof_note: rx.Field[str] = rx.field("")
    proof_href: rx.Field[str] = rx.field("")
    book_href: rx.Field[str] = rx.field("")
    assign_href: rx.Field[str] = rx.field("")
    history: rx.Field[list[HistoryRow]] = rx.field(default_factory=list)
    exemption: rx.Field[str] = rx.field("")
    exemption_note: rx.Field[str] = rx.field("")
    reason_error: rx.Field[str] = rx.field("")
    opened: rx.Field[int] = rx.field(0)
    """Counts what was opened; forms start afresh with it."""

    _exemption: str = ""

    @rx.event
    @access.requires(READ)
    async def open(self, member: str, key: str) -> EventSpec | None:
        """Show a person's standing for one requirement; for all of them where none is named."""
        self.opened, self.reason_error = self.opened + 1, ""
        try:
            await self._read(await actor_of(self), member, str(key))
        except PygmalionError as error:
            return toasts.bad(error_text(self._lang().code, error))
        # The same panel may be open already: one requirement leads to all, and back.
        return rx.call_script(f"(d => d && !d.open && d.showModal())(document.getElementById({PANEL!r}))")

    @rx.event
    @access.requires(MANAGE)
    async def exempt(self, form: dict[str, Any]) -> EventSpec | None:
        """Exempt the person from the requirement in view."""
        lang, actor = self._lang(), await actor_of(self)
        organization_id, user_id = await self._organization(), parse_id(self.member)
        if organization_id is None or user_id is None or not self.key:
            return None
        given = {"reason": text_of(form, "reason"), "until": text_of(form, "until") or None}
        try:
            wanted = ExemptInput.model_validate({"user_id": user_id, "requirement_key": self.key} | given)
            async with unit_of_work(actor) as uow:
                await exemptions.exempt(uow, organization_id, wanted)
        except ValidationError:
            self.reason_error = lang("cell-exempt-reason-needed")
            return None
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._again(actor)
        return toasts.ok(lang("cell-exempt-granted"))

    @rx.event
    @access.requires(MANAGE)
    async def end_exemption(self) -> EventSpec | None:
        """Take the exemption in view back."""
        lang, actor, exemption_id = self._lang(), await actor_of(self), parse_id(self._exemption)
        if exemption_id is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await exemptions.withdraw(uow, exemption_id)
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._again(actor)
        return toasts.ok(lang("cell-exempt-ended"))

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    async def _organization(self) -> UUID | None:
        return parse_id((await self.get_state(MatrixState)).organization)

    async def _again(self, actor: Actor) -> None:
        """Show what became of it; the cell itself follows when its status was computed."""
        self.opened, self.reason_error = self.opened + 1, ""
        await self._read(actor, self.member, self.key)

    async def _read(self, actor: Actor, member: str, key: str) -> None:
        lang, organization_id, user_id = self._lang(), await self._organization(), parse_id(member)
        if organization_id is None or user_id is None:
            raise NotFoundError
        day = asked_day(await self.get_state(MatrixState))
        async with unit_of_work(actor) as uow:
            found = await person(uow, organization_id, user_id, day)
            chosen = next((one for one in found.requirements if one.key == key), None)
            link = await _link_of(uow, _deciding(chosen)) if chosen else ""
        self.member, self.person = str(user_id), found.name
        self.key = chosen.key if chosen else ""
        self.place = place_of(lang, found.job_role, found.site)
        self.demands = [] if chosen else [_demand(lang, one) for one in found.requirements]
        if chosen is not None:
            self._show(lang, found, chosen, link)

    def _show(self, lang: Lang, found: PersonView, one: PersonRequirement, link: str) -> None:
        self.title = title_of(lang, one.title, one.title_en)
        self.word, self.tone = lang(f"compliance-status-{one.status}"), TONES[one.status]
        self.explained = explained_of(lang, one)
        late = one.status != Status.PLANNED and one.planned_on is not None
        self.booked = lang("cell-booked", day=day_of(lang, one.planned_on)) if late else ""
        self.advice = lang(f"cell-do-{one.status}" + ("-booked" if late and one.status == Status.EXPIRING else ""))
        proof = _deciding(one)
        self.proof = proof.title or self.title if proof else ""
        self.proof_note = _note_of(lang, proof) if proof else ""
        self.proof_href = link
        asked = {"q": one.codes[0]} if one.codes else {}
        self.book_href = f"{lang.path('catalog')}?{urlencode(asked)}"
        self.assign_href = f"{lang.path('team-assign')}?{urlencode({'people': str(found.user_id)} | asked)}"
        self.history = [*(_booking(lang, it) for it in one.bookings), *(_history(lang, it) for it in one.history)]
        waiver = one.exemption
        self._exemption = str(waiver.id) if waiver else ""
        self.exemption = waiver.reason if waiver else ""
        self.exemption_note = (
            (lang("cell-exempt-last", day=day_of(lang, waiver.until)) if waiver.until else lang("cell-exempt-forever"))
            if waiver
            else ""
        )


def explained_of(lang: Lang, one: PersonRequirement) -> str:
    """Return a status in a sentence, with its day."""
    if one.status == Status.COMPLIANT and one.until is None:
        return lang("cell-is-compliant-forever")
    day = one.planned_on if one.status == Status.PLANNED else one.until
    return lang(f"cell-is-{one.status}", day=day_of(lang, day))


def _deciding(one: PersonRequirement | None) -> ProofView | None:
    return next((proof for proof in one.history if proof.decides), None) if one else None


async def _link_of(uow: UnitOfWork, proof: ProofView | None) -> str:
    """Return where a proof can be looked at; nothing for what a manager may not see."""
    if proof is None or proof.kind != DecidedBy.CERTIFICATE:
        return ""
    try:
        view = await certificates.get(uow, proof.certificate_id)
    except NotFoundError:
        return ""
    return f"/verify/{view.verification_token}" if view.verification_token else ""


def _note_of(lang: Lang, proof: ProofView) -> str:
    kind = lang("cell-proof-here" if proof.kind == DecidedBy.CERTIFICATE else "cell-proof-elsewhere")
    return " · ".join(part for part in (kind, proof.issuer, proof.number) if part)


def _history(lang: Lang, proof: ProofView) -> HistoryRow:
    said = [lang("cell-obtained", day=day_of(lang, proof.obtained_on)), proof.issuer]
    if proof.until:
        said.append(lang("cell-until", day=day_of(lang, proof.until)))
    return HistoryRow("c" if proof.decides else "e", proof.title, " · ".join(part for part in said if part))


def _booking(lang: Lang, booking: BookingView) -> HistoryRow:
    when = lang("cell-booked", day=day_of(lang, booking.starts_on))
    return HistoryRow("p", booking.title, " · ".join(part for part in (when, booking.location) if part))


def _demand(lang: Lang, one: PersonRequirement) -> DemandRow:
    word = lang(f"compliance-status-{one.status}")
    day = one.planned_on if one.status == Status.PLANNED else one.until
    return DemandRow(
        key=one.key,
        title=title_of(lang, one.title, one.title_en),
        code=CODE_OF[one.status],
        text=f"{word} · {day_of(lang, day)}" if day else word,
    )
