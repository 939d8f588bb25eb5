"""Members: seen, given roles, removed; never the last who runs it."""

import asyncio

import pytest

from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Role
from tests.cast import Cast
from tests.clock import MovableClock
from tests.organizations.conftest import Call, Newcomer


async def names(call: Call, cast: Cast, **params: object) -> list[str]:
    """Return the first names of Marc's colleagues as he sees them."""
    answer = await call(cast.marc, "get", f"/organizations/{cast.company}/members", params=params)
    assert answer.status_code == 200, answer.text
    return [row["firstName"] for row in answer.json()["data"]]


async def test_members_are_listed_searched_and_paged(call: Call, cast: Cast, newcomer: Newcomer) -> None:
    for name in ("bob", "eve"):
        await newcomer(name, (cast.company, Role.LEARNER))
    assert await names(call, cast) == ["Bob", "Eve", "Lea", "Marc"]
    assert await names(call, cast, q="EVE") == ["Eve"]
    assert await names(call, cast, q="bob@test") == ["Bob"]
    assert await names(call, cast, q="%") == []
    assert await names(call, cast, role="manager") == ["Marc"]
    assert await names(call, cast, page=2, limit=3) == ["Marc"]
    first = (await call(cast.marc, "get", f"/organizations/{cast.company}/members")).json()
    assert first["meta"] == {"page": 1, "limit": 20, "total": 4}
    assert [row["isSelf"] for row in first["data"]] == [False, False, False, True]
    for actor, status in ((None, 401), (cast.lea, 403), (cast.stranger, 403), (cast.olga, 403), (cast.ada, 200)):
        assert (await call(actor, "get", f"/organizations/{cast.company}/members")).status_code == status


async def test_a_person_holds_several_roles(call: Call, cast: Cast) -> None:
    path = f"/organizations/{cast.company}/members/{cast.lea.user_id}"
    both = await call(cast.marc, "put", path, json={"roles": ["learner", "manager"], "jobRole": "Agent"})
    assert both.status_code == 200, both.text
    assert (sorted(both.json()["data"]["roles"]), both.json()["data"]["jobRole"]) == (["learner", "manager"], "Agent")
    # Lea's next call has the new role; taken away again, it ends at her next call too.
    assert (await call(cast.lea, "get", f"/organizations/{cast.company}/members")).status_code == 200
    back = await call(cast.marc, "put", path, json={"roles": ["learner"]})
    assert (back.json()["data"]["roles"], back.json()["data"]["jobRole"]) == (["learner"], "Agent")
    assert (await call(cast.lea, "get", f"/organizations/{cast.company}/members")).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"roles": []}, 422),
        ({"roles": ["king"]}, 422),
        ({"roles": ["training_admin"]}, 422),
        ({"roles": ["platform_admin"]}, 422),
        ({"roles": ["learner"], "jobRole": "x\r\nBcc: y"}, 422),
        ({"roles": ["learner"], "userId": "x"}, 422),
    ],
)
async def test_roles_that_are_none_are_refused(call: Call, cast: Cast, body: dict[str, object], status: int) -> None:
    path = f"/organizations/{cast.company}/members/{cast.lea.user_id}"
    assert (await call(cast.marc, "put", path, json=body)).status_code == status


async def test_nobody_gives_roles_elsewhere_or_to_outsiders(call: Call, cast: Cast) -> None:
    body = {"roles": ["manager"]}
    lea = f"/organizations/{cast.company}/members/{cast.lea.user_id}"
    for actor in (cast.lea, cast.stranger, cast.olga, cast.tom):
        assert (await call(actor, "put", lea, json=body)).status_code == 403
        assert (await call(actor, "post", f"{lea}/restore")).status_code == 403
    # Neither a member of another organisation nor nobody at all can be made a member this way.
    for user_id in (cast.olga.user_id, new_id(), "nobody"):
        path = f"/organizations/{cast.company}/members/{user_id}"
        assert (await call(cast.marc, "put", path, json=body)).status_code == 404
        assert (await call(cast.marc, "delete", path)).status_code == 404


async def test_the_last_who_runs_it_stays(call: Call, cast: Cast) -> None:
    path = f"/organizations/{cast.company}/members/{cast.marc.user_id}"
    for answer in (
        await call(cast.marc, "delete", path),
        await call(cast.marc, "put", path, json={"roles": ["learner"]}),
        await call(cast.ada, "delete", path),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")


async def test_removal_counts_at_the_next_call_and_can_be_undone(
    call: Call, cast: Cast, newcomer: Newcomer, clock: MovableClock
) -> None:
    nina = await newcomer("nina", (cast.company, Role.MANAGER), (cast.company, Role.LEARNER))
    path = f"/organizations/{cast.company}/members/{nina.user_id}"
    assert (await call(nina, "get", f"/organizations/{cast.company}/members")).status_code == 200
    assert (await call(cast.marc, "delete", path)).status_code == 204
    assert (await call(nina, "get", f"/organizations/{cast.company}/members")).status_code == 403
    assert (await call(nina, "get", f"/organizations/{cast.company}")).status_code == 404
    assert (await call(cast.marc, "delete", path)).status_code == 404

    back = await call(cast.marc, "post", f"{path}/restore")
    assert (back.status_code, sorted(back.json()["data"]["roles"])) == (200, ["learner", "manager"])
    assert (await call(cast.marc, "post", f"{path}/restore")).json()["code"] == "undo_too_late"
    await call(cast.marc, "delete", path)
    clock.move(minutes=11)
    assert (await call(cast.marc, "post", f"{path}/restore")).json()["code"] == "undo_too_late"


async def test_anybody_may_leave_and_is_not_fetched_back(call: Call, cast: Cast) -> None:
    path = f"/organizations/{cast.company}/members/{cast.lea.user_id}"
    assert (await call(cast.lea, "delete", path)).status_code == 204
    assert (await call(cast.marc, "post", f"{path}/restore")).json()["code"] == "undo_too_late"


async def test_two_who_remove_each_other_at_once_leave_one(call: Call, cast: Cast, newcomer: Newcomer) -> None:
    nina = await newcomer("nina", (cast.company, Role.MANAGER))
    path = f"/organizations/{cast.company}/members"
    for _ in range(3):
        answers = await asyncio.gather(
            call(cast.marc, "delete", f"{path}/{nina.user_id}"),
            call(nina, "delete", f"{path}/{cast.marc.user_id}"),
        )
        assert min(answer.status_code for answer in answers) == 204
        assert {answer.status_code for answer in answers} <= {204, 403, 409}
        left = [actor for actor in (cast.marc, nina) if (await call(actor, "get", path)).status_code == 200]
        assert len(left) == 1
        gone = nina if left[0] is cast.marc else cast.marc
        assert (await call(left[0], "post", f"{path}/{gone.user_id}/restore")).status_code == 200


async def test_two_who_step_down_at_once_leave_one(call: Call, cast: Cast, newcomer: Newcomer) -> None:
    nina = await newcomer("nina", (cast.company, Role.MANAGER))
    path = f"/organizations/{cast.company}/members"
    answers = await asyncio.gather(
        *(call(actor, "put", f"{path}/{actor.user_id}", json={"roles": ["learner"]}) for actor in (cast.marc, nina))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
