"""A PostgreSQL that somebody else runs (`DATABASE_URL`)."""

import re

import psycopg
from psycopg.conninfo import conninfo_to_dict

OLDEST_VERSION = 150_000
EXTENSIONS = ("pg_trgm", "unaccent")


class UnsuitableDatabaseError(RuntimeError):
    """The server cannot serve us; the message says what to change, without the address's password."""


def check(url: str) -> str:
    """Return "host/database (version)" of a server that we can use. Raises UnsuitableDatabaseError."""
    # SQLAlchemy's spelling names the driver too.
    address = re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise UnsuitableDatabaseError(
            "DATABASE_URL is no PostgreSQL address: postgresql://user:password@host/name"
        ) from error
    shown = f"{parts.get('host') or 'local socket'}/{parts.get('dbname', '')}"
    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            version = connection.info.server_version
            available = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
    except psycopg.OperationalError as error:
        raise UnsuitableDatabaseError(f"DATABASE_URL: no connection to {shown}: {error}") from error
    if version < OLDEST_VERSION:
        raise UnsuitableDatabaseError(f"DATABASE_URL: {shown} is PostgreSQL {version // 10000}; 15 or newer is needed")
    if missing := [name for name in EXTENSIONS if name not in available]:
        raise UnsuitableDatabaseError(f"DATABASE_URL: {shown} lacks the extensions {', '.join(missing)}")
    return f"{shown} (PostgreSQL {version // 10000})"
