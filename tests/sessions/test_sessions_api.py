"""`/api/v1/sessions`: planning, changing, calling off."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.sessions.models import TrainingSession
from tests.cast import Cast, add_organization, add_person
from tests.catalog.test_formations_api import V1, bearer, draft

NEXT_YEAR = datetime.now(UTC).year + 1


def plan(**changes: Any) -> dict[str, Any]:
    """Return the body of a one-day session in July."""
    return {
        "startDate": f"{NEXT_YEAR}-07-05T07:00:00Z",
        "endDate": f"{NEXT_YEAR}-07-05T15:00:00Z",
        "timeZone": "Europe/Paris",
        "location": "Lyon",
        "maxPlaces": 8,
    } | changes


async def create(client: httpx.AsyncClient, container: Container, cast: Cast, **changes: Any) -> httpx.Response:
    """Plan a session as the school's admin."""
    path = f"{V1}/formations/{cast.course}/sessions"
    return await client.post(path, json=plan(**changes), headers=bearer(container, cast.olga))


async def test_a_planned_session_can_be_found(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    answer = await create(client, container, cast, trainerId=str(cast.tom.user_id))
    assert answer.status_code == 201, answer.text
    made = answer.json()["data"]
    assert (made["formationId"], made["maxPlaces"], made["availablePlaces"]) == (str(cast.course), 8, 8)
    assert made["price"] == {"amountCents": 95_000, "currency": "EUR"}
    assert made["startDate"] == f"{NEXT_YEAR}-07-05T07:00:00Z"
    assert (await client.get(f"{V1}/sessions/{made['id']}")).json()["data"] == made
    listed = (await client.get(f"{V1}/sessions", params={"formationId": str(cast.course)})).json()
    assert [item["id"] for item in listed["data"]] == [str(cast.session), made["id"]]
    assert listed["meta"]["total"] == 2
    in_lyon = (await client.get(f"{V1}/formations", params={"place": "lyon", "month": f"{NEXT_YEAR}-07"})).json()
    assert in_lyon["data"][0]["nextSession"]["id"] == made["id"]


async def test_times_without_an_offset_are_local(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    local = await create(
        client,
        container,
        cast,
        startDate=f"{NEXT_YEAR}-07-05T09:00:00",
        endDate=f"{NEXT_YEAR}-07-05T17:00:00",
        timeZone="Indian/Reunion",
    )
    assert local.json()["data"]["startDate"] == f"{NEXT_YEAR}-07-05T05:00:00Z"
    winter = await create(
        client, container, cast, startDate=f"{NEXT_YEAR}-12-05T09:00:00", endDate=f"{NEXT_YEAR}-12-05T17:00:00"
    )
    assert winter.json()["data"]["startDate"] == f"{NEXT_YEAR}-12-05T08:00:00Z"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"timeZone": "Mars/Olympus"}, "unknown_time_zone"),
        ({"startDate": "2020-01-01T09:00:00Z"}, "session_dates"),
        ({"endDate": f"{NEXT_YEAR}-07-05T06:00:00Z"}, "session_dates"),
        ({"endDate": "9999-12-31T23:59:59Z"}, "session_dates"),
        ({"startDate": "0001-01-01T00:00:00+14:00"}, "session_dates"),
        ({"maxPlaces": 0}, "invalid_input"),
        ({"maxPlaces": 10**12}, "invalid_input"),
        ({"startDate": "soon"}, "invalid_input"),
        ({"trainerId": str(uuid4())}, "trainer_unknown"),
        ({"airportCode": "cdg!"}, "invalid_input"),
    ],
)
async def test_senseless_sessions_are_refused(
    client: httpx.AsyncClient, container: Container, cast: Cast, change: dict[str, Any], code: str
) -> None:
    answer = await create(client, container, cast, **change)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text


