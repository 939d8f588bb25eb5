"""Signing in and up, as the page's state sees it."""

import re

import pytest
from sqlalchemy import select

from pygmalion_app.accounts.models import SignInTicket, User
from pygmalion_app.adapters.mail.routes import messages
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui.accounts.state import SignIn, safe_next
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock
from tests.ui_private.conftest import Open, RunJobs

MARC = "marc@test.example"


@pytest.mark.parametrize(
    "address",
    ["/fr/enrol/0199a-b", "/en/formations", "/fr", "/fr/formations?q=dgr&page=2", "/fr/formations/s%C3%BBret%C3%A9"],
)
def test_our_own_addresses_are_gone_on_to(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/fr", "https://evil.example", "/\\evil.example", "/fr//evil.example/", "javascript:alert(1)",
        "/fr/x\r\nSet-Cookie: a=b", "/api/v1/me", "", None, 7, "/fr/../../x?<script>", "/frx",
    ],
)  # fmt: skip
def test_nothing_else_is(address: object) -> None:
    assert safe_next(address) == ""


async def _code(run_jobs: RunJobs, to: str) -> str:
    """Run the mail job by hand and read the code."""
    await run_jobs()
    found = re.search(r"\b\d{6}\b", (await messages(to))[0].text)
    assert found
    return found[0]


async def test_password_then_code_gives_a_ticket_and_leads_where_one_was_going(
    open_as: Open[SignIn], cast: Cast, container: Container, run_jobs: RunJobs
) -> None:
    state = await open_as(SignIn, f"/fr/sign-in?next=/fr/enrol/{cast.session}", ANONYMOUS)
    await SignIn.load.fn(state)
    await SignIn.sign_in.fn(state, {"email": f" {MARC.upper()} ", "password": PASSWORD})
    assert (state.step, state.form_error, state.email_error) == ("email", "", "")
    assert PASSWORD not in repr(state.dict())
    sent = await SignIn.type_code.fn(state, f" {(await _code(run_jobs, MARC))[:3]} ")
    assert sent is None
    event = await SignIn.type_code.fn(state, await _code(run_jobs, MARC))
    assert f"/fr/enrol/{cast.session}" in str(event)
    assert "/auth/exchange" in str(event)
    async with unit_of_work(SYSTEM, container) as uow:
        assert len((await uow.session.execute(select(SignInTicket))).all()) == 1


async def test_a_wrong_password_and_an_unknown_address_read_the_same(open_as: Open[SignIn], cast: Cast) -> None:
    state = await open_as(SignIn, "/en/sign-in", ANONYMOUS)
    await SignIn.sign_in.fn(state, {"email": MARC, "password": "not the password"})
    wrong = state.form_error
    await SignIn.sign_in.fn(state, {"email": "nobody@test.example", "password": "not the password"})
    assert wrong
    assert state.form_error == wrong
    assert state.step == "identity"


async def test_faults_stand_beside_their_fields(open_as: Open[SignIn], container: Container) -> None:
    state = await open_as(SignIn, "/fr/sign-up", ANONYMOUS)
    await SignIn.sign_up.fn(
        state, {"email": "not an address", "password": "short", "first_name": " ", "last_name": ["x"]}
    )
    assert all((state.email_error, state.password_error, state.first_name_error, state.last_name_error))
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.execute(select(User))).all() == []


@pytest.mark.parametrize("form", [{}, {"email": None, "password": 7}, {"email": {"a": 1}, "password": ["x"]}])
async def test_a_form_of_any_shape_is_an_answer_and_no_error(
    open_as: Open[SignIn], cast: Cast, form: dict[str, object]
) -> None:
    state = await open_as(SignIn, "/fr/sign-in", ANONYMOUS)
    await SignIn.sign_in.fn(state, form)
    assert state.email_error
    await SignIn.send_code.fn(state, {"code": form})
    assert state.code_error


async def test_a_new_code_is_refused_too_soon_and_kills_the_old_one(
    open_as: Open[SignIn], cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    state = await open_as(SignIn, "/fr/sign-in", ANONYMOUS)
    await SignIn.sign_in.fn(state, {"email": MARC, "password": PASSWORD})
    old_code, old_challenge = await _code(run_jobs, MARC), state._challenge
    await SignIn.resend.fn(state)
    assert state._challenge == old_challenge
    clock.move(seconds=31)
    await SignIn.resend.fn(state)
    assert state._challenge != old_challenge
    new_code, new_challenge = await _code(run_jobs, MARC), state._challenge
    state._challenge = old_challenge
    await SignIn.type_code.fn(state, old_code)
    assert state.code_error
    state._challenge = new_challenge
    await SignIn.type_code.fn(state, new_code)
    assert state.done
