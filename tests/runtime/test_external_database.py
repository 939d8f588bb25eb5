"""A PostgreSQL that somebody else runs."""

import pytest

from pygmalion_app.adapters.database.external import UnsuitableDatabaseError, check


def test_a_suitable_server_is_described(database_url: str) -> None:
    assert check(database_url).endswith("(PostgreSQL 18)")
    assert check(database_url.replace("postgresql://", "postgresql+psycopg://")).endswith("(PostgreSQL 18)")


@pytest.mark.parametrize(
    "url", ["postgresql://someone:s3cr3t@127.0.0.1:1/nowhere", "mysql://someone:s3cr3t@127.0.0.1/nowhere", "s3cr3t"]
)
def test_an_unsuitable_one_is_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(UnsuitableDatabaseError, match="DATABASE_URL") as refused:
        check(url)
    assert "s3cr3t" not in str(refused.value)
