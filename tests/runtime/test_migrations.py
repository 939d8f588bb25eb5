"""Migrations and models say the same."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import make_url

from pygmalion_app.adapters.database.embedded import OWNER
from pygmalion_app.launch.paths import PROJECT


def _alembic(*arguments: str, url: str) -> subprocess.CompletedProcess[str]:
    owner = make_url(url).set(username=OWNER).render_as_string(hide_password=False)
    command = [sys.executable, "-m", "alembic", *arguments]
    environment = {**os.environ, "DATABASE_URL": owner}
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False, capture_output=True, text=True)


def test_the_models_need_no_further_migration(database_url: str) -> None:
    checked = _alembic("check", url=database_url)
    assert checked.returncode == 0, checked.stdout + checked.stderr[-3000:]


def test_there_is_one_newest_migration(database_url: str) -> None:
    assert len(_alembic("heads", url=database_url).stdout.split("\n")[:-1]) == 1


def test_every_migration_is_named_by_its_date() -> None:
    names = [path.name for path in Path(PROJECT / "alembic" / "versions").glob("*.py")]
    assert names
    assert all(name[:8].isdigit() and name[8] == "_" for name in names), names
