"""What the API shows of courses and sessions, encoded by msgspec: lists are read far more often than anything else."""

from datetime import datetime
from uuid import UUID

import msgspec
from starlette.responses import Response

from pygmalion_app.catalog.schemas import (
    CourseCard,
    CourseDetail,
    OpenSession,
    OrganizationView,
    Price,
    RefundTier,
    Result,
    ReviewView,
    Seller,
)
from pygmalion_app.core.paging import Page
from pygmalion_app.sessions.schemas import SessionView


class SessionJson(Result, frozen=True):
    """A session; an empty location is remote."""

    id: UUID
    formation_id: UUID
    start_date: datetime
    end_date: datetime
    time_zone: str
    location: str
    airport_code: str | None
    address: str
    modality: str
    language: str
    max_places: int
    available_places: int
    price_cents: int
    currency: str
    price: Price
    status: str


class SessionDetailJson(SessionJson, frozen=True):
    """A session with the course it is of."""

    formation: "FormationReference"
    organization: "OrganizationReference"
    trainer_id: UUID | None
    min_participants: int


class FormationReference(Result, frozen=True):
    """Which course a session is of."""

    id: UUID
    slug: str
    title: str
    title_en: str
    category: str
    duration_minutes: int


class OrganizationReference(Result, frozen=True):
    """Which organisation holds a session."""

    id: UUID
    slug: str
    name: str


class FormationCardJson(Result, frozen=True):
    """A course in a list. `priceCents` is the lowest among the sessions to come, else the course's."""

    id: UUID
    slug: str
    title: str
    title_en: str
    category: str
    modalities: list[str]
    languages: list[str]
    duration_minutes: int
    price_cents: int
    currency: str
    price: Price
    validity_months: int | None
    legal_basis: str
    status: str
    organization: Seller
    rating: float | None
    review_count: int
    next_session: SessionJson | None


class FormationJson(Result, frozen=True):
    """A course with everything of its page."""

    id: UUID
    slug: str
    type_code: str | None
    title: str
    title_en: str
    description: str
    description_en: str
    objectives: list[str]
    objectives_en: list[str]
    prerequisites: str
    prerequisites_en: str
    bring: str
    bring_en: str
    methods: str
    methods_en: str
    evaluation: str
    evaluation_en: str
    accessibility: str
    accessibility_en: str
    category: str
    modalities: list[str]
    language: str
    duration_minutes: int
    price_cents: int
    currency: str
    price: Price
    validity_months: int | None
    validity_anchor: str
    window_months: int
    legal_basis: str
    refund_tiers: list[RefundTier]
    status: str
    published_at: datetime | None
    organization: OrganizationView
    rating: float | None
    review_count: int
    rating_counts: list[int]
    sessions: list[SessionJson]
    reviews: list[ReviewView]


def session_json(session: OpenSession, formation_id: UUID) -> SessionJson:
    """Show a session inside its course."""
    return SessionJson(
        id=session.id,
        formation_id=formation_id,
        start_date=session.start_date,
        end_date=session.end_date,
        time_zone=session.time_zone,
        location=session.location,
        airport_code=session.airport_code,
        address=session.address,
        modality=session.modality,
        language=session.language,
        max_places=session.max_places,
        available_places=session.available_places,
        price_cents=session.price_cents,
        currency=session.currency,
        price=Price(amount_cents=session.price_cents, currency=session.currency),
        status=session.status,
    )


def session_detail_json(session: SessionView) -> SessionDetailJson:
    """Show a session on its own."""
    shown = session_json(session, session.formation_id)
    return SessionDetailJson(
        **{name: getattr(shown, name) for name in SessionJson.__struct_fields__},
        formation=FormationReference(
            id=session.formation_id,
            slug=session.course_slug,
            title=session.course_title,
            title_en=session.course_title_en,
            category=session.category,
            duration_minutes=session.duration_minutes,
        ),
        organization=OrganizationReference(
            id=session.organization_id, slug=session.organization_slug, name=session.organization_name
        ),
        trainer_id=session.trainer_id,
        min_participants=session.min_participants,
    )


def card_json(card: CourseCard) -> FormationCardJson:
    """Show a course in a list; only published ones stand in lists."""
    return FormationCardJson(
        id=card.id,
        slug=card.slug,
        title=card.title,
        title_en=card.title_en,
        category=card.category,
        modalities=list(card.modalities),
        languages=list(card.languages),
        duration_minutes=card.duration_minutes,
        price_cents=card.price_cents,
        currency=card.currency,
        price=card.price,
        validity_months=card.validity_months,
        legal_basis=card.legal_basis,
        status="published",
        organization=card.organization,
        rating=card.rating,
        review_count=card.review_count,
        next_session=session_json(card.next_session, card.id) if card.next_session else None,
    )


def formation_json(detail: CourseDetail) -> FormationJson:
    """Show a course's page."""
    same = set(FormationJson.__struct_fields__) - {"price", "sessions"}
    return FormationJson(
        **{name: getattr(detail, name) for name in same},
        price=Price(amount_cents=detail.price_cents, currency=detail.currency),
        sessions=[session_json(session, detail.id) for session in detail.sessions],
    )


class _Envelope(Result, frozen=True, kw_only=True):
    success: bool = True
    data: object


class _Meta(Result, frozen=True):
    page: int
    limit: int
    total: int


class _Listed(_Envelope, frozen=True, kw_only=True):
    meta: _Meta


def answer(data: object, status: int = 200) -> Response:
    """Answer one result."""
    return Response(msgspec.json.encode(_Envelope(data=data)), status, media_type="application/json")


def answer_page(items: list[object], page: Page[object]) -> Response:
    """Answer one page of a list."""
    meta = _Meta(page=page.request.page, limit=page.request.limit, total=page.total)
    return Response(msgspec.json.encode(_Listed(data=items, meta=meta)), media_type="application/json")


def documented(kind: type[Result], *, listed: bool = False, status: int = 200) -> dict[int | str, dict[str, object]]:
    """Return the answer's description for the OpenAPI document."""
    shape = list[kind] if listed else kind
    schema = _inline(msgspec.json.schema(shape))
    envelope: dict[str, object] = {
        "type": "object",
        "required": ["success", "data"],
        "properties": {"success": {"const": True}, "data": schema},
    }
    if listed:
        envelope["properties"] |= {"meta": _inline(msgspec.json.schema(_Meta))}  # pyright: ignore[reportOperatorIssue]
    return {status: {"description": "Successful response", "content": {"application/json": {"schema": envelope}}}}


def _inline(schema: object, definitions: dict[str, object] | None = None) -> object:
    """Put definitions where they are referred to: FastAPI's document knows its own models only."""
    if isinstance(schema, list):
        return [_inline(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    known = definitions if definitions is not None else schema.get("$defs", {})
    if "$ref" in schema:
        return _inline(known[schema["$ref"].rsplit("/", 1)[1]], known)
    return {name: _inline(part, known) for name, part in schema.items() if name != "$defs"}
