"""Second factors and trusted browsers, as the pages' states see them."""

import json
import re
from urllib.parse import unquote

import httpx
import pytest
from pyotp.totp import TOTP
from reflex_base.event import EventSpec
from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.accounts import trusted_devices
from pygmalion_app.accounts.passkeys import relying_party
from pygmalion_app.accounts.sessions import issue_ticket
from pygmalion_app.accounts.trusted_devices import COOKIE
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import Organization
from pygmalion_app.ui import actor as actors
from pygmalion_app.ui.accounts.factors_state import FactorsState
from pygmalion_app.ui.accounts.state import SignIn
from tests.accounts.authenticator import SoftAuthenticator
from tests.accounts.flows import last_code
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock
from tests.ui.conftest import Visit
from tests.ui_private.conftest import Open, RunJobs

LEA = "lea@test.example"
MARC = "marc@test.example"


async def _at_the_door(visit: Visit, cookie: str = "", address: str = "/fr/sign-in") -> SignIn:
    actors.forget()
    state = await visit(address, cookie).get_state(SignIn)
    await SignIn.load.fn(state)
    return state


def _ticket(event: object) -> str:
    found = re.search(r"ticket[^\w-]+([\w-]{20,})", unquote(str(event)))
    assert found, event
    return found[1]


async def _exchange(api: httpx.AsyncClient, container: Container, event: object) -> httpx.Response:
    fields = {"ticket": _ticket(event)} | ({"trust": "true"} if "trust" in str(event) else {})
    return await api.post(f"{container.settings.own_url}/auth/exchange", data=fields)


async def _demand(container: Container, organization: object) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(
            update(Organization).where(col(Organization.id) == organization).values(strong_factor_required=True)
        )


