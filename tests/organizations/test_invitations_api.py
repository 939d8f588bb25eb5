"""Invitations: bound to a proven address, good for seven days, answered once."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.ids import new_id, new_token
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import Invitation, OrganizationMember
from tests.cast import Cast
from tests.clock import MovableClock
from tests.organizations.conftest import Call, Letters, Newcomer, token_in

ZOE = "zoe@test.example"


async def invited(call: Call, cast: Cast, letters: Letters, **changes: str) -> tuple[str, str]:
    """Invite Zoe to Marc's company; return the invitation's id and the link's secret."""
    body = {"email": ZOE, "role": "learner", "firstName": "Zoé", "jobRole": "Agent de piste"} | changes
    answer = await call(cast.marc, "post", f"/organizations/{cast.company}/users", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]["id"], token_in((await letters(body["email"].lower()))[0])


async def memberships(container: Container, actor: Actor, organization: UUID) -> list[str]:
    """Return the roles that somebody really has."""
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(
            select(col(OrganizationMember.role)).where(
                col(OrganizationMember.user_id) == actor.user_id,
                col(OrganizationMember.organization_id) == organization,
            )
        )
        return list(rows.scalars())


async def test_an_invited_person_joins_by_accepting_only(
    call: Call, cast: Cast, letters: Letters, newcomer: Newcomer, container: Container
) -> None:
    zoe = await newcomer("zoe")
    _, token = await invited(call, cast, letters, email="Zoe@Test.example")
    assert await memberships(container, zoe, cast.company) == []
    shown = (await call(None, "get", f"/invitations/{token}")).json()["data"]
    assert (shown["organizationName"], shown["role"], shown["state"]) == ("Aeroport Services", "learner", "pending")
    assert shown["invitedBy"] == "Marc Test"
    assert (await call(None, "post", f"/invitations/{token}/accept")).status_code == 401

    accepted = await call(zoe, "post", f"/invitations/{token}/accept")
    assert (accepted.status_code, accepted.json()["data"]["state"]) == (200, "accepted")
    assert await memberships(container, zoe, cast.company) == ["learner"]
    assert (await call(zoe, "get", f"/organizations/{cast.company}")).status_code == 200
    # Once more is no error, and brings nobody back who was removed since.
    assert (await call(zoe, "post", f"/invitations/{token}/accept")).status_code == 200
    await call(cast.marc, "delete", f"/organizations/{cast.company}/members/{zoe.user_id}")
    assert (await call(zoe, "post", f"/invitations/{token}/accept")).status_code == 200
    assert await memberships(container, zoe, cast.company) == []


async def test_the_answer_does_not_tell_whether_an_address_has_an_account(call: Call, cast: Cast) -> None:
    answers = [
        (await call(cast.marc, "post", f"/organizations/{cast.company}/users", json={"email": e, "role": "learner"}))
        .json()["data"]
        .keys()
        for e in ("stan@test.example", "nobody@test.example")
    ]
    assert answers[0] == answers[1]


async def test_only_an_account_that_has_proven_the_address_accepts(
    call: Call, cast: Cast, letters: Letters, newcomer: Newcomer, container: Container
) -> None:
    _, token = await invited(call, cast, letters)
    other = await call(cast.stranger, "post", f"/invitations/{token}/accept")
    assert (other.status_code, other.json()["code"]) == (403, "other_address")
    zoe = await newcomer("zoe")
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(update(User).where(col(User.id) == zoe.user_id).values(email_verified_at=None))
    unproven = await call(zoe, "post", f"/invitations/{token}/accept")
    assert unproven.json()["code"] == "other_address"
    assert await memberships(container, zoe, cast.company) == []


async def test_an_invitation_ends_after_seven_days_and_can_be_sent_again(
    call: Call, cast: Cast, letters: Letters, newcomer: Newcomer, clock: MovableClock
) -> None:
    zoe = await newcomer("zoe")
    invitation, token = await invited(call, cast, letters)
    path = f"/organizations/{cast.company}/invitations"
    soon = await call(cast.marc, "post", f"{path}/{invitation}/resend")
    assert (soon.status_code, soon.json()["code"]) == (429, "invitation_just_sent")
    clock.move(days=7, seconds=1)
    late = await call(zoe, "post", f"/invitations/{token}/accept")
    assert (late.status_code, late.json()["state"]) == (410, "expired")
    listed = (await call(cast.marc, "get", path, params={"state": "expired"})).json()["data"]
    assert [(row["id"], row["state"]) for row in listed] == [(invitation, "expired")]

    again = await call(cast.marc, "post", f"{path}/{invitation}/resend")
    assert (again.status_code, again.json()["data"]["state"]) == (200, "pending")
    fresh = token_in((await letters(ZOE))[0])
    assert fresh != token
    # The earlier link is worth nothing any more.
    assert (await call(zoe, "post", f"/invitations/{token}/accept")).status_code == 404
    assert (await call(zoe, "post", f"/invitations/{fresh}/accept")).status_code == 200


async def test_inviting_again_sends_the_same_invitation_again(
    call: Call, cast: Cast, letters: Letters, clock: MovableClock
) -> None:
    first, _ = await invited(call, cast, letters)
    clock.move(minutes=2)
    second, _ = await invited(call, cast, letters)
    assert first == second
    assert len(await letters(ZOE)) == 2
    member = {"email": "LEA@test.example", "role": "learner"}
    known = await call(cast.marc, "post", f"/organizations/{cast.company}/users", json=member)
    assert (known.status_code, known.json()["code"]) == (409, "already_member")


