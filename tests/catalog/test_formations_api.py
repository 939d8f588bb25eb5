"""`/api/v1/formations`: who may do what, and what comes back."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from pygmalion_app.accounts import tokens
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import OrganizationKind
from tests.cast import Cast, add_organization, add_person

V1 = "/api/v1"
DRAFT = {
    "title": "Sûreté du fret",
    "description": "Une journée en entrepôt.",
    "objectives": ["Contrôler un envoi", "Refuser un envoi douteux"],
    "category": "SECURITY",
    "modalities": ["PRESENTIEL", "VIRTUEL"],
    "durationMinutes": 210,
    "priceCents": 12_000,
    "currency": "EUR",
    "validityMonths": 60,
}


def bearer(container: Container, actor: Actor) -> dict[str, str]:
    """Return the header that makes a call an actor's."""
    assert actor.user_id is not None
    return {
        "Authorization": "Bearer "
        + tokens.create_access_token(container.settings, actor.user_id, container.clock.now())
    }


async def draft(client: httpx.AsyncClient, headers: dict[str, str], **changes: Any) -> dict[str, Any]:
    """Create a draft and return it."""
    answer = await client.post(f"{V1}/formations", json=DRAFT | changes, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def test_from_draft_to_catalogue(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    olga = bearer(container, cast.olga)
    created = await draft(client, olga)
    assert created["status"] == "draft"
    assert created["price"] == {"amountCents": 12_000, "currency": "EUR"}
    assert created["organization"]["id"] == str(cast.school)
    path = f"{V1}/formations/{created['id']}"
    assert (await client.get(path)).status_code == 404
    assert (await client.get(path, headers=bearer(container, cast.marc))).status_code == 404
    assert (await client.get(path, headers=olga)).status_code == 200
    own = (await client.get(f"{V1}/formations/own", headers=olga)).json()
    assert {course["status"] for course in own["data"]} == {"draft", "published"}

    published = await client.post(f"{path}/publish", headers=olga)
    assert published.json()["data"]["status"] == "published"
    assert (await client.post(f"{path}/publish", headers=olga)).status_code == 200
    by_slug = (await client.get(f"{V1}/formations/{created['slug']}")).json()["data"]
    assert by_slug["id"] == created["id"]
    found = (await client.get(f"{V1}/formations/search", params={"q": "surete fret"})).json()
    assert [item["id"] for item in found["data"]] == [created["id"]]
    assert found["meta"] == {"page": 1, "limit": 20, "total": 1}

    changed = await client.put(path, json={"title": "Fret sûr", "validityMonths": None}, headers=olga)
    assert (changed.json()["data"]["title"], changed.json()["data"]["validityMonths"]) == ("Fret sûr", None)
    assert changed.json()["data"]["slug"] == created["slug"]
    emptied = await client.put(path, json={"description": " "}, headers=olga)
    assert (emptied.status_code, emptied.json()["code"]) == (409, "course_incomplete")


async def test_publishing_says_what_is_missing(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    olga = bearer(container, cast.olga)
    bare = await draft(client, olga, description="", objectives=[], priceCents=0, modalities=[])
    answer = await client.post(f"{V1}/formations/{bare['id']}/publish", headers=olga)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["missing"] == "description, objectives, modalities, priceCents"
    listed = await client.get(f"{V1}/formations/{bare['id']}/checks", headers=olga)
    checks = {one["item"]: one for one in listed.json()["data"]}
    assert [name for name, one in checks.items() if one["level"] == "fault"] == answer.json()["missing"].split(", ")
    assert (checks["session"]["level"], checks["title"]["level"]) == ("doubt", "ok")


async def test_each_role_may_do_its_own_and_no_more(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        other = await add_organization(uow, "Autre Ecole", OrganizationKind.TRAINING)
        rita = await add_person(uow, "rita", (other, Role.TRAINING_ADMIN))
    created = await draft(client, bearer(container, cast.olga))
    published, hidden = f"{V1}/formations/{cast.course}", f"{V1}/formations/{created['id']}"
    for actor in (cast.lea, cast.marc, cast.tom, cast.stranger):
        headers = bearer(container, actor)
        assert (await client.post(f"{V1}/formations", json=DRAFT, headers=headers)).status_code == 403
        assert (await client.put(published, json={"title": "Mien"}, headers=headers)).status_code == 403
        assert (await client.delete(hidden, headers=headers)).status_code == 404
    headers = bearer(container, rita)
    assert (await client.put(published, json={"title": "Mien"}, headers=headers)).status_code == 403
    assert (await client.post(f"{hidden}/publish", headers=headers)).status_code == 404
    foreign = DRAFT | {"organizationId": str(cast.school)}
    assert (await client.post(f"{V1}/formations", json=foreign, headers=headers)).status_code == 403
    for call in (
        client.post(f"{V1}/formations", json=DRAFT),
        client.delete(published),
        client.post(f"{hidden}/publish"),
    ):
        assert (await call).status_code == 401
    ada = bearer(container, cast.ada)
    assert (await client.post(f"{V1}/formations", json=DRAFT, headers=ada)).json()["code"] == "organization_choice"
    assert (await client.put(hidden, json={"bring": "Badge"}, headers=ada)).status_code == 200


async def test_two_schools_of_one_person_must_be_told_apart(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        other = await add_organization(uow, "Autre Ecole", OrganizationKind.TRAINING)
        both = await add_person(uow, "paul", (other, Role.TRAINING_ADMIN), (cast.school, Role.TRAINING_ADMIN))
    headers = bearer(container, both)
    refused = await client.post(f"{V1}/formations", json=DRAFT, headers=headers)
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        422,
        "organization_choice",
        "organizationId",
    )
    assert (await draft(client, headers, organizationId=str(other)))["organization"]["id"] == str(other)
    assert (await draft(client, headers, organizationId=str(cast.school)))["slug"] != ""


async def test_titles_are_unique_within_an_organisation(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    olga = bearer(container, cast.olga)
    await draft(client, olga)
    again = await client.post(f"{V1}/formations", json=DRAFT, headers=olga)
    assert (again.status_code, again.json()["code"], again.json()["field"]) == (409, "course_title_taken", "title")
    other = await draft(client, olga, title="SURETE du fret")
    taken = await client.put(f"{V1}/formations/{other['id']}", json={"title": DRAFT["title"]}, headers=olga)
    assert taken.status_code == 409
    assert (await client.get(f"{V1}/formations/{other['id']}", headers=olga)).json()["data"][
        "title"
    ] == "SURETE du fret"


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "a\x00bcd"},
        {"category": "COOKING"},
        {"modalities": ["TELEPATHY"]},
        {"durationMinutes": 0},
        {"priceCents": -1},
        {"priceCents": 12.5},
        {"currency": "DOGE"},
        {"validityMonths": 0},
        {"description": "x" * 20_001},
        {"status": "published"},
        {"refundTiers": [{"daysBefore": 7, "percent": 100}, {"daysBefore": 14, "percent": 50}]},
    ],
)
async def test_senseless_courses_are_refused(
    client: httpx.AsyncClient, container: Container, cast: Cast, change: dict[str, Any]
) -> None:
    answer = await client.post(f"{V1}/formations", json=DRAFT | change, headers=bearer(container, cast.olga))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input"), answer.text


async def test_deleting_keeps_history(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    olga, marc = bearer(container, cast.olga), bearer(container, cast.marc)
    created = await draft(client, olga)
    gone = await client.delete(f"{V1}/formations/{created['id']}", headers=olga)
    assert gone.json()["data"] == {"id": created["id"], "status": "deleted"}
    assert (await client.get(f"{V1}/formations/{created['id']}", headers=olga)).status_code == 404

    order = {
        "sessionId": str(cast.session),
        "payer": "company",
        "paymentMethod": "card",
        "participants": [{"email": "ana@crew.example", "firstName": "Ana", "lastName": "Crew"}],
    }
    booked = await client.post(f"{V1}/enrollments", json=order, headers=marc)
    assert booked.status_code == 201, booked.text
    path = f"{V1}/formations/{cast.course}"
    refused = await client.delete(path, headers=olga)
    assert (refused.status_code, refused.json()["code"], refused.json()["sessions"]) == (409, "course_has_sessions", 1)
    cancelled = await client.put(
        f"{V1}/enrollments/{booked.json()['data']['enrollments'][0]['id']}/cancel", headers=marc
    )
    assert cancelled.status_code == 200, cancelled.text
    archived = await client.delete(path, headers=olga)
    assert archived.json()["data"]["status"] == "archived"
    assert (await client.get(path)).status_code == 404
    assert (await client.get(path, headers=olga)).json()["data"]["sessions"] == []
    assert (await client.put(path, json={"title": "Encore"}, headers=olga)).json()["code"] == "course_archived"
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.get_one(Course, cast.course)).status == "archived"


async def test_lists_and_bad_input(client: httpx.AsyncClient, cast: Cast) -> None:
    everything = (await client.get(f"{V1}/formations")).json()
    assert everything["success"] is True
    assert everything["meta"]["total"] == 1
    card = everything["data"][0]
    assert card["nextSession"]["formationId"] == card["id"]
    assert card["nextSession"]["startDate"].endswith("Z")
    assert {
        "id",
        "slug",
        "title",
        "category",
        "modalities",
        "durationMinutes",
        "priceCents",
        "currency",
        "rating",
        "reviewCount",
        "organization",
        "status",
        "validityMonths",
    } <= card.keys()
    categories = (await client.get(f"{V1}/formations/categories")).json()["data"]
    assert [row["category"] for row in categories] == [
        "SECURITY",
        "DGR",
        "CARGO",
        "AERODROME",
        "MAINTENANCE",
        "CREW",
        "WORKPLACE",
    ]
    assert categories[0]["count"] == 1
    for query in ({"q": "x" * 10_000}, {"month": "never"}, {"page": "0"}, {"limit": "101"}, {"sort": "luck"}):
        answer = await client.get(f"{V1}/formations/search", params=query)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input"), query
    for unknown in (uuid4(), "nothing-here"):
        missing = await client.get(f"{V1}/formations/{unknown}", headers={"Accept-Language": "en"})
        assert (missing.status_code, missing.json()["code"]) == (404, "course_not_found")
        assert missing.json()["detail"].startswith("This course does not exist")


async def test_the_answers_stand_in_the_openapi_document(client: httpx.AsyncClient) -> None:
    document = (await client.get(f"{V1}/openapi.json")).json()
    answer = document["paths"][f"{V1}/formations"]["get"]["responses"]["200"]
    card = answer["content"]["application/json"]["schema"]["properties"]["data"]["items"]
    assert "nextSession" in card["properties"]
    assert "$defs" not in str(document["paths"][f"{V1}/formations"])
