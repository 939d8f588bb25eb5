"""row security: whoever asks to join an organisation is known to those who run it."""

from collections.abc import Sequence

from alembic import op

revision: str = "c40b6e2f8d17"
down_revision: str | None = "07c8ab4d84ba"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_KNOWS = """
CREATE OR REPLACE FUNCTION app_knows(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS $$
DECLARE
  manages uuid[] := app_orgs('manages');
  trains_for uuid[] := app_orgs('trains_for');
  me uuid := app_user();
BEGIN
  RETURN EXISTS (SELECT FROM organization_members m WHERE m.user_id = wanted
      AND (m.organization_id = ANY (manages) OR m.organization_id = ANY (trains_for)))
    OR EXISTS (SELECT FROM enrollments e WHERE e.user_id = wanted
      AND (e.buyer_user_id = me OR e.buyer_organization_id = ANY (manages)
           OR e.seller_organization_id = ANY (trains_for)))
    OR EXISTS (SELECT FROM orders o WHERE o.buyer_user_id = wanted
      AND (o.buyer_organization_id = ANY (manages) OR o.seller_organization_id = ANY (trains_for))){more};
END $$
"""
_ASKERS = """
    OR EXISTS (SELECT FROM organization_join_requests j WHERE j.user_id = wanted
      AND (j.organization_id = ANY (manages) OR j.organization_id = ANY (app_orgs('administers'))))"""


def upgrade() -> None:
    """Apply."""
    op.execute(_KNOWS.format(more=_ASKERS))


def downgrade() -> None:
    """Revert."""
    op.execute(_KNOWS.format(more=""))
