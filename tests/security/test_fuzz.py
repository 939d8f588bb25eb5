"""Every operation of the API, called with what its own description allows and with what it does not (schemathesis).

As a stranger, a learner and a school's administrator: nothing fails on our side, nothing that needs sign-in answers a
stranger, and every answer is of the described shape.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as settings_of_hypothesis
from schemathesis import Case
from schemathesis.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response

from pygmalion_app.accounts import tokens
from pygmalion_app.api.app import create_api
from pygmalion_app.api.problems import MEDIA_TYPE
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.config import Settings
from pygmalion_app.core.limits import Limit
from pygmalion_app.core.unit_of_work import Container
from tests import servers
from tests.cast import Cast

EXAMPLES = 5
PUBLIC = {
    "GET /api/v1/health",
    "POST /api/v1/auth/register",
    "POST /api/v1/auth/login",
    "POST /api/v1/auth/verify-otp",
    "POST /api/v1/auth/refresh",
    "POST /api/v1/auth/logout",
    "POST /api/v1/auth/password-reset",
    "POST /api/v1/auth/password-reset/confirm",
    "POST /api/v1/auth/email-change/undo",
    "POST /api/v1/auth/passkeys/options",
    "POST /api/v1/auth/passkeys/verify",
    "GET /api/v1/auth/sso",
    "GET /api/v1/organizations/{id}",
    "GET /api/v1/invitations/{token}",
    "POST /api/v1/invitations/{token}/decline",
    "GET /api/v1/formations",
    "GET /api/v1/formations/search",
    "GET /api/v1/formations/facets",
    "GET /api/v1/formations/suggestions",
    "GET /api/v1/formations/categories",
    "GET /api/v1/formations/{id_or_slug}",
    "GET /api/v1/sessions",
    "GET /api/v1/sessions/{id}",
    "POST /api/v1/payments/webhook",
    "GET /api/v1/certificates/status/{list}",
    "GET /api/v1/certificates/verify",
    "GET /api/v1/certificates/verify/{token}/proof",
    "GET /api/v1/certificates/verify/{token}",
    "POST /api/v1/certificates/verify/{token}",
    "POST /api/v1/certificates/verify",
}
"""What a stranger may call. Whatever else is added needs sign-in, or a line here and a reason."""
CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance]
# One process describes the API and makes the calls up: half of the time goes into that.
pytestmark = pytest.mark.xdist_group("fuzz")


@cache
def description() -> dict[str, Any]:
    """Return the API's description of itself."""
    return create_api().openapi()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings under which a thousand calls a minute are nothing unusual."""
    return settings.model_copy(update={"rate_limits": dict.fromkeys(Limit, "1000000/1m")})


@pytest.fixture
async def url(container: Container) -> AsyncIterator[str]:
    """Return the address of the API on a real port: its pools belong to this loop, schemathesis to a thread."""
    async with servers.serving_api(container) as url:
        yield url


def test_only_what_is_listed_is_open_to_strangers() -> None:
    described = {
        f"{method.upper()} {path}"
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
        if not operation.get("security") or {} in operation["security"]
    }
    assert described == PUBLIC


def _bearer(container: Container, actor: Actor | None) -> dict[str, str]:
    if actor is None:
        return {}
    token = tokens.create_access_token(container.settings, actor.require_user(), container.clock.now())
    return {"Authorization": f"Bearer {token}"}


@cache
def cases() -> list[Case]:
    """Return what every operation is called with, as anybody: the same in every run, so made once for all."""
    made: list[Case] = []
    for found in schemathesis.openapi.from_dict(description()).get_all_operations():
        assert isinstance(found, Ok), "the description itself is sound"

        @settings_of_run(max_examples=EXAMPLES)
        @given(case=found.ok().as_strategy())
        def keep(case: Case) -> None:
            made.append(case)

        keep()
    return made


def _call_all(url: str, headers: dict[str, str]) -> list[str]:
    """Call every operation and return what was wrong."""
    with requests.Session() as session:
        session.trust_env = False
        # Each call comes from somebody new: what one was told to keep is not the next one's.
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        calls = ((case, case.call(base_url=url, session=session, headers=headers, timeout=60)) for case in cases())
        faults = [_fault_of(case, answer, headers) for case, answer in calls]
    return [fault for fault in faults if fault]


def _fault_of(case: Case, answer: Response, headers: dict[str, str]) -> str | None:
    """Return what is wrong with an answer, or None."""
    label = case.operation.label
    said = f"{label} {case.path_parameters} {case.query} {str(case.body)[:300]} -> {answer.status_code}"
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"{said}: {answer.text[:300]}"
    if answer.status_code >= 400:
        kind = answer.headers.get("content-type", [""])[0]
        return None if kind.startswith(MEDIA_TYPE) else f"{said}: answered as {kind}"
    if label not in PUBLIC and not headers:
        return f"{said}: answered a stranger"
    try:
        case.validate_response(answer, checks=CHECKS)
    except (schemathesis.errors.SchemathesisError, AssertionError) as error:
        return f"{said}: {error}"
    return None


def settings_of_run(max_examples: int) -> Any:
    """Return the same few examples in every run: this is a test, and the search for new ones is a tool's work."""
    return settings_of_hypothesis(
        max_examples=max_examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["stranger", "lea", "olga"])
async def test_no_call_fails_on_our_side_and_none_answers_who_may_not(
    name: str, url: str, container: Container, cast: Cast
) -> None:
    actor = {"stranger": None, "lea": cast.lea, "olga": cast.olga}[name]
    wrong = await asyncio.to_thread(_call_all, url, _bearer(container, actor))
    assert wrong == [], "\n".join(wrong)
