"""Signals, the assessments made of them after the fact, and the queue in which people decide."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts import sessions, tokens
from pygmalion_app.accounts.errors import InvalidCredentialsError
from pygmalion_app.accounts.schemas import Login
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.caller import set_caller
from pygmalion_app.core.errors import NotAuthenticatedError, PermissionDeniedError
from pygmalion_app.core.i18n import LOCALES, translate
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.risk import service
from pygmalion_app.risk.models import Decision, ReviewState, Subject
from pygmalion_app.risk.schemas import AssessmentRow, Decide
from pygmalion_app.risk.signals import WEIGHTS, Signal, judge
from tests.cast import Cast, add_person

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
WRONG = {"email": "lea@test.example", "password": "Not-her-own-2026"}
RunJobs = Callable[[], Awaitable[None]]


async def sign_in(user: UUID | None, address: str = "203.0.113.9", agent: str = FIREFOX, country: str = "") -> UUID:
    """Open a session as the shells do, and return its id."""
    set_caller(address, agent, country)
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        assert user is not None
        await sessions.open_browser_session(uow, user)
        (row,) = await uow.sql("SELECT id FROM browser_sessions WHERE user_id = %(u)s ORDER BY id DESC LIMIT 1", u=user)
        return row["id"]


async def ago(session: UUID, **by: float) -> None:
    """Let a session have begun earlier."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql(
            "UPDATE browser_sessions SET created_at = created_at - %(by)s WHERE id = %(id)s",
            by=timedelta(**by),
            id=session,
        )


async def assess() -> dict[UUID, AssessmentRow]:
    """Run the assessment and return what everything scored, by session or order."""
    async with unit_of_work(SYSTEM) as uow:
        while await service.assess_new(uow):
            pass
    found: dict[UUID, AssessmentRow] = {}
    async with unit_of_work(SYSTEM) as uow:
        for state in ReviewState:
            page = await service.queue(uow, PageRequest(1, 100), state=state)
            found |= {row.subject_id: row for row in page.items}
    return found


def signals(row: AssessmentRow) -> dict[Signal, int]:
    """Return what spoke, with its count."""
    return {one.signal: one.counted for one in row.signals}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_signal_has_words_and_weights(locale: str) -> None:
    for signal in Signal:
        assert WEIGHTS[signal]
        assert [weight.at_least for weight in WEIGHTS[signal]] == sorted({w.at_least for w in WEIGHTS[signal]})
        for counted in (1, 12):
            assert translate(locale, f"risk-signal-{signal}", counted=counted)


def test_no_signal_that_honest_people_cause_reaches_the_queue_alone(container: Container) -> None:
    alone = {signal: judge({signal: 10_000_000})[0] for signal in Signal}
    assert [signal for signal, score in alone.items() if score >= container.settings.risk_threshold] == [
        Signal.CARD_SHARED
    ]
    assert judge(dict.fromkeys(Signal, 10_000_000))[0] == 100
    assert judge(dict.fromkeys(Signal, 0)) == (0, ())


async def test_an_ordinary_sign_in_scores_nothing_and_is_looked_at_once(container: Container, cast: Cast) -> None:
    session = await sign_in(cast.lea.user_id)
    found = await assess()
    assert (found[session].score, found[session].state) == (0, ReviewState.CLEAR)
    async with unit_of_work(SYSTEM) as uow:
        assert await service.assess_new(uow) == 0


async def test_refused_passwords_then_a_new_place_wait_for_a_person(container: Container, cast: Cast) -> None:
    await ago(await sign_in(cast.lea.user_id), days=3)
    for _ in range(8):
        with pytest.raises(InvalidCredentialsError):
            async with unit_of_work(ANONYMOUS, elevated=True) as uow:
                await accounts.login(uow, Login.model_validate(WRONG))
    session = await sign_in(cast.lea.user_id, "198.51.100.7", CHROME)
    row = (await assess())[session]
    assert signals(row) == {Signal.FAILED_BEFORE: 8, Signal.NEW_PLACE: 1}
    assert (row.score, row.state) == (60, ReviewState.OPEN)


