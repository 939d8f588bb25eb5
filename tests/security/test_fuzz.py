"""Every operation of the API, called with what its own description allows and with what it does not (schemathesis).

As a stranger, a learner and a school's administrator: nothing fails on our side, nothing that needs sign-in answers a
stranger, and every answer is of the described shape.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as settings_of_hypothesis
from schemathesis import Case
from schemathesis.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

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
SCHEMA = create_api().openapi()
OPERATIONS = [f"{method.upper()} {path}" for path, methods in SCHEMA["paths"].items() for method in methods]


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
        for path, methods in SCHEMA["paths"].items()
        for method, operation in methods.items()
        if not operation.get("security") or {} in operation["security"]
    }
    assert described == PUBLIC


def _bearer(container: Container, actor: Actor | None) -> dict[str, str]:
    if actor is None:
        return {}
    token = tokens.create_access_token(container.settings, actor.require_user(), container.clock.now())
    return {"Authorization": f"Bearer {token}"}


def _call_all(url: str, headers: dict[str, str], examples: int) -> list[str]:
    """Call every operation and return what was wrong."""
    wrong: list[str] = []
    schema = schemathesis.openapi.from_dict(SCHEMA)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), "the description itself is sound"
        _call(found.ok(), url, headers, examples, wrong)
    return wrong


def _call(operation: APIOperation, url: str, headers: dict[str, str], examples: int, wrong: list[str]) -> None:
    private = operation.label not in PUBLIC

    @settings_of_run(max_examples=examples)
    @given(case=operation.as_strategy())
    def check(case: Case) -> None:
        answer = case.call(base_url=url, headers=headers, timeout=60)
        said = f"{operation.label} {case.path_parameters} {case.query} {str(case.body)[:300]} -> {answer.status_code}"
        if answer.status_code >= 500 and answer.status_code != 503:
            wrong.append(f"{said}: {answer.text[:300]}")
        elif answer.status_code >= 400:
            kind = answer.headers.get("content-type", [""])[0]
            if not kind.startswith(MEDIA_TYPE):
                wrong.append(f"{said}: answered as {kind}")
        elif private and not headers:
            wrong.append(f"{said}: answered a stranger")
        else:
            try:
                case.validate_response(
                    answer,
                    checks=[content_type_conformance, response_schema_conformance, status_code_conformance],
                )
            except schemathesis.errors.SchemathesisError as error:
                wrong.append(f"{said}: {error}")
            except AssertionError as error:
                wrong.append(f"{said}: {error}")

    check()


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
    wrong = await asyncio.to_thread(_call_all, url, _bearer(container, actor), EXAMPLES)
    assert wrong == [], "\n".join(wrong)
