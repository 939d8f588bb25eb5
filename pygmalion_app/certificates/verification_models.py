"""What the contract last said of a certificate, kept so that it can be told while no node answers."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from pygmalion_app.core.models import TIMESTAMP, one_of
from pygmalion_app.core.ports import DocumentStatus


class ChainReading(SQLModel, table=True):
    """The contract's last word on a token id. A revocation stays: the contract never takes one back."""

    __tablename__ = "chain_readings"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (one_of("said", DocumentStatus),)

    contract: str = Field(primary_key=True)
    token_id: int = Field(primary_key=True, sa_type=BigInteger)
    said: str
    heard_at: datetime = Field(sa_type=TIMESTAMP)
