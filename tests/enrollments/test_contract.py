"""The contract of a self-funded individual: read, accepted as it was read, kept, and sent."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from sqlalchemy import select, text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.contract_models import Contract
from pygmalion_app.enrollments.models import Order
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.individual import LEA, acceptance, ordered, saved
from tests.enrollments.test_booking import bearer

RunJobs = Callable[[], Awaitable[None]]


def order(session: object, **more: Any) -> dict[str, Any]:
    return {"sessionId": str(session), "payer": "individual", "participants": [LEA], **more}


async def test_it_says_everything_that_the_law_wants(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    lea = bearer(container, cast.lea)
    for locale in ("fr", "en"):
        answer = await api.get(
            "/enrollments/contract", params={"sessionId": str(cast.session), "locale": locale}, headers=lea
        )
        said = answer.json()["data"]
        assert [section["id"] for section in said["sections"]] == [
            "parties", "subject", "programme", "before", "means", "when", "price", "payment", "withdrawal",
            "stopping", "force-majeure", "disagreement",
        ]  # fmt: skip
        words = " ".join(line for section in said["sections"] for line in section["lines"])
        for fact in (
            "Lea Test",
            "lea@test.example",
            "Ecole du Ciel",
            "L6353-7",
            "1\u202f140" if locale == "fr" else "1,140",
        ):
            assert fact in words
        assert [stage["amountCents"] for stage in said["stages"]] == [34_200, 79_800]
        assert said["withdrawalEndsAt"] < said["stages"][0]["dueAt"] < said["stages"][1]["dueAt"]


REFUSED = (
    ({"contractAccepted": False}, 422, "contract_required"),
    ({"contractHash": None}, 422, "contract_required"),
    ({"contractHash": "0" * 64}, 409, "contract_changed"),
    ({"contractHash": "no hash"}, 422, "invalid_input"),
)


async def test_nobody_orders_without_accepting_it(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    lea = bearer(container, cast.lea)
    body = order(cast.session) | await acceptance(api, lea, cast.session)
    for change, status, code in REFUSED:
        answer = await api.post("/enrollments", json=body | change, headers=lea)
        assert (answer.status_code, answer.json()["code"]) == (status, code), change
    async with unit_of_work(SYSTEM) as uow:
        assert (await uow.session.execute(select(Order))).first() is None


CHANGES = (
    "UPDATE sessions SET price_cents = 96000",
    "UPDATE sessions SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'",
    "UPDATE courses SET refund_tiers = '[]'",
    "UPDATE courses SET description = 'Autre chose.'",
    "UPDATE users SET last_name = 'Autre' WHERE first_name = 'Lea'",
)


async def test_what_changed_since_it_was_read_is_not_accepted(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    lea = bearer(container, cast.lea)
    for change in CHANGES:
        accepted = await acceptance(api, lea, cast.session)
        async with unit_of_work(SYSTEM) as uow:
            await uow.session.execute(text(change))
        answer = await api.post("/enrollments", json=order(cast.session) | accepted, headers=lea)
        assert answer.json()["code"] == "contract_changed", change
    accepted = await acceptance(api, lea, cast.session)
    assert (await api.post("/enrollments", json=order(cast.session) | accepted, headers=lea)).status_code == 201


async def test_another_day_has_another_contract(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    accepted = await acceptance(api, bearer(container, cast.lea), cast.session)
    clock.move(days=2)
    answer = await api.post("/enrollments", json=order(cast.session) | accepted, headers=bearer(container, cast.lea))
    assert answer.json()["code"] == "contract_changed"


async def test_the_words_are_kept_sent_and_to_be_had_as_pdf_by_the_parties_alone(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    lea = bearer(container, cast.lea)
    booked = await saved(api, lea, cast.session)
    path = f"/orders/{booked['orderId']}/contract"
    early = await api.get(path, headers=lea)
    await run_jobs()
    kept = await api.get(path, headers=lea)
    assert kept.headers["content-type"] == "application/pdf"
    assert kept.content.startswith(b"%PDF-")
    assert early.content == kept.content, "before the job and after it"
    async with unit_of_work(SYSTEM) as uow:
        contract = (await uow.session.execute(select(Contract))).scalar_one()
        found = (await uow.session.execute(select(Order))).scalar_one()
    assert contract.file_sha256 == hashlib.sha256(kept.content).digest()
    assert contract.accepted_at == container.clock.now()
    assert found.withdrawal_ends_at is not None
    for actor, status in ((cast.olga, 200), (cast.marc, 404), (cast.tom, 404), (cast.stranger, 404)):
        assert (await api.get(path, headers=bearer(container, actor))).status_code == status
    mails = (await api.get("/dev/mailbox", params={"to": "lea@test.example"})).json()["data"]
    copy = next(mail for mail in mails if mail["subject"].startswith("Votre contrat"))
    assert "L6353-7" in copy["text"]
    assert "se rétracter sans motif" in copy["text"]


async def test_a_contract_with_a_discount_has_the_price_that_is_ordered(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    lea = bearer(container, cast.lea)
    made = await api.post(
        f"/organizations/{cast.school}/discounts",
        json={"code": "MOITIE", "percent": 50, "maxUses": 1},
        headers=bearer(container, cast.olga),
    )
    assert made.status_code == 201, made.text
    full = await acceptance(api, lea, cast.session)
    half = await acceptance(api, lea, cast.session, discountCode="MOITIE")
    wrong = await api.post("/enrollments", json=order(cast.session, discountCode="MOITIE") | full, headers=lea)
    assert wrong.json()["code"] == "contract_changed"
    headers = lea | {"Idempotency-Key": "once"}
    for _ in range(2):
        answer = await api.post("/enrollments", json=order(cast.session, discountCode="MOITIE") | half, headers=headers)
        assert answer.status_code == 201, answer.text
        assert answer.json()["data"]["amountCents"] == 57_000


async def test_a_company_needs_none(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    marc = bearer(container, cast.marc)
    body = order(cast.session) | {"payer": "company"}
    booked = (await api.post("/enrollments", json=body, headers=marc)).json()["data"]
    assert (await api.get(f"/orders/{booked['orderId']}/contract", headers=marc)).status_code == 404
    assert (await api.get(f"/orders/{booked['orderId']}/withdrawal", headers=marc)).status_code == 404
    assert booked["withdrawalEndsAt"] is None


async def test_an_order_that_waits_for_its_card_has_its_contract(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    lea = bearer(container, cast.lea)
    booked = await ordered(api, lea, cast.session)
    assert (await api.get(f"/orders/{booked['orderId']}/contract", headers=lea)).status_code == 200
    assert (await api.get(f"/orders/{booked['orderId']}/instalments", headers=lea)).json()["data"] == []
