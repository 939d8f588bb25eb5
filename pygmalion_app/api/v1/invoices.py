"""`/invoices`: what was invoiced, its PDF, transfers that paid it, statements, and what third parties decide."""

import asyncio
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import funding
from pygmalion_app.enrollments.schemas import FundingDecision, FundingView
from pygmalion_app.invoicing import queries, statements
from pygmalion_app.invoicing.schemas import (
    InvoiceQuery,
    InvoiceState,
    InvoiceView,
    RecordTransfer,
    Side,
    Statement,
)

router = APIRouter(tags=["invoices"])

Month = Annotated[
    str | None,
    Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="A month, as 2026-11; this one where none is given"),
]
_PRIVATE = {"Cache-Control": "private, no-store"}


def first_day(month: str | None) -> date | None:
    """Return the first day of a month that the pattern let through."""
    return date(int(month[:4]), int(month[5:]), 1) if month else None


@router.get("/invoices")
async def invoices(
    actor: SignedInActor,
    paging: Paging,
    organization_id: Annotated[UUID | None, Query(alias="organizationId")] = None,
    side: Annotated[Side | None, Query()] = None,
    month: Month = None,
    state: Annotated[InvoiceState | None, Query()] = None,
    order_id: Annotated[UUID | None, Query(alias="orderId")] = None,
) -> Listed[InvoiceView]:
    """Return invoices and credit notes that one issued, received or owes, newest first."""
    wanted = InvoiceQuery(
        organization_id=organization_id,
        side=side,
        month=first_day(month),
        state=state,
        order_id=order_id,
    )
    async with unit_of_work(actor) as uow:
        return listed(await queries.invoices(uow, wanted, paging), lambda item: item)


@router.get("/invoices.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def invoices_csv(
    actor: SignedInActor,
    organization_id: Annotated[UUID | None, Query(alias="organizationId")] = None,
    side: Annotated[Side | None, Query()] = None,
    month: Month = None,
    state: Annotated[InvoiceState | None, Query()] = None,
) -> Response:
    """Return the same list whole, as CSV."""
    wanted = InvoiceQuery(organization_id=organization_id, side=side, month=first_day(month), state=state)
    async with unit_of_work(actor) as uow:
        content = statements.invoices_as_csv(await queries.all_invoices(uow, wanted))
    headers = {"Content-Disposition": 'attachment; filename="invoices.csv"', **_PRIVATE}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/invoices/{id}")
async def invoice(invoice_id: PathId, actor: SignedInActor) -> Success[InvoiceView]:
    """Return an invoice to its issuer or its buyer."""
    async with unit_of_work(actor) as uow:
        return ok(await queries.invoice(uow, invoice_id))


@router.get("/invoices/{id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def pdf(invoice_id: PathId, actor: SignedInActor) -> Response:
    """Return the PDF/A-3 with its Factur-X XML; 409 during the seconds in which it is made."""
    async with unit_of_work(actor) as uow:
        name, content = await queries.document(uow, invoice_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **_PRIVATE}
    return Response(content, media_type="application/pdf", headers=headers)


@router.post("/invoices/{id}/transfers", status_code=201)
async def record_transfer(invoice_id: PathId, actor: SignedInActor, command: RecordTransfer) -> Success[InvoiceView]:
    """Record a bank transfer that was received for an invoice (negative: sent back), in part or whole."""
    async with unit_of_work(actor) as uow:
        return ok(await funding.record_transfer(uow, invoice_id, command))


@router.post("/payments/{id}/transfers", status_code=201)
async def record_transfer_of_payment(
    payment_id: PathId, actor: SignedInActor, command: RecordTransfer
) -> Success[InvoiceView]:
    """Record a bank transfer for the buyer's invoice of a payment by invoice."""
    async with unit_of_work(actor) as uow:
        return ok(await funding.record_transfer_of_payment(uow, payment_id, command))


@router.get("/organizations/{id}/statement")
async def statement(organization_id: PathId, actor: SignedInActor, month: Month = None) -> Success[Statement]:
    """Return an organisation's account as a buyer for a month: invoices, credit notes, payments, balance."""
    async with unit_of_work(actor) as uow:
        return ok(await statements.statement(uow, organization_id, first_day(month)))


@router.get(
    "/organizations/{id}/statement.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}}
)
async def statement_csv(organization_id: PathId, actor: SignedInActor, month: Month = None) -> Response:
    """Return the same as CSV."""
    async with unit_of_work(actor) as uow:
        found = await statements.statement(uow, organization_id, first_day(month))
    headers = {"Content-Disposition": f'attachment; filename="statement-{found.month:%Y-%m}.csv"', **_PRIVATE}
    return Response(statements.as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


@router.get(
    "/organizations/{id}/statement.pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}}
)
async def statement_pdf(
    organization_id: PathId,
    actor: SignedInActor,
    month: Month = None,
    locale: Annotated[str, Query(max_length=10)] = "fr",
) -> Response:
    """Return the same as a document, in French or English."""
    # Typesetting stays out of the processes that make no documents, until somebody asks for one.
    from pygmalion_app.invoicing.document.statement import render_statement

    async with unit_of_work(actor) as uow:
        found = await statements.statement(uow, organization_id, first_day(month))
    content = await asyncio.to_thread(render_statement, found, locale)
    headers = {"Content-Disposition": f'attachment; filename="statement-{found.month:%Y-%m}.pdf"', **_PRIVATE}
    return Response(content, media_type="application/pdf", headers=headers)


@router.get("/orders/{id}/funding")
async def order_funding(order_id: PathId, actor: SignedInActor) -> Success[tuple[FundingView, ...]]:
    """Return the shares that third parties take on, to an order's buyer and seller."""
    async with unit_of_work(actor) as uow:
        return ok(await funding.of_order(uow, order_id))


@router.post("/funding/{id}/decision")
async def decide(funding_id: PathId, actor: SignedInActor, decision: FundingDecision) -> Success[FundingView]:
    """Record what a third party said of its share: agreed, it is invoiced; refused, the buyer is."""
    async with unit_of_work(actor) as uow:
        return ok(await funding.decide(uow, funding_id, decision))
