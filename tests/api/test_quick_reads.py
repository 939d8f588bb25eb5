"""The shortcut for busy reads answers exactly what the framework answers."""

from collections.abc import Iterator
from unittest.mock import patch
from uuid import uuid4

import httpx
import pytest
from starlette.responses import Response
from starlette.types import Scope

from pygmalion_app.api.quick import QuickReads
from tests.cast import Cast


@pytest.fixture
def answered() -> Iterator[list[bool]]:
    """Record for each request whether the shortcut answered it."""
    seen: list[bool] = []
    answer = QuickReads.answer

    async def watched(self: QuickReads, scope: Scope) -> Response | None:
        response = await answer(self, scope)
        seen.append(response is not None)
        return response

    with patch.object(QuickReads, "answer", watched):
        yield seen


def _said(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.parametrize(
    ("path", "quickly"),
    [
        ("/api/v1/sessions/{session}", True),
        ("/api/v1/formations/{course}", True),
        ("/api/v1/formations", True),
        ("/api/v1/formations/search?q=surete&category=SECURITY&sort=price&page=1&limit=5", True),
        ("/api/v1/formations/search?q=%C3%A9t%C3%A9&q=suret%C3%A9", True),
        ("/api/v1/formations/search?page=0", False),
        ("/api/v1/formations/search?page=&limit=x", False),
        ("/api/v1/formations/search?sort=nonsense", False),
        ("/api/v1/formations/search?category=nonsense", False),
        ("/api/v1/formations/categories", False),
        ("/api/v1/formations/nothing-of-the-kind", False),
        ("/api/v1/sessions/{nobody}", False),
        ("/api/v1/sessions/nonsense", False),
        ("/api/v1/certificates/verify/unknown-token", True),
        ("/api/v1/certificates/verify/" + "x" * 300, False),
    ],
)
async def test_the_shortcut_answers_as_the_framework_does(
    path: str, quickly: bool, client: httpx.AsyncClient, cast: Cast, answered: list[bool]
) -> None:
    path = path.format(session=cast.session, course=cast.course, nobody=uuid4())
    short = await client.get(path)
    assert answered == [quickly]
    with patch.object(QuickReads, "answer", _never):
        long = await client.get(path)
    if "verify" in path and quickly:  # holds the moment of the verification
        assert short.json()["data"]["status"] == long.json()["data"]["status"] == "unknown"
        assert short.status_code == long.status_code
    else:
        assert _said(short) == _said(long)


async def _never(self: QuickReads, scope: Scope) -> None:
    """Leave everything to the framework."""


async def test_the_shortcut_looks_who_asks(client: httpx.AsyncClient, cast: Cast, answered: list[bool]) -> None:
    path = f"/api/v1/sessions/{cast.session}"
    refused = await client.get(path, headers={"Authorization": "Bearer nonsense"})
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_token")
    signed_out = await client.get(path, headers={"Cookie": "locale=fr; pygmalion_session=old"})
    assert signed_out.status_code == 200
    assert answered == [False, True]