async def test_capacity_and_dates_respect_those_who_booked(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    olga = bearer(container, cast.olga)
    made = (await create(client, container, cast)).json()["data"]
    path = f"{V1}/sessions/{made['id']}"
    moved = await client.put(path, json={"startDate": f"{NEXT_YEAR}-07-05T06:00:00Z", "maxPlaces": 4}, headers=olga)
    assert (moved.json()["data"]["startDate"], moved.json()["data"]["availablePlaces"]) == (
        f"{NEXT_YEAR}-07-05T06:00:00Z",
        4,
    )
    order = {
        "sessionId": made["id"],
        "payer": "company",
        "paymentMethod": "card",
        "participants": [
            {"email": f"{name}@crew.example", "firstName": name, "lastName": "Crew"} for name in ("Ana", "Bob")
        ],
    }
    booked = await client.post(f"{V1}/enrollments", json=order, headers=bearer(container, cast.marc))
    assert booked.status_code == 201, booked.text
    assert (await client.get(path)).json()["data"]["availablePlaces"] == 2
    smaller = await client.put(path, json={"maxPlaces": 1}, headers=olga)
    assert (smaller.status_code, smaller.json()["code"], smaller.json()["taken"]) == (409, "capacity_below_seats", 2)
    assert (await client.put(path, json={"maxPlaces": 2}, headers=olga)).json()["data"]["availablePlaces"] == 0
    later = await client.put(path, json={"endDate": f"{NEXT_YEAR}-07-05T16:00:00Z"}, headers=olga)
    assert (later.status_code, later.json()["code"]) == (409, "session_has_participants")
    assert (await client.put(path, json={"location": "Lyon Bron"}, headers=olga)).json()["data"][
        "location"
    ] == "Lyon Bron"


async def test_a_session_called_off_takes_no_more_bookings(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    olga = bearer(container, cast.olga)
    path = f"{V1}/sessions/{cast.session}"
    assert (await client.delete(path, headers=olga)).json()["data"]["status"] == "cancelled"
    assert (await client.delete(path, headers=olga)).status_code == 200
    assert (await client.put(path, json={"maxPlaces": 9}, headers=olga)).json()["code"] == "session_closed"
    assert (await client.get(f"{V1}/sessions")).json()["meta"]["total"] == 0
    assert (await client.get(f"{V1}/formations/{cast.course}")).json()["data"]["sessions"] == []


async def test_only_the_schools_admin_plans(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        other = await add_organization(uow, "Autre Ecole", OrganizationKind.TRAINING)
        rita = await add_person(uow, "rita", (other, Role.TRAINING_ADMIN))
    path = f"{V1}/sessions/{cast.session}"
    for actor in (cast.lea, cast.marc, cast.tom, cast.stranger, rita):
        headers = bearer(container, actor)
        planning = await client.post(f"{V1}/formations/{cast.course}/sessions", json=plan(), headers=headers)
        assert planning.status_code == 403
        assert (await client.put(path, json={"maxPlaces": 9}, headers=headers)).status_code == 403
        assert (await client.delete(path, headers=headers)).status_code == 403
    assert (await client.put(path, json={"maxPlaces": 9})).status_code == 401
    assert (await client.put(path, json={"maxPlaces": 9}, headers=bearer(container, cast.ada))).status_code == 200
    for unknown in (uuid4(), "nothing"):
        assert (await client.get(f"{V1}/sessions/{unknown}")).status_code == 404
        assert (await client.put(f"{V1}/sessions/{unknown}", json={}, headers=headers)).status_code == 404


async def test_sessions_of_a_draft_are_the_schools_secret(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    olga, marc = bearer(container, cast.olga), bearer(container, cast.marc)
    hidden = await draft(client, olga)
    made = (await client.post(f"{V1}/formations/{hidden['id']}/sessions", json=plan(), headers=olga)).json()["data"]
    path = f"{V1}/sessions/{made['id']}"
    assert (await client.get(path, headers=olga)).status_code == 200
    for headers in ({}, marc):
        assert (await client.get(path, headers=headers)).status_code == 404
    assert (await client.put(path, json={"maxPlaces": 9}, headers=marc)).status_code == 404
    assert (await client.delete(path, headers=marc)).status_code == 404
    assert (await client.get(f"{V1}/sessions")).json()["meta"]["total"] == 1


async def test_a_session_that_is_over_changes_no_more(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        session = await uow.session.get_one(TrainingSession, cast.session)
        session.starts_at, session.ends_at = uow.clock.now() - timedelta(days=2), uow.clock.now() - timedelta(days=1)
    answer = await client.put(
        f"{V1}/sessions/{cast.session}", json={"maxPlaces": 9}, headers=bearer(container, cast.olga)
    )
    assert answer.json()["code"] == "session_closed"
