"""surveys: what participants say of a training, right after it and three months later."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "6be1f40a9d27"
down_revision: str | None = "b9d34e07f1a2"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
# The school reads answers as figures only (`reports.quality`, which counts with the system's reach).
_READS = f"{_SYSTEM} OR user_id = (SELECT app_user())"
_TABLE = "surveys"


def upgrade() -> None:
    """Apply."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("answered_at", moment, nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("overall", "content", "trainer", "practice")),
        sa.Column("recommend", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('hot', 'cold')", name=op.f(f"ck_{_TABLE}_kind")),
        *(
            sa.CheckConstraint(f"{name} BETWEEN 1 AND 5", name=op.f(f"ck_{_TABLE}_{name}"))
            for name in ("overall", "content", "trainer", "practice")
        ),
        sa.CheckConstraint("recommend BETWEEN 0 AND 10", name=op.f(f"ck_{_TABLE}_recommend")),
        sa.CheckConstraint("(answered_at IS NULL) = (overall IS NULL)", name=op.f(f"ck_{_TABLE}_answer")),
        *(
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{_TABLE}_{column}_{target}"), **more)
            for column, target, more in (
                ("enrollment_id", "enrollments", {"ondelete": "CASCADE"}),
                ("session_id", "sessions", {}),
                ("organization_id", "organizations", {}),
                ("user_id", "users", {}),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{_TABLE}_token_hash")),
        sa.UniqueConstraint("enrollment_id", "kind", name=op.f(f"uq_{_TABLE}_enrollment_id_kind")),
    )
    for column in ("session_id", "user_id"):
        op.create_index(op.f(f"ix_{_TABLE}_{column}"), _TABLE, [column])
    op.create_index(f"ix_{_TABLE}_organization_id_session_id", _TABLE, ["organization_id", "session_id"])
    op.execute(f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON {_TABLE} FOR SELECT USING ({_READS})")
    op.execute(f"CREATE POLICY changes ON {_TABLE} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON {_TABLE} FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON {_TABLE} FOR DELETE USING ({_SYSTEM})")


def downgrade() -> None:
    """Revert."""
    op.drop_table(_TABLE)
