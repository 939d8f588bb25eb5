"""Threads: whose they are, what is read, who is told of it and how often."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus
from pygmalion_app.messages import posting, threads
from pygmalion_app.messages.schemas import Conversation, PostMessage
from tests.cast import Cast, add_person
from tests.clock import MovableClock
from tests.learning.booking import book
from tests.life.conftest import bearer

RunJobs = Callable[[], Awaitable[None]]


async def _say(container: Container, actor: Actor, where: UUID, body: str) -> Conversation:
    async with unit_of_work(actor, container) as uow:
        return await posting.post(uow, where, PostMessage(body=body))


async def _read(container: Container, actor: Actor, where: UUID) -> Conversation:
    async with unit_of_work(actor, container) as uow:
        return await threads.conversation(uow, where)


async def _person(container: Container, cast: Cast, name: str, role: Role = Role.LEARNER) -> Actor:
    async with unit_of_work(SYSTEM, container) as uow:
        return await add_person(uow, name, (cast.company if role is Role.LEARNER else cast.school, role))


async def _told(container: Container) -> list[str]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql(
            "SELECT split_part(u.email, '@', 1) AS name FROM notifications n JOIN users u ON u.id = n.user_id"
            " WHERE n.kind = 'message-received' AND n.read_at IS NULL ORDER BY 1"
        )
    return [row["name"] for row in rows]


async def test_a_seats_thread_is_the_learners_the_buyers_and_the_schools(container: Container, cast: Cast) -> None:
    (seat,) = await book(container, cast, cast.lea)
    other = await _person(container, cast, "paul")
    colleague = await _person(container, cast, "theo", Role.TRAINER)
    thread = (await _say(container, cast.lea, seat, "Où se garer ?")).thread.id
    for actor in (cast.lea, cast.marc, cast.olga, cast.tom):
        assert [one.body for one in (await _read(container, actor, thread)).messages] == ["Où se garer ?"]
    # A colleague of the learner, another trainer of the house, another company, the platform.
    for actor in (other, colleague, cast.stranger, cast.ada):
        for wanted in (thread, seat):
            with pytest.raises(NotFoundError):
                await _read(container, actor, wanted)
        async with unit_of_work(actor, container) as uow:
            assert await threads.my_threads(uow) == ()
    answered = await _say(container, cast.olga, thread, "Parking P4.")
    assert [(one.side.value, one.mine) for one in answered.messages] == [("learner", False), ("school", True)]


async def test_who_comes_onto_a_seat_does_not_read_what_was_said_before(container: Container, cast: Cast) -> None:
    (seat,) = await book(container, cast, cast.lea)
    newcomer = await _person(container, cast, "paul")
    before = (await _say(container, cast.lea, seat, "Je suis allergique.")).thread.id
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(update(Enrollment).where(col(Enrollment.id) == seat).values(user_id=newcomer.user_id))
    fresh = await _read(container, newcomer, seat)
    assert fresh.messages == ()
    assert fresh.thread.id != before
    with pytest.raises(NotFoundError):
        await _read(container, newcomer, before)
    assert len((await _read(container, cast.lea, before)).messages) == 1


async def test_a_sessions_thread_is_for_those_who_take_part(
    container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    paul, zoe = await _person(container, cast, "paul"), await _person(container, cast, "zoe")
    await book(container, cast, cast.lea, paul)
    await book(container, cast, zoe, status=EnrollmentStatus.CANCELLED)
    said = await _say(container, cast.tom, cast.session, "Salle 3.")
    await run_jobs()
    assert await _told(container) == ["lea", "paul"]
    heard = await _read(container, paul, cast.session)
    assert heard.thread.id == said.thread.id
    # Participants call one another by first name and initial.
    await _say(container, cast.lea, cast.session, "Merci")
    assert [one.author_name for one in (await _read(container, paul, cast.session)).messages] == ["Tom Test", "Lea T."]
    # The buyer takes no part in it, nor does who gave their seat up.
    for actor in (cast.marc, zoe, cast.stranger):
        with pytest.raises(NotFoundError):
            await _read(container, actor, cast.session)


async def test_each_is_told_once_until_they_look(
    container: Container, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    (seat,) = await book(container, cast, cast.lea)
    thread = (await _say(container, cast.lea, seat, "Première question")).thread.id
    await _say(container, cast.lea, seat, "Et une autre")
    await run_jobs()
    assert await _told(container) == ["marc", "olga", "tom"]
    async with unit_of_work(SYSTEM, container) as uow:
        mails = await uow.sql("SELECT text FROM mailbox_messages WHERE subject LIKE 'Nouveau message%%'")
    assert len(mails) == 3
    assert all("Lea Test" in mail["text"] and "Première question" in mail["text"] for mail in mails)
    clock.move(minutes=1)
    async with unit_of_work(cast.olga, container) as uow:
        assert [one.unread for one in await threads.my_threads(uow)] == [2]
        await threads.mark_read(uow, thread)
        assert [one.unread for one in await threads.my_threads(uow)] == [0]
    # Who has looked is told of what comes next; who has not knows already that something waits.
    assert await _told(container) == ["marc", "tom"]
    clock.move(minutes=1)
    await _say(container, cast.lea, seat, "Encore une")
    await run_jobs()
    assert await _told(container) == ["marc", "olga", "tom"]


async def test_over_the_api(container: Container, cast: Cast, client: httpx.AsyncClient) -> None:
    (seat,) = await book(container, cast, cast.lea)
    lea, marc = bearer(cast.lea, container), bearer(cast.marc, container)
    assert (await client.get("/api/v1/messages", headers=lea)).json()["data"] == []
    said = await client.post(f"/api/v1/messages/{seat}", json={"body": " Bonjour \n"}, headers=lea)
    assert said.status_code == 201
    (listed,) = (await client.get("/api/v1/messages", headers=marc)).json()["data"]
    assert (listed["lastBody"], listed["unread"], listed["learnerName"]) == ("Bonjour", 1, "Lea Test")
    assert (await client.post(f"/api/v1/messages/{listed['id']}/read", headers=marc)).status_code == 204
    assert (await client.post(f"/api/v1/messages/{seat}", json={"body": "  "}, headers=lea)).status_code == 422
    for _ in range(29):
        await client.post(f"/api/v1/messages/{seat}", json={"body": "!"}, headers=lea)
    refused = await client.post(f"/api/v1/messages/{seat}", json={"body": "!"}, headers=lea)
    assert refused.status_code == 429
    page = (await client.get(f"/api/v1/messages/{seat}?limit=20", headers=marc)).json()["data"]
    assert (len(page["messages"]), page["older"]) == (20, True)
    before = {"before": page["messages"][0]["id"], "limit": "20"}
    rest = (await client.get(f"/api/v1/messages/{seat}", params=before, headers=marc)).json()["data"]
    assert (len(rest["messages"]), rest["older"]) == (10, False)
