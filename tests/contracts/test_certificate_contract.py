"""The contract's behaviour on a real node."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from eth_abi.abi import decode, encode
from eth_account import Account
from eth_account.messages import encode_typed_data

from pygmalion_app.adapters.chain.abi import artifact, call, selector
from pygmalion_app.adapters.chain.deploy import proxy_code
from pygmalion_app.certificates import merkle
from pygmalion_app.core.keccak import keccak
from tests.nodes import bare

ROOT, OTHER = b"\x11" * 32, b"\x22" * 32
UNKNOWN, VALID, REVOKED = range(3)
ISSUER_KEY = "0x" + "a1" * 32
ISSUER = Account.from_key(ISSUER_KEY).address
ADMIN, HOLDER, STRANGER = (Account.from_key("0x" + pair * 32).address for pair in ("b2", "c3", "d4"))
ERRORS = {
    selector(f"{entry['name']}({','.join(i['type'] for i in entry['inputs'])})"): entry["name"]
    for entry in artifact("PygmalionCertificate")["abi"]
    if entry["type"] == "error"
}


class RevertedError(Exception):
    """The contract refused, by the named error."""


class Node:
    """A contract on a node, called as anybody (the node lends every account)."""

    def __init__(self, url: str) -> None:
        self._url = url
        for sender in (ADMIN, ISSUER, HOLDER, STRANGER):
            self.rpc("anvil_setBalance", sender, hex(10**20))
            self.rpc("anvil_impersonateAccount", sender)
        implementation = self._create(bytes.fromhex(artifact("PygmalionCertificate")["bytecode"][2:]))
        self.implementation = implementation
        self.address = self._create(proxy_code(implementation, call("initialize(address,address)", ADMIN, ISSUER)))

    def rpc(self, method: str, *params: Any) -> Any:
        """Return a call's result; RevertedError by the contract's own error."""
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        answer = httpx.post(self._url, json=body, trust_env=False).json()
        if "error" in answer:
            data = answer["error"].get("data") or "0x"
            raise RevertedError(ERRORS.get(bytes.fromhex(data[2:10]), answer["error"]["message"]))
        return answer["result"]

    def send(self, sender: str, signature: str, *arguments: Any, to: str | None = None) -> dict[str, Any]:
        """Send a transaction and return its receipt."""
        data = "0x" + _data(signature, arguments).hex()
        target = {"from": sender, "to": to or self.address, "data": data}
        self.rpc("eth_call", target, "latest")  # tells the reason, which a receipt does not
        return self.rpc("eth_getTransactionReceipt", self.rpc("eth_sendTransaction", target))

    def read(self, signature: str, *arguments: Any, returns: str = "(uint256)") -> Any:
        """Read without a transaction."""
        data = "0x" + _data(signature, arguments).hex()
        answer = self.rpc("eth_call", {"to": self.address, "data": data}, "latest")
        return decode([returns], bytes.fromhex(answer[2:]))[0]

    def _create(self, code: bytes) -> str:
        sent = self.rpc("eth_sendTransaction", {"from": ADMIN, "data": "0x" + code.hex()})
        return self.rpc("eth_getTransactionReceipt", sent)["contractAddress"]


def _data(signature: str, arguments: tuple[Any, ...]) -> bytes:
    types = signature[signature.index("(") + 1 : -1]
    return selector(signature) + encode(types.split(",") if types else [], arguments)


@pytest.fixture(scope="module")
def url(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cache = Path(pytestconfig.cache.mkdir("anvil"))  # pyright: ignore[reportOptionalMemberAccess]
    with bare(cache, tmp_path_factory.mktemp("node")) as found:
        yield found


@pytest.fixture
def contract(url: str) -> Node:
    return Node(url)


def _anchor(contract: Node, batch: int, *, count: int = 3) -> tuple[list[int], list[bytes], merkle.MerkleTree]:
    ids = [batch << 32 | index for index in range(count)]
    commitments = [keccak(bytes([index])) for index in range(count)]
    tree = merkle.build([merkle.leaf(*pair) for pair in zip(ids, commitments, strict=True)])
    contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", batch, tree.root, count)
    return ids, commitments, tree


def test_anchoring_again_changes_nothing_and_differently_is_refused(contract: Node) -> None:
    anchor = "anchorBatch(uint64,bytes32,uint32)"
    assert contract.send(ISSUER, anchor, 7, ROOT, 3)["logs"]
    before = contract.read("batch(uint64)", 7, returns="(bytes32,uint32,uint64)")
    assert contract.send(ISSUER, anchor, 7, ROOT, 3)["logs"] == []
    for different in ((7, OTHER, 3), (7, ROOT, 4)):
        with pytest.raises(RevertedError, match="PygmalionCertificateBatchConflict"):
            contract.send(ISSUER, anchor, *different)
    for senseless in ((8, bytes(32), 3), (8, ROOT, 0)):
        with pytest.raises(RevertedError, match="PygmalionCertificateInvalidBatch"):
            contract.send(ISSUER, anchor, *senseless)
    assert contract.read("batch(uint64)", 7, returns="(bytes32,uint32,uint64)") == before


def test_only_the_right_roles_may_act(contract: Node) -> None:
    ids, _, _ = _anchor(contract, 1)
    for signature, arguments in (
        ("anchorBatch(uint64,bytes32,uint32)", (2, ROOT, 1)),
        ("mintCertificate(address,uint64,bytes32)", (HOLDER, 2, ROOT)),
        ("deliver(uint256,address)", (ids[0], HOLDER)),
        ("revokeCertificate(uint256,uint16,uint256)", (ids[0], 1, 0)),
        ("revokeMany(uint256[],uint16)", (ids, 1)),
        ("pause()", ()),
        ("upgradeToAndCall(address,bytes)", (contract.implementation, b"")),
    ):
        with pytest.raises(RevertedError, match="AccessControlUnauthorizedAccount"):
            contract.send(STRANGER, signature, *arguments)
    with pytest.raises(RevertedError, match="InvalidInitialization"):
        contract.send(STRANGER, "initialize(address,address)", STRANGER, STRANGER)
    with pytest.raises(RevertedError, match="InvalidInitialization"):
        contract.send(STRANGER, "initialize(address,address)", STRANGER, STRANGER, to=contract.implementation)


def test_a_document_verifies_by_its_proof_only(contract: Node) -> None:
    verify = "verifyDocument(uint256,bytes32,bytes32[])"
    ids, commitments, tree = _anchor(contract, 3, count=5)
    for token_id, commitment, proof in zip(ids, commitments, tree.proofs, strict=True):
        assert contract.read(verify, token_id, commitment, list(proof)) == (VALID,)
    proof = list(tree.proofs[0])
    assert contract.read(verify, ids[0], commitments[1], proof) == (UNKNOWN,)
    assert contract.read(verify, ids[1], commitments[0], proof) == (UNKNOWN,)
    assert contract.read(verify, ids[0], commitments[0], [OTHER, *proof[1:]]) == (UNKNOWN,)
    assert contract.read(verify, ids[0], commitments[0], proof[:-1]) == (UNKNOWN,)
    # An id above 96 bits must not pass for the certificate it shares its low bits with.
    assert contract.read(verify, ids[0] | 1 << 96, commitments[0], proof) == (UNKNOWN,)
    assert contract.read("verifyCertificate(uint256)", ids[4]) == (1,)
    assert contract.read("verifyCertificate(uint256)", ids[4] + 1) == (0,)


def test_revocation_shows_and_names_the_successor(contract: Node) -> None:
    ids, commitments, tree = _anchor(contract, 4)
    revoke = "revokeCertificate(uint256,uint16,uint256)"
    contract.send(ISSUER, revoke, ids[0], 4, ids[2])
    assert contract.read("verifyDocument(uint256,bytes32,bytes32[])", ids[0], commitments[0], list(tree.proofs[0])) == (
        REVOKED,
    )
    assert contract.read("verifyCertificate(uint256)", ids[0]) == (0,)
    seen = contract.read(
        "certificates(uint256)", ids[0], returns="(uint64,uint32,bytes32,uint64,uint64,uint16,uint256,address)"
    )
    assert (seen[0], seen[1], seen[2], seen[5], seen[6]) == (4, 0, tree.root, 4, ids[2])
    assert contract.send(ISSUER, revoke, ids[0], 4, ids[2])["logs"] == []
    with pytest.raises(RevertedError, match="PygmalionCertificateAlreadyRevoked"):
        contract.send(ISSUER, revoke, ids[0], 5, ids[2])
    with pytest.raises(RevertedError, match="PygmalionCertificateInvalidReplacement"):
        contract.send(ISSUER, revoke, ids[1], 4, ids[1])
    with pytest.raises(RevertedError, match="PygmalionCertificateUnknown"):
        contract.send(ISSUER, revoke, 999 << 32, 1, 0)
    contract.send(ISSUER, "revokeMany(uint256[],uint16)", ids[1:], 2)
    assert [contract.read("verifyCertificate(uint256)", token_id) for token_id in ids] == [(0,)] * 3


def test_pausing_stops_issuing_but_not_revoking(contract: Node) -> None:
    ids, _, _ = _anchor(contract, 5)
    contract.send(ADMIN, "pause()")
    with pytest.raises(RevertedError, match="EnforcedPause"):
        contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", 6, ROOT, 1)
    contract.send(ISSUER, "revokeCertificate(uint256,uint16,uint256)", ids[0], 1, 0)
    contract.send(ADMIN, "unpause()")
    contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", 6, ROOT, 1)


def test_a_minted_certificate_verifies_and_cannot_be_moved(contract: Node) -> None:
    contract.send(ISSUER, "mintCertificate(address,uint64,bytes32)", HOLDER, 9, ROOT)
    token_id = 9 << 32
    assert contract.read("verifyDocument(uint256,bytes32,bytes32[])", token_id, ROOT, []) == (VALID,)
    assert contract.read("ownerOf(uint256)", token_id, returns="address").lower() == HOLDER.lower()
    assert contract.read("locked(uint256)", token_id, returns="bool") is True
    for signature, arguments in (
        ("transferFrom(address,address,uint256)", (HOLDER, STRANGER, token_id)),
        ("safeTransferFrom(address,address,uint256)", (HOLDER, STRANGER, token_id)),
        ("approve(address,uint256)", (STRANGER, token_id)),
        ("setApprovalForAll(address,bool)", (STRANGER, True)),
    ):
        with pytest.raises(RevertedError, match="PygmalionCertificateSoulbound"):
            contract.send(HOLDER, signature, *arguments)
    contract.send(ISSUER, "mintCertificate(address,uint64,bytes32)", HOLDER, 9, ROOT)
    with pytest.raises(RevertedError, match="PygmalionCertificateAlreadyDelivered"):
        contract.send(ISSUER, "mintCertificate(address,uint64,bytes32)", STRANGER, 9, ROOT)
    for interface in ("0xb45a3c0e", "0x80ac58cd", "0x01ffc9a7"):
        assert contract.read("supportsInterface(bytes4)", bytes.fromhex(interface[2:]), returns="bool") is True


def test_a_holder_claims_with_the_issuers_signature(contract: Node) -> None:
    ids, _, _ = _anchor(contract, 11)
    now = int(contract.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def signature(to: str, deadline: int, key: str = ISSUER_KEY) -> bytes:
        message = encode_typed_data(
            {"name": "Pygmalion Certificate", "version": "1", "chainId": 31338, "verifyingContract": contract.address},
            {
                "Claim": [
                    {"name": n, "type": t}
                    for n, t in (("tokenId", "uint256"), ("to", "address"), ("deadline", "uint256"))
                ]
            },
            {"tokenId": ids[0], "to": to, "deadline": deadline},
        )
        return bytes(Account.sign_message(message, key).signature)

    claim = "claim(uint256,address,uint256,bytes)"
    with pytest.raises(RevertedError, match="PygmalionCertificateClaimExpired"):
        contract.send(HOLDER, claim, ids[0], HOLDER, now - 10, signature(HOLDER, now - 10))
    with pytest.raises(RevertedError, match="PygmalionCertificateClaimInvalid"):
        contract.send(STRANGER, claim, ids[0], STRANGER, now + 900, signature(HOLDER, now + 900))
    with pytest.raises(RevertedError, match="PygmalionCertificateClaimInvalid"):
        contract.send(HOLDER, claim, ids[0], HOLDER, now + 900, signature(HOLDER, now + 900, "0x" + "d4" * 32))
    contract.send(HOLDER, claim, ids[0], HOLDER, now + 900, signature(HOLDER, now + 900))
    assert contract.read("ownerOf(uint256)", ids[0], returns="address").lower() == HOLDER.lower()
    contract.send(ISSUER, "revokeCertificate(uint256,uint16,uint256)", ids[1], 1, 0)
    with pytest.raises(RevertedError, match="PygmalionCertificateAlreadyRevoked"):
        contract.send(ISSUER, "deliver(uint256,address)", ids[1], HOLDER)


def test_an_upgrade_keeps_what_was_anchored(contract: Node) -> None:
    ids, commitments, tree = _anchor(contract, 12)
    contract.send(
        ADMIN,
        "upgradeToAndCall(address,bytes)",
        contract._create(bytes.fromhex(artifact("PygmalionCertificate")["bytecode"][2:])),
        b"",
    )
    assert contract.read("verifyDocument(uint256,bytes32,bytes32[])", ids[1], commitments[1], list(tree.proofs[1])) == (
        VALID,
    )


def test_gas_of_a_batch_does_not_depend_on_its_size(contract: Node) -> None:
    """The limit that the signer puts on every call (adapters/chain/evm.py) leaves room."""
    small = contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", 20, ROOT, 1)
    large = contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", 21, OTHER, 10_000)
    used = [int(receipt["gasUsed"], 16) for receipt in (small, large)]
    assert max(used) < 110_000
    assert abs(used[0] - used[1]) < 500
    assert (
        int(contract.send(ISSUER, "revokeCertificate(uint256,uint16,uint256)", 21 << 32, 1, 5)["gasUsed"], 16) < 110_000
    )
