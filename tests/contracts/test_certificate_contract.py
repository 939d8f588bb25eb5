"""The contract's behaviour on a real node."""

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from tests.contracts.proxies import (
    ADMIN,
    HOLDER,
    ISSUER,
    ISSUER_KEY,
    STRANGER,
    STRANGER_KEY,
    Certificates,
    RevertedError,
    anchor,
    claim_typed_data,
)

ROOT, OTHER = b"\x11" * 32, b"\x22" * 32
UNKNOWN, VALID, REVOKED = range(3)


@pytest.fixture
def contract(url: str) -> Certificates:
    return Certificates(url)


def test_anchoring_again_changes_nothing_and_differently_is_refused(contract: Certificates) -> None:
    signature = "anchorBatch(uint64,bytes32,uint32)"
    assert contract.send(ISSUER, signature, 7, ROOT, 3)["logs"]
    before = contract.read("batch(uint64)", 7, returns="(bytes32,uint32,uint64)")
    assert contract.send(ISSUER, signature, 7, ROOT, 3)["logs"] == []
    for different in ((7, OTHER, 3), (7, ROOT, 4)):
        with pytest.raises(RevertedError, match="PygmalionCertificateBatchConflict"):
            contract.send(ISSUER, signature, *different)
    for senseless in ((8, bytes(32), 3), (8, ROOT, 0)):
        with pytest.raises(RevertedError, match="PygmalionCertificateInvalidBatch"):
            contract.send(ISSUER, signature, *senseless)
    assert contract.read("batch(uint64)", 7, returns="(bytes32,uint32,uint64)") == before


def test_only_the_right_roles_may_act(contract: Certificates) -> None:
    ids, _, _ = anchor(contract, 1)
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


def test_a_document_verifies_by_its_proof_only(contract: Certificates) -> None:
    verify = "verifyDocument(uint256,bytes32,bytes32[])"
    ids, commitments, tree = anchor(contract, 3, count=5)
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


def test_revocation_shows_and_names_the_successor(contract: Certificates) -> None:
    ids, commitments, tree = anchor(contract, 4)
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


def test_pausing_stops_issuing_but_not_revoking(contract: Certificates) -> None:
    ids, _, _ = anchor(contract, 5)
    contract.send(ADMIN, "pause()")
    with pytest.raises(RevertedError, match="EnforcedPause"):
        contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", 6, ROOT, 1)
    contract.send(ISSUER, "revokeCertificate(uint256,uint16,uint256)", ids[0], 1, 0)
    contract.send(ADMIN, "unpause()")
    contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", 6, ROOT, 1)


def test_a_minted_certificate_verifies_and_cannot_be_moved(contract: Certificates) -> None:
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


def test_a_holder_claims_with_the_issuers_signature(contract: Certificates) -> None:
    ids, _, _ = anchor(contract, 11)
    now = contract.now()

    def signature(to: str, deadline: int, key: str = ISSUER_KEY) -> bytes:
        message = encode_typed_data(*claim_typed_data(contract, ids[0], to, deadline))
        return bytes(Account.sign_message(message, key).signature)

    claim = "claim(uint256,address,uint256,bytes)"
    with pytest.raises(RevertedError, match="PygmalionCertificateClaimExpired"):
        contract.send(HOLDER, claim, ids[0], HOLDER, now - 10, signature(HOLDER, now - 10))
    with pytest.raises(RevertedError, match="PygmalionCertificateClaimInvalid"):
        contract.send(STRANGER, claim, ids[0], STRANGER, now + 900, signature(HOLDER, now + 900))
    with pytest.raises(RevertedError, match="PygmalionCertificateClaimInvalid"):
        contract.send(HOLDER, claim, ids[0], HOLDER, now + 900, signature(HOLDER, now + 900, STRANGER_KEY))
    contract.send(HOLDER, claim, ids[0], HOLDER, now + 900, signature(HOLDER, now + 900))
    assert contract.read("ownerOf(uint256)", ids[0], returns="address").lower() == HOLDER.lower()
    contract.send(ISSUER, "revokeCertificate(uint256,uint16,uint256)", ids[1], 1, 0)
    with pytest.raises(RevertedError, match="PygmalionCertificateAlreadyRevoked"):
        contract.send(ISSUER, "deliver(uint256,address)", ids[1], HOLDER)
