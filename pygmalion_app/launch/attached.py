"""Runs a module against an installation's database, whether the installation is running or not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from pygmalion_app.adapters.database.embedded import EmbeddedPostgres
from pygmalion_app.core.config import Settings
from pygmalion_app.launch.children import dies_with_parent
from pygmalion_app.launch.paths import PROJECT, Home


@contextmanager
def _database(home: Home) -> Iterator[str]:
    """Give the address of the database, its server started for the time being where it is not running."""
    external = Settings.load().database_url.get_secret_value()
    if external:
        yield external
        return
    server = EmbeddedPostgres(home.postgres, home.log("postgres"))
    try:
        psycopg.connect(server.url(), connect_timeout=2).close()
    except psycopg.OperationalError:
        if not (home.postgres / "PG_VERSION").exists():
            raise SystemExit(f"there is no installation in {home.root} yet: `make run` makes one") from None
        process = server.start(dies_with_parent(signal.SIGINT))
        server.wait_ready(process)
        try:
            yield server.url()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    else:
        yield server.url()


def run_with_database(home: Home, module: str, arguments: list[str]) -> int:
    """Run `python -m module arguments` with DATABASE_URL set and return its exit code."""
    with _database(home) as url:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(command, check=False, cwd=PROJECT, env={**os.environ, "DATABASE_URL": url}).returncode