async def test_another_country_within_three_hours_is_told_only_where_a_proxy_tells(
    container: Container, cast: Cast
) -> None:
    await ago(await sign_in(cast.lea.user_id, country="FR"), hours=2)
    jumped = await sign_in(cast.lea.user_id, "198.51.100.7", CHROME, country="BR")
    await ago(await sign_in(cast.marc.user_id), hours=2)
    untold = await sign_in(cast.marc.user_id, "198.51.100.7")
    await ago(await sign_in(cast.olga.user_id, country="FR"), hours=9)
    flown = await sign_in(cast.olga.user_id, country="US")
    found = await assess()
    assert signals(found[jumped]) == {Signal.COUNTRY_JUMP: 1, Signal.NEW_PLACE: 1}
    assert found[jumped].state is ReviewState.OPEN
    assert signals(found[untold]) == {}
    assert signals(found[flown]) == {}


async def test_many_accounts_on_one_device_are_seen_and_an_office_is_not(container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM) as uow:
        people = [(await add_person(uow, f"p{n}")).user_id for n in range(8)]
    await ago(first := await sign_in(people[0]), minutes=5)
    for one in people[1:-1]:
        await sign_in(one)
    last = await sign_in(people[-1])
    office = [await sign_in(one, "192.0.2.1", f"{CHROME} {one}") for one in people]
    found = await assess()
    assert signals(found[first]) == {}
    assert signals(found[last]) == {Signal.MANY_ON_DEVICE: 8}
    assert {found[one].state for one in office} == {ReviewState.CLEAR}
    assert not any(Signal.MANY_ON_DEVICE in signals(found[one]) for one in office)


