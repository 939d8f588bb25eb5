"""Certificates by the thousand, without documents: for what comes after them."""

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast

# COPY does not go past row-level security, so one statement inserts them all.
_INSERT = """
INSERT INTO certificates (id, enrollment_id, user_id, organization_id, course_id, session_id, number, content,
  issued_at, token_hash, token_sealed, salt, file_sha256, credential_sha256, commitment)
SELECT gen_random_uuid(), gen_random_uuid(), %(user)s, %(school)s, %(course)s, %(session)s, %(mark)s || '-' || i, '{}',
  %(now)s, sha256((%(mark)s || 't' || i)::bytea), '', '', sha256((%(mark)s || 'f' || i)::bytea),
  sha256((%(mark)s || 'c' || i)::bytea), sha256((%(mark)s || i)::bytea)
FROM generate_series(1, %(count)s) AS i
"""


async def add_certificates(parts: Container, cast: Cast, count: int, mark: str = "many") -> None:
    """Add certificates that wait for a batch; `mark` tells them from those of another call."""
    async with unit_of_work(SYSTEM, parts) as uow:
        await uow.sql(
            _INSERT,
            user=cast.lea.user_id,
            school=cast.school,
            course=cast.course,
            session=cast.session,
            mark=mark,
            now=uow.clock.now(),
            count=count,
        )
