"""Who answers which address, and with which headers."""

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from pygmalion_app.serving.asgi import Dispatcher, path_matcher
from pygmalion_app.serving.headers import COMMON


async def _events(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("an HTTP request reached the events")


async def _files(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("file")(scope, receive, send)


@pytest.fixture
def visitor() -> httpx.AsyncClient:
    public = APIRouter()

    @public.get("/fr/formations/{slug}", response_class=HTMLResponse)
    async def course(slug: str) -> str:
        return f"<p>{slug}</p>" * 500

    @public.post("/auth/sign-out")
    async def sign_out() -> dict[str, str]:
        return {}

    api = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    api.include_router(public)
    dispatcher = Dispatcher(
        api, _events, _files, is_server_path=path_matcher(api.routes), headers=list(COMMON), policy=b"script-src 'self'"
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=dispatcher), base_url="http://x")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/fr/formations/adr", 200),
        ("GET", "/fr/formations", 200),
        ("POST", "/auth/sign-out", 200),
        ("GET", "/auth/sign-out", 405),
        ("GET", "/api/v1/unknown", 404),
        ("POST", "/fr/formations", 405),
        ("DELETE", "/", 405),
    ],
)
async def test_each_address_has_one_owner(visitor: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    response = await visitor.request(method, path)
    assert response.status_code == status
    assert (response.text == "file") == (path == "/fr/formations" and method == "GET")


async def test_every_answer_is_protected_and_pages_have_a_policy(visitor: httpx.AsyncClient) -> None:
    for path in ("/fr/formations/adr", "/fr/formations", "/api/v1/unknown"):
        headers = (await visitor.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        page = headers["content-type"].startswith("text/html")
        assert ("script-src" in headers["content-security-policy"]) == page, path
        assert headers.get("cache-control") == ("no-store" if path.startswith("/api/") else None), path


async def test_long_answers_are_compressed(visitor: httpx.AsyncClient) -> None:
    response = await visitor.get("/fr/formations/adr", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert response.text.count("adr") == 500
