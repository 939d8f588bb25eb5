"""Columns that all tables share. `table=True` models do not validate: the database holds the invariants."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, MetaData, Text, func
from sqlmodel import Field, SQLModel

from pygmalion_app.core.ids import new_id

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata

TIMESTAMP = DateTime(timezone=True)


class Table(SQLModel):
    """Base of every table."""

    if TYPE_CHECKING:
        # SQLModel declares it as a computed attribute; ours are plain names.
        __tablename__: ClassVar[str]  # pyright: ignore[reportIncompatibleUnannotatedOverride, reportIncompatibleVariableOverride]


class Row(Table):
    """A UUIDv7 key and the time of insertion, UTC."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    created_at: datetime = Field(sa_type=TIMESTAMP, sa_column_kwargs={"server_default": func.now()}, default=None)  # pyright: ignore[reportArgumentType]


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Return the constraint that holds a text column to an enumeration (simpler to extend than a database enum)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


TEXT = Text