async def test_a_trusted_browser_spares_the_code_and_never_the_password(
    visit: Visit, api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, container: Container, clock: MovableClock
) -> None:
    state = await _at_the_door(visit)
    await SignIn.sign_in.fn(state, {"email": LEA, "password": PASSWORD})
    assert (state.step, state.may_trust) == ("email", True)
    SignIn.choose_trust.fn(state, True)
    entered = await _exchange(api, container, await SignIn.type_code.fn(state, await last_code(api, run_jobs, LEA)))
    (cookie,) = [one for one in entered.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    device = cookie.split(";")[0]

    again = await _at_the_door(visit, device)
    await SignIn.sign_in.fn(again, {"email": LEA, "password": "not the password"})
    assert (again.step, again.form_error != "") == ("identity", True)
    event = await SignIn.sign_in.fn(again, {"email": LEA, "password": PASSWORD})
    token = (await _exchange(api, container, event)).cookies["pygmalion_session"]
    async with unit_of_work(SYSTEM, container) as uow:
        session = (await uow.sql("SELECT method, authenticated_at FROM browser_sessions ORDER BY created_at"))[-1]
    # A trusted browser is no proof: a sensitive change asks for one.
    assert session == {"method": "trusted_device", "authenticated_at": None}
    assert token

    # Bound to its person, and to its time.
    other = await _at_the_door(visit, device)
    assert await SignIn.sign_in.fn(other, {"email": MARC, "password": PASSWORD}) is None
    assert other.step == "email"
    clock.move(days=31)
    late = await _at_the_door(visit, device)
    assert await SignIn.sign_in.fn(late, {"email": LEA, "password": PASSWORD}) is None


async def test_trust_ends_when_it_is_revoked_and_is_not_offered_where_more_is_demanded(
    visit: Visit, api: httpx.AsyncClient, cast: Cast, container: Container
) -> None:
    assert cast.marc.user_id is not None
    async with unit_of_work(SYSTEM, container) as uow:
        token = await trusted_devices.trust(uow, cast.marc.user_id)
    async with unit_of_work(cast.marc, container) as uow:
        (listed,) = await trusted_devices.devices_of(uow)
    door = await _at_the_door(visit, f"{COOKIE}={token}")
    assert await SignIn.sign_in.fn(door, {"email": MARC, "password": PASSWORD}) is not None

    await _demand(container, cast.company)
    door = await _at_the_door(visit, f"{COOKIE}={token}")
    assert await SignIn.sign_in.fn(door, {"email": MARC, "password": PASSWORD}) is None
    assert (door.step, door.may_trust) == ("email", False)
    async with unit_of_work(SYSTEM, container) as uow:
        ticket = await issue_ticket(uow, cast.marc.user_id)
    answer = await api.post(f"{container.settings.own_url}/auth/exchange", data={"ticket": ticket, "trust": "true"})
    assert COOKIE not in answer.cookies

    async with unit_of_work(cast.lea, container) as uow:
        with pytest.raises(Exception, match="not_found"):
            await trusted_devices.forget_device(uow, listed.id)
    async with unit_of_work(cast.marc, container) as uow:
        await trusted_devices.forget_device(uow, listed.id)
        assert await trusted_devices.devices_of(uow) == ()


async def test_who_must_set_a_strong_factor_up_is_led_there_first(
    visit: Visit,
    api: httpx.AsyncClient,
    cast: Cast,
    run_jobs: RunJobs,
    container: Container,
    open_as: Open[FactorsState],
) -> None:
    await _demand(container, cast.company)
    state = await _at_the_door(visit, address="/en/sign-in?next=/en/team")
    await SignIn.sign_in.fn(state, {"email": MARC, "password": PASSWORD})
    event = await SignIn.type_code.fn(state, await last_code(api, run_jobs, MARC))
    assert "/en/security" in str(event)
    assert "/en/team" not in str(event)
    page = await open_as(FactorsState, "/en/security", cast.marc)
    await FactorsState.load.fn(page)
    assert "Aeroport Services" in page.demanded


async def test_an_authenticator_is_set_up_by_qr_code_and_then_asked_for(
    visit: Visit, cast: Cast, container: Container, clock: MovableClock, open_as: Open[FactorsState]
) -> None:
    page = await open_as(FactorsState, "/fr/security", cast.lea)
    await FactorsState.load.fn(page)
    assert (page.loaded, page.strong, page.demanded) == (True, False, "")
    await FactorsState.begin_totp.fn(page)
    assert page.qr.startswith("data:image/svg+xml")
    totp = TOTP(page.secret.replace(" ", ""))
    await FactorsState.confirm_totp.fn(page, {"totp_code": "12"})
    assert page.code_error
    await FactorsState.confirm_totp.fn(page, {"totp_code": f"{totp.at(clock.now())[:3]} {totp.at(clock.now())[3:]}"})
    assert (page.strong, len(page.recovery_codes), page.secret, page.qr) == (True, 10, "", "")
    codes = list(page.recovery_codes)
    FactorsState.forget_codes.fn(page)
    assert not any(code in repr(page.dict()) for code in codes)

    clock.move(seconds=30)
    state = await _at_the_door(visit)
    await SignIn.sign_in.fn(state, {"email": LEA, "password": PASSWORD})
    assert (state.step, state.methods) == ("totp", ["totp", "recovery_code"])
    SignIn.choose_method.fn(state, "email")
    assert state.step == "totp"  # not one of theirs
    SignIn.choose_method.fn(state, "recovery_code")
    assert await SignIn.type_code.fn(state, "123456") is None
    assert "/auth/exchange" in str(await SignIn.send_code.fn(state, {"code": codes[0].lower()}))

    clock.move(minutes=11)
    actors.forget()
    asked = await FactorsState.renew_codes.fn(page)
    assert page.recovery_codes == []
    assert "reauthenticate-dialog" in str(asked)


async def test_passkeys_are_made_and_used_through_the_pages(
    visit: Visit, cast: Cast, container: Container, open_as: Open[FactorsState]
) -> None:
    device = SoftAuthenticator(relying_party(container.settings).origin)
    page = await open_as(FactorsState, "/fr/security", cast.lea)
    await FactorsState.load.fn(page)
    assert (page.passkeys_at, page.passkeys_here) == (device.origin, False)
    assert await FactorsState.begin_passkey.fn(page, {"passkey_name": " "}) is None
    assert page.name_error
    made = await FactorsState.begin_passkey.fn(page, {"passkey_name": "Téléphone"})
    await FactorsState.receive_passkey.fn(page, _answer(device, made, "create"))
    assert [row.name for row in page.passkeys] == ["Téléphone"]
    assert len(page.recovery_codes) == 10

    state = await _at_the_door(visit)
    asked = await SignIn.use_passkey.fn(state)
    assert "/auth/exchange" in str(await SignIn.receive_passkey.fn(state, _answer(device, asked, "get")))

    for nonsense in (None, "", "[]", '{"error": "NotAllowedError"}', '{"credential": 7}', '{"credential": {}}', 7):
        state = await _at_the_door(visit)
        await SignIn.use_passkey.fn(state)
        assert await SignIn.receive_passkey.fn(state, nonsense) is None  # pyright: ignore[reportArgumentType]
        assert state.form_error
    state = await _at_the_door(visit)
    assert await SignIn.receive_passkey.fn(state, _answer(device, asked, "get")) is None  # nothing was asked for

    actors.forget()
    FactorsState.ask_removal.fn(page, page.passkeys[0].key)
    await FactorsState.remove.fn(page)
    assert (page.passkeys, page.strong) == ([], False)


def _answer(device: SoftAuthenticator, event: object, verb: str) -> str:
    """Return what the browser would hand back for the event that asks it."""
    assert isinstance(event, EventSpec)
    script = event.args[0][1]._var_value  # pyright: ignore[reportAttributeAccessIssue]
    options, _ = json.JSONDecoder().raw_decode(script, script.index("({") + 1)
    return json.dumps({"credential": getattr(device, verb)(options)})
