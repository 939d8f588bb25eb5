// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {PausableUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/PausableUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC5192} from "../src/IERC5192.sol";
import {PygmalionCertificate} from "../src/PygmalionCertificate.sol";
import {Base} from "./Base.sol";

/// @dev One promise of the contract a test, for arguments that forge chooses.
contract CertificateTest is Base {
    uint256 private constant MOST = 9;

    function setUp() external {
        deploy();
    }

    // ------------------------------------------------------------------------------------------------- issuing

    function testFuzz_anchoringAgainIsANoOpAndDifferentlyIsRefused(
        uint64 batchId,
        bytes32 root,
        uint32 count,
        bytes32 otherRoot,
        uint32 otherCount,
        uint32 later
    ) public {
        vm.assume(root != 0 && count != 0 && otherRoot != 0 && otherCount != 0);
        succeeds(issuer, anchor(batchId, root, count));
        uint64 anchoredAt = uint64(block.timestamp);
        vm.warp(block.timestamp + later);
        succeeds(issuer, anchor(batchId, root, count));
        if (otherRoot != root) refuses(issuer, anchor(batchId, otherRoot, count), conflict());
        if (otherCount != count) refuses(issuer, anchor(batchId, root, otherCount), conflict());
        PygmalionCertificate.Batch memory found = deployed.batch(batchId);
        vm.assertEq(found.root, root, "root");
        vm.assertEq(found.count, count, "count");
        vm.assertEq(found.anchoredAt, anchoredAt, "time of the first anchoring");
    }

    function testFuzz_aRootOrSizeOfZeroIsRefused(uint64 batchId, bytes32 root, uint32 count) public {
        bytes4 invalid = PygmalionCertificate.PygmalionCertificateInvalidBatch.selector;
        refuses(issuer, anchor(batchId, 0, count), invalid);
        refuses(issuer, anchor(batchId, root, 0), invalid);
    }

    function testFuzz_aCertificateExistsWithinItsBatchOnly(uint64 batchId, uint32 count, uint256 tokenId) public {
        vm.assume(count != 0);
        succeeds(issuer, anchor(batchId, bytes32(uint256(1)), count));
        bool within = tokenId >> 32 == batchId && uint32(tokenId) < count;
        vm.assertTrue(deployed.verifyCertificate(tokenId) == within, "exists");
        uint256 last = (uint256(batchId) << 32) | (count - 1);
        vm.assertTrue(deployed.verifyCertificate(last), "the last one exists");
        vm.assertFalse(deployed.verifyCertificate(last + 1), "nothing behind it");
        vm.assertFalse(deployed.verifyCertificate(last | (1 << between(tokenId, 96, 255))), "an id beyond 96 bits");
    }

    function testFuzz_mintingAnchorsADocumentAndDeliversIt(uint64 batchId, bytes32 commitment, address to) public {
        vm.assume(to != address(0));
        uint256 tokenId = uint256(batchId) << 32;
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.mintCertificate, (to, batchId, commitment)));
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.mintCertificate, (to, batchId, commitment)));
        vm.assertEq(deployed.ownerOf(tokenId), to, "owner");
        vm.assertEq(deployed.balanceOf(to), 1, "one token");
        vm.assertTrue(deployed.locked(tokenId), "locked");
        vm.assertTrue(status(tokenId, commitment, new bytes32[](0)) == PygmalionCertificate.Status.VALID, "document");
        refuses(
            issuer,
            abi.encodeCall(PygmalionCertificate.mintCertificate, (to, batchId, ~commitment)),
            conflict()
        );
    }

    // ------------------------------------------------------------------------------------------------- reading

    function testFuzz_aDocumentVerifiesOnlyAsItWasAnchored(
        uint64 batchId,
        uint256 seed,
        uint256 size,
        uint256 chosen,
        bytes32 noise
    ) public {
        uint256 count = between(size, 1, MOST);
        uint256 index = between(chosen, 0, count - 1);
        bytes32[] memory tree = treeOf(batchId, seed, count);
        succeeds(issuer, anchor(batchId, tree[0], uint32(count)));
        uint256 tokenId = (uint256(batchId) << 32) | index;
        bytes32 commitment = commitmentOf(seed, index);
        bytes32[] memory proof = proofOf(tree, index);

        vm.assertTrue(status(tokenId, commitment, proof) == PygmalionCertificate.Status.VALID, "as anchored");
        isUnknown(tokenId, commitment ^ (noise | bytes32(uint256(1))), proof);
        isUnknown(tokenId ^ 1, commitment, proof);
        isUnknown(tokenId | (1 << between(chosen, 96, 255)), commitment, proof);
        isUnknown(tokenId, commitment, longer(proof, noise));
        if (proof.length != 0) {
            isUnknown(tokenId, commitment, new bytes32[](proof.length - 1));
            uint256 place = between(seed, 0, proof.length - 1);
            proof[place] = proof[place] ^ (noise | bytes32(uint256(1)));
            isUnknown(tokenId, commitment, proof);
        }
    }

    function testFuzz_aRevokedDocumentSaysRevokedAndAnotherStaysUnknown(uint64 batchId, uint256 seed) public {
        bytes32[] memory tree = treeOf(batchId, seed, 3);
        uint256 tokenId = (uint256(batchId) << 32) | 1;
        succeeds(issuer, anchor(batchId, tree[0], 3));
        succeeds(issuer, revoke(tokenId, 4, 0));
        bytes32[] memory proof = proofOf(tree, 1);
        vm.assertTrue(status(tokenId, commitmentOf(seed, 1), proof) == PygmalionCertificate.Status.REVOKED, "revoked");
        isUnknown(tokenId, commitmentOf(seed, 2), proof);
        vm.assertTrue(deployed.verifyCertificate(tokenId + 1), "its neighbour stays valid");
    }

    // ------------------------------------------------------------------------------------------------ revoking

    function testFuzz_aRevocationIsKeptAsItWasMade(
        uint64 batchId,
        uint32 index,
        uint16 reasonCode,
        uint96 replacedBy,
        uint16 otherReason,
        uint96 otherReplacement
    ) public {
        uint256 tokenId = (uint256(batchId) << 32) | index;
        vm.assume(index != type(uint32).max && replacedBy != tokenId && otherReplacement != tokenId);
        succeeds(issuer, anchor(batchId, bytes32(uint256(1)), index + 1));
        succeeds(issuer, revoke(tokenId, reasonCode, replacedBy));
        uint64 revokedAt = uint64(block.timestamp);
        vm.warp(block.timestamp + 99);
        succeeds(issuer, revoke(tokenId, reasonCode, replacedBy));
        if (otherReason != reasonCode || otherReplacement != replacedBy) {
            refuses(issuer, revoke(tokenId, otherReason, otherReplacement), alreadyRevoked());
        }
        PygmalionCertificate.Certificate memory found = deployed.certificates(tokenId);
        vm.assertEq(found.batchId, batchId, "batch");
        vm.assertEq(found.index, index, "index");
        vm.assertEq(found.revokedAt, revokedAt, "time");
        vm.assertEq(found.reasonCode, reasonCode, "reason");
        vm.assertEq(found.replacedBy, replacedBy, "successor");
        refuses(issuer, abi.encodeCall(PygmalionCertificate.deliver, (tokenId, HOLDER)), alreadyRevoked());
    }

    function testFuzz_aSuccessorIsAnotherCertificate(uint256 replacedBy) public {
        succeeds(issuer, anchor(1, bytes32(uint256(1)), 1));
        uint256 tokenId = 1 << 32;
        bytes4 invalid = PygmalionCertificate.PygmalionCertificateInvalidReplacement.selector;
        refuses(issuer, revoke(tokenId, 1, tokenId), invalid);
        refuses(issuer, revoke(tokenId, 1, replacedBy | (1 << between(replacedBy, 96, 255))), invalid);
    }

    function testFuzz_revokingManyIsRevokingEachOrNone(uint16 reasonCode, uint256 size, uint256 missing) public {
        uint256 count = between(size, 1, MOST);
        uint256[] memory tokenIds = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) tokenIds[i] = (7 << 32) | i;
        succeeds(issuer, anchor(7, bytes32(uint256(1)), uint32(count)));

        uint256 place = between(missing, 0, count - 1);
        uint256 kept = tokenIds[place];
        tokenIds[place] = 99 << 32;
        refuses(
            issuer,
            abi.encodeCall(PygmalionCertificate.revokeMany, (tokenIds, reasonCode)),
            PygmalionCertificate.PygmalionCertificateUnknown.selector
        );
        for (uint256 i = 0; i < count; ++i) vm.assertTrue(deployed.verifyCertificate((7 << 32) | i), "none of them");

        tokenIds[place] = kept;
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.revokeMany, (tokenIds, reasonCode)));
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.revokeMany, (tokenIds, reasonCode)));
        for (uint256 i = 0; i < count; ++i) {
            vm.assertFalse(deployed.verifyCertificate(tokenIds[i]), "each of them");
            vm.assertEq(deployed.certificates(tokenIds[i]).reasonCode, reasonCode, "reason");
        }
    }

    // ------------------------------------------------------------------------------------------------ claiming

    function testFuzz_aClaimNeedsTheIssuersSignatureOverExactlyThis(
        uint32 index,
        address to,
        uint32 ahead,
        uint256 key
    ) public {
        vm.assume(to != address(0) && to != HOLDER && index != type(uint32).max);
        uint256 tokenId = (5 << 32) | index;
        uint256 deadline = block.timestamp + ahead;
        succeeds(issuer, anchor(5, bytes32(uint256(1)), type(uint32).max));
        bytes memory signature = claimSignature(deployed, ISSUER_KEY, tokenId, to, deadline);

        foreign(claim(tokenId, HOLDER, deadline, signature));
        foreign(claim(tokenId + 1, to, deadline, signature));
        foreign(claim(tokenId, to, deadline + 1, signature));
        foreign(signedClaim(deployed, stranger(key), tokenId, to, deadline));
        foreign(signedClaim(fresh(), ISSUER_KEY, tokenId, to, deadline));
        refuses(HOLDER, claim(tokenId, to, deadline, mirrored(signature)), ECDSA.ECDSAInvalidSignatureS.selector);
        vm.warp(deadline + 1);
        refuses(
            HOLDER,
            claim(tokenId, to, deadline, signature),
            PygmalionCertificate.PygmalionCertificateClaimExpired.selector
        );
        vm.warp(deadline);
        succeeds(HOLDER, claim(tokenId, to, deadline, signature));
        succeeds(HOLDER, claim(tokenId, to, deadline, signature));
        vm.assertEq(deployed.ownerOf(tokenId), to, "owner");
        vm.assertEq(deployed.balanceOf(to), 1, "one token, however often claimed");
        refuses(
            HOLDER,
            signedClaim(deployed, ISSUER_KEY, tokenId, HOLDER, deadline),
            PygmalionCertificate.PygmalionCertificateAlreadyDelivered.selector
        );
    }

    function testFuzz_aWithdrawnIssuersSignaturesAreWorthNothing(address to) public {
        vm.assume(to != address(0));
        succeeds(issuer, anchor(5, bytes32(uint256(1)), 1));
        bytes memory signature = claimSignature(deployed, ISSUER_KEY, 5 << 32, to, block.timestamp);
        succeeds(ADMIN, abi.encodeCall(IAccessControl.revokeRole, (keccak256("ISSUER_ROLE"), issuer)));
        refuses(
            to,
            claim(5 << 32, to, block.timestamp, signature),
            PygmalionCertificate.PygmalionCertificateClaimInvalid.selector
        );
    }

    // ------------------------------------------------------------------------------------- roles, pause, tokens

    function testFuzz_nobodyActsWithoutTheRole(address stranger, uint256 tokenId, bytes32 noise) public {
        vm.assume(stranger != ADMIN && stranger != issuer);
        succeeds(issuer, anchor(uint64(tokenId), noise | bytes32(uint256(1)), 1));
        bytes4 unauthorised = IAccessControl.AccessControlUnauthorizedAccount.selector;
        bytes[] memory calls = privileged(tokenId, noise, stranger);
        for (uint256 i = 0; i < calls.length; ++i) refuses(stranger, calls[i], unauthorised);
        // The operator neither pauses, nor upgrades, nor gives roles; the administrator neither anchors nor revokes.
        for (uint256 i = 0; i < 5; ++i) refuses(ADMIN, calls[i], unauthorised);
        for (uint256 i = 5; i < calls.length; ++i) refuses(issuer, calls[i], unauthorised);
    }

    function testFuzz_eachRoleDoesItsOwnOnly(address one, bytes32 noise) public {
        vm.assume(one != ADMIN && one != issuer);
        bytes[] memory calls = privileged(1, noise | bytes32(uint256(1)), HOLDER);
        address code = address(new PygmalionCertificate());
        calls[7] = abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (code, ""));
        succeeds(issuer, calls[0]);
        string[4] memory roles = ["ISSUER_ROLE", "REVOKER_ROLE", "UPGRADER_ROLE", ""];
        for (uint256 i = 0; i < roles.length; ++i) {
            bytes32 role = i == 3 ? bytes32(0) : keccak256(bytes(roles[i]));
            succeeds(ADMIN, abi.encodeCall(IAccessControl.grantRole, (role, one)));
            for (uint256 j = 0; j < calls.length; ++j) {
                (, bytes4 reason) = attempt(one, calls[j]);
                bool refused = reason == IAccessControl.AccessControlUnauthorizedAccount.selector;
                vm.assertTrue(refused == (roleFor(j) != i), "the role decides, and nothing else does");
            }
            succeeds(ADMIN, abi.encodeCall(IAccessControl.revokeRole, (role, one)));
        }
    }

    function testFuzz_itIsInitialisedOnce(address stranger) public {
        bytes memory again = abi.encodeCall(PygmalionCertificate.initialize, (stranger, stranger));
        refuses(stranger, again, Initializable.InvalidInitialization.selector);
        address implementation = address(uint160(uint256(vm.load(address(deployed), IMPLEMENTATION_SLOT))));
        vm.prank(stranger);
        (bool done, ) = implementation.call(again);
        vm.assertFalse(done, "the implementation alone belongs to nobody");
    }

    function testFuzz_anUpgradeGoesToAContractOfItsKindOnly(address target) public {
        vm.assume(target.code.length == 0);
        (bool done, ) = attempt(ADMIN, abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (target, "")));
        vm.assertFalse(done, "no code there");
        (done, ) = attempt(ADMIN, abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (address(this), "")));
        vm.assertFalse(done, "not an implementation");
    }

    function testFuzz_aPauseStopsIssuingNotRevoking(uint64 batchId, bytes32 root, address to) public {
        vm.assume(root != 0 && to != address(0) && batchId != 3);
        succeeds(issuer, anchor(3, root, 2));
        bytes memory signature = claimSignature(deployed, ISSUER_KEY, 3 << 32, to, block.timestamp);
        succeeds(ADMIN, abi.encodeCall(PygmalionCertificate.pause, ()));
        bytes4 paused = PausableUpgradeable.EnforcedPause.selector;
        refuses(issuer, anchor(batchId, root, 1), paused);
        refuses(issuer, abi.encodeCall(PygmalionCertificate.mintCertificate, (to, batchId, root)), paused);
        refuses(issuer, abi.encodeCall(PygmalionCertificate.deliver, (3 << 32, to)), paused);
        refuses(to, claim(3 << 32, to, block.timestamp, signature), paused);
        succeeds(issuer, revoke((3 << 32) | 1, 1, 0));
        succeeds(ADMIN, abi.encodeCall(PygmalionCertificate.unpause, ()));
        succeeds(to, claim(3 << 32, to, block.timestamp, signature));
        succeeds(issuer, anchor(batchId, root, 1));
    }

    function testFuzz_aTokenStaysWithItsHolder(address holder, address to, uint64 batchId, bytes32 root) public {
        vm.assume(holder != address(0));
        uint256 tokenId = uint256(batchId) << 32;
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.mintCertificate, (holder, batchId, root)));
        bytes4 soulbound = PygmalionCertificate.PygmalionCertificateSoulbound.selector;
        bytes memory move = abi.encodeCall(IERC721.transferFrom, (holder, to, tokenId));
        bytes4 refusal = to == address(0) ? IERC721Errors.ERC721InvalidReceiver.selector : soulbound;
        refuses(holder, move, refusal);
        refuses(issuer, move, refusal);
        refuses(ADMIN, move, refusal);
        bytes4 safe = bytes4(keccak256("safeTransferFrom(address,address,uint256)"));
        refuses(holder, abi.encodeWithSelector(safe, holder, to, tokenId), refusal);
        refuses(holder, abi.encodeCall(IERC721.approve, (to, tokenId)), soulbound);
        refuses(holder, abi.encodeCall(IERC721.setApprovalForAll, (to, true)), soulbound);
        vm.assertEq(deployed.ownerOf(tokenId), holder, "owner");
    }

    function testFuzz_itNamesItsInterfaces(bytes4 other) public view {
        bytes4[4] memory known = [bytes4(0xb45a3c0e), 0x80ac58cd, 0x01ffc9a7, type(IAccessControl).interfaceId];
        for (uint256 i = 0; i < known.length; ++i) vm.assertTrue(deployed.supportsInterface(known[i]), "known");
        vm.assertTrue(type(IERC5192).interfaceId == 0xb45a3c0e, "the standard's id");
        vm.assume(other != 0xb45a3c0e && other != 0x80ac58cd && other != 0x01ffc9a7 && other != 0x5b5e139f);
        vm.assume(other != type(IAccessControl).interfaceId);
        vm.assertFalse(deployed.supportsInterface(other), "unknown");
    }

    // ------------------------------------------------------------------------------------------------- private

    /// @dev Which of ISSUER, REVOKER, UPGRADER and the administrator's role each of {privileged} needs.
    function roleFor(uint256 call) private pure returns (uint256) {
        if (call < 3) return 0;
        if (call < 5) return 1;
        return call == 7 ? 2 : 3;
    }

    function privileged(uint256 tokenId, bytes32 root, address to) private view returns (bytes[] memory calls) {
        uint256[] memory tokenIds = new uint256[](1);
        tokenIds[0] = uint256(uint64(tokenId)) << 32;
        calls = new bytes[](10);
        calls[0] = anchor(uint64(tokenId), root, 1);
        calls[1] = abi.encodeCall(PygmalionCertificate.mintCertificate, (to, uint64(tokenId), root));
        calls[2] = abi.encodeCall(PygmalionCertificate.deliver, (tokenIds[0], to));
        calls[3] = revoke(tokenIds[0], 1, 0);
        calls[4] = abi.encodeCall(PygmalionCertificate.revokeMany, (tokenIds, 1));
        calls[5] = abi.encodeCall(PygmalionCertificate.pause, ());
        calls[6] = abi.encodeCall(PygmalionCertificate.unpause, ());
        calls[7] = abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (address(deployed), ""));
        calls[8] = abi.encodeCall(IAccessControl.grantRole, (bytes32(0), to));
        calls[9] = abi.encodeCall(IAccessControl.revokeRole, (keccak256("ISSUER_ROLE"), issuer));
    }

    function status(
        uint256 tokenId,
        bytes32 commitment,
        bytes32[] memory proof
    ) private view returns (PygmalionCertificate.Status) {
        return deployed.verifyDocument(tokenId, commitment, proof);
    }

    function isUnknown(uint256 tokenId, bytes32 commitment, bytes32[] memory proof) private view {
        bool unknown = status(tokenId, commitment, proof) == PygmalionCertificate.Status.UNKNOWN;
        vm.assertTrue(unknown, "anything else is unknown");
    }

    function anchor(uint64 batchId, bytes32 root, uint32 count) private pure returns (bytes memory) {
        return abi.encodeCall(PygmalionCertificate.anchorBatch, (batchId, root, count));
    }

    function revoke(uint256 tokenId, uint16 reasonCode, uint256 replacedBy) private pure returns (bytes memory) {
        return abi.encodeCall(PygmalionCertificate.revokeCertificate, (tokenId, reasonCode, replacedBy));
    }

    function claim(
        uint256 tokenId,
        address to,
        uint256 deadline,
        bytes memory signature
    ) private pure returns (bytes memory) {
        return abi.encodeCall(PygmalionCertificate.claim, (tokenId, to, deadline, signature));
    }

    function signedClaim(
        PygmalionCertificate verifier,
        uint256 key,
        uint256 tokenId,
        address to,
        uint256 deadline
    ) private view returns (bytes memory) {
        return claim(tokenId, to, deadline, claimSignature(verifier, key, tokenId, to, deadline));
    }

    /// @dev The signature is of somebody who is no issuer, or over something else.
    function foreign(bytes memory data) private {
        refuses(HOLDER, data, PygmalionCertificate.PygmalionCertificateClaimInvalid.selector);
    }

    function stranger(uint256 seed) private pure returns (uint256 key) {
        key = between(seed, 1, type(uint128).max);
        vm.assume(key != ISSUER_KEY);
    }

    function conflict() private pure returns (bytes4) {
        return PygmalionCertificate.PygmalionCertificateBatchConflict.selector;
    }

    function alreadyRevoked() private pure returns (bytes4) {
        return PygmalionCertificate.PygmalionCertificateAlreadyRevoked.selector;
    }

    function longer(bytes32[] memory proof, bytes32 extra) private pure returns (bytes32[] memory result) {
        result = new bytes32[](proof.length + 1);
        for (uint256 i = 0; i < proof.length; ++i) result[i] = proof[i];
        result[proof.length] = extra;
    }

    /// @dev The same signature with its other `s`, which mathematics accepts and the contract must not.
    function mirrored(bytes memory signature) private pure returns (bytes memory) {
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes32 r;
        uint256 s;
        uint8 v = uint8(signature[64]);
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
        }
        return bytes.concat(r, bytes32(order - s), bytes1(v == 27 ? 28 : 27));
    }
}
