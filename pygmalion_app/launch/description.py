"""Keeps the API's description (OpenAPI) beside the built pages: made once for each state of the code, never older."""

import fcntl
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from pygmalion_app.core import collector
from pygmalion_app.core.config import Settings
from pygmalion_app.core.precedence import stand_back
from pygmalion_app.launch.digests import digest_of
from pygmalion_app.launch.paths import PROJECT, Home

# The API knows nothing of these.
_NOT_READ = ("ui", "demo", "launch")
_READ_BESIDE = ("requirements.txt",)
_NAME = "pygmalion-openapi"


def place(home: Home, settings: Settings) -> Path:
    """Return where the description of the code as it is now lies, or will: its name tells the code and the settings.

    Call it before the code is loaded: what is changed meanwhile then has a description of its own.
    """
    code = digest_of(_sources(), PROJECT)
    told = f"{sys.version} {settings.testmode_payments} {settings.embedded_mailbox} {code}"
    return home.root / "web" / f"{_NAME}-{hashlib.sha256(told.encode()).hexdigest()[:24]}.gz"


def _sources() -> Iterator[Path]:
    package = PROJECT / "pygmalion_app"
    for path in package.rglob("*.py"):
        if path.relative_to(package).parts[0] not in _NOT_READ:
            yield path
    yield from map(PROJECT.joinpath, _READ_BESIDE)


def describe(home: Home) -> None:
    """Make the description where there is none of the code yet. For a process of its own: it takes ten seconds."""
    settings = Settings.load()
    wanted = place(home, settings)
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with (home.root / "web").resolve().with_name("describe.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if wanted.exists():
            return
        stand_back()
        collector.pause()
        from pygmalion_app import bootstrap
        from pygmalion_app.api.app import create_api
        from pygmalion_app.api.openapi import write

        # Written beside: the description appears whole.
        fresh = wanted.with_suffix(".made")
        write(create_api(bootstrap.development_routers(settings)), fresh)
        if place(home, settings) != wanted:
            # The code was changed while it was loaded: nobody can tell which of the two this describes.
            fresh.unlink()
            return
        for old in wanted.parent.glob(f"{_NAME}-*.gz"):
            old.unlink(missing_ok=True)
        fresh.replace(wanted)
