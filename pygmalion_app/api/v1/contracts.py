"""An individual's contract, its instalments and the withdrawal from it; a company's agreement."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import contracts, convention, instalments, withdrawal
from pygmalion_app.enrollments.instalments import InstalmentView
from pygmalion_app.enrollments.schemas import ContractView
from pygmalion_app.enrollments.withdrawal import Withdraw, WithdrawalView

router = APIRouter()
Locale = Annotated[str, Query(max_length=10)]


async def _instalment_id(value: Annotated[str, Path(alias="instalmentId")]) -> UUID:
    found = parse_id(value)
    if found is None:
        raise NotFoundError
    return found


@router.get("/enrollments/contract", tags=["enrollments"])
async def contract(
    actor: SignedInActor,
    session_id: Annotated[UUID, Query(alias="sessionId")],
    discount_code: Annotated[str | None, Query(alias="discountCode", min_length=1, max_length=40)] = None,
    locale: Locale = "fr",
) -> Success[ContractView]:
    """Return the contract that a self-funded individual agrees to by ordering today, with its hash."""
    async with unit_of_work(actor) as uow:
        return ok(await contracts.contract(uow, session_id, locale, discount_code))


@router.get("/orders/{id}/contract", tags=["orders"], response_class=Response)
async def contract_document(order_id: PathId, actor: SignedInActor) -> Response:
    """Return the accepted contract as PDF, to the buyer and the training organisation."""
    async with unit_of_work(actor) as uow:
        return _pdf(await contracts.document(uow, order_id), "contract", order_id)


@router.get("/orders/{id}/convention", tags=["orders"], response_class=Response)
async def convention_document(order_id: PathId, actor: SignedInActor, locale: Locale = "fr") -> Response:
    """Return the training agreement of a company's confirmed order as PDF, to either party."""
    async with unit_of_work(actor) as uow:
        return _pdf(await convention.convention(uow, order_id, locale), "convention", order_id)


@router.get("/sessions/{id}/conventions", tags=["sessions"], response_class=Response)
async def session_conventions(session_id: PathId, actor: SignedInActor, locale: Locale = "fr") -> Response:
    """Return the training agreements of a session's companies in one PDF, to its training organisation."""
    async with unit_of_work(actor) as uow:
        return _pdf(await convention.conventions(uow, session_id, locale), "conventions", session_id)


@router.get("/orders/{id}/instalments", tags=["orders"])
async def order_instalments(order_id: PathId, actor: SignedInActor) -> Success[tuple[InstalmentView, ...]]:
    """Return when how much of an individual's order is charged; empty for an order without a saved card."""
    async with unit_of_work(actor) as uow:
        return ok(await instalments.of_order(uow, order_id))


@router.post("/orders/{id}/instalments/{instalmentId}/checkout", tags=["orders"])
async def pay_instalment(
    order_id: PathId, instalment_id: Annotated[UUID, Depends(_instalment_id)], actor: SignedInActor
) -> Success[dict[str, str]]:
    """Open a page on which a refused instalment is paid with any card."""
    return ok({"checkoutUrl": await instalments.pay_now(actor, order_id, instalment_id)})


@router.get("/orders/{id}/withdrawal", tags=["orders"])
async def look_at_withdrawal(order_id: PathId, actor: SignedInActor, locale: Locale = "fr") -> Success[WithdrawalView]:
    """Return how it stands with a contract: whether one can withdraw until when, or has."""
    async with unit_of_work(actor) as uow:
        return ok(await withdrawal.look(uow, order_id, locale))


@router.post("/orders/{id}/withdrawal", tags=["orders"])
async def withdraw(order_id: PathId, command: Withdraw, actor: SignedInActor) -> Success[WithdrawalView]:
    """Withdraw in two steps: the first call returns the statement, the second sends its `confirmation` back."""
    async with unit_of_work(actor) as uow:
        return ok(await withdrawal.withdraw(uow, order_id, command))


@router.get("/orders/{id}/withdrawal/receipt", tags=["orders"], response_class=Response)
async def withdrawal_receipt(order_id: PathId, actor: SignedInActor) -> Response:
    """Return the receipt of a withdrawal as PDF."""
    async with unit_of_work(actor) as uow:
        return _pdf(await withdrawal.receipt(uow, order_id), "withdrawal", order_id)


def _pdf(content: bytes, name: str, of: UUID) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{of}.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type="application/pdf", headers=headers)
