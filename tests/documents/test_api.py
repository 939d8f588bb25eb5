"""The template over the API, as those who keep it and others meet it."""

import httpx

from pygmalion_app.accounts import tokens
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.unit_of_work import Container
from tests.cast import Cast
from tests.documents.test_templates import SVG, picture


def bearer(container: Container, actor: Actor) -> dict[str, str]:
    """Return the header that signs a call."""
    token = tokens.create_access_token(container.settings, actor.require_user(), container.clock.now())
    return {"Authorization": f"Bearer {token}"}


async def test_a_school_dresses_its_certificates(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    path, olga = f"/api/v1/organizations/{cast.school}/certificate-template", bearer(container, cast.olga)
    words = {"signatory": "Claire Morel", "signatoryTitle": "Directrice", "accent": "#0B5D6B"}
    kept = await client.put(path, json=words, headers=olga)
    assert (kept.status_code, kept.json()["data"]["accent"]) == (200, "#0b5d6b")
    drawn = {"file": ("logo.png", picture(), "image/png")}
    assert (await client.post(f"{path}/logo", files=drawn, headers=olga)).status_code == 201
    shown = (await client.get(path, headers=olga)).json()["data"]
    assert (shown["signatory"], shown["hasLogo"]) == ("Claire Morel", True)
    preview = await client.get(f"{path}/preview", params={**words, "lang": "en"}, headers=olga)
    assert preview.headers["content-type"] == "image/png"
    specimen = await client.get(f"{path}/specimen", headers=olga)
    assert specimen.content.startswith(b"%PDF-")
    assert (await client.delete(f"{path}/logo", headers=olga)).json()["data"]["hasLogo"] is False


async def test_what_is_wrong_is_said(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    path, olga = f"/api/v1/organizations/{cast.school}/certificate-template", bearer(container, cast.olga)
    french = {**olga, "Accept-Language": "fr"}
    pale = await client.put(path, json={"accent": "#ffd200"}, headers=french)
    assert (pale.status_code, pale.json()["code"]) == (422, "accent_unreadable")
    assert all(figure in pale.json()["detail"] for figure in ("1,4", "4,5"))
    script = {"file": ("logo.svg", SVG.format("", "<script/>").encode(), "image/svg+xml")}
    active = await client.post(f"{path}/logo", files=script, headers=french)
    assert (active.status_code, active.json()["code"]) == (422, "logo_refused")
    assert "SVG" in active.json()["detail"]
    assert (await client.put(path, json={"wording": "x" * 401}, headers=olga)).status_code == 422
    assert (await client.put(path, json={}, headers=bearer(container, cast.marc))).status_code == 403
    assert (await client.get(f"{path}/specimen")).status_code == 401
