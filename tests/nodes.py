"""Real EVM nodes for tests: the embedded chain in a process of its own, and a bare node that mines at once."""

import fcntl
import hashlib
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from pygmalion_app.adapters.chain.install import install

START_SECONDS = 60


def anvil(cache: Path) -> Path:
    """Return the node's program, installed once for all test runs of this checkout."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return install(cache)


@contextmanager
def embedded(home: Path, cache: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the embedded chain as `make run` does, its home in `home`; ready when entered."""
    anvil(cache)
    (home / "chain").mkdir(parents=True, exist_ok=True)
    if not (home / "chain" / "node").exists():
        (home / "chain" / "node").symlink_to(cache.resolve() / "chain" / "node")
    command = [sys.executable, "-m", "pygmalion_app.adapters.chain.embedded"]
    environment = os.environ | {"PYGMALION_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "contract 0x" in line:
                    break
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(10)


@contextmanager
def bare(cache: Path, folder: Path, chain_id: int = 31338) -> Iterator[str]:
    """Run a node that mines each transaction at once, and return its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = anvil(cache)
    command = [str(program), "--port", str(port), "--accounts", "0", "--chain-id", str(chain_id), "--silent"]
    with subprocess.Popen(command, env={"HOME": str(folder)}) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield url
        finally:
            process.kill()


def _wait_for(url: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            httpx.post(url, json=body, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.02)
        else:
            return
    message = "the node did not start"
    raise TimeoutError(message)


def node_modules(contracts: Path) -> Path:
    """Return the folder of the contract's sources with its npm packages installed."""
    with (contracts / ".npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = hashlib.sha256((contracts / "package-lock.json").read_bytes()).hexdigest()
        stamp = contracts / "node_modules" / ".installed"
        if not stamp.exists() or stamp.read_text() != wanted:
            npm = Path(sys.executable).parent / "npm"
            subprocess.run(
                [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=contracts, check=True, timeout=280
            )
            stamp.write_text(wanted)
    return contracts


def forge(contracts: Path) -> Path:
    """Return foundry's `forge`, which npm installs beside the contract's packages where it has one for the machine."""
    folder = node_modules(contracts) / "node_modules" / "@foundry-rs"
    for program in folder.glob("forge-*/bin/forge"):
        return program
    found = shutil.which("forge")
    if found is None:
        where = f"{platform.system()} {platform.machine()}"
        message = f"npm has no forge for {where}: put `forge` 1.7 on PATH to run the contract's own tests"
        raise FileNotFoundError(message)
    return Path(found)


def node() -> str:
    """Return the JavaScript runtime that comes with the Python packages."""
    return str(Path(sys.executable).parent / "node")
