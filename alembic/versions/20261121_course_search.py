"""Course search: documents and words kept in step by triggers, a typo-forgiving query builder, hot indexes."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "5b1d7c0a92f3"
down_revision: str | None = "4b44b91f7064"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# unaccent() is only STABLE because its dictionary could be changed; ours is the one shipped with PostgreSQL.
# Dots stay between digits, so that "11.2.6.2" is one word and "cat. 6" is two.
SEARCH_TEXT = r"""
CREATE FUNCTION search_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    lower(public.unaccent('public.unaccent'::regdictionary, value)),
    '([^a-z0-9.]|(?<![0-9])\.|\.(?![0-9]))+', ' ', 'g'))
$$
"""

# What people call a category, in both languages; visitors say "sécurité" for "sûreté".
CATEGORY_WORDS = """
CREATE FUNCTION category_words(category text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE category
    WHEN 'SECURITY' THEN 'sûreté sécurité aviation security'
    WHEN 'DGR' THEN 'marchandises dangereuses dangerous goods regulations hazmat'
    WHEN 'CARGO' THEN 'fret cargo freight'
    WHEN 'AERODROME' THEN 'aérodrome aéroport aerodrome airport'
    WHEN 'MAINTENANCE' THEN 'maintenance mécanique aircraft engineering'
    WHEN 'CREW' THEN 'équipage PNC PNT cabin crew flight crew'
    WHEN 'WORKPLACE' THEN 'sécurité au travail workplace occupational safety'
    ELSE '' END
$$
"""

REFRESH = """
CREATE FUNCTION refresh_course_documents(ids uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM course_documents d
  WHERE d.course_id = ANY (ids)
    AND NOT EXISTS (SELECT FROM courses c WHERE c.id = d.course_id AND c.status = 'published');

  INSERT INTO course_documents AS d (
    course_id, organization_id, heading, words, title_key, category, modalities, languages, price_from_cents, quality,
    next_starts_at, card)
  SELECT c.id, c.organization_id, text.heading,
    text.heading || setweight(to_tsvector('simple', search_text(concat_ws(' ', c.description, c.description_en,
      array_to_string(c.objectives, ' '), array_to_string(c.objectives_en, ' ')))), 'D'),
    search_text(c.title || ' ' || c.title_en), c.category, c.modalities, upcoming.languages, upcoming.price_cents,
    (c.rating_sum + 20.0) / (c.rating_count + 5), upcoming.starts_at,
    json_build_object('id', c.id, 'slug', c.slug, 'title', c.title, 'titleEn', c.title_en, 'category', c.category,
      'modalities', c.modalities, 'languages', upcoming.languages,
      'organization', json_build_object('id', o.id, 'name', o.name, 'slug', o.slug,
        'qualiopi', o.qualiopi_valid_until IS NOT NULL, 'qualiopiValidUntil', o.qualiopi_valid_until),
      'rating', round(c.rating_sum::numeric / nullif(c.rating_count, 0), 1), 'reviewCount', c.rating_count,
      'durationMinutes', c.duration_minutes, 'validityMonths', c.validity_months, 'legalBasis', c.legal_basis,
      'priceCents', upcoming.price_cents, 'currency', c.currency)
  FROM courses c
  JOIN organizations o ON o.id = c.organization_id
  CROSS JOIN LATERAL (
    SELECT ARRAY (SELECT DISTINCT unnest(array_append(array_agg(s.language), c.language)) ORDER BY 1) AS languages,
      coalesce(min(s.price_cents), c.price_cents) AS price_cents, min(s.starts_at) AS starts_at,
      string_agg(DISTINCT s.location, ' ') AS places
    FROM sessions s WHERE s.course_id = c.id AND s.status = 'scheduled' AND s.starts_at > now()) AS upcoming
  CROSS JOIN LATERAL (
    SELECT setweight(to_tsvector('simple', search_text(concat_ws(' ', c.title, c.title_en, c.type_code))), 'A')
      || setweight(to_tsvector('simple', search_text(concat_ws(' ', category_words(c.category), c.legal_basis))), 'B')
      || setweight(to_tsvector('simple', search_text(concat_ws(' ', o.name, upcoming.places))), 'C') AS heading
  ) AS text
  WHERE c.id = ANY (ids) AND c.status = 'published'
  ORDER BY c.id
  ON CONFLICT (course_id) DO UPDATE SET
    organization_id = excluded.organization_id, heading = excluded.heading, words = excluded.words,
    title_key = excluded.title_key, category = excluded.category, modalities = excluded.modalities,
    languages = excluded.languages, price_from_cents = excluded.price_from_cents, quality = excluded.quality,
    next_starts_at = excluded.next_starts_at, card = excluded.card;

  INSERT INTO search_words (word)
  SELECT found.word FROM (
    SELECT DISTINCT unnest(tsvector_to_array(d.words)) AS word FROM course_documents d WHERE d.course_id = ANY (ids)
  ) AS found
  WHERE NOT EXISTS (SELECT FROM search_words w WHERE w.word = found.word)
  ORDER BY found.word
  ON CONFLICT DO NOTHING;
END
$$
"""

# Readers may keep a result as long as this number stands. It is raised at commit, so that writers wait for each other
# only then, and once a transaction.
VERSION = """
CREATE FUNCTION raise_catalog_version() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('pygmalion.catalog_raised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    UPDATE catalog_version SET number = number + 1;
    PERFORM set_config('pygmalion.catalog_raised', pg_current_xact_id()::text, true);
  END IF;
  RETURN NULL;
END
$$
"""

# Words of the catalogue nearest to an unknown one. Beginnings count too, so that a typo may come before the end.
NEAREST = """
CREATE FUNCTION nearest_words(token text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE SET pg_trgm.similarity_threshold = 0.2 AS $$
  SELECT near.word FROM (
    SELECT candidate.word, candidate.distance, min(candidate.distance) OVER () AS best FROM (
      SELECT word, least(levenshtein(word, token), levenshtein(left(word, length(token)), token)) AS distance
      FROM search_words WHERE word % token AND length(word) < 60) AS candidate
    WHERE candidate.distance <= CASE WHEN length(token) < 5 THEN 1 WHEN length(token) < 9 THEN 2 ELSE 3 END
  ) AS near WHERE near.distance = near.best ORDER BY near.word LIMIT 8
$$
"""

# A word that starts known words is searched as their beginning; an unknown one becomes the nearest known words.
# Numbers and codes ("6", "t1") are taken as they are when they are known, or "t1" would also find "t10".
SEARCH_QUERY = """
CREATE FUNCTION search_query(value text) RETURNS tsquery
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  token text;
  part text;
  parts text[] := '{}';
BEGIN
  FOREACH token IN ARRAY (string_to_array(search_text(left(value, 200)), ' '))[1:12] LOOP
    CONTINUE WHEN token IN ('', 'a', 'au', 'aux', 'avec', 'd', 'dans', 'de', 'des', 'du', 'en', 'et', 'l', 'la', 'le',
      'les', 'ou', 'par', 'pour', 'sur', 'un', 'une', 'and', 'at', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to',
      'with', 'formation', 'formations', 'stage', 'cours', 'course', 'courses', 'training');
    IF (token ~ '[0-9]' OR length(token) < 3) AND EXISTS (SELECT FROM search_words WHERE word = token) THEN
      part := quote_literal(token);
    ELSIF EXISTS (SELECT FROM search_words WHERE word LIKE token || '%') THEN
      part := quote_literal(token) || ':*';
    ELSE
      SELECT '(' || string_agg(quote_literal(word), ' | ') || ')' INTO part FROM nearest_words(token) AS word;
      part := coalesce(part, quote_literal(token) || ':*');
    END IF;
    parts := parts || part;
  END LOOP;
  RETURN array_to_string(parts, ' & ')::tsquery;
END
$$
"""

TRIGGERS = (
    """
CREATE FUNCTION courses_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_course_documents(ARRAY (SELECT id FROM changed ORDER BY id));
  RETURN NULL;
END $$""",
    """
CREATE FUNCTION course_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_course_documents(ARRAY[NEW.id]);
  RETURN NULL;
END $$""",
    """
CREATE FUNCTION sessions_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_course_documents(ARRAY (SELECT DISTINCT course_id FROM changed ORDER BY course_id));
  RETURN NULL;
END $$""",
    """
CREATE FUNCTION session_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_course_documents(ARRAY[OLD.course_id, NEW.course_id]);
  RETURN NULL;
END $$""",
    """
CREATE FUNCTION organization_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_course_documents(ARRAY (SELECT id FROM courses WHERE organization_id = NEW.id ORDER BY id));
  RETURN NULL;
END $$""",
    """
CREATE TRIGGER courses_inserted AFTER INSERT ON courses REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION courses_documents()""",
    """
CREATE TRIGGER course_updated AFTER UPDATE ON courses
FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION course_document()""",
    """
CREATE TRIGGER sessions_inserted AFTER INSERT ON sessions REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION sessions_documents()""",
    """
CREATE TRIGGER sessions_deleted AFTER DELETE ON sessions REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION sessions_documents()""",
    # A sale writes only seats_taken and must not pay for a new document.
    """
CREATE TRIGGER session_updated AFTER UPDATE OF course_id, starts_at, location, language, price_cents, status
ON sessions FOR EACH ROW WHEN ((OLD.course_id, OLD.starts_at, OLD.location, OLD.language, OLD.price_cents, OLD.status)
  IS DISTINCT FROM (NEW.course_id, NEW.starts_at, NEW.location, NEW.language, NEW.price_cents, NEW.status))
EXECUTE FUNCTION session_document()""",
    """
CREATE TRIGGER organization_updated AFTER UPDATE OF name, slug, qualiopi_valid_until ON organizations
FOR EACH ROW WHEN ((OLD.name, OLD.slug, OLD.qualiopi_valid_until)
  IS DISTINCT FROM (NEW.name, NEW.slug, NEW.qualiopi_valid_until))
EXECUTE FUNCTION organization_documents()""",
    """
CREATE CONSTRAINT TRIGGER catalog_changed AFTER INSERT OR UPDATE OR DELETE ON course_documents
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_catalog_version()""",
)


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch")
    for statement in (SEARCH_TEXT, CATEGORY_WORDS):
        op.execute(sa.text(statement.replace(":", "\\:")))
    op.create_table(
        "course_documents",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("heading", postgresql.TSVECTOR(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("modalities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("price_from_cents", sa.Integer(), nullable=False),
        sa.Column("quality", sa.REAL(), nullable=False),
        sa.Column("next_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_documents_course_id_courses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_course_documents")),
    )
    op.create_index("ix_course_documents_words", "course_documents", ["words"], postgresql_using="gin")
    op.create_index(
        "ix_course_documents_title_key",
        "course_documents",
        ["title_key"],
        postgresql_using="gin",
        postgresql_ops={"title_key": "gin_trgm_ops"},
    )
    op.create_index("ix_course_documents_quality", "course_documents", ["quality", "course_id"])
    op.create_index("ix_course_documents_organization_id", "course_documents", ["organization_id"])
    op.create_table(
        "search_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")),
    )
    op.create_index(
        "ix_search_words_trigrams",
        "search_words",
        ["word"],
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_search_words_beginning",
        "search_words",
        ["word"],
        postgresql_ops={"word": "text_pattern_ops"},
    )
    op.create_index(
        "ix_sessions_open_course",
        "sessions",
        ["course_id", "starts_at"],
        postgresql_where=sa.text("status = 'scheduled'"),
    )
    op.add_column("sessions", sa.Column("place_key", sa.Text(), sa.Computed("search_text(location)", persisted=True)))
    op.add_column(
        "sessions",
        sa.Column(
            "local_month",
            sa.Date(),
            sa.Computed("date_trunc('month', starts_at AT TIME ZONE time_zone)::date", persisted=True),
        ),
    )
    op.create_index(
        "ix_sessions_open_month", "sessions", ["local_month"], postgresql_where=sa.text("status = 'scheduled'")
    )
    op.create_index(
        "ix_sessions_open_place",
        "sessions",
        ["place_key", "starts_at"],
        postgresql_ops={"place_key": "text_pattern_ops"},
        postgresql_where=sa.text("status = 'scheduled'"),
    )
    op.create_table(
        "catalog_version",
        sa.Column("single", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("number", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_catalog_version_one_row")),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_catalog_version")),
    )
    op.execute("INSERT INTO catalog_version DEFAULT VALUES")
    for statement in (REFRESH, VERSION, NEAREST, SEARCH_QUERY, *TRIGGERS):
        op.execute(sa.text(statement.replace(":", "\\:")))
    op.execute("SELECT refresh_course_documents(ARRAY (SELECT id FROM courses))")


def downgrade() -> None:
    """Revert."""
    for trigger, table in (
        ("courses_inserted", "courses"),
        ("course_updated", "courses"),
        ("sessions_inserted", "sessions"),
        ("sessions_deleted", "sessions"),
        ("session_updated", "sessions"),
        ("organization_updated", "organizations"),
    ):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
    for function in (
        "courses_documents()",
        "course_document()",
        "sessions_documents()",
        "session_document()",
        "organization_documents()",
        "search_query(text)",
        "nearest_words(text)",
        "refresh_course_documents(uuid[])",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("ix_sessions_open_place", table_name="sessions")
    op.drop_index("ix_sessions_open_course", table_name="sessions")
    op.drop_index("ix_sessions_open_month", table_name="sessions")
    op.drop_column("sessions", "local_month")
    op.drop_column("sessions", "place_key")
    op.drop_table("search_words")
    op.drop_table("course_documents")
    op.drop_table("catalog_version")
    op.execute("DROP FUNCTION raise_catalog_version()")
    op.execute("DROP FUNCTION category_words(text)")
    op.execute("DROP FUNCTION search_text(text)")
    op.execute("DROP EXTENSION fuzzystrmatch")
