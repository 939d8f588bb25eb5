"""`/formations`: the catalogue for everybody, and its upkeep for training organisations."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from pygmalion_app.api.deps import CurrentActor, Paging, PathId, SignedInActor, current_actor
from pygmalion_app.api.hot import page_request, served_by
from pygmalion_app.api.responses import Success, ok
from pygmalion_app.api.v1.catalog_json import (
    FormationCardJson,
    FormationJson,
    SessionDetailJson,
    answer,
    answer_page,
    card_json,
    documented,
    formation_json,
    session_detail_json,
)
from pygmalion_app.catalog import publishing, service
from pygmalion_app.catalog.checks import CheckView
from pygmalion_app.catalog.commands import CreateCourse, UpdateCourse
from pygmalion_app.catalog.facets import search_facets
from pygmalion_app.catalog.models import Category
from pygmalion_app.catalog.pages import course_page
from pygmalion_app.catalog.queries import search_courses, suggest
from pygmalion_app.catalog.schemas import CourseFilters, Facets, OwnCourse, Result, Sort, Suggestion
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.sessions.commands import CreateSession
from pygmalion_app.sessions.queries import session_view
from pygmalion_app.sessions.service import create_session

router = APIRouter(tags=["formations"])
FILTER_NAMES = ("q", "category", "modality", "place", "month", "maxPrice", "language", "seats")


class CategoryCount(Result, frozen=True):
    """A category, its name in both languages, and how many courses it has."""

    category: str
    label: str
    label_en: str
    count: int


class Removed(Result, frozen=True):
    """What became of a deleted course: `deleted`, or `archived` when people had been enrolled."""

    id: str
    status: str


async def _filters(
    q: Annotated[
        str | None, Query(description="Text: titles, codes, legal bases, places; typos and accents forgiven")
    ] = None,
    category: Annotated[str | None, Query()] = None,
    modality: Annotated[str | None, Query()] = None,
    place: Annotated[str | None, Query(description="Beginning of a session's place")] = None,
    month: Annotated[str | None, Query(description="YYYY-MM")] = None,
    max_price: Annotated[str | None, Query(alias="maxPrice", description="Whole euros excluding VAT")] = None,
    language: Annotated[str | None, Query()] = None,
    seats: Annotated[str | None, Query(description="Seats wanted in one session")] = None,
) -> CourseFilters:
    return CourseFilters.parse(
        q=q,
        category=category,
        modality=modality,
        place=place,
        month=month,
        maxPrice=max_price,
        language=language,
        seats=seats,
    )


Filters = Annotated[CourseFilters, Depends(_filters)]


async def _serve_search(request: Request) -> Response:
    query = request.query_params
    filters = CourseFilters.parse(**{name: query.get(name) for name in FILTER_NAMES})
    return await search(filters, page_request(request), _sort(query.get("sort")))


def _sort(value: str | None) -> Sort:
    try:
        return Sort(value or Sort.RELEVANCE)
    except ValueError:
        raise InvalidInputError(field="sort") from None


async def search(filters: Filters, paging: Paging, sort: Sort = Sort.RELEVANCE) -> Response:
    """Search published courses; without filters, all of them."""
    page = await search_courses(filters, sort, paging)
    return answer_page([card_json(card) for card in page.items], page)  # pyright: ignore[reportArgumentType]


for _path in ("/formations", "/formations/search"):
    router.add_api_route(
        _path,
        search,
        methods=["GET"],
        response_class=Response,
        responses=documented(FormationCardJson, listed=True),
        route_class_override=served_by(_serve_search),
    )


@router.get("/formations/facets", response_class=Response, responses=documented(Facets))
async def facets(filters: Filters) -> Response:
    """Count the courses behind each further filter value."""
    return answer(await search_facets(filters))


@router.get("/formations/suggestions", response_class=Response, responses=documented(Suggestion))
async def suggestions(filters: Filters) -> Response:
    """Suggest a way out of an empty result."""
    return answer(await suggest(filters))


@router.get("/formations/categories", response_class=Response, responses=documented(CategoryCount, listed=True))
async def categories() -> Response:
    """List every category with the number of its published courses."""
    counts = {facet.value: facet.count for facet in (await search_facets(CourseFilters())).categories}
    return answer(
        [
            CategoryCount(
                category=category,
                label=translate("fr", f"category-{category}"),
                label_en=translate("en", f"category-{category}"),
                count=counts.get(category, 0),
            )
            for category in Category
        ]
    )


@router.get("/formations/own", response_class=Response, responses=documented(OwnCourse, listed=True))
async def own(actor: SignedInActor, paging: Paging) -> Response:
    """List the courses of one's own training organisations, drafts too."""
    async with unit_of_work(actor) as uow:
        page: Any = await service.own_courses(uow, paging)
    return answer_page(list(page.items), page)


async def _serve_formation(request: Request) -> Response:
    actor = await current_actor(request, request.headers.get("authorization"))
    return await formation(request.path_params["id_or_slug"], actor)


async def formation(id_or_slug: str, actor: CurrentActor) -> Response:
    """Return a course with its sessions to come and their free seats."""
    return answer(formation_json(await course_page(id_or_slug, actor)))


router.add_api_route(
    "/formations/{id_or_slug}",
    formation,
    methods=["GET"],
    response_class=Response,
    responses=documented(FormationJson),
    route_class_override=served_by(_serve_formation),
)


@router.post("/formations", status_code=201, response_class=Response, responses=documented(FormationJson, status=201))
async def create(command: CreateCourse, actor: SignedInActor) -> Response:
    """Write a draft in one's training organisation."""
    async with unit_of_work(actor) as uow:
        course_id = await service.create_course(uow, command)
    return answer(formation_json(await course_page(str(course_id), actor)), 201)


@router.put("/formations/{id}", response_class=Response, responses=documented(FormationJson))
async def update(course_id: PathId, command: UpdateCourse, actor: SignedInActor) -> Response:
    """Change a course; what is left out stays."""
    async with unit_of_work(actor) as uow:
        await service.update_course(uow, course_id, command)
    return answer(formation_json(await course_page(str(course_id), actor)))


@router.get("/formations/{id}/checks")
async def checks(course_id: PathId, actor: SignedInActor) -> Success[list[CheckView]]:
    """Return what stands between a course of one's own and the catalogue: `fault` refuses, `doubt` does not."""
    async with unit_of_work(actor) as uow:
        return ok(list(await publishing.course_checks(uow, course_id)))


@router.post("/formations/{id}/publish", response_class=Response, responses=documented(FormationJson))
async def publish(course_id: PathId, actor: SignedInActor) -> Response:
    """Show a complete draft to everybody."""
    async with unit_of_work(actor) as uow:
        await service.publish_course(uow, course_id)
    return answer(formation_json(await course_page(str(course_id), actor)))


@router.delete("/formations/{id}", response_class=Response, responses=documented(Removed))
async def delete(course_id: PathId, actor: SignedInActor) -> Response:
    """Delete a course, or archive it when people were enrolled."""
    async with unit_of_work(actor) as uow:
        left = await service.delete_course(uow, course_id)
    return answer(Removed(id=str(course_id), status=left.value if left else "deleted"))


@router.post(
    "/formations/{id}/sessions",
    status_code=201,
    response_class=Response,
    responses=documented(SessionDetailJson, status=201),
    tags=["sessions"],
)
async def plan_session(course_id: PathId, command: CreateSession, actor: SignedInActor) -> Response:
    """Plan a session of a course."""
    async with unit_of_work(actor) as uow:
        session_id = await create_session(uow, course_id, command)
    return answer(session_detail_json(await session_view(session_id, actor)), 201)
