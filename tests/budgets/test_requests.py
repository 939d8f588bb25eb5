"""Asking one's company: who may, who answers, two managers above the limit, and what expires."""

import httpx
import pytest
from sqlalchemy import select

from pygmalion_app.budgets import jobs, request_queries, requests
from pygmalion_app.budgets.assignment import assign
from pygmalion_app.budgets.errors import AlreadyAskedError, OtherManagerNeededError, RequestOverError
from pygmalion_app.budgets.models import RequestState, TrainingRequest
from pygmalion_app.budgets.schemas import Approve, AskForTraining, Refuse
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.errors import SessionFullError
from tests.budgets.facts import SEAT, add_team, booking, summary, told
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import RunJobs, bearer
from tests.invoicing.conftest import partners as partners  # noqa: PLC0414 - a fixture

BY_INVOICE = "invoice"


async def test_a_learner_asks_a_manager_approves_and_it_is_booked(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs
) -> None:
    team, lea, marc = await add_team(partners), bearer(container, partners.lea), bearer(container, partners.marc)
    body = {"sessionId": str(partners.session), "reason": "Badge à renouveler"}
    asked = (await api.post("/training-requests", json=body, headers=lea)).json()["data"]
    assert (asked["state"], asked["amountCents"], asked["people"]) == ("requested", SEAT, ["Lea Test"])
    again = await api.post("/training-requests", json=body, headers=lea)
    assert (again.status_code, again.json()["code"]) == (409, "already_asked")
    queue = f"/organizations/{partners.company}/training-requests"
    waiting = (await api.get(queue, headers=marc)).json()["data"]
    assert [(one["requestedByName"], one["reason"]) for one in waiting] == [("Lea Test", "Badge à renouveler")]
    way = f"/training-requests/{asked['id']}/approve"
    assert (await api.post(way, json={}, headers=lea)).status_code == 404
    answer = {"costCenterId": str(team.center), "paymentMethod": "invoice", "note": "Bonne formation"}
    approved = (await api.post(way, json=answer, headers=marc)).json()["data"]
    assert (approved["state"], approved["note"]) == ("approved", "Bonne formation")
    assert told(await summary(team)) == (SEAT, 0, 0)
    seen = (await api.get(f"/orders/{approved['orderId']}", headers=marc)).json()["data"]
    assert [seat["enrollment"]["participant"]["firstName"] for seat in seen["seats"]] == ["Lea"]
    assert (await api.post(way, json=answer, headers=marc)).json()["code"] == "request_over"
    await run_jobs()
    answered = (await api.get("/dev/mailbox", params={"to": "lea@test.example"})).json()["data"]
    assert any(mail["subject"].startswith("Demande acceptée") for mail in answered)
    told_of = (await api.get("/dev/mailbox", params={"to": "marc@test.example"})).json()["data"]
    assert any(mail["subject"].startswith("Demande de formation") for mail in told_of)


async def test_above_the_limit_two_managers_agree(container: Container, partners: Cast) -> None:
    team = await add_team(partners, limit=SEAT)
    command = AskForTraining.model_validate(
        {
            "session_id": partners.session,
            "user_ids": team.people,
            "cost_center_id": team.center,
            "payment_method": BY_INVOICE,
        }
    )
    async with unit_of_work(partners.marc) as uow:
        asked = await requests.ask(uow, command)
    answer = Approve(cost_center_id=team.center, payment_method=BY_INVOICE)
    with pytest.raises(OtherManagerNeededError):
        async with unit_of_work(partners.marc) as uow:
            await requests.approve(uow, asked, answer)
    async with unit_of_work(team.second) as uow:
        assert await requests.approve(uow, asked, answer) == RequestState.APPROVED
    assert told(await summary(team)) == (3 * SEAT, 0, 0)


