"""Buyers and sessions of a benchmark's own, made before and removed after, so that the large data stay as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import psycopg

from pygmalion_app.accounts.tokens import create_access_token
from tests.benchmarks.stack import Stack
from tests.benchmarks.subjects import settings_of

BUYERS = 200
SESSIONS = 400
SEATS = 200
LAST_SEATS = 5
MAIL_DOMAIN = "benchmark.pygmalion.example"
_SLUG = "benchmark"

_MAKE = """
WITH school AS (
  INSERT INTO organizations (id, kind, name, slug, city, description, description_en, website, vat_regime)
  VALUES (gen_random_uuid(), 'training', 'Benchmark', %(slug)s || '-school', '', '', '', '', 'standard_20')
  RETURNING id),
company AS (
  INSERT INTO organizations (id, kind, name, slug, city, description, description_en, website, vat_regime)
  VALUES (gen_random_uuid(), 'company', 'Benchmark', %(slug)s || '-company', '', '', '', '', 'standard_20')
  RETURNING id),
buyers AS (
  INSERT INTO users (id, email, first_name, last_name, locale, status, is_platform_admin)
  SELECT gen_random_uuid(), 'buyer' || i || '@' || %(domain)s, 'Buyer', 'N' || i, 'fr', 'active', false
  FROM generate_series(1, %(buyers)s) AS i RETURNING id),
members AS (
  INSERT INTO organization_members (id, user_id, organization_id, role)
  SELECT gen_random_uuid(), buyers.id, company.id, 'manager' FROM buyers, company),
course AS (
  INSERT INTO courses (id, organization_id, slug, title, title_en, description, description_en, objectives,
    objectives_en, prerequisites, prerequisites_en, bring, bring_en, category, modalities, duration_minutes,
    price_cents, currency, language, validity_months, validity_anchor, window_months, legal_basis, refund_tiers,
    status, rating_sum, rating_count, published_at)
  SELECT gen_random_uuid(), school.id, %(slug)s, 'Benchmark', 'Benchmark', '', '', '{}', '{}', '', '', '', '',
    'SECURITY', '{PRESENTIEL}', 420, 25000, 'EUR', 'fr', 36, 'date', 0, '', '[{"days_before": 14, "percent": 100}]',
    'published', 0, 0, now()
  FROM school RETURNING id, organization_id)
INSERT INTO sessions (id, course_id, organization_id, starts_at, ends_at, time_zone, location, address, modality,
  language, capacity, min_participants, seats_taken, price_cents, currency, status)
SELECT gen_random_uuid(), id, organization_id, now() + interval '300 days', now() + interval '301 days',
  'Europe/Paris', 'Paris CDG', '', 'PRESENTIEL', 'fr', %(seats)s, 1, 0, 25000, 'EUR', 'scheduled'
FROM course, generate_series(1, %(sessions)s)
"""

_OWN = """CREATE TEMP TABLE own ON COMMIT DROP AS SELECT o.id AS order_id, p.id AS payment_id FROM sessions s
JOIN courses c ON c.id = s.course_id AND c.slug = %(slug)s JOIN orders o ON o.session_id = s.id
LEFT JOIN payments p ON p.reference = o.id"""
_OURS = """WHERE organization_id IN (
  SELECT id FROM organizations WHERE slug IN (%(slug)s || '-school', %(slug)s || '-company'))"""
_TOLD = "DELETE FROM notifications WHERE user_id IN (SELECT id FROM users WHERE email LIKE '%%@' || %(domain)s)"
_REMOVE = (
    _OWN,
    "DELETE FROM procrastinate_jobs WHERE args ->> 'order_id' IN (SELECT order_id::text FROM own)",
    # Participants and sessions are referred to from columns without an index, where nothing of theirs is left by now.
    "SET LOCAL session_replication_role = replica",
    "DELETE FROM testmode_checkouts WHERE request ->> 'reference' IN (SELECT payment_id::text FROM own)",
    "DELETE FROM payments WHERE id IN (SELECT payment_id FROM own)",
    "DELETE FROM enrollments WHERE order_id IN (SELECT order_id FROM own)",
    "DELETE FROM orders WHERE id IN (SELECT order_id FROM own)",
    "DELETE FROM sessions WHERE course_id IN (SELECT id FROM courses WHERE slug = %(slug)s)",
    f"DELETE FROM organization_members {_OURS}",
    f"DELETE FROM positions {_OURS}",
    _TOLD,
    "DELETE FROM users WHERE email LIKE '%%@' || %(domain)s",
    "DELETE FROM courses WHERE slug = %(slug)s",
    # Their invoices and books stay: those are never deleted, here neither.
    "DELETE FROM organizations WHERE slug IN (%(slug)s || '-school', %(slug)s || '-company')",
)


@dataclass(frozen=True, slots=True)
class Market:
    """What there is to buy, and by whom."""

    sessions: list[UUID]
    buyers: list[UUID]
    school: UUID
    company: UUID
    course: UUID
    tokens: list[str]
    """API access tokens of the buyers, good for 15 minutes."""


def _remove(stack: Stack) -> None:
    with psycopg.connect(stack.superuser_url) as connection:
        for statement in _REMOVE:
            connection.execute(statement, {"slug": _SLUG, "domain": MAIL_DOMAIN}, prepare=False)


@contextmanager
def market(stack: Stack, seats: int = SEATS, sessions: int = SESSIONS) -> Iterator[Market]:
    """Give buyers and sessions that start in 300 days; remove them and all that was bought."""
    _remove(stack)
    values = {"slug": _SLUG, "domain": MAIL_DOMAIN, "buyers": BUYERS, "sessions": sessions, "seats": seats}
    try:
        with psycopg.connect(stack.owner_url, options="-c app.scope=system") as connection:
            connection.execute(_MAKE, values)
        yield _read(stack)
    finally:
        _remove(stack)


def _read(stack: Stack) -> Market:
    settings, now = settings_of(stack), datetime.now(UTC)
    with psycopg.connect(stack.owner_url, options="-c app.scope=system") as connection:
        course = connection.execute("SELECT id, organization_id FROM courses WHERE slug = %s", (_SLUG,)).fetchone()
        company = connection.execute("SELECT id FROM organizations WHERE slug = %s", (f"{_SLUG}-company",)).fetchone()
        assert course
        assert company
        sessions = connection.execute(
            "SELECT id FROM sessions WHERE course_id = %s ORDER BY id", (course[0],)
        ).fetchall()
        buyers = connection.execute(
            "SELECT id FROM users WHERE email LIKE %s ORDER BY id", (f"buyer%@{MAIL_DOMAIN}",)
        ).fetchall()
    ids = [row[0] for row in buyers]
    return Market(
        sessions=[row[0] for row in sessions],
        buyers=ids,
        school=course[1],
        company=company[0],
        course=course[0],
        tokens=[create_access_token(settings, buyer, now) for buyer in ids],
    )
