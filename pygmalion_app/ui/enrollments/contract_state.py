"""The contract on the enrolment form: read, then accepted."""

from dataclasses import dataclass

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import contracts, overview
from pygmalion_app.enrollments.errors import ContractChangedError, ContractRequiredError
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import PlaceOrder
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.enrollments.schedule import Due, Moment, moments
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import Lang, lang_of_path


@dataclass
class ContractPart:
    """A heading of the contract and its paragraphs."""

    id: str
    heading: str
    lines: list[str]


class ContractState(rx.State):
    """What an individual agrees to. `phase`: loading, ready, free (nothing to pay, nothing to agree to), refused."""

    phase: rx.Field[str] = rx.field("loading")
    title: rx.Field[str] = rx.field("")
    organization: rx.Field[str] = rx.field("")
    parts: rx.Field[list[ContractPart]] = rx.field(default_factory=list)
    schedule: rx.Field[list[Moment]] = rx.field(default_factory=list)
    total_text: rx.Field[str] = rx.field("")
    accepted: rx.Field[bool] = rx.field(False)
    error: rx.Field[str] = rx.field("")

    _hash: str = ""
    _session_id: str = ""
    _code: str = ""

    @rx.event
    @access.signed_in
    async def load(self, discount_code: str = "") -> None:
        """Read the contract for the session in the page's address, with what a code takes off its price."""
        await self._read(str(discount_code)[:40])

    @rx.event
    @access.signed_in
    def accept(self, accepted: bool) -> None:
        """Tick or untick the box."""
        self.accepted, self.error = accepted is True, ""

    async def _read(self, discount_code: str) -> None:
        lang = self._lang()
        self.accepted, self.error, self._hash, self._code = False, "", "", discount_code
        session_id = id_in_path(self.router.url.path)
        if session_id is None:
            self.phase = "refused"
            return
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await contracts.contract(uow, session_id, lang.code, discount_code or None)
                offer = await overview.offer(uow, session_id)
        except PygmalionError as error:
            self.phase, self.error = "refused", error_text(lang.code, error)
            return
        self.title, self.organization = found.title, offer.organization_name
        self.parts = [ContractPart(part.id, part.heading, list(part.lines)) for part in found.sections]
        self.schedule = [
            Moment(lang("schedule-today"), lang("schedule-today-text"), amount=format_money(lang.code, 0)),
            *moments(
                lang,
                found.withdrawal_ends_at,
                (offer.starts_at, offer.ends_at, offer.time_zone),
                [Due(stage.number, stage.due_at, stage.amount_cents) for stage in found.stages],
                found.currency,
            ),
        ]
        self.total_text = format_money(lang.code, found.amount_cents, found.currency)
        self._hash, self._session_id = found.hash, str(session_id)
        self.phase = "ready" if found.amount_cents else "free"

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)

    def _signed(self, command: PlaceOrder) -> PlaceOrder:
        """Return an order with the acceptance that stands on the page. Raises ContractRequiredError."""
        if command.payer is not Payer.INDIVIDUAL or self.phase == "free":
            return command
        if not self.accepted or not self._hash or parse_id(self._session_id) != command.session_id:
            raise ContractRequiredError(field="contract_accepted")
        return command.model_copy(update={"contract_accepted": True, "contract_hash": self._hash})

    async def _refused(self, error: Exception) -> None:
        """Say at the box what is missing; what has changed is shown, to be read and accepted anew."""
        if isinstance(error, ContractChangedError):
            await self._read(self._code)
        if isinstance(error, ContractRequiredError):
            self.error = self._lang()("contract-accept-error")
