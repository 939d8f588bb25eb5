"""A node, and what forge makes of the contract's own tests."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nodes import bare, forge, node

CONTRACTS = Path(__file__).parents[2] / "contracts"


@pytest.fixture(scope="session")
def anvil_cache(pytestconfig: pytest.Config) -> Path:
    """Return where the node's program is kept between runs."""
    return Path(pytestconfig.cache.mkdir("anvil"))  # pyright: ignore[reportOptionalMemberAccess]


@pytest.fixture(scope="session")
def url(anvil_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a node that mines each transaction at once."""
    with bare(anvil_cache, tmp_path_factory.mktemp("node")) as found:
        yield found


@pytest.fixture(scope="session")
def forged() -> Path:
    """Return the folder of what forge compiled of the contract and its tests (seconds where nothing changed)."""
    run_forge("build")
    return CONTRACTS / ".forge" / "out"


def run_forge(*arguments: str) -> str:
    """Run forge on the contracts, one at a time, and return what it wrote; fails with its words where it does."""
    program = forge(CONTRACTS)
    folder = CONTRACTS / ".forge"
    folder.mkdir(exist_ok=True)
    # The shim of the compiler is a script of node's; forge would keep settings and look for updates under HOME.
    environment = {"PATH": f"{Path(node()).parent}:{os.environ['PATH']}", "HOME": str(folder)}
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [str(program), *arguments], cwd=CONTRACTS, env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        pytest.fail(f"forge {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done.stdout
