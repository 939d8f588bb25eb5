// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

import {PygmalionCertificate} from "../src/PygmalionCertificate.sol";
import {Base} from "./Base.sol";
import {Next} from "./Next.sol";

/// @dev An upgrade with data in the contract.
contract UpgradeTest is Base {
    function setUp() external {
        deploy();
    }

    function testFuzz_anUpgradeKeepsEverything(uint64 batchId, uint256 seed, uint16 reasonCode, uint96 next) public {
        vm.assume(batchId < type(uint64).max);
        uint256 first = uint256(batchId) << 32;
        vm.assume(next != first);
        bytes32[] memory tree = treeOf(batchId, seed, 3);
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.anchorBatch, (batchId, tree[0], 3)));
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.revokeCertificate, (first, reasonCode, next)));
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.deliver, (first | 1, HOLDER)));
        succeeds(ADMIN, abi.encodeCall(PygmalionCertificate.pause, ()));
        bytes memory before = everything(batchId, tree, seed);

        bytes memory initialize = abi.encodeCall(Next.initializeNext, ());
        succeeds(ADMIN, abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (address(new Next()), initialize)));

        vm.assertEq(keccak256(everything(batchId, tree, seed)), keccak256(before), "as before");
        vm.assertEq(Next(address(deployed)).since(), block.timestamp, "and what is new");
        succeeds(ADMIN, abi.encodeCall(PygmalionCertificate.unpause, ()));
        succeeds(issuer, abi.encodeCall(PygmalionCertificate.anchorBatch, (batchId + 1, tree[0], 3)));
    }

    function everything(uint64 batchId, bytes32[] memory tree, uint256 seed) private view returns (bytes memory) {
        uint256 first = uint256(batchId) << 32;
        PygmalionCertificate.Status[3] memory seen;
        for (uint256 i = 0; i < 3; ++i) {
            seen[i] = deployed.verifyDocument(first | i, commitmentOf(seed, i), proofOf(tree, i));
        }
        return
            abi.encode(
                deployed.batch(batchId),
                deployed.certificates(first),
                deployed.certificates(first | 1),
                seen,
                deployed.ownerOf(first | 1),
                deployed.paused(),
                deployed.hasRole(deployed.ISSUER_ROLE(), issuer),
                deployed.hasRole(deployed.UPGRADER_ROLE(), ADMIN),
                deployed.name(),
                deployed.symbol()
            );
    }
}