async def test_withdrawn_and_declined_invitations_open_nothing(
    call: Call, cast: Cast, letters: Letters, newcomer: Newcomer, container: Container
) -> None:
    zoe = await newcomer("zoe")
    invitation, token = await invited(call, cast, letters)
    path = f"/organizations/{cast.company}/invitations/{invitation}"
    assert (await call(cast.stranger, "delete", path)).status_code == 403
    elsewhere = f"/organizations/{cast.school}/invitations/{invitation}"
    assert (await call(cast.olga, "delete", elsewhere)).status_code == 404
    for _ in range(2):
        assert (await call(cast.marc, "delete", path)).json()["data"]["state"] == "withdrawn"
    withdrawn = await call(zoe, "post", f"/invitations/{token}/accept")
    assert (withdrawn.status_code, withdrawn.json()["state"]) == (410, "withdrawn")
    assert (await call(cast.marc, "post", f"{path}/resend")).status_code == 410

    _, token = await invited(call, cast, letters)
    assert (await call(None, "post", f"/invitations/{token}/decline")).json()["data"]["state"] == "declined"
    declined = await call(zoe, "post", f"/invitations/{token}/accept")
    assert (declined.status_code, declined.json()["state"]) == (410, "declined")
    assert await memberships(container, zoe, cast.company) == []


async def test_accepting_twice_at_once_joins_once(
    call: Call, cast: Cast, letters: Letters, newcomer: Newcomer, container: Container
) -> None:
    zoe = await newcomer("zoe")
    _, token = await invited(call, cast, letters)
    answers = await asyncio.gather(*(call(zoe, "post", f"/invitations/{token}/accept") for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert await memberships(container, zoe, cast.company) == ["learner"]


async def test_accepting_and_withdrawing_at_once_agree(
    call: Call, cast: Cast, letters: Letters, newcomer: Newcomer, container: Container
) -> None:
    zoe = await newcomer("zoe")
    invitation, token = await invited(call, cast, letters)
    accepted, withdrawn = await asyncio.gather(
        call(zoe, "post", f"/invitations/{token}/accept"),
        call(cast.marc, "delete", f"/organizations/{cast.company}/invitations/{invitation}"),
    )
    assert sorted((accepted.status_code, withdrawn.status_code)) == [200, 410]
    assert bool(await memberships(container, zoe, cast.company)) == (accepted.status_code == 200)


async def test_inviting_the_same_address_at_once_makes_one_invitation(
    call: Call, cast: Cast, container: Container
) -> None:
    body = {"email": ZOE, "role": "learner"}
    answers = await asyncio.gather(
        *(call(cast.marc, "post", f"/organizations/{cast.company}/users", json=body) for _ in range(5))
    )
    assert {answer.status_code for answer in answers} <= {201, 429}
    async with unit_of_work(SYSTEM, container) as uow:
        assert len(list((await uow.session.execute(select(Invitation))).scalars())) == 1


async def test_what_a_removed_person_sent_leads_nowhere(
    call: Call, cast: Cast, letters: Letters, newcomer: Newcomer
) -> None:
    nina = await newcomer("nina", (cast.company, Role.MANAGER))
    zoe = await newcomer("zoe")
    body = {"email": ZOE, "role": "manager"}
    await call(nina, "post", f"/organizations/{cast.company}/users", json=body)
    token = token_in((await letters(ZOE))[0])
    await call(cast.marc, "delete", f"/organizations/{cast.company}/members/{nina.user_id}")
    assert (await call(zoe, "post", f"/invitations/{token}/accept")).json()["state"] == "withdrawn"


async def test_a_strangers_link_opens_nothing(call: Call, cast: Cast) -> None:
    for token in (new_token(), str(new_id()), "x" * 100, "%00"):
        for method, path in (("get", ""), ("post", "/accept"), ("post", "/decline")):
            answer = await call(cast.lea, method, f"/invitations/{token}{path}")
            assert answer.status_code == 404, (token, path)


@pytest.mark.parametrize("state", ["open", "pending", "expired", "accepted", "declined", "withdrawn", ""])
async def test_invitations_are_listed_by_state(call: Call, cast: Cast, letters: Letters, state: str) -> None:
    await invited(call, cast, letters)
    path = f"/organizations/{cast.company}/invitations"
    seen = (await call(cast.marc, "get", path, params={"state": state})).json()
    assert seen["meta"]["total"] == (1 if state in {"open", "pending", ""} else 0)
    assert (await call(cast.lea, "get", path)).status_code == 403
    assert (await call(cast.stranger, "get", path)).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"firstName": "Zoé\r\nBcc: all@example.com"},
        {"lastName": "http://evil.example"},
        {"jobRole": "<script>"},
        {"email": "zoe"},
        {"email": "zoe@test.example\r\nBcc: x@y.example"},
        {"role": "training_admin"},
        {"role": "root"},
    ],
)
async def test_what_could_leave_a_header_is_refused(call: Call, cast: Cast, changes: dict[str, str]) -> None:
    body = {"email": ZOE, "role": "learner"} | changes
    assert (await call(cast.marc, "post", f"/organizations/{cast.company}/users", json=body)).status_code == 422
