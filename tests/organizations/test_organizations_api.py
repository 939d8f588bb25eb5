"""`/api/v1/organizations`: registering, reading, changing."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.audit import AuditEvent
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.organizations.conftest import Call, Letters, Newcomer

SIRET = "73282932000074"
OTHER_ESTABLISHMENT = "73282932000082"
LA_POSTE = "35600000049837"
VAT = "FR44732829320"


async def test_whoever_registers_an_organisation_runs_it(call: Call, cast: Cast, newcomer: Newcomer) -> None:
    zoe = await newcomer("zoe")
    body = {"kind": "company", "name": "Piste & Co", "siret": "732 829 320 00074", "vatNumber": VAT, "city": "Paris"}
    made = await call(zoe, "post", "/organizations", json=body)
    assert made.status_code == 201, made.text
    data = made.json()["data"]
    assert (data["siret"], data["siren"], data["slug"], data["canManage"]) == (SIRET, SIRET[:9], "piste-co", True)
    assert data["vatNumber"] == VAT

    mine = (await call(zoe, "get", "/organizations")).json()
    assert [(row["id"], row["roles"], row["members"]) for row in mine["data"]] == [(data["id"], ["manager"], 1)]
    # The role counts from the next call on.
    changed = await call(
        zoe, "put", f"/organizations/{data['id']}", json={"city": "Orly", "website": "https://p.example"}
    )
    assert changed.status_code == 200, changed.text
    assert (changed.json()["data"]["city"], changed.json()["data"]["name"]) == ("Orly", "Piste & Co")


@pytest.mark.parametrize(("kind", "role"), [("airport", "airport_manager"), ("training", "training_admin")])
async def test_the_founding_role_follows_the_kind(call: Call, newcomer: Newcomer, kind: str, role: str) -> None:
    zoe = await newcomer("zoe")
    body = {"kind": kind, "name": "Nord", "siret": LA_POSTE, "nda": "11 75 12345 67"}
    made = await call(zoe, "post", "/organizations", json=body)
    assert (made.status_code, made.json()["data"]["nda"]) == (201, "11751234567")
    profile = (await call(zoe, "get", "/auth/me")).json()["data"]
    assert [entry["role"] for entry in profile["memberships"]] == [role]


@pytest.mark.parametrize(
    ("numbers", "field", "words"),
    [
        ({}, "siret", "needs its SIRET"),
        ({"siret": "7328293200007"}, "siret", "has 14 digits; this one has 13"),
        ({"siret": "73282932000075"}, "siret", "one of its digits is wrong"),
        ({"siret": "73282932O00074"}, "siret", "digits only"),
        ({"siret": "35600000049838"}, "siret", "one of its digits is wrong"),
        ({"siret": SIRET, "nda": "1175123456"}, "nda", "has 11 digits; this one has 10"),
        ({"siret": SIRET, "nda": "1175123456X"}, "nda", "digits only"),
        ({"siret": SIRET, "vatNumber": "US123"}, "vatNumber", "two letters"),
        ({"siret": SIRET, "vatNumber": "FR45732829320"}, "vatNumber", "one of its digits is wrong"),
        ({"siret": SIRET, "vatNumber": "FR83404833048"}, "vatNumber", "another company"),
        ({"siret": SIRET, "vatNumber": "DE12"}, "vatNumber", "does not look like"),
    ],
)
async def test_a_number_that_cannot_be_right_is_refused_and_says_why(
    call: Call, cast: Cast, numbers: dict[str, str], field: str, words: str
) -> None:
    answer = await call(
        cast.lea, "post", "/organizations", json={"kind": "company", "name": "Nord"} | numbers,
        headers={"Accept-Language": "en"},
    )  # fmt: skip
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field
    assert words in answer.json()["detail"]


async def test_a_foreign_company_needs_no_siret(call: Call, cast: Cast) -> None:
    body = {"kind": "company", "name": "Bruxelles Handling", "country": "BE", "vatNumber": "BE0697449992"}
    assert (await call(cast.lea, "post", "/organizations", json=body)).status_code == 201


@pytest.mark.parametrize(
    "name", ["A", "x" * 121, "Nord\r\nBcc: all@example.com", "Win http://evil.example", "<b>Nord</b>", " ", "a\x00b"]
)
async def test_a_name_that_could_leave_a_mails_header_is_refused(call: Call, cast: Cast, name: str) -> None:
    answer = await call(cast.lea, "post", "/organizations", json={"kind": "company", "name": name, "siret": SIRET})
    assert answer.status_code == 422


async def test_a_registered_establishment_is_asked_not_taken(
    call: Call, cast: Cast, newcomer: Newcomer, letters: Letters
) -> None:
    zoe = await newcomer("zoe")
    nord = (await call(zoe, "post", "/organizations", json={"kind": "company", "name": "Nord", "siret": SIRET})).json()[
        "data"
    ]["id"]
    taken = await call(
        cast.stranger, "post", "/organizations", json={"kind": "company", "name": "Nord 2", "siret": SIRET}
    )
    assert (taken.status_code, taken.json()["code"], taken.json()["field"]) == (409, "siret_taken", "siret")
    assert "zoe" not in taken.text.lower()
    # Another establishment of the same company is another matter.
    other = {"kind": "company", "name": "Nord", "siret": OTHER_ESTABLISHMENT}
    assert (await call(cast.stranger, "post", "/organizations", json=other)).json()["data"]["slug"].startswith("nord-")

    for _ in range(2):
        asked = await call(cast.stranger, "post", "/organizations/join-requests", json={"siret": SIRET})
        assert (asked.status_code, asked.content) == (202, b"")
    assert len(await letters("zoe@test.example")) == 1
    assert "stan@test.example" in (await letters("zoe@test.example"))[0].text
    waiting = (await call(zoe, "get", f"/organizations/{nord}/join-requests")).json()["data"]
    assert [row["email"] for row in waiting] == ["stan@test.example"]
    assert (await call(cast.marc, "get", f"/organizations/{nord}/join-requests")).status_code == 403
    assert (
        await call(cast.stranger, "post", "/organizations/join-requests", json={"siret": LA_POSTE})
    ).status_code == 404
    # Inviting the person answers the request.
    await call(zoe, "post", f"/organizations/{nord}/users", json={"email": "Stan@test.example", "role": "learner"})
    assert (await call(zoe, "get", f"/organizations/{nord}/join-requests")).json()["data"] == []


async def test_who_sees_what_of_an_organisation(call: Call, cast: Cast) -> None:
    company, school = f"/organizations/{cast.company}", f"/organizations/{cast.school}"
    assert (await call(None, "get", company)).status_code == 404
    assert (await call(cast.stranger, "get", company)).status_code == 404
    inside = (await call(cast.lea, "get", company)).json()["data"]
    assert (inside["canManage"], inside["contactEmail"]) == (False, "")
    public = (await call(None, "get", school)).json()["data"]
    assert "contactEmail" not in public
    assert "strongFactorRequired" not in public
    assert (await call(cast.olga, "get", school)).json()["data"]["canManage"] is True
    assert (await call(cast.lea, "get", f"/organizations/{new_id()}")).status_code == 404
    assert (await call(cast.lea, "get", "/organizations/none")).status_code == 404


async def test_only_those_who_run_it_change_it(call: Call, cast: Cast) -> None:
    path = f"/organizations/{cast.company}"
    for actor, status in ((None, 401), (cast.lea, 403), (cast.stranger, 403), (cast.olga, 403), (cast.marc, 200)):
        assert (await call(actor, "put", path, json={"city": "Lyon"})).status_code == status
    assert (await call(cast.ada, "put", path, json={"city": "Nice"})).json()["data"]["city"] == "Nice"


async def test_a_siret_is_given_once_and_then_the_platforms_to_change(call: Call, cast: Cast) -> None:
    path = f"/organizations/{cast.company}"
    assert (await call(cast.marc, "put", path, json={"siret": SIRET})).json()["data"]["siret"] == SIRET
    assert (await call(cast.marc, "put", path, json={"siret": SIRET})).status_code == 200
    moved = await call(cast.marc, "put", path, json={"siret": OTHER_ESTABLISHMENT})
    assert (moved.status_code, moved.json()["code"]) == (409, "siret_fixed")
    assert (await call(cast.ada, "put", path, json={"siret": OTHER_ESTABLISHMENT})).status_code == 200
    gone = await call(cast.marc, "put", path, json={"vatNumber": "", "contactEmail": ""})
    assert (gone.json()["data"]["vatNumber"], gone.json()["data"]["contactEmail"]) == (None, "")


async def test_the_platform_lists_all_and_everybody_else_their_own(call: Call, cast: Cast) -> None:
    everything = (await call(cast.ada, "get", "/organizations", params={"limit": 2})).json()
    assert (len(everything["data"]), everything["meta"]["total"]) == (2, 3)
    found = (await call(cast.ada, "get", "/organizations", params={"q": "ciel"})).json()["data"]
    assert [row["name"] for row in found] == ["Ecole du Ciel"]
    assert found[0]["members"] == 2
    kinds = (await call(cast.ada, "get", "/organizations", params={"kind": "company"})).json()
    assert kinds["meta"]["total"] == 2
    assert (await call(cast.ada, "get", "/organizations", params={"q": "%_"})).json()["meta"]["total"] == 0
    assert [row["name"] for row in (await call(cast.lea, "get", "/organizations")).json()["data"]] == [
        "Aeroport Services"
    ]
    assert (await call(None, "get", "/organizations")).status_code == 401


async def test_each_change_is_written_down(call: Call, cast: Cast, container: Container) -> None:
    await call(cast.marc, "put", f"/organizations/{cast.company}", json={"strongFactorRequired": False})
    async with unit_of_work(SYSTEM, container) as uow:
        events = await uow.session.execute(select(AuditEvent).where(col(AuditEvent.organization_id) == cast.company))
        assert [(event.action, event.actor_user_id) for event in events.scalars()] == [
            ("organization.updated", cast.marc.user_id)
        ]


async def test_the_register_spares_the_typing(call: Call, cast: Cast) -> None:
    found = await call(cast.lea, "get", "/organizations/lookup", params={"siret": "999 010 101 00015"})
    assert found.status_code == 200, found.text
    assert (found.json()["data"]["city"], found.json()["data"]["demonstration"]) == ("Paray-Vieille-Poste", True)
    for siret, status in ((SIRET, 404), ("123", 422), ("", 422)):
        answer = await call(cast.lea, "get", "/organizations/lookup", params={"siret": siret})
        assert answer.status_code == status
    assert (await call(None, "get", "/organizations/lookup", params={"siret": SIRET})).status_code == 401
