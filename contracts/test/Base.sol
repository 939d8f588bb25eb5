// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {PygmalionCertificate} from "../src/PygmalionCertificate.sol";

/// @dev The few of forge's cheat codes that these tests use; forge-std is not on npm.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function assertEq(address left, address right, string calldata what) external pure;
    function assertEq(bytes32 left, bytes32 right, string calldata what) external pure;
    function assertEq(uint256 left, uint256 right, string calldata what) external pure;
    function assertFalse(bool condition, string calldata what) external pure;
    function assertTrue(bool condition, string calldata what) external pure;
    function assume(bool condition) external pure;
    function load(address target, bytes32 slot) external view returns (bytes32);
    function prank(address sender) external;
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function warp(uint256 timestamp) external;
}

/// @dev The contract behind its proxy, as deployed, and calls that report a refusal instead of ending the test.
abstract contract Base {
    // solhint-disable-next-line const-name-snakecase
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    bytes32 internal constant IMPLEMENTATION_SLOT =
        bytes32(uint256(keccak256("eip1967.proxy.implementation")) - 1);
    uint256 internal constant ISSUER_KEY = 0xA11CE;
    address internal constant ADMIN = address(0xAD);
    address internal constant HOLDER = address(0x401);

    PygmalionCertificate internal deployed;
    address internal issuer;

    function deploy() internal {
        vm.warp(1_700_000_000);
        issuer = vm.addr(ISSUER_KEY);
        deployed = fresh();
    }

    function fresh() internal returns (PygmalionCertificate) {
        bytes memory initialize = abi.encodeCall(PygmalionCertificate.initialize, (ADMIN, vm.addr(ISSUER_KEY)));
        return PygmalionCertificate(address(new ERC1967Proxy(address(new PygmalionCertificate()), initialize)));
    }

    function attempt(address sender, bytes memory data) internal returns (bool done, bytes4 reason) {
        bytes memory answer;
        vm.prank(sender);
        (done, answer) = address(deployed).call(data);
        reason = bytes4(answer);
    }

    function succeeds(address sender, bytes memory data) internal {
        (bool done, ) = attempt(sender, data);
        vm.assertTrue(done, "refused what is allowed");
    }

    function refuses(address sender, bytes memory data, bytes4 expected) internal {
        (bool done, bytes4 reason) = attempt(sender, data);
        vm.assertFalse(done, "did what is forbidden");
        vm.assertEq(bytes32(reason), bytes32(expected), "refused for another reason");
    }

    function between(uint256 value, uint256 least, uint256 most) internal pure returns (uint256) {
        return least + (value % (most - least + 1));
    }

    function leafOf(uint256 tokenId, bytes32 commitment) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(tokenId, commitment))));
    }

    /// @dev Commitments of a batch that a test can name again from the same seed.
    function commitmentOf(uint256 seed, uint256 index) internal pure returns (bytes32) {
        return keccak256(abi.encode(seed, index));
    }

    /// @dev A complete binary tree as an array, its root first: OpenZeppelin's StandardMerkleTree without the sorting.
    function treeOf(uint64 batchId, uint256 seed, uint256 count) internal pure returns (bytes32[] memory tree) {
        tree = new bytes32[](2 * count - 1);
        for (uint256 i = 0; i < count; ++i) {
            tree[count - 1 + i] = leafOf((uint256(batchId) << 32) | i, commitmentOf(seed, i));
        }
        for (uint256 i = count - 1; i > 0; --i) {
            tree[i - 1] = Hashes.commutativeKeccak256(tree[2 * i - 1], tree[2 * i]);
        }
    }

    function proofOf(bytes32[] memory tree, uint256 index) internal pure returns (bytes32[] memory proof) {
        uint256 start = (tree.length - 1) / 2 + index;
        uint256 depth = 0;
        for (uint256 i = start; i > 0; i = (i - 1) / 2) ++depth;
        proof = new bytes32[](depth);
        uint256 node = start;
        for (uint256 i = 0; i < depth; ++i) {
            proof[i] = tree[node % 2 == 1 ? node + 1 : node - 1];
            node = (node - 1) / 2;
        }
    }

    function claimSignature(
        PygmalionCertificate verifier,
        uint256 key,
        uint256 tokenId,
        address to,
        uint256 deadline
    ) internal view returns (bytes memory) {
        bytes32 claim = keccak256(
            abi.encode(keccak256("Claim(uint256 tokenId,address to,uint256 deadline)"), tokenId, to, deadline)
        );
        bytes32 digest = keccak256(bytes.concat(hex"1901", domainOf(verifier), claim));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return bytes.concat(r, s, bytes1(v));
    }

    function domainOf(PygmalionCertificate verifier) private view returns (bytes32) {
        (, string memory name, string memory version, uint256 chainId, address verifying, , ) = verifier.eip712Domain();
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256(bytes(name)),
                    keccak256(bytes(version)),
                    chainId,
                    verifying
                )
            );
    }
}
