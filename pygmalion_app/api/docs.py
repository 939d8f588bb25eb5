"""The API's documentation page: Swagger UI served from here, since no page of ours calls a third party."""

from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from pygmalion_app.core.errors import NotFoundError

router = APIRouter(prefix="/docs", include_in_schema=False)

_FILES = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}
# The content policy of pages allows no inline script, so the page's own few lines are a file too.
_START = 'SwaggerUIBundle({url: "/api/v1/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null});'
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pygmalion API</title><link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/api/v1/docs/swagger-ui.css">
</head><body><div id="docs"></div><script src="/api/v1/docs/swagger-ui-bundle.js"></script>
<script src="/api/v1/docs/start.js"></script></body></html>"""


@router.get("")
async def page() -> HTMLResponse:
    """Show the documentation."""
    return HTMLResponse(_PAGE)


@router.get("/{name}")
async def file(name: str) -> Response:
    """Return one of the page's own files."""
    if name == "start.js":
        return Response(_START, media_type="text/javascript")
    if name not in _FILES:
        raise NotFoundError
    content = files("fastapi_swagger").joinpath("resources", name).read_bytes()
    return Response(content, media_type=_FILES[name], headers={"Cache-Control": "public, max-age=86400"})
