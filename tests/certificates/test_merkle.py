"""Our trees against OpenZeppelin's own library."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pygmalion_app.certificates import merkle
from tests.nodes import node, node_modules

CONTRACTS = Path(__file__).parents[2] / "contracts"
_SCRIPT = """
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
const sets = JSON.parse(process.argv[1]);
console.log(JSON.stringify(sets.map((values) => {
  const tree = StandardMerkleTree.of(values, ['uint256', 'bytes32']);
  return { root: tree.root, proofs: values.map((_, i) => tree.getProof(i)) };
})));
"""


@pytest.mark.timeout(400)
def test_trees_are_those_of_openzeppelin() -> None:
    sets = [
        [((7 << 32) + index, bytes([index % 251, size]) * 16) for index in range(size)]
        for size in (1, 2, 3, 4, 5, 8, 33, 100)
    ]
    argument = json.dumps([[[str(token), "0x" + value.hex()] for token, value in values] for values in sets])
    command = [node(), "--input-type=module", "-e", _SCRIPT, argument]
    done = subprocess.run(command, cwd=node_modules(CONTRACTS), capture_output=True, text=True, check=True)
    for values, theirs in zip(sets, json.loads(done.stdout), strict=True):
        ours = merkle.build([merkle.leaf(*value) for value in values])
        assert "0x" + ours.root.hex() == theirs["root"]
        assert [["0x" + item.hex() for item in proof] for proof in ours.proofs] == theirs["proofs"]


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_every_proof_leads_to_the_root_and_an_altered_one_elsewhere(
    commitments: list[bytes], data: st.DataObject
) -> None:
    leaves = [merkle.leaf(index, commitment) for index, commitment in enumerate(commitments)]
    tree = merkle.build(leaves)
    for leaf, proof in zip(leaves, tree.proofs, strict=True):
        assert merkle.root_from(leaf, proof) == tree.root
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = [bytearray(item) for item in tree.proofs[index]]
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        proof[place][data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
        assert merkle.root_from(leaves[index], [bytes(item) for item in proof]) != tree.root


def test_no_tree_without_leaves() -> None:
    with pytest.raises(ValueError, match="leaf"):
        merkle.build([])
