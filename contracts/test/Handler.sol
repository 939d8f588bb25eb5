// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {PygmalionCertificate} from "../src/PygmalionCertificate.sol";
import {Base} from "./Base.sol";

/**
 * @dev Everybody calling everything in any order, beside a model of what must come of it. The model keeps plain
 * mappings and decides each call before it is made; {surprises} counts where the contract decided otherwise.
 * Few ids, roots and people, so that calls meet each other.
 */
contract Handler is Base {
    struct Batch {
        bytes32 root;
        uint256 count;
        uint256 anchoredAt;
    }

    struct Revocation {
        uint256 revokedAt;
        uint256 reasonCode;
        uint256 replacedBy;
    }

    uint64 public constant BATCHES = 2;
    uint32 public constant SLOTS = 2;

    mapping(uint64 batchId => Batch) public batches;
    mapping(uint256 tokenId => Revocation) public revocations;
    mapping(uint256 tokenId => address) public owners;
    bool public paused;
    uint256 public surprises;
    /// @dev How often each kind of call succeeded: a walk in which nothing ever happens proves nothing.
    mapping(bytes4 kind => uint256) public done;

    constructor() {
        deploy();
    }

    function contractUnderTest() external view returns (PygmalionCertificate) {
        return deployed;
    }

    // ---------------------------------------------------------------------------------------- what people may do

    function anchor(uint256 who, uint256 batch, uint256 root, uint256 count) external {
        (uint64 batchId, bytes32 value, uint32 size) = (batchOf(batch), bytes32(root % 3), uint32(count % (SLOTS + 1)));
        bool expected = isIssuer(who) && !paused && anchors(batchId, value, size);
        if (decided(who, expected, abi.encodeCall(PygmalionCertificate.anchorBatch, (batchId, value, size)))) {
            keepBatch(batchId, value, size);
        }
    }

    function mint(uint256 who, uint256 batch, uint256 commitment, uint256 to) external {
        (uint64 batchId, bytes32 value, address holder) = (batchOf(batch), bytes32(commitment % 2), person(to));
        uint256 tokenId = uint256(batchId) << 32;
        bytes32 root = leafOf(tokenId, value);
        bool free = revocations[tokenId].revokedAt == 0 && (owners[tokenId] == address(0) || owners[tokenId] == holder);
        bool expected = isIssuer(who) && !paused && anchors(batchId, root, 1) && free;
        bytes memory data = abi.encodeCall(PygmalionCertificate.mintCertificate, (holder, batchId, value));
        if (decided(who, expected, data)) {
            keepBatch(batchId, root, 1);
            owners[tokenId] = holder;
        }
    }

    function deliver(uint256 who, uint256 token, uint256 to) external {
        (uint256 tokenId, address holder) = (tokenOf(token), person(to));
        bool expected = isIssuer(who) && !paused && deliverable(tokenId, holder);
        if (decided(who, expected, abi.encodeCall(PygmalionCertificate.deliver, (tokenId, holder)))) {
            owners[tokenId] = holder;
        }
    }

    function claim(uint256 who, uint256 token, uint256 to, uint256 ahead, bool signedByIssuer) external {
        (uint256 tokenId, address holder) = (tokenOf(token), person(to));
        uint256 deadline = block.timestamp + (ahead % 4) - 1;
        bytes memory signature = claimSignature(deployed, signedByIssuer ? ISSUER_KEY : 7, tokenId, holder, deadline);
        bool expected = signedByIssuer && !paused && deadline >= block.timestamp && deliverable(tokenId, holder);
        bytes memory data = abi.encodeCall(PygmalionCertificate.claim, (tokenId, holder, deadline, signature));
        if (decided(who, expected, data)) owners[tokenId] = holder;
    }

    function revoke(uint256 who, uint256 token, uint256 reason, uint256 successor) external {
        (uint256 tokenId, uint16 code, uint256 next) = (tokenOf(token), uint16(reason % 3), tokenOf(successor));
        bool expected = isIssuer(who) && revocable(tokenId, code, next);
        bytes memory data = abi.encodeCall(PygmalionCertificate.revokeCertificate, (tokenId, code, next));
        if (decided(who, expected, data)) keepRevocation(tokenId, code, next);
    }

    function revokeMany(uint256 who, uint256 first, uint256 second, uint256 reason) external {
        uint256[] memory tokenIds = new uint256[](2);
        (tokenIds[0], tokenIds[1]) = (tokenOf(first), tokenOf(second));
        uint16 code = uint16(reason % 3);
        bool expected = isIssuer(who) && revocable(tokenIds[0], code, 0) && revocable(tokenIds[1], code, 0);
        if (decided(who, expected, abi.encodeCall(PygmalionCertificate.revokeMany, (tokenIds, code)))) {
            keepRevocation(tokenIds[0], code, 0);
            keepRevocation(tokenIds[1], code, 0);
        }
    }

    function pause(uint256 who, bool on) external {
        bytes memory data = on
            ? abi.encodeCall(PygmalionCertificate.pause, ())
            : abi.encodeCall(PygmalionCertificate.unpause, ());
        if (decided(who, person(who) == ADMIN && paused != on, data)) paused = on;
    }

    // ----------------------------------------------------------------------------------- what nobody may ever do

    function move(uint256 who, uint256 token, uint256 from, uint256 to) external {
        decided(who, false, abi.encodeCall(IERC721.transferFrom, (person(from), person(to), tokenOf(token))));
    }

    function approve(uint256 who, uint256 token, uint256 to) external {
        decided(who, false, abi.encodeCall(IERC721.approve, (person(to), tokenOf(token))));
        decided(who, false, abi.encodeCall(IERC721.setApprovalForAll, (person(to), true)));
    }

    function takeOver(uint256 who, uint256 role) external {
        bytes32[4] memory roles = [
            bytes32(0),
            keccak256("ISSUER_ROLE"),
            keccak256("REVOKER_ROLE"),
            keccak256("UPGRADER_ROLE")
        ];
        address taker = person(who);
        if (taker == ADMIN) return;
        decided(who, false, abi.encodeCall(IAccessControl.grantRole, (roles[role % 4], taker)));
        decided(who, false, abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (address(deployed), "")));
        decided(who, false, abi.encodeCall(PygmalionCertificate.initialize, (taker, taker)));
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + (time % 1000) + 1);
    }

    // ------------------------------------------------------------------------------------------------- the model

    function exists(uint256 tokenId) public view returns (bool) {
        return tokenId <= type(uint96).max && uint32(tokenId) < batches[uint64(tokenId >> 32)].count;
    }

    function person(uint256 seed) public view returns (address) {
        address[6] memory people = [issuer, ADMIN, HOLDER, address(0xBAD), issuer, issuer];
        return people[seed % 6];
    }

    /// @dev Ids inside the batches, just behind them, and one that differs from the first in a bit beyond the 96.
    function tokenOf(uint256 seed) public pure returns (uint256) {
        uint256 place = seed % (uint256(BATCHES) * SLOTS + 2);
        if (place == 0) return 0;
        if (place == 1) return (uint256(1) << 96) | (1 << 32);
        place -= 2;
        return ((place / SLOTS + 1) << 32) | (place % SLOTS);
    }

    function batchOf(uint256 seed) private pure returns (uint64) {
        return uint64(seed % BATCHES) + 1;
    }

    function isIssuer(uint256 who) private view returns (bool) {
        return person(who) == issuer;
    }

    function anchors(uint64 batchId, bytes32 root, uint256 count) private view returns (bool) {
        Batch storage known = batches[batchId];
        return root != 0 && count != 0 && (known.root == 0 || (known.root == root && known.count == count));
    }

    function deliverable(uint256 tokenId, address to) private view returns (bool) {
        address owner = owners[tokenId];
        return exists(tokenId) && revocations[tokenId].revokedAt == 0 && (owner == address(0) || owner == to);
    }

    function revocable(uint256 tokenId, uint256 code, uint256 next) private view returns (bool) {
        Revocation storage known = revocations[tokenId];
        bool fresh_ = known.revokedAt == 0;
        bool same = known.reasonCode == code && known.replacedBy == next;
        return exists(tokenId) && next != tokenId && next <= type(uint96).max && (fresh_ || same);
    }

    function keepBatch(uint64 batchId, bytes32 root, uint256 count) private {
        if (batches[batchId].root == 0) batches[batchId] = Batch(root, count, block.timestamp);
    }

    function keepRevocation(uint256 tokenId, uint256 code, uint256 next) private {
        if (revocations[tokenId].revokedAt == 0) revocations[tokenId] = Revocation(block.timestamp, code, next);
    }

    function decided(uint256 who, bool expected, bytes memory data) private returns (bool succeeded) {
        (succeeded, ) = attempt(person(who), data);
        if (succeeded != expected) ++surprises;
        if (succeeded) ++done[bytes4(data)];
    }
}
