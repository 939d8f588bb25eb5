"""`/sessions`: what can be booked, and its upkeep. Who takes part is in `enrollments`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from pygmalion_app.api.deps import CurrentActor, Paging, PathId, SignedInActor, current_actor, path_id
from pygmalion_app.api.hot import served_by
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.api.v1.catalog_json import SessionDetailJson, answer, answer_page, documented, session_detail_json
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments.cancellation import cancel_session
from pygmalion_app.sessions import wishes
from pygmalion_app.sessions.commands import UpdateSession
from pygmalion_app.sessions.queries import list_sessions, session_view
from pygmalion_app.sessions.service import update_session
from pygmalion_app.sessions.wishes import WishSession, WishView

router = APIRouter(tags=["sessions"])


@router.get("/sessions", response_class=Response, responses=documented(SessionDetailJson, listed=True))
async def sessions(paging: Paging, formation_id: Annotated[UUID | None, Query(alias="formationId")] = None) -> Response:
    """List the sessions to come of published courses, soonest first."""
    page = await list_sessions(paging, formation_id)
    return answer_page([session_detail_json(item) for item in page.items], page)  # pyright: ignore[reportArgumentType]


async def _serve_session(request: Request) -> Response:
    session_id = await path_id(request.path_params["id"])
    return await session(session_id, await current_actor(request, request.headers.get("authorization")))


async def session(session_id: PathId, actor: CurrentActor) -> Response:
    """Return one session with its free seats."""
    return answer(session_detail_json(await session_view(session_id, actor)))


router.add_api_route(
    "/sessions/{id}",
    session,
    methods=["GET"],
    response_class=Response,
    responses=documented(SessionDetailJson),
    route_class_override=served_by(_serve_session),
)


@router.put("/sessions/{id}", response_class=Response, responses=documented(SessionDetailJson))
async def update(session_id: PathId, command: UpdateSession, actor: SignedInActor) -> Response:
    """Change a session; what is left out stays."""
    async with unit_of_work(actor) as uow:
        await update_session(uow, session_id, command)
    return answer(session_detail_json(await session_view(session_id, actor)))


@router.delete("/sessions/{id}", response_class=Response, responses=documented(SessionDetailJson))
async def cancel(session_id: PathId, actor: SignedInActor) -> Response:
    """Call a session off; every order is given back in full."""
    await session_view(session_id, actor)
    async with unit_of_work(actor) as uow:
        await cancel_session(uow, session_id)
    return answer(session_detail_json(await session_view(session_id, actor)))


@router.put("/formations/{id}/wish")
async def wish(course_id: PathId, command: WishSession, actor: SignedInActor) -> Success[WishView]:
    """Ask a school for a session of a course: one is told when it plans one. Asking again changes the wish."""
    async with unit_of_work(actor) as uow:
        return ok(await wishes.wish(uow, course_id, command))


@router.get("/formations/{id}/wish")
async def own_wish(course_id: PathId, actor: SignedInActor) -> Success[WishView | None]:
    """Return one's own open wish for a course, null where there is none."""
    async with unit_of_work(actor) as uow:
        return ok(await wishes.mine(uow, course_id))


@router.delete("/formations/{id}/wish", status_code=204)
async def take_wish_back(course_id: PathId, actor: SignedInActor) -> None:
    """Take one's wish back; again changes nothing."""
    async with unit_of_work(actor) as uow:
        await wishes.take_back(uow, course_id)