async def test_a_first_approval_above_the_limit_waits_for_another(container: Container, partners: Cast) -> None:
    team = await add_team(partners, limit=SEAT - 1)
    async with unit_of_work(partners.lea) as uow:
        asked = await requests.ask(uow, AskForTraining(session_id=partners.session))
    answer = Approve(cost_center_id=team.center, payment_method=BY_INVOICE)
    async with unit_of_work(partners.marc) as uow:
        assert await requests.approve(uow, asked, answer) == RequestState.SECONDED
    assert told(await summary(team)) == (0, 0, 0)
    async with unit_of_work(team.second) as uow:
        (waiting,) = (await request_queries.queue(uow, partners.company, PageRequest())).items
        assert (waiting.first_approved_by_name, waiting.cost_center_id) == ("Marc Test", team.center)
        assert await requests.approve(uow, asked, answer) == RequestState.APPROVED


async def test_a_booking_that_fails_leaves_the_request_as_it_was(container: Container, partners: Cast) -> None:
    team = await add_team(partners, seats=9)
    async with unit_of_work(partners.lea) as uow:
        asked = await requests.ask(uow, AskForTraining(session_id=partners.session))
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE sessions SET capacity = 1 WHERE id = %(id)s", id=partners.session)
    async with unit_of_work(partners.marc) as uow:
        await assign(uow, booking(team, team.people[0], payment_method=BY_INVOICE))
    with pytest.raises(SessionFullError):
        async with unit_of_work(partners.marc) as uow:
            await requests.approve(uow, asked, Approve(cost_center_id=team.center, payment_method=BY_INVOICE))
    async with unit_of_work(partners.lea) as uow:
        (own,) = (await request_queries.mine(uow, PageRequest())).items
        assert (own.state, own.order_id) == ("requested", None)


async def test_only_those_concerned_ask_answer_and_withdraw(container: Container, partners: Cast) -> None:
    team = await add_team(partners)
    for actor, command in (
        (partners.tom, AskForTraining(session_id=partners.session)),
        (partners.stranger, AskForTraining(session_id=partners.session, organization_id=partners.company)),
        (partners.lea, AskForTraining(session_id=partners.session, user_ids=team.people)),
        (partners.lea, AskForTraining(session_id=partners.session, cost_center_id=team.center)),
    ):
        with pytest.raises(PermissionDeniedError):
            async with unit_of_work(actor) as uow:
                await requests.ask(uow, command)
    async with unit_of_work(partners.lea) as uow:
        asked = await requests.ask(uow, AskForTraining(session_id=partners.session))
    with pytest.raises(NotFoundError):
        async with unit_of_work(partners.stranger) as uow:
            await requests.refuse(uow, asked, Refuse(note="non"))
    with pytest.raises(NotFoundError):
        async with unit_of_work(partners.marc) as uow:
            await requests.withdraw(uow, asked)
    async with unit_of_work(partners.lea) as uow:
        await requests.withdraw(uow, asked)
    with pytest.raises(RequestOverError):
        async with unit_of_work(partners.marc) as uow:
            await requests.refuse(uow, asked, Refuse(note="trop tard"))
    async with unit_of_work(partners.lea) as uow:
        await requests.ask(uow, AskForTraining(session_id=partners.session))
    with pytest.raises(AlreadyAskedError):
        async with unit_of_work(partners.lea) as uow:
            await requests.ask(uow, AskForTraining(session_id=partners.session))


async def test_what_nobody_answers_expires_when_the_session_begins(
    container: Container, partners: Cast, clock: MovableClock
) -> None:
    async with unit_of_work(partners.lea) as uow:
        asked = await requests.ask(uow, AskForTraining(session_id=partners.session))
    await jobs.expire_requests(0)
    async with unit_of_work(SYSTEM) as uow:
        assert (await uow.session.get_one(TrainingRequest, asked)).state == RequestState.REQUESTED
    clock.move(days=31)
    for _ in range(2):
        await jobs.expire_requests(0)
    async with unit_of_work(SYSTEM) as uow:
        assert (await uow.session.get_one(TrainingRequest, asked)).state == RequestState.EXPIRED
        kinds = await uow.sql("SELECT kind FROM notifications WHERE user_id = %(lea)s", lea=partners.lea.user_id)
        assert [row["kind"] for row in kinds] == ["request-expired"]
        assert (await uow.session.execute(select(TrainingRequest))).scalars().one().closed_at is not None
