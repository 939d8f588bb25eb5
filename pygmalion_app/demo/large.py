"""A large, dull load for benchmarks: 5,000 courses, 50,000 sessions, 200,000 enrolments beside the demo data.

And a company of 2,000 people, an airport with 60 tenants (`large_compliance`).

`python -m pygmalion_app.demo.large` (needs DATABASE_URL). Keys derive from counters, so a second run adds nothing.
"""

import asyncio
import sys
import time

import psycopg

from pygmalion_app import bootstrap
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.demo import large_compliance
from pygmalion_app.demo.loader import load

ORGANIZATIONS = 125
SESSIONS_PER_COURSE = 10
PAST_SESSIONS = 4
USERS = 20_000
CITIES = "{Paris CDG,Paris Orly,Lyon,Toulouse,Marseille,Nice,Bordeaux,Nantes,Lille,Strasbourg,Brest,Montpellier}"

STEPS: tuple[tuple[str, str], ...] = (
    (
        "organisations",
        """
        INSERT INTO organizations (id, kind, name, slug, city, description, description_en, website, vat_regime,
          qualiopi_certifier, qualiopi_valid_until)
        SELECT md5('large-organization-' || i)::uuid, 'training', 'Centre de formation ' || i, 'centre-' || i,
          (%(cities)s::text[])[1 + i %% 12], '', '', '', 'standard_20',
          CASE WHEN i %% 5 > 0 THEN 'AFNOR Certification' END, CASE WHEN i %% 5 > 0 THEN current_date + 400 + i END
        FROM generate_series(1, %(organizations)s) AS i ON CONFLICT DO NOTHING
        """,
    ),
    (
        "people",
        """
        INSERT INTO users (id, email, first_name, last_name, locale, status, is_platform_admin)
        SELECT md5('large-user-' || i)::uuid, 'person' || i || '@large.pygmalion.example', 'Personne', 'N' || i, 'fr',
          'unverified', false
        FROM generate_series(1, %(users)s) AS i ON CONFLICT DO NOTHING
        """,
    ),
    (
        "courses",
        """
        WITH templates AS (
          SELECT DISTINCT ON (type_code) *, dense_rank() OVER (ORDER BY type_code) AS number
          FROM courses WHERE type_code IS NOT NULL AND slug NOT LIKE 'centre-%%' ORDER BY type_code, id)
        INSERT INTO courses (id, organization_id, type_code, slug, title, title_en, description, description_en,
          objectives, objectives_en, prerequisites, prerequisites_en, bring, bring_en, methods, methods_en, evaluation,
          evaluation_en, accessibility, accessibility_en, nsf_code, bpf_objective, category, modalities,
          duration_minutes, price_cents, currency, language, validity_months, validity_anchor, window_months,
          legal_basis, refund_tiers, status, rating_sum, rating_count, published_at)
        SELECT md5('large-course-' || i || '-' || number)::uuid, md5('large-organization-' || i)::uuid, type_code,
          'centre-' || i || '-' || lower(type_code), title, title_en, description, description_en, objectives,
          objectives_en, prerequisites, prerequisites_en, bring, bring_en, methods, methods_en, evaluation,
          evaluation_en, accessibility, accessibility_en, nsf_code, bpf_objective, category, modalities,
          duration_minutes,
          price_cents + 100 * (i * number %% 97), currency, CASE WHEN i %% 10 = 0 THEN 'en' ELSE 'fr' END,
          validity_months, validity_anchor, window_months, legal_basis, refund_tiers, 'published',
          (3 + (i * number) %% 3) * ((i + number) %% 40), (i + number) %% 40, now()
        FROM templates, generate_series(1, %(organizations)s) AS i ON CONFLICT DO NOTHING
        """,
    ),
    (
        "sessions",
        """
        WITH numbered AS (
          SELECT c.*, row_number() OVER (ORDER BY slug) AS number FROM courses c WHERE slug LIKE 'centre-%%'),
        dated AS (
          SELECT c.*, k, (c.number + 5 * k) %% 12 AS place,
            date_trunc('day', now()) + interval '8 hours'
              + make_interval(days => ((k - %(past)s) * 30 + (c.number * 7 + k) %% 30 + 1)::int) AS starts_at
          FROM numbered c, generate_series(0, %(per_course)s - 1) AS k)
        INSERT INTO sessions (id, course_id, organization_id, starts_at, ends_at, time_zone, location, address,
          modality, language, capacity, min_participants, seats_taken, price_cents, currency, status)
        SELECT md5('large-session-' || slug || '-' || k)::uuid, id, organization_id, starts_at,
          starts_at + make_interval(mins => least(duration_minutes, 2400)), 'Europe/Paris',
          (%(cities)s::text[])[1 + place], '', modalities[1], language, 4 + (number + k) %% 9, 1, 4,
          price_cents, currency, CASE WHEN k < %(past)s THEN 'completed' ELSE 'scheduled' END
        FROM dated ON CONFLICT DO NOTHING
        """,
    ),
    (
        "orders",
        """
        WITH numbered AS (
          SELECT s.*, row_number() OVER (ORDER BY s.id) AS number FROM sessions s JOIN courses c ON c.id = s.course_id
          WHERE c.slug LIKE 'centre-%%')
        INSERT INTO orders (id, buyer_user_id, seller_organization_id, session_id, payer, payment_method, quantity,
          unit_price_cents, net_cents, vat_cents, total_cents, currency, vat_regime, refund_tiers, status,
          hold_expires_at, confirmed_at)
        SELECT md5('large-order-' || s.id || half)::uuid,
          md5('large-user-' || (1 + (s.number * 4 + half * 2) %% %(users)s))::uuid, s.organization_id, s.id, 'company',
          'card', 2, s.price_cents, 2 * s.price_cents, 2 * s.price_cents / 5, 2 * s.price_cents + 2 * s.price_cents / 5,
          s.currency, 'standard_20', '[]', 'CONFIRMED', now(), now()
        FROM numbered s, generate_series(0, 1) AS half ON CONFLICT DO NOTHING
        """,
    ),
    (
        "enrolments",
        """
        WITH numbered AS (
          SELECT s.*, row_number() OVER (ORDER BY s.id) AS number FROM sessions s JOIN courses c ON c.id = s.course_id
          WHERE c.slug LIKE 'centre-%%')
        INSERT INTO enrollments (id, order_id, session_id, course_id, user_id, status, confirmed_at, present, passed,
          completed_at)
        SELECT md5('large-enrollment-' || s.id || seat)::uuid, md5('large-order-' || s.id || seat / 2)::uuid, s.id,
          s.course_id, md5('large-user-' || (1 + (s.number * 4 + seat) %% %(users)s))::uuid,
          CASE WHEN done THEN 'COMPLETED' ELSE 'CONFIRMED' END, now(), CASE WHEN done THEN true END,
          CASE WHEN done THEN true END, CASE WHEN done THEN s.ends_at END
        FROM (SELECT *, status = 'completed' AS done FROM numbered) AS s, generate_series(0, 3) AS seat
        ON CONFLICT DO NOTHING
        """,
    ),
)


