"""The security page, the dialog that proves who one is, and what mailed links lead to, as their states see it."""

from typing import Any

import pytest
from reflex_base.event import Event

from pygmalion_app.accounts import trusted_devices
from pygmalion_app.accounts.authentication import authenticate_session
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.ui import actor as actors
from pygmalion_app.ui.accounts import reauthentication
from pygmalion_app.ui.accounts.reauthentication import Reauthentication
from pygmalion_app.ui.accounts.reset_state import ResetState, UndoState
from pygmalion_app.ui.accounts.security_state import DevicesState, SecurityState
from pygmalion_app.ui.accounts.trusted_section import TrustedState
from tests.accounts.signing import browser_of, last_code, last_token
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock
from tests.conftest import OpenUnitOfWork
from tests.ui_private.conftest import Open, RunJobs

LEA, NEW = "lea@test.example", "quatre mots pas ensemble"


async def test_devices_are_listed_and_one_signs_out(open_as: Open[DevicesState], cast: Cast) -> None:
    other = await browser_of(cast.lea)
    state = await open_as(DevicesState, "/fr/security", cast.lea)
    await DevicesState.load.fn(state)
    assert [row.current for row in state.rows].count(True) == 1
    row = next(row for row in state.rows if not row.current)
    assert row.name == "Navigateur inconnu"
    assert "code par e-mail" in row.detail
    await DevicesState.sign_out.fn(state, row.key)
    assert await authenticate_session(other) == ANONYMOUS
    assert [left.current for left in state.rows] == [True]
    assert "déjà" in str(await DevicesState.sign_out.fn(state, row.key))


@pytest.mark.parametrize("key", ["", "x", None, 7, ["a"], {"b": 1}])
async def test_any_key_is_an_answer_and_no_error(open_as: Open[DevicesState], cast: Cast, key: Any) -> None:
    state = await open_as(DevicesState, "/fr/security", cast.lea)
    await DevicesState.sign_out.fn(state, key)


async def test_a_trusted_browser_is_listed_and_forgotten(
    open_as: Open[TrustedState], uow_factory: OpenUnitOfWork, cast: Cast
) -> None:
    async with uow_factory(SYSTEM) as uow:
        token = await trusted_devices.trust(uow, cast.lea.require_user())
    stranger = await open_as(TrustedState, "/fr/security", cast.stranger)
    state = await open_as(TrustedState, "/fr/security", cast.lea)
    actors.forget()
    await TrustedState.load.fn(state)
    (row,) = state.rows
    actors.forget()
    await TrustedState.forget.fn(stranger, row.key)
    actors.forget()
    async with uow_factory(SYSTEM) as uow:
        assert await trusted_devices.recognise(uow, cast.lea.require_user(), token)
    await TrustedState.forget.fn(state, row.key)
    assert state.rows == []
    async with uow_factory(SYSTEM) as uow:
        assert not await trusted_devices.recognise(uow, cast.lea.require_user(), token)
    assert "déjà" in str(await TrustedState.forget.fn(state, row.key))


async def test_everywhere_means_here_too(open_as: Open[DevicesState], cast: Cast) -> None:
    other = await browser_of(cast.lea)
    state = await open_as(DevicesState, "/en/security", cast.lea)
    event = await DevicesState.sign_out_everywhere.fn(state)
    assert "/auth/sign-out" in str(event)
    assert await authenticate_session(other) == ANONYMOUS


async def test_password_faults_stand_beside_their_fields(open_as: Open[SecurityState], cast: Cast) -> None:
    state = await open_as(SecurityState, "/fr/security", cast.lea)
    await SecurityState.change_password.fn(state, {})
    assert (bool(state.current_error), state.new_error) == (True, "")
    await SecurityState.change_password.fn(state, {"current_password": "not it", "new_password": NEW})
    assert "actuel" in state.current_error
    await SecurityState.change_password.fn(state, {"current_password": PASSWORD, "new_password": "Password2026!"})
    assert "pirates" in state.new_error
    assert await SecurityState.change_password.fn(state, {"current_password": PASSWORD, "new_password": NEW})
    assert (state.current_error, state.new_error) == ("", "")
    assert NEW not in repr(state.dict())


