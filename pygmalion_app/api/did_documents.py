"""DID documents (did:web) at the addresses that the method asks for: the keys that credentials are signed with."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Response

from pygmalion_app.api.v1.credentials import PUBLIC
from pygmalion_app.certificates.credentials import did
from pygmalion_app.core.actor import ANONYMOUS
from pygmalion_app.core.unit_of_work import unit_of_work

router = APIRouter(include_in_schema=False)

_LONGEST_SLUG = 200


@router.get("/.well-known/did.json")
async def platform() -> Response:
    """Return the platform's keys."""
    async with unit_of_work(ANONYMOUS) as uow:
        return _answer(await did.platform_document(uow))


@router.get("/organisations/{slug}/did.json")
async def organization(slug: Annotated[str, Path(max_length=_LONGEST_SLUG)]) -> Response:
    """Return the keys of an organisation that issues credentials."""
    async with unit_of_work(ANONYMOUS) as uow:
        return _answer(await did.organization_document(uow, slug))


def _answer(document: dict[str, Any]) -> Response:
    return Response(orjson.dumps(document), media_type="application/did+json", headers=PUBLIC)
