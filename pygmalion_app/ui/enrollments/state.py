"""Enrolling on a session: who takes part, who pays, what it costs."""

from typing import Any
from uuid import UUID

import reflex as rx
from pydantic import ValidationError

from pygmalion_app.accounts import service as accounts
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.i18n import format_duration, format_moment
from pygmalion_app.core.ids import new_token
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import overview, service, waiting_list
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import PlaceOrder
from pygmalion_app.enrollments.waiting_schemas import WaitingView
from pygmalion_app.organizations import service as organizations
from pygmalion_app.ui import access, live
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.enrollments.contract_state import ContractState
from pygmalion_app.ui.enrollments.enrol_people import EnrolPeople
from pygmalion_app.ui.enrollments.rows import CompanyRow, PersonRow, TeamRow, person_of
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.invoicing.choice_state import PaymentChoice


class EnrolState(EnrolPeople, rx.State):
    """The enrolment form of one session."""

    phase: rx.Field[str] = rx.field("loading")
    session_id: rx.Field[str] = rx.field("")
    slug: rx.Field[str] = rx.field("")
    course: rx.Field[str] = rx.field("")
    organization: rx.Field[str] = rx.field("")
    days: rx.Field[str] = rx.field("")
    hours: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    duration: rx.Field[str] = rx.field("")
    seats_left: rx.Field[int] = rx.field(0)
    kept_until: rx.Field[str] = rx.field("")
    """Until when seats are kept for the reader, who waited for them: ISO 8601, empty when none are."""
    kept_text: rx.Field[str] = rx.field("")
    refund_rules: rx.Field[list[str]] = rx.field(default_factory=list)

    companies: rx.Field[list[CompanyRow]] = rx.field(default_factory=list)
    company: rx.Field[str] = rx.field("")

    busy: rx.Field[bool] = rx.field(False)

    _key: str = ""
    _me: PersonRow | None = None
    _kept: WaitingView | None = None

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Begin a new form for the session in the page's address."""
        actor = await actor_of(self)
        self._reset_form()
        session_id = id_in_path(self.router.url.path)
        if session_id is None:
            self.phase = "missing"
            return
        try:
            await self._load_offer(actor, session_id)
        except NotFoundError:
            self.phase = "missing"
            return
        await self._load_buyers(actor)
        if self.companies:
            await self._load_team(actor)
        self._choose_payer("company" if self.companies else "individual")
        if self._kept:
            await self._choose_kept(actor, self._kept)
        await self._watch_seats()
        self.phase = "form" if self._offer and self._offer.open else "closed"

    @rx.event
    @access.signed_in
    def choose_payer(self, payer: str) -> None:
        """Choose who pays; a person who pays alone enrols nobody else."""
        if payer in {"company", "individual"} and (payer == "individual" or self.companies):
            self._choose_payer(payer)

    @rx.event
    @access.signed_in
    async def choose_company(self, company: str) -> None:
        """Choose for which company one buys; its team is offered."""
        if company in {row.id for row in self.companies}:
            self.company = company
            await self._load_team(await actor_of(self))

    @rx.event
    @access.signed_in
    async def book(self) -> Any:
        """Hold the seats and go on to the payment; repeating it books once."""
        if self.busy or not self.people or self.blocked or self._offer is None:
            return
        self.busy, self.error = True, ""
        yield
        lang, actor, contract = self._lang(), await actor_of(self), await self.get_state(ContractState)
        choice = await self.get_state(PaymentChoice)
        try:
            order = await service.enroll(actor, choice._chosen(contract._signed(self._command())), self._key)  # noqa: SLF001
        except (PygmalionError, ValidationError) as error:
            self.busy = False
            await contract._refused(error)  # noqa: SLF001 - a public method would be an event handler
            known = error if isinstance(error, PygmalionError) else None
            self.error = error_text(lang.code, known) if known else lang("enrol-refused")
            await self._load_offer(actor, self._offer.session_id)
            await self._watch_seats()
            self._refresh()
            return
        yield rx.redirect(lang.path("order", order_id=str(order.order_id)))

    @rx.event
    @access.signed_in
    async def kept_no_more(self) -> None:
        """Go on without the seats that were kept: the time for them is over."""
        if self._offer is not None:
            await self._load_offer(await actor_of(self), self._offer.session_id)
            await self._watch_seats()

    async def _watch_seats(self) -> None:
        # Seats that are kept for the reader are taken for everybody else: no live count concerns them.
        await live.watch(self, [] if self._kept else [self.session_id], with_waiting=True)

    async def _choose_kept(self, actor: Actor, kept: WaitingView) -> None:
        """Begin with what was said when joining the waiting list: who buys, and for whom."""
        if kept.organization_id and str(kept.organization_id) in {row.id for row in self.companies}:
            self.company = str(kept.organization_id)
            await self._load_team(actor)
            self._choose_payer("company")
            self._add([PersonRow(str(one.email).lower(), one.first_name, one.last_name) for one in kept.participants])
        elif kept.organization_id is None:
            self._choose_payer("individual")

    def _reset_form(self) -> None:
        self.phase, self.busy, self.error, self._key = "loading", False, "", new_token(16)
        self.people, self.bad_lines, self.companies, self.team = [], [], [], []
        self.pasted = self.team_query = self.email_error = self.first_name_error = self.last_name_error = ""
        self._forget_code()
        self._colleagues, self._enrolled, self._offer, self.source = [], frozenset(), None, "team"

    async def _load_offer(self, actor: Actor, session_id: UUID) -> None:
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            offer = await overview.offer(uow, session_id)
            kept = self._kept = await waiting_list.offer_in(uow, session_id)
            self._enrolled = await overview.already_enrolled(uow, session_id)
            me = await accounts.profile(uow)
        self._offer, self._me = offer, PersonRow(me.email.lower(), me.first_name, me.last_name)
        self.session_id, self.slug, self.seats_left = str(session_id), offer.course_slug, offer.seats_left
        self.kept_until = self.kept_text = ""
        if kept and kept.offer_expires_at:
            self.seats_left, self.kept_until = kept.quantity, kept.offer_expires_at.isoformat()
            deadline = format_moment(lang.code, kept.offer_expires_at, offer.time_zone)
            self.kept_text = lang("waiting-enrol", quantity=kept.quantity, deadline=deadline)
        self.course = title_of(lang, offer.course_title, offer.course_title_en)
        self.organization = offer.organization_name
        self.days = days_of(lang, offer.starts_at, offer.ends_at, offer.time_zone)
        self.hours = hours_of(lang, offer.starts_at, offer.ends_at, offer.time_zone)
        self.place = place_of(lang, offer.location, offer.address)
        self.duration = format_duration(lang.code, offer.duration_minutes)
        self.refund_rules = [
            lang("refund-rule", percent=tier["percent"], days=tier["days_before"])
            for tier in sorted(offer.refund_tiers, key=lambda tier: -tier["days_before"])
        ]

    async def _load_buyers(self, actor: Actor) -> None:
        async with unit_of_work(actor) as uow:
            for organization_id in actor.organizations_with(Permission.ENROLLMENT_CREATE):
                found = await organizations.organization(uow, organization_id)
                self.companies = [*self.companies, CompanyRow(str(found.id), found.name)]
        self.company = self.companies[0].id if self.companies else ""

    async def _load_team(self, actor: Actor) -> None:
        async with unit_of_work(actor) as uow:
            members = await organizations.team(uow, UUID(self.company))
        self._colleagues = [
            TeamRow(
                email=member.email.lower(),
                first_name=member.first_name,
                last_name=member.last_name,
                job=member.job_role or "",
                enrolled=member.email.lower() in self._enrolled,
            )
            for member in members
        ]
        self._show_team()

    def _choose_payer(self, payer: str) -> None:
        self.payer, self.error = payer, ""
        self.people = [self._me] if payer == "individual" and self._me else []
        self._refresh()

    def _command(self) -> PlaceOrder:
        return PlaceOrder(
            session_id=UUID(self.session_id),
            payer=Payer(self.payer),
            participants=tuple(person_of(row) for row in self.people),
            organization_id=UUID(self.company) if self.payer == "company" else None,
            waiting_list_entry_id=self._kept.id if self._kept else None,
            discount_code=self.code or None,
        )
