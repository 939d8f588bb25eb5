"""How a company pays an order: by card now, by invoice later, with a third party's share."""

from uuid import UUID

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import invoice_orders
from pygmalion_app.enrollments.errors import FundingTooLargeError
from pygmalion_app.enrollments.funding_models import FundingKind
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import FundingShare, PlaceOrder
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.forms import id_in_path
from pygmalion_app.ui.i18n import lang_of_path
from pygmalion_app.ui.invoicing.rows import cents_of

_WRITTEN = {"purchase_order": 60, "funder": 120, "dossier": 60, "share": 20}


class PaymentChoice(rx.State):
    """What the enrolment form says of the payment, beside its participants."""

    offered: rx.Field[bool] = rx.field(False)
    """Whether this seller lets this company pay by invoice, and others pay a share."""
    invoice_text: rx.Field[str] = rx.field("")
    method: rx.Field[str] = rx.field("card")
    purchase_order: rx.Field[str] = rx.field("")
    funded: rx.Field[bool] = rx.field(False)
    kind: rx.Field[str] = rx.field("opco")
    funder: rx.Field[str] = rx.field("")
    dossier: rx.Field[str] = rx.field("")
    share: rx.Field[str] = rx.field("")

    _company: str = ""

    @rx.event
    @access.signed_in
    async def load(self, company: str) -> None:
        """Begin anew for a company: what its seller offers it."""
        self.method, self.purchase_order, self.funded, self.kind = "card", "", False, "opco"
        self.funder = self.dossier = self.share = ""
        self._company, self.offered = str(company)[:40], False
        session_id, company_id = id_in_path(self.router.url.path), parse_id(self._company)
        if session_id is None or company_id is None:
            return
        lang = lang_of_path(self.router.url.path)
        self.invoice_text = lang("enrol-payment-invoice-text", days=str(container().settings.invoice_due_days))
        self.offered = await self._is_offered(session_id, company_id)

    @rx.event
    @access.signed_in
    def choose_method(self, method: str) -> None:
        """Choose to pay by card or by invoice."""
        self.method = "invoice" if method == "invoice" and self.offered else "card"

    @rx.event
    @access.signed_in
    def choose_funding(self, funded: bool) -> None:
        """Tell whether a third party pays a share."""
        self.funded = funded is True and self.offered

    @rx.event
    @access.signed_in
    def choose_kind(self, kind: str) -> None:
        """Choose who the third party is."""
        if kind in set(FundingKind):
            self.kind = kind

    @rx.event
    @access.signed_in
    def write(self, name: str, text: str) -> None:
        """Take what was typed."""
        if name in _WRITTEN:
            setattr(self, name, str(text)[: _WRITTEN[name]])

    async def _is_offered(self, session_id: UUID, company_id: UUID) -> bool:
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                return await invoice_orders.is_offered(uow, session_id, company_id)
        except PygmalionError:
            return False

    def _chosen(self, command: PlaceOrder) -> PlaceOrder:
        """Return an order with what was chosen here. Raises FundingTooLargeError for a share that is no amount."""
        if command.payer is not Payer.COMPANY or not self.offered or str(command.organization_id) != self._company:
            return command
        shares: tuple[FundingShare, ...] = ()
        if self.funded:
            cents = cents_of(self.share) or 0
            if cents <= 0 or not self.dossier.strip() or len(self.funder.strip()) < 2:  # noqa: PLR2004 - a name
                raise FundingTooLargeError(field="funding")
            shares = (
                FundingShare(
                    kind=FundingKind(self.kind),
                    name=self.funder.strip(),
                    dossier=self.dossier.strip(),
                    amount_cents=cents,
                ),
            )
        method = "invoice" if self.method == "invoice" else "card"
        changes = {"payment_method": method, "purchase_order": self.purchase_order.strip(), "funding": shares}
        return command.model_copy(update=changes)
