"""What routes ask for: who calls, and which page of a list."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Path, Query, Request

from pygmalion_app.accounts.authentication import SESSION_COOKIE, authenticate_access_token, authenticate_session
from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest

_SAFE_METHODS = {"GET", "HEAD"}
_ACTOR = "pygmalion.actor"


async def authenticate(request: Request) -> Actor:
    """Return the bearer token's actor; a browser's session cookie counts for reads only, so no other site can write.

    Looked up once a request. Raises InvalidTokenError.
    """
    if _ACTOR not in request.scope:
        request.scope[_ACTOR] = await _look_up(request)
    return request.scope[_ACTOR]


async def _look_up(request: Request) -> Actor:
    authorization = request.headers.get("authorization")
    if authorization is not None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise InvalidTokenError
        return await authenticate_access_token(token)
    cookie = request.cookies.get(SESSION_COOKIE) if request.method in _SAFE_METHODS else None
    return await authenticate_session(cookie)


async def current_actor(
    request: Request,
    _authorization: Annotated[str | None, Header(alias="authorization")] = None,
) -> Actor:
    """Return who calls, a stranger included; the header is named for the API's description."""
    return await authenticate(request)


async def signed_in_actor(actor: Annotated[Actor, Depends(current_actor)]) -> Actor:
    """Return the caller; NotAuthenticatedError for a stranger, before anything else is looked at."""
    actor.require_user()
    return actor


# Asynchronous although they wait for nothing: FastAPI runs the others on a thread, which costs more than they do.
async def paging(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> PageRequest:
    """Return the page that `?page=1&limit=20` asks for."""
    return PageRequest(page, limit)


async def path_id(item_id: Annotated[str, Path(alias="id")]) -> UUID:
    """Return the id of the path; what is no id names nothing."""
    found = parse_id(item_id)
    if found is None:
        raise NotFoundError
    return found


CurrentActor = Annotated[Actor, Depends(current_actor)]
SignedInActor = Annotated[Actor, Depends(signed_in_actor)]
Paging = Annotated[PageRequest, Depends(paging)]
PathId = Annotated[UUID, Depends(path_id)]