async def test_a_change_of_address_waits_for_the_proof_and_goes_on_by_itself(
    open_as: Open[SecurityState], cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    state = await open_as(SecurityState, "/fr/security", cast.lea)
    clock.move(minutes=11)
    opened = await SecurityState.change_email.fn(state, {"new_email": "lea.new@test.example"})
    assert reauthentication.DIALOG in str(opened)
    assert state.new_email == ""
    proof = await state.get_state(Reauthentication)
    await Reauthentication.send_password.fn(proof, {"reauth_password": "not it"})
    assert (proof.step, bool(proof.password_error)) == ("password", True)
    await Reauthentication.send_password.fn(proof, {"reauth_password": PASSWORD})
    assert (proof.step, proof.password_error) == ("email", "")
    assert PASSWORD not in repr(proof.dict())
    await Reauthentication.send_code.fn(proof, {"reauth_code": "12"})
    assert proof.code_error
    events = await Reauthentication.send_code.fn(proof, {"reauth_code": await last_code(run_jobs, LEA)})
    again = next(event for event in events if isinstance(event, Event))
    assert again.name.endswith("security_state.change_email")
    actors.forget()  # the next event looks its session up anew
    await SecurityState.change_email.fn(state, again.payload["form"])
    assert state.new_email == "lea.new@test.example"
    code = await last_code(run_jobs, "lea.new@test.example")
    assert await SecurityState.confirm_email.fn(state, {"email_code": f" {code[:3]} {code[3:]}"})
    assert state.new_email == ""


async def test_the_dialog_starts_anew_each_time(open_as: Open[SecurityState], cast: Cast) -> None:
    state = await open_as(SecurityState, "/fr/security", cast.lea)
    await reauthentication.ask(state)
    proof = await state.get_state(Reauthentication)
    await Reauthentication.send_password.fn(proof, {"reauth_password": PASSWORD})
    assert proof.step == "email"
    await reauthentication.ask(state)
    assert (proof.step, proof._challenge) == ("password", "")
    Reauthentication.choose.fn(proof, "passkey")
    assert proof.step == "password"


@pytest.mark.parametrize("form", [{}, {"reauth_code": None, "reauth_password": 7}, {"reauth_password": ["x"] * 3}])
async def test_forms_of_any_shape(open_as: Open[Any], cast: Cast, form: dict[str, Any]) -> None:
    proof = await open_as(Reauthentication, "/fr/security", cast.lea)
    await Reauthentication.send_password.fn(proof, form)
    await Reauthentication.send_code.fn(proof, form)
    assert proof.password_error
    assert proof.code_error
    security = await proof.get_state(SecurityState)
    await SecurityState.change_email.fn(security, form)
    await SecurityState.confirm_email.fn(security, form)
    assert security.email_error
    reset = await proof.get_state(ResetState)
    await ResetState.send.fn(reset, form)
    await ResetState.choose.fn(reset, form)
    assert reset.email_error == ""
    assert reset.step == "ask"


async def test_a_mailed_link_sets_a_password_and_keeps_its_token_out_of_the_page(
    open_as: Open[ResetState], cast: Cast, run_jobs: RunJobs
) -> None:
    state = await open_as(ResetState, "/en/reset-password", ANONYMOUS)
    assert "location.hash" in str(ResetState.load.fn(state))
    ResetState.take.fn(state, "")
    assert state.step == "ask"
    await ResetState.send.fn(state, {"email": LEA})
    assert state.step == "sent"
    token = await last_token(run_jobs, LEA)
    ResetState.take.fn(state, token)
    assert state.step == "choose"
    assert token not in repr(state.dict())
    await ResetState.choose.fn(state, {"new_password": "qwertyuiop123"})
    assert (state.step, bool(state.password_error)) == ("choose", True)
    await ResetState.choose.fn(state, {"new_password": NEW})
    assert state.step == "done"
    ResetState.take.fn(state, token)
    await ResetState.choose.fn(state, {"new_password": NEW})
    assert state.form_error


async def test_an_address_is_put_back_by_a_click_only(open_as: Open[UndoState], cast: Cast) -> None:
    state = await open_as(UndoState, "/fr/undo-email-change", ANONYMOUS)
    UndoState.take.fn(state, "")
    assert not state.ready
    UndoState.take.fn(state, "made-up")
    assert state.ready
    await UndoState.undo.fn(state)
    assert (state.done, bool(state.error)) == (False, True)
