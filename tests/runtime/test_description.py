"""The API's description is made once for each state of the code, and served as the file that it is."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from pygmalion_app.api import app as api
from pygmalion_app.api.app import V1
from pygmalion_app.api.openapi import OpenApiDocument, write
from pygmalion_app.core import collector
from pygmalion_app.core.config import Settings
from pygmalion_app.launch import description
from pygmalion_app.launch.paths import Home

_ADDRESS = f"{V1}/openapi.json"


def _asking(kept: Path | None, openapi: Callable[[], dict[str, object]]) -> httpx.AsyncClient:
    app = FastAPI(openapi_url=None)
    app.openapi = openapi  # pyright: ignore[reportAttributeAccessIssue]
    app.add_route(_ADDRESS, OpenApiDocument(app, kept).answer)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def _never() -> dict[str, object]:
    raise AssertionError("a document that is kept is not made again")


async def test_what_is_kept_is_served_and_not_made(tmp_path: Path) -> None:
    kept = tmp_path / "kept.gz"
    kept.write_bytes(gzip.compress(b'{"paths": {"/caf\xc3\xa9": {}}}'))
    async with _asking(kept, _never) as client:
        packed = await client.get(_ADDRESS, headers={"accept-encoding": "gzip"})
        plain = await client.get(_ADDRESS, headers={"accept-encoding": "identity"})
        again = await client.get(_ADDRESS, headers={"if-none-match": packed.headers["etag"]})
        other = await client.get(_ADDRESS, headers={"if-none-match": '"older"'})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json() == {"paths": {"/café": {}}}
    assert (packed.headers["content-type"], packed.headers["cache-control"]) == ("application/json", "no-cache")
    assert packed.headers["vary"] == "accept-encoding"
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


@pytest.mark.parametrize("kept", [None, Path("/nowhere/at/all.gz")])
async def test_without_one_it_is_made_once(kept: Path | None) -> None:
    made: list[int] = []

    def openapi() -> dict[str, object]:
        made.append(1)
        return {"number": len(made)}

    async with _asking(kept, openapi) as client:
        assert [(await client.get(_ADDRESS)).json() for _ in range(3)] == [{"number": 1}] * 3


def test_what_is_written_is_the_same_file_for_the_same_api(tmp_path: Path) -> None:
    first, second = tmp_path / "first.gz", tmp_path / "second.gz"
    write(FastAPI(title="Own"), first)
    write(FastAPI(title="Own"), second)
    assert json.loads(gzip.decompress(first.read_bytes()))["info"]["title"] == "Own"
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of three files that stands for ours, whose API is made without its code."""
    for name in ("pygmalion_app/api/a.py", "pygmalion_app/ui/page.py", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first")
    monkeypatch.setattr(description, "PROJECT", tmp_path)
    for of_a_process in (collector, "pause"), (description, "stand_back"):
        monkeypatch.setattr(*of_a_process, lambda: None)
    monkeypatch.setattr(api, "create_api", lambda _routers: FastAPI(title="Ours"))
    return tmp_path


def test_the_place_tells_the_code_and_the_settings(project: Path) -> None:
    home, settings = Home(project), Settings()
    place = description.place(home, settings)
    (project / "pygmalion_app/ui/page.py").write_text("changed")
    assert description.place(home, settings) == place
    for name in ("pygmalion_app/api/a.py", "requirements.txt"):
        before = description.place(home, settings)
        (project / name).write_text("changed")
        assert description.place(home, settings) != before
    real_mail = settings.model_copy(update={"smtp_url": SecretStr("smtp://mail")})
    assert description.place(home, real_mail) != description.place(home, settings)


def test_a_description_replaces_those_of_other_code(project: Path) -> None:
    home = Home(project)
    description.describe(home)
    first = description.place(home, Settings.load())
    assert first.exists()
    description.describe(home)
    (project / "pygmalion_app/api/a.py").write_text("changed")
    description.describe(home)
    assert list((project / "web").iterdir()) == [description.place(home, Settings.load())] != [first]


def test_code_that_changes_meanwhile_leaves_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changing(_routers: object) -> FastAPI:
        (project / "pygmalion_app/api/a.py").write_text("changed meanwhile")
        return FastAPI()

    monkeypatch.setattr(api, "create_api", changing)
    description.describe(Home(project))
    assert not list((project / "web").iterdir())