async def load_large(container: Container) -> None:
    """Load the demo data, then the large data; prints each step's rows and seconds."""
    await load(container)
    # Only the tables' owner may gather statistics; others leave that to autovacuum.
    settings = container.settings
    url = settings.database_owner_url.get_secret_value() or settings.database_url.get_secret_value()
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SET work_mem = '256MB'")
        # Everybody's rows; the connection ends with this function.
        await connection.execute("SET app.scope = 'system'")
        for name, statement in (*STEPS, *large_compliance.STEPS):
            started = time.perf_counter()
            cursor = await connection.execute(
                statement.encode(),
                {
                    "cities": CITIES,
                    "organizations": ORGANIZATIONS,
                    "users": USERS,
                    "past": PAST_SESSIONS,
                    "per_course": SESSIONS_PER_COURSE,
                    **large_compliance.PARAMETERS,
                },
            )
            sys.stdout.write(f"{name}: {cursor.rowcount} in {time.perf_counter() - started:.1f} s\n")
        await connection.execute("VACUUM ANALYZE")
        started = time.perf_counter()
        changed = await large_compliance.compute(container)
        sys.stdout.write(f"statuses: {changed} in {time.perf_counter() - started:.1f} s\n")
        await connection.execute("VACUUM ANALYZE compliance_statuses, compliance_standings, compliance_queue")


async def main() -> None:
    """Run as a command."""
    async with bootstrap.running(bootstrap.build(Settings.load())) as container:
        await load_large(container)


if __name__ == "__main__":
    asyncio.run(main())
