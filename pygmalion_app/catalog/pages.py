"""The public pages of a course and of a training organisation, each in one or two statements."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from pygmalion_app.catalog.cards import read_cards
from pygmalion_app.catalog.errors import CourseNotFoundError, OrganizationNotFoundError
from pygmalion_app.catalog.models import CourseStatus
from pygmalion_app.catalog.policy import sees_drafts
from pygmalion_app.catalog.schemas import CourseDetail, CourseFilters, OrganizationPage, OrganizationView
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import container, reading_as

MAX_ADDRESS: Final = 200
SHOWN_REVIEWS: Final = 30
SHOWN_SESSIONS: Final = 50

_ORGANIZATION: Final = """json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'city', o.city,
  'description', o.description, 'descriptionEn', o.description_en, 'website', o.website, 'siret', o.siret,
  'nda', o.nda, 'vatRegime', o.vat_regime, 'qualiopi', coalesce(o.qualiopi_valid_until >= current_date, false),
  'qualiopiCertifier', o.qualiopi_certifier, 'qualiopiValidUntil', o.qualiopi_valid_until)"""

# PostgreSQL writes the page's JSON: decoding one text is cheaper than building some hundred Python values.
_COURSE: Final = f"""
SELECT row_to_json(page)::text AS page FROM (
  SELECT c.id, c.slug, c.type_code AS "typeCode", c.title, c.title_en AS "titleEn", c.description,
    c.description_en AS "descriptionEn", c.objectives, c.objectives_en AS "objectivesEn", c.prerequisites,
    c.prerequisites_en AS "prerequisitesEn", c.bring, c.bring_en AS "bringEn", c.methods, c.methods_en AS "methodsEn",
    c.evaluation, c.evaluation_en AS "evaluationEn", c.accessibility, c.accessibility_en AS "accessibilityEn",
    c.category, c.modalities, c.language,
    c.duration_minutes AS "durationMinutes", c.price_cents AS "priceCents", c.currency,
    c.validity_months AS "validityMonths", c.validity_anchor AS "validityAnchor", c.window_months AS "windowMonths",
    c.legal_basis AS "legalBasis", c.status, c.published_at AS "publishedAt",
    round(c.rating_sum::numeric / nullif(c.rating_count, 0), 1) AS rating, c.rating_count AS "reviewCount",
    ARRAY (SELECT json_build_object('daysBefore', tier -> 'days_before', 'percent', tier -> 'percent')
      FROM jsonb_array_elements(c.refund_tiers) AS tier) AS "refundTiers",
    course_rating_counts(c.id) AS "ratingCounts",
    {_ORGANIZATION} AS organization,
    ARRAY (SELECT row_to_json(upcoming) FROM (
      SELECT s.id, s.starts_at AS "startDate", s.ends_at AS "endDate", s.time_zone AS "timeZone", s.location,
        s.airport_code AS "airportCode", s.address, s.modality, s.language, s.capacity AS "maxPlaces",
        s.capacity - s.seats_taken AS "availablePlaces", s.price_cents AS "priceCents", s.currency, s.status
      FROM sessions s WHERE s.course_id = c.id AND s.status = 'scheduled' AND s.starts_at > now()
      ORDER BY s.starts_at LIMIT {SHOWN_SESSIONS}) AS upcoming) AS sessions,
    ARRAY (SELECT row_to_json(opinion) FROM (
      SELECT id, author, rating, comment, created_at AS "createdAt"
      FROM course_opinions(c.id, {SHOWN_REVIEWS}) ORDER BY created_at DESC) AS opinion) AS reviews
  FROM courses c JOIN organizations o ON o.id = c.organization_id WHERE {{wanted}}) AS page
"""  # noqa: S608 - assembled from constants
_BY_ID: Final = _COURSE.format(wanted="c.id = %(wanted)s")
_BY_SLUG: Final = _COURSE.format(wanted="c.slug = %(wanted)s")
_detail = msgspec.json.Decoder(CourseDetail)
_organization = msgspec.json.Decoder(OrganizationView)


async def course_page(slug_or_id: str, actor: Actor = ANONYMOUS) -> CourseDetail:
    """Return a published course with its sessions to come, free seats, reviews and organisation.

    Drafts and archived courses are shown to those who may edit them. Raises CourseNotFoundError.
    """
    course_id = parse_id(slug_or_id)
    if course_id is None and not _is_address(slug_or_id):
        raise CourseNotFoundError
    statement, wanted = _BY_ID if course_id else _BY_SLUG, {"wanted": course_id or slug_or_id}
    row = await _one(statement, wanted)
    if row is None and actor.signed_in:
        async with reading_as(actor) as connection:
            row = await (await connection.execute(statement.encode(), wanted)).fetchone()
    if row is None:
        raise CourseNotFoundError
    detail = _detail.decode(row["page"])
    if detail.status != CourseStatus.PUBLISHED and not sees_drafts(actor, detail.organization.id):
        raise CourseNotFoundError
    return detail


async def organisation_page(slug: str) -> OrganizationPage:
    """Return a training organisation and its published courses, best rated first; OrganizationNotFoundError."""
    if not _is_address(slug):
        raise OrganizationNotFoundError
    row = await _one(
        f"""SELECT {_ORGANIZATION}::text AS organization,
          ARRAY (SELECT course_id::text FROM course_documents d WHERE d.organization_id = o.id
            ORDER BY d.quality DESC, d.course_id LIMIT 200) AS courses, ratings.*
        FROM organizations o CROSS JOIN LATERAL (
          SELECT round(sum(rating_sum)::numeric / nullif(sum(rating_count), 0), 1)::float AS rating,
            coalesce(sum(rating_count), 0)::int AS review_count
          FROM courses c WHERE c.organization_id = o.id AND c.status = 'published') AS ratings
        WHERE o.slug = %(slug)s AND o.kind = 'training'""",  # noqa: S608 - constants
        {"slug": slug},
    )
    if row is None:
        raise OrganizationNotFoundError
    cards, _ = await read_cards(row["courses"], CourseFilters())
    return OrganizationPage(
        organization=_organization.decode(row["organization"]),
        rating=row["rating"],
        review_count=row["review_count"],
        courses=cards,
    )


async def published_addresses() -> list[tuple[str, str, datetime]]:
    """Return kind ("course" or "organization"), slug and last change of every public page, for the sitemap."""
    async with container().reader.connection() as connection:
        cursor = await connection.execute(
            """SELECT 'course' AS kind, slug, coalesce(updated_at, published_at, created_at) AS changed_at
            FROM courses WHERE status = 'published'
            UNION ALL SELECT 'organization', slug, created_at FROM organizations o
            WHERE kind = 'training' AND EXISTS (SELECT FROM course_documents d WHERE d.organization_id = o.id)
            ORDER BY kind, slug LIMIT 50000"""
        )
        rows = await cursor.fetchall()
    return [(row["kind"], row["slug"], row["changed_at"].astimezone(UTC)) for row in rows]


def _is_address(text: str) -> bool:
    return 0 < len(text) <= MAX_ADDRESS and "\x00" not in text


async def _one(statement: str, values: dict[str, Any]) -> dict[str, Any] | None:
    async with container().reader.connection() as connection:
        cursor = await connection.execute(statement.encode(), values)
        return await cursor.fetchone()
