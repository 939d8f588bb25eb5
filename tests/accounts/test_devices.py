"""The list of one's devices, and signing them out."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pygmalion_app.accounts.authentication import authenticate_session
from pygmalion_app.accounts.devices import Software, mine, sign_out, software_of
from pygmalion_app.core.caller import set_caller
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import unit_of_work
from tests.accounts.signing import browser_is_in, browser_of, client_of
from tests.cast import Cast
from tests.clock import MovableClock

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.mark.parametrize(
    ("user_agent", "named"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
                " Safari/537.36 Edg/142.0.0.0"
            ),
            ("Edge", "Windows"),
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                " Version/18.1 Mobile/15E148 Safari/604.1"
            ),
            ("Safari", "iPhone"),
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile"
                " Safari/537.36"
            ),
            ("Chrome", "Android"),
        ),
        ("python-httpx/0.28.1", ("python-httpx", "")),
        ("", ("", "")),
        ("<script>alert(1)</script>", ("", "")),
    ],
)
def test_devices_are_named_by_their_user_agent(user_agent: str, named: tuple[str, str]) -> None:
    assert software_of(user_agent) == Software(*named)


WORDS = [
    "Mozilla/5.0",
    "(",
    ")",
    ";",
    "Windows NT",
    "Chrome/",
    "Safari",
    "iPhone",
    "Android",
    "Version/",
    "OPR/",
    "/",
    "Edg",
]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)))
def test_any_user_agent_is_named_or_not_and_breaks_nothing(user_agent: str) -> None:
    named = software_of(user_agent)
    assert len(named.browser) <= 60
    assert len(named.system) <= 60


async def test_the_list_tells_browsers_and_clients_apart_and_marks_this_one(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    set_caller("203.0.113.7", FIREFOX)
    await browser_of(cast.lea)
    await browser_of(cast.marc)
    set_caller("203.0.113.8", "python-httpx/0.28.1")
    clock.move(minutes=1)
    person = await client_of(api, cast.lea)
    api_client, browser = (await person.call("GET", "/devices")).json()["data"]
    assert (api_client["kind"], api_client["browser"], api_client["current"]) == ("api", "python-httpx", True)
    assert (browser["kind"], browser["browser"], browser["system"]) == ("browser", "Firefox", "Windows")
    assert (browser["address"], browser["current"]) == ("203.0.113.7", False)
    assert "token" not in str(browser).lower()


async def test_signing_one_out_holds_at_once_and_only_ones_own(api: httpx.AsyncClient, cast: Cast) -> None:
    token = await browser_of(cast.lea)
    session_id = (await authenticate_session(token)).session_id
    lea, marc, ada = await client_of(api, cast.lea), await client_of(api, cast.marc), await client_of(api, cast.ada)
    for foreigner in (marc, ada):
        assert (await foreigner.call("DELETE", f"/devices/{session_id}")).status_code == 404
    assert await browser_is_in(api, token)
    assert (await lea.call("DELETE", f"/devices/{session_id}")).status_code == 204
    assert not await browser_is_in(api, token)
    assert (await lea.call("DELETE", f"/devices/{session_id}")).status_code == 404
    family = next(one for one in (await lea.call("GET", "/devices")).json()["data"] if one["current"])
    assert (await lea.call("DELETE", f"/devices/{family['id']}")).status_code == 204
    assert not await lea.signed_in()
    assert not await lea.can_refresh()


async def test_signing_out_everywhere(api: httpx.AsyncClient, cast: Cast) -> None:
    this, other, browser = await client_of(api, cast.lea), await client_of(api, cast.lea), await browser_of(cast.lea)
    marc = await client_of(api, cast.marc)
    assert (await this.call("POST", "/sign-out-everywhere")).status_code == 204
    for person in (this, other):
        assert not await person.signed_in()
        assert not await person.can_refresh()
    assert not await browser_is_in(api, browser)
    assert await marc.signed_in()


async def test_ended_and_idle_sessions_are_not_listed(cast: Cast, clock: MovableClock) -> None:
    await browser_of(cast.lea)
    clock.move(days=7, minutes=1)
    actor = await authenticate_session(await browser_of(cast.lea))
    async with unit_of_work(actor) as uow:
        assert [one.current for one in await mine(uow)] == [True]


async def test_the_database_alone_shows_no_foreign_session(cast: Cast) -> None:
    session_id = (await authenticate_session(await browser_of(cast.lea))).session_id
    assert session_id
    async with unit_of_work(cast.marc) as uow:
        assert await uow.sql("SELECT id FROM token_families") == []
        with pytest.raises(NotFoundError):
            await sign_out(uow, session_id)
