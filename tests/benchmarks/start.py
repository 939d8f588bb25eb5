"""Seconds of the first and second `make run`: a fresh clone, empty caches, no environment."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from pygmalion_app.launch.paths import PROJECT
from tests.benchmarks.tables import Goal, Table

LONGEST_SECONDS = 900
STOP_SECONDS = 60
GOALS = {"first": 120, "second": 8}
_CACHES = ("PIP_CACHE_DIR", "UV_CACHE_DIR", "npm_config_cache", "XDG_CACHE_HOME", "REFLEX_DIR")


def first_and_second(folder: Path, port: int) -> list[Table]:
    """Clone HEAD under the folder, run it twice, remove it; packages come from the registries over the network."""
    folder.mkdir(parents=True, exist_ok=True)
    table = Table(
        "start",
        "`make run` in a fresh clone of HEAD, until it answers",
        ("run", "seconds", "of which installing packages"),
        ["empty caches: the first run's time is also that of the network and the package registries"],
    )
    box = Path(tempfile.mkdtemp(prefix="start-", dir=folder))
    try:
        clone = box / "clone"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        for name, bound in GOALS.items():
            seconds, installing = _run(clone, box, port)
            table.add(name, seconds, installing, goals=[Goal("seconds", seconds, at_most=bound)])
    finally:
        shutil.rmtree(box, ignore_errors=True)
    return [table]


def _run(clone: Path, box: Path, port: int) -> tuple[float, str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH", "PYGMALION_HOME"}
    }
    environment |= {name: str(box / "cache" / name.lower()) for name in _CACHES} | {"PORT": str(port)}
    output = box / "output.log"
    began = time.monotonic()
    with output.open("wb") as log:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait(process, port, output)
        return time.monotonic() - began, _installing(output.read_text())
    finally:
        # As Ctrl-C does on a terminal: to make and to everything it runs.
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"make run did not answer:\n{output.read_text()[-3000:]}")


def _installing(words: str) -> str:
    return next((line.split()[-2] + " s" for line in words.splitlines() if "installed the packages" in line), "")
