"""The committed artifacts are what the source compiles to, and stay upgradeable."""

import subprocess
from pathlib import Path

import pytest

from pygmalion_app.adapters.chain.abi import artifact
from tests.nodes import node, node_modules

CONTRACTS = Path(__file__).parents[2] / "contracts"


@pytest.mark.timeout(400)
def test_artifacts_are_what_the_source_compiles_to() -> None:
    folder = node_modules(CONTRACTS)
    done = subprocess.run([node(), "compile.mjs", "--check"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_storage_layout_only_ever_grows() -> None:
    """An upgrade that moved one of these would read certificates out of other things' slots."""
    first = [
        {"label": "_batches", "slot": "0", "offset": 0, "type": "t_mapping(t_uint64,t_struct(Batch)_storage)"},
        {
            "label": "_revocations",
            "slot": "1",
            "offset": 0,
            "type": "t_mapping(t_uint256,t_struct(Revocation)_storage)",
        },
    ]
    found = artifact("PygmalionCertificate")
    assert found["storage"][: len(first)] == first
    assert [(m["label"], m["slot"], m["offset"]) for m in found["structs"]["t_struct(Batch)_storage"]] == [
        ("root", "0", 0),
        ("count", "1", 0),
        ("anchoredAt", "1", 4),
    ]


def test_lock_names_no_registry() -> None:
    """A host in the lock would break every mirror and tell where we build."""
    for lock in (
        CONTRACTS / "package-lock.json",
        CONTRACTS.parent / "pygmalion_app/adapters/chain/anvil/package-lock.json",
    ):
        assert '"resolved"' not in lock.read_text()
