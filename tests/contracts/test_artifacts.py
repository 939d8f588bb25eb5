"""The committed artifacts are what the source compiles to."""

import subprocess
from pathlib import Path

import pytest

from tests.nodes import node, node_modules

pytestmark = pytest.mark.timeout(400)  # the first run installs and compiles

CONTRACTS = Path(__file__).parents[2] / "contracts"


def test_artifacts_are_what_the_source_compiles_to() -> None:
    folder = node_modules(CONTRACTS)
    done = subprocess.run([node(), "compile.mjs", "--check"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_lock_names_no_registry() -> None:
    """A host in the lock would break every mirror and tell where we build."""
    for lock in (
        CONTRACTS / "package-lock.json",
        CONTRACTS.parent / "pygmalion_app/adapters/chain/anvil/package-lock.json",
    ):
        assert '"resolved"' not in lock.read_text()
