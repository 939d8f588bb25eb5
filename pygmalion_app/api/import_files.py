"""CSV files of people: as the API's body, and from the members page by the browser's session."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse

from pygmalion_app.api.deps import PathId
from pygmalion_app.api.problems import problem
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.api.uploads import page_actor
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import imports
from pygmalion_app.organizations.import_csv import MOST_BYTES

router = APIRouter(include_in_schema=False)


async def read_body(request: Request) -> bytes:
    """Return a request's body; InvalidInputError when it is larger than a list of people may be."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise InvalidInputError(field="file")
    return content


def import_problem(request: Request, seen: imports.ImportPreview) -> JSONResponse:
    """Return why a file was refused: every error by line and column."""
    errors = [fault.model_dump(by_alias=True) for fault in seen.faults]
    return problem(request, "import_refused", 422, {"count": seen.fault_count}, errors=errors)


@router.post("/organisation/{id}/import", response_model=Success[imports.ImportResult] | Success[imports.ImportPreview])
async def import_from_page(
    request: Request,
    actor: Annotated[Actor, Depends(page_actor)],
    organization_id: PathId,
    confirm: Annotated[bool, Query()] = False,
) -> Success[imports.ImportPreview] | Success[imports.ImportResult] | JSONResponse:
    """Look at a file, or take it; for our own pages only, since the session cookie says who calls."""
    content = await read_body(request)
    async with unit_of_work(actor) as uow:
        seen = await imports.preview(uow, organization_id, content)
        if not confirm:
            return ok(seen)
        if seen.fault_count:
            return import_problem(request, seen)
        return ok(await imports.run(uow, organization_id, content))
