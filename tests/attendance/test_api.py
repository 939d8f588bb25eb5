"""Attendance over HTTP: what the page's script sends, and only from our own page."""

from uuid import UUID

import httpx

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import open_browser_session
from pygmalion_app.api.uploads import PAGE_HEADER
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.attendance.conftest import STROKES, Seats
from tests.cast import Cast

_OWN = {"Origin": "http://test.pygmalion.example", PAGE_HEADER: "1"}


async def test_a_page_writes_by_its_cookie_and_no_other_origin_does(
    container: Container, client: httpx.AsyncClient, cast: Cast, today: UUID, seats: Seats
) -> None:
    (lea,) = await seats(today, cast.lea)
    async with unit_of_work(SYSTEM, container) as uow:
        cookie = await open_browser_session(uow, cast.tom.require_user())
    as_tom = {"Cookie": f"{SESSION_COOKIE}={cookie}"}
    path = f"/api/v1/sessions/{today}/attendance"
    sheet = (await client.get(path, headers=as_tom)).json()["data"]
    half = sheet["halfDays"][0]
    mark = {
        "clientId": str(today),
        "enrollmentId": str(lea),
        "day": half["day"],
        "part": half["part"],
        "state": "present",
        "signedAt": container.clock.now().isoformat(),
        "drawing": STROKES,
    }
    for headers, expected in (
        ({}, 401),
        (as_tom, 403),
        (as_tom | {PAGE_HEADER: "1", "Origin": "https://evil.example"}, 403),
        (as_tom | _OWN, 200),
    ):
        answer = await client.post(f"{path}/marks", json=mark, headers=headers)
        assert answer.status_code == expected, answer.text
    for wrong in ({"drawing": None}, {"drawing": "M1 1 <script>" * 9}, {"state": "absent"}, {"part": 3}):
        answer = await client.post(f"{path}/marks", json=mark | wrong, headers=as_tom | _OWN)
        assert answer.status_code == 422
    paper = await client.get(f"{path}/sheet.pdf?locale=en", headers=as_tom)
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    code = await client.get(f"{path}/code/{half['day']}/{half['part']}?locale=en", headers=as_tom)
    assert "/en/attend/" in code.json()["data"]["url"]
