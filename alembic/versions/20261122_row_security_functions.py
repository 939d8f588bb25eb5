"""row security functions: how policies learn who acts in this transaction.

The settings are those of `pygmalion_app/core/row_security.py`; none set means a stranger.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0b7c1f6d2a90"
down_revision: str | None = "4d1f6b0c92ae"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_FUNCTIONS = (
    """CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.user_id', true), '')::uuid""",
    """CREATE FUNCTION app_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('app.scope', true), '') = 'system'""",
    """CREATE FUNCTION app_admin() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('app.scope', true), '') IN ('system', 'admin')""",
    # Kinds: belongs_to, manages, administers, trains_for.
    """CREATE FUNCTION app_orgs(kind text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(string_to_array(nullif(current_setting('app.' || kind, true), ''), ',')::uuid[], '{}')""",
)


def upgrade() -> None:
    """Apply."""
    for function in _FUNCTIONS:
        op.execute(function)


def downgrade() -> None:
    """Revert."""
    op.execute("DROP FUNCTION app_orgs(text), app_admin(), app_system(), app_user()")
