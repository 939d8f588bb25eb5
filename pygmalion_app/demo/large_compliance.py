"""The large load's companies: one of 2,000 people and 40 requirements, and an airport with 60 tenants.

Steps in plain SQL for `large`; keys derive from counters, so a second run adds nothing.
"""

from typing import Final
from uuid import UUID

from pygmalion_app.compliance.recompute import recompute
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work

TENANTS: Final = 60
PEOPLE: Final = 2_000
PEOPLE_A_TENANT: Final = 300
"""With those of the first company, and some who work twice: 20,000 positions."""
COMPANY: Final = "grande-escale"
AIRPORT: Final = "aeroport-grand-large"

# Company 0 is the large one, 1 to 60 the tenants; people are those of the large load.
STEPS: Final[tuple[tuple[str, str], ...]] = (
    (
        "companies",
        """
        INSERT INTO organizations (id, kind, name, slug, city, description, description_en, website, vat_regime)
        SELECT md5('large-company-' || i)::uuid, 'company',
          CASE WHEN i = 0 THEN 'Grande Escale' ELSE 'Locataire ' || i END,
          CASE WHEN i = 0 THEN 'grande-escale' ELSE 'locataire-' || i END, 'Roissy', '', '', '', 'standard_20'
        FROM generate_series(0, 60) AS i
        UNION ALL SELECT md5('large-airport')::uuid, 'airport', 'Aéroport du Grand Large', 'aeroport-grand-large',
          'Roissy', '', '', '', 'standard_20' ON CONFLICT DO NOTHING
        """,
    ),
    (
        "sites",
        """
        INSERT INTO sites (id, organization_id, name, time_zone, airport_organization_id)
        SELECT md5('large-site-' || i || '-' || k)::uuid, md5('large-company-' || i)::uuid, 'Site ' || k,
          CASE WHEN k = 3 THEN 'Indian/Reunion' ELSE 'Europe/Paris' END,
          CASE WHEN i > 0 AND k = 1 THEN md5('large-airport')::uuid END
        FROM generate_series(0, 60) AS i, generate_series(1, 3) AS k ON CONFLICT DO NOTHING
        """,
    ),
    (
        "members",
        """
        INSERT INTO organization_members (id, user_id, organization_id, role, job_role)
        SELECT md5('large-member-' || i || '-' || n)::uuid,
          md5('large-user-' || (1 + (i * 311 + n) %% %(users)s))::uuid, md5('large-company-' || i)::uuid,
          CASE WHEN n = 0 THEN 'manager' ELSE 'learner' END, CASE WHEN n %% 97 > 0 THEN 'Poste ' || (1 + n %% 5) END
        FROM generate_series(0, 60) AS i,
          generate_series(0, CASE WHEN i = 0 THEN %(people)s ELSE %(people_a_tenant)s END - 1) AS n
        UNION ALL SELECT md5('large-airport-member')::uuid, md5('large-user-1')::uuid, md5('large-airport')::uuid,
          'airport_manager', NULL
        ON CONFLICT DO NOTHING
        """,
    ),
    # Without them the next step looks through all positions for each person: two minutes.
    ("statistics", "ANALYZE positions"),
    (
        "positions",
        """
        UPDATE positions p SET site_id = md5('large-site-' || m.i || '-' || 1 + m.n %% 3)::uuid,
          cost_center = 'CC' || 1 + m.n %% 4, active_from = current_date - 900
        FROM (SELECT i, n, md5('large-user-' || (1 + (i * 311 + n) %% %(users)s))::uuid AS user_id,
            md5('large-company-' || i)::uuid AS organization_id FROM generate_series(0, 60) AS i,
            generate_series(0, CASE WHEN i = 0 THEN %(people)s ELSE %(people_a_tenant)s END - 1) AS n) AS m
        WHERE p.organization_id = m.organization_id AND p.user_id = m.user_id AND p.site_id IS NULL
        """,
    ),
    (
        "requirement sets",
        """
        INSERT INTO requirement_sets (id, organization_id, name)
        SELECT md5('large-set-' || i)::uuid, md5('large-company-' || i)::uuid, 'Tout le personnel'
        FROM generate_series(0, 60) AS i ON CONFLICT DO NOTHING
        """,
    ),
    (
        "versions",
        """
        INSERT INTO requirement_set_versions (id, organization_id, set_id, version, effective_from, published_at)
        SELECT md5('large-version-' || i)::uuid, md5('large-company-' || i)::uuid, md5('large-set-' || i)::uuid, 1,
          current_date - 300, now() FROM generate_series(0, 60) AS i ON CONFLICT DO NOTHING
        """,
    ),
    (
        "requirements",
        """
        INSERT INTO requirements (id, organization_id, version_id, key, title, title_en, codes, months, anchor,
          window_months, recency_months, position)
        SELECT md5('large-requirement-' || i || '-' || t.code)::uuid, md5('large-company-' || i)::uuid,
          md5('large-version-' || i)::uuid, t.code, t.title, t.title_en, ARRAY[t.code], t.validity_months,
          CASE t.validity_anchor WHEN 'semester' THEN 'semester' WHEN 'date' THEN 'date' WHEN 'none' THEN 'date'
            ELSE 'month_end' END, t.window_months, t.recency_months, t.number
        FROM (SELECT *, row_number() OVER (ORDER BY code)::int AS number FROM course_types) AS t,
          generate_series(0, 60) AS i WHERE i = 0 AND t.number <= 40 OR t.number <= 6 ON CONFLICT DO NOTHING
        """,
    ),
    (
        "certificates obtained elsewhere",
        """
        INSERT INTO external_certificates (id, user_id, organization_id, type_code, title, issuer, obtained_on,
          valid_until, file_name, media_type, size_bytes, pages, key_id, wrapped_key, stored_at, state, note,
          decided_at)
        SELECT md5('large-external-' || p.organization_id || p.user_id || t.code)::uuid, p.user_id, p.organization_id,
          t.code, t.title, 'Ailleurs', current_date - 200, current_date - 60 + luck %% 900, 'x.jpg', 'image/jpeg', 0, 1,
          '', '', now(), 'accepted', '', now()
        FROM positions p JOIN requirements r ON r.organization_id = p.organization_id
        JOIN course_types t ON t.code = r.key,
          LATERAL (SELECT abs(hashtext(p.user_id::text || t.code)) AS luck) AS l
        WHERE r.version_id IN (SELECT md5('large-version-' || i)::uuid FROM generate_series(0, 60) AS i)
          AND luck %% 10 < 9 ON CONFLICT DO NOTHING
        """,
    ),
    (
        "consents",
        """
        INSERT INTO tenant_sharings (id, airport_organization_id, tenant_organization_id, consented_at, with_names)
        SELECT md5('large-sharing-' || i)::uuid, md5('large-airport')::uuid, md5('large-company-' || i)::uuid, now(),
          i %% 2 = 0 FROM generate_series(1, 60) AS i ON CONFLICT DO NOTHING
        """,
    ),
)
PARAMETERS: Final = {"people": PEOPLE, "people_a_tenant": PEOPLE_A_TENANT}


async def compute(container: Container) -> int:
    """Write the statuses of all these companies; return how many rows changed."""
    changed = 0
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql(
            """SELECT id FROM organizations WHERE slug = 'grande-escale' OR slug LIKE 'locataire-%%' ORDER BY id"""
        )
    companies: list[UUID] = [row["id"] for row in rows]
    for company in companies:
        async with unit_of_work(SYSTEM, container) as uow:
            # A worker that is at the same company is waited for, however long.
            await uow.sql("SELECT set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)")
            changed += await recompute(uow, company)
    async with unit_of_work(SYSTEM, container) as uow:
        # What the triggers asked for has been done; a worker may be at some of it.
        await uow.sql(
            """DELETE FROM compliance_queue WHERE id IN (SELECT id FROM compliance_queue
              WHERE organization_id = ANY (%(ids)s::uuid[]) FOR UPDATE SKIP LOCKED)""",
            ids=companies,
        )
    return changed
