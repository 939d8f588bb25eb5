"""Why jobs failed, beside the queue's own tables, which do not say."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from pygmalion_app.core.models import Row


class JobFailure(Row, table=True):
    """One failed attempt: an error's code or class, and where in the code. Never its words, which may name somebody."""

    __tablename__ = "job_failures"

    job_id: int = Field(sa_type=BigInteger, index=True)
    """Of `procrastinate_jobs`, whose rows go when they succeed."""
    attempt: int
    error: str
    place: str
