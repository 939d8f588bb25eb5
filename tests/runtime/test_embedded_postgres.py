"""The embedded PostgreSQL through what a laptop does to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from pygmalion_app.adapters.database.embedded import OWNER, EmbeddedPostgres
from pygmalion_app.launch.children import dies_with_parent

_SUPERVISE = """
import sys, time, signal
from pathlib import Path
from pygmalion_app.adapters.database.embedded import EmbeddedPostgres
from pygmalion_app.launch.children import dies_with_parent
home = Path(sys.argv[1])
server = EmbeddedPostgres(home / "postgres", home / "log")
process = server.start(dies_with_parent(signal.SIGINT))
server.wait_ready(process)
print(process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path / "postgres", tmp_path / "log")
    server.initialise()
    yield server
    server.stop_orphan()


def _start(server: EmbeddedPostgres) -> subprocess.Popen[bytes]:
    process = server.start(dies_with_parent(signal.SIGINT))
    server.wait_ready(process)
    return process


def test_committed_rows_survive_kill_9_and_a_stale_pid_file(server: EmbeddedPostgres) -> None:
    process = _start(server)
    server.ensure_roles()
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("CREATE TABLE kept (n integer)")
        connection.execute("INSERT INTO kept VALUES (7)")
    process.kill()
    process.wait()
    # The number of another, living program: PostgreSQL must neither believe it nor we end that program.
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text("\n".join([str(os.getpid()), *pid_file.read_text().splitlines()[1:]]) + "\n")
    time.sleep(0.5)
    process = _start(server)
    with psycopg.connect(server.url(OWNER)) as connection:
        assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


def test_it_starts_again_though_a_query_of_the_killed_one_still_runs(server: EmbeddedPostgres) -> None:
    process = _start(server)
    url = server.url("postgres", "postgres")
    count = "SELECT count(*) FROM generate_series(1, 1000000) AS a, generate_series(1, 1000000) AS b"
    running = "SELECT FROM pg_stat_activity WHERE state = 'active' AND query = %s"
    with closing(psycopg.connect(url)) as asking, closing(psycopg.connect(url, autocommit=True)) as watching:
        asking.pgconn.send_query(count.encode())
        while not watching.execute(running, [count]).rowcount:
            time.sleep(0.01)
        process.kill()
        process.wait()
        process = _start(server)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0


def test_it_ends_when_its_supervisor_is_killed(server: EmbeddedPostgres, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _SUPERVISE, tmp_path], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stdout
        pid = int(supervisor.stdout.readline())
        supervisor.kill()
        supervisor.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}/exe").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not (server.data / "postmaster.pid").exists()


def test_words_with_accents_are_words(server: EmbeddedPostgres) -> None:
    process = _start(server)
    with psycopg.connect(server.url("postgres", "postgres")) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute("SELECT similarity('sécurité', 'SÉCURITÉ'), similarity('é', 'x')").fetchone()
    assert row == (1.0, 0.0)
    process.send_signal(signal.SIGINT)
    process.wait(20)


def test_a_deep_home_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = EmbeddedPostgres(tmp_path / ("d" * 60) / ("e" * 60) / "postgres", tmp_path / "log")
    assert len(str(deep.sockets / ".s.PGSQL.5432")) <= 100
    assert deep.sockets != EmbeddedPostgres(tmp_path / "other" / "postgres", tmp_path / "log").sockets
