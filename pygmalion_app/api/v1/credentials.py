"""`/certificates/{id}/credential` and the status lists that credentials point at."""

from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from pydantic import Field

from pygmalion_app.api.deps import PathId, SignedInActor
from pygmalion_app.certificates.credentials import status_lists
from pygmalion_app.certificates.credentials.export import Form, export
from pygmalion_app.certificates.credentials.selective import FIELDS
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import container, unit_of_work

router = APIRouter(prefix="/certificates", tags=["certificates"])

_CREDENTIAL, _TOKEN = "application/vc", "application/vc+jwt"
_MEDIA_TYPES = {Form.JSON: _CREDENTIAL, Form.JWT: _TOKEN, Form.SD_JWT: "application/dc+sd-jwt"}
PUBLIC = {
    # Verifiers run in browsers too, on anybody's site.
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": f"public, max-age={status_lists.MAX_AGE_SECONDS}",
}
Fields = Annotated[
    # Several in one, apart by commas, or one each: a plain form sends a box that is ticked so.
    list[Annotated[str, Field(max_length=500)]] | None,
    Query(max_length=50, description=f"What an SD-JWT shows of: {', '.join(FIELDS)}. All of it where not given."),
]


def _content(*kinds: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}}}


@router.get("/{id}/credential", response_class=Response, responses=_content(*_MEDIA_TYPES.values()))
async def credential(
    certificate_id: PathId,
    actor: SignedInActor,
    form: Annotated[Form, Query(alias="format")] = Form.JSON,
    fields: Fields = None,
) -> Response:
    """Return the certificate as an Open Badges 3.0 credential to those who may see it.

    As JSON with a Data Integrity proof, as a JWT, or as an SD-JWT that shows the chosen fields only.
    """
    shown = None if fields is None else tuple(name for part in fields for name in part.split(",") if name)
    async with unit_of_work(actor) as uow:
        file = await export(uow, certificate_id, form, shown)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "Cache-Control": "private, no-store",
    }
    return Response(file.content, media_type=_MEDIA_TYPES[form], headers=headers)


async def list_id(name: Annotated[str, Path(alias="list")]) -> UUID:
    """Return the id of the path; what is no id names no list."""
    found = parse_id(name)
    if found is None:
        raise NotFoundError
    return found


@router.get("/status/{list}", response_class=Response, responses=_content(_CREDENTIAL, _TOKEN))
async def status_list(
    listed: Annotated[UUID, Depends(list_id)],
    form: Annotated[Literal["json", "jwt"] | None, Query(alias="format")] = None,
    accept: Annotated[str, Header()] = "",
) -> Response:
    """Return a Bitstring status list: which of an organisation's credentials are revoked. Public.

    As JSON with a Data Integrity proof, or as a JWT where `format` or `Accept` asks for one.
    """
    as_token = form == "jwt" or (form is None and any(kind in accept for kind in (_TOKEN, "application/jwt")))
    body = await status_lists.published(container(), listed, as_token=as_token)
    return Response(body, media_type=_TOKEN if as_token else _CREDENTIAL, headers=PUBLIC | {"Vary": "Accept"})
