// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {PygmalionCertificate} from "../src/PygmalionCertificate.sol";
import {Base} from "./Base.sol";
import {Handler} from "./Handler.sol";

/// @dev What holds after every call of every walk, and what is looked up at each walk's end, as it takes long.
contract InvariantsTest is Base {
    Handler private handler;

    function setUp() external {
        handler = new Handler();
        deployed = handler.contractUnderTest();
        issuer = vm.addr(ISSUER_KEY);
    }

    /// @dev Read by forge: only the handler is called.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_theContractDecidesAsTheModelDoes() external view {
        vm.assertEq(handler.surprises(), 0, "calls that went another way than the model's");
    }

    /// @dev Called by forge at the end of each walk.
    function afterInvariant() external view {
        everythingReadsAsTheModelHasIt();
        balancesCountTheTokensGiven();
        rolesStayWhereTheyWereGiven();
    }

    function everythingReadsAsTheModelHasIt() private view {
        for (uint64 batchId = 0; batchId <= handler.BATCHES() + 1; ++batchId) {
            (bytes32 root, uint256 count, uint256 anchoredAt) = handler.batches(batchId);
            PygmalionCertificate.Batch memory found = deployed.batch(batchId);
            vm.assertEq(found.root, root, "root");
            vm.assertEq(found.count, count, "count");
            vm.assertEq(found.anchoredAt, anchoredAt, "anchored at");
        }
        for (uint256 seed = 0; seed < uint256(handler.BATCHES()) * handler.SLOTS() + 2; ++seed) {
            readsAsModelled(handler.tokenOf(seed));
        }
    }

    /// @dev A token belongs to whom it was given first, and nobody has another.
    function balancesCountTheTokensGiven() private view {
        for (uint256 who = 0; who < 4; ++who) {
            uint256 given = 0;
            for (uint256 seed = 0; seed < uint256(handler.BATCHES()) * handler.SLOTS() + 2; ++seed) {
                if (handler.owners(handler.tokenOf(seed)) == handler.person(who)) ++given;
            }
            vm.assertEq(deployed.balanceOf(handler.person(who)), given, "balance");
        }
    }

    function rolesStayWhereTheyWereGiven() private view {
        for (uint256 who = 0; who < 4; ++who) {
            address person = handler.person(who);
            vm.assertTrue(deployed.hasRole(deployed.ISSUER_ROLE(), person) == (person == issuer), "issuer");
            vm.assertTrue(deployed.hasRole(deployed.REVOKER_ROLE(), person) == (person == issuer), "revoker");
            vm.assertTrue(deployed.hasRole(deployed.UPGRADER_ROLE(), person) == (person == ADMIN), "upgrader");
            vm.assertTrue(deployed.hasRole(bytes32(0), person) == (person == ADMIN), "administrator");
        }
    }

    function readsAsModelled(uint256 tokenId) private view {
        (uint256 revokedAt, uint256 reasonCode, uint256 replacedBy) = handler.revocations(tokenId);
        bool valid = handler.exists(tokenId) && revokedAt == 0;
        vm.assertTrue(deployed.verifyCertificate(tokenId) == valid, "valid");
        if (!handler.exists(tokenId)) {
            vm.assertEq(handler.owners(tokenId), address(0), "no token of what was never anchored");
            return;
        }
        PygmalionCertificate.Certificate memory found = deployed.certificates(tokenId);
        vm.assertEq(found.revokedAt, revokedAt, "revoked at");
        vm.assertEq(found.reasonCode, reasonCode, "reason");
        vm.assertEq(found.replacedBy, replacedBy, "successor");
        vm.assertEq(found.owner, handler.owners(tokenId), "owner");
    }
}