async def _order(
    api: httpx.AsyncClient, container: Container, buyer: Actor, session: UUID, name: str
) -> dict[str, Any]:
    token = tokens.create_access_token(container.settings, buyer.require_user(), container.clock.now())
    body = {
        "sessionId": str(session),
        "payer": "company",
        "paymentMethod": "card",
        "participants": [{"email": f"{name}@crew.example", "firstName": name.title(), "lastName": "Crew"}],
    }
    answer = await api.post("/enrollments", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def test_one_card_for_many_accounts_is_seen_once_it_has_paid(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        from pygmalion_app.core.permissions import Role

        buyers = [await add_person(uow, f"m{n}", (cast.company, Role.MANAGER)) for n in range(3)]
        await uow.sql("UPDATE users SET created_at = created_at - interval '30 days'")
    booked = [await _order(api, container, buyer, cast.session, f"c{n}") for n, buyer in enumerate(buyers)]
    assert {row.score for row in (await assess()).values()} == {0}
    for one in booked:
        checkout = one["checkoutUrl"].rsplit("/", 1)[1]
        paid = await api.post(f"/dev/pay/{checkout}", json={"outcome": "success", "card": "4000 0566 5566 5556"})
        assert paid.status_code == 200
    own = await _order(api, container, cast.marc, cast.session, "own")
    paid = await api.post(f"/dev/pay/{own['checkoutUrl'].rsplit('/', 1)[1]}", json={"outcome": "success"})
    assert paid.status_code == 200
    found = {row.user_id: row for row in (await assess()).values()}
    for buyer in buyers:
        assert signals(found[buyer.require_user()]) == {Signal.CARD_SHARED: 3}
    assert signals(found[cast.marc.require_user()]) == {}
    orders = await api.get(f"/enrollments/{booked[0]['enrollments'][0]['id']}", headers=_bearer(container, buyers[0]))
    assert orders.json()["data"]["status"] == "CONFIRMED", "nothing is refused by a score"


def _bearer(container: Container, actor: Actor) -> dict[str, str]:
    token = tokens.create_access_token(container.settings, actor.require_user(), container.clock.now())
    return {"Authorization": f"Bearer {token}"}


async def _open(cast: Cast) -> UUID:
    """Return an assessment of Lea that waits."""
    await ago(await sign_in(cast.lea.user_id, country="FR"), hours=2)
    session = await sign_in(cast.lea.user_id, "198.51.100.7", CHROME, country="BR")
    return (await assess())[session].id


async def test_an_administrator_notes_writes_and_approves(
    client: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    found, ada = await _open(cast), _bearer(container, cast.ada)
    url = f"/api/v1/admin/risk/{found}"
    waiting = (await client.get("/api/v1/admin/risk?kind=sign_in", headers=ada)).json()
    assert [row["id"] for row in waiting["data"]] == [str(found)]
    assert waiting["meta"]["total"] == 1
    refused = await client.post(f"{url}/decisions", json={"decision": "note", "note": " "}, headers=ada)
    assert refused.status_code == 422
    for decision, note, state in (
        ("note", "Calls herself from Rio.", "open"),
        ("contact", "Were you in Brazil?", "contacted"),
        ("approve", "", "approved"),
    ):
        body = {"decision": decision, "note": note}
        answer = await client.post(f"{url}/decisions", json=body, headers=ada)
        assert (answer.status_code, answer.json()["data"]["state"]) == (201, state)
    history = (await client.get(url, headers=ada)).json()["data"]["decisions"]
    assert [(one["decision"], one["note"], one["decidedBy"]) for one in history] == [
        ("note", "Calls herself from Rio.", "Ada Test"),
        ("contact", "Were you in Brazil?", "Ada Test"),
        ("approve", "", "Ada Test"),
    ]
    await run_jobs()
    mails = (await client.get("/api/v1/dev/mailbox", params={"to": "lea@test.example"})).json()["data"]
    assert [mail["subject"] for mail in mails] == ["Est-ce bien vous qui vous êtes connecté ?"]
    assert "Were you in Brazil?" in mails[0]["text"]
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT facts FROM audit_events WHERE action = 'risk.decided' ORDER BY sequence")
    assert [row["facts"] for row in rows] == [{"decision": one} for one in ("note", "contact", "approve")]
    await assess()
    async with unit_of_work(cast.ada) as uow:
        assert (await service.assessment(uow, found)).state is ReviewState.APPROVED


async def test_nobody_else_sees_it_and_nobody_decides_about_themself(container: Container, cast: Cast) -> None:
    found = await _open(cast)
    for actor, error in (
        (ANONYMOUS, NotAuthenticatedError),
        (cast.lea, PermissionDeniedError),
        (cast.olga, PermissionDeniedError),
    ):
        async with unit_of_work(actor) as uow:
            with pytest.raises(error):
                await service.queue(uow, PageRequest())
            with pytest.raises(error):
                await service.assessment(uow, found)
            with pytest.raises(error):
                await service.decide(uow, found, Decide(decision=Decision.APPROVE))
            assert await uow.sql("SELECT 1 FROM risk_assessments") == [], "the database alone shows nothing either"
    lea = Actor(user_id=cast.lea.user_id, is_platform_admin=True)
    async with unit_of_work(lea) as uow:
        with pytest.raises(PermissionDeniedError):
            await service.decide(uow, found, Decide(decision=Decision.APPROVE))


async def test_no_address_browser_or_card_is_kept_a_second_time(container: Container, cast: Cast) -> None:
    await _open(cast)
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT a::text AS said FROM risk_assessments a")
    for row in rows:
        assert "203.0.113" not in row["said"]
        assert "198.51.100" not in row["said"]
        assert "Mozilla" not in row["said"]


def test_kinds_have_mails(container: Container) -> None:
    for locale in LOCALES:
        for kind in Subject:
            name = f"mail-risk-{kind.replace('_', '-')}"
            assert translate(locale, f"{name}-subject")
            assert translate(locale, f"{name}-body", first_name="A", moment="B", note="C")
