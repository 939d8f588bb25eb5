// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {AccessControlUpgradeable} from "@openzeppelin/contracts-upgradeable/access/AccessControlUpgradeable.sol";
import {ERC721Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC721/ERC721Upgradeable.sol";
import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {PausableUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/PausableUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IERC5192} from "./IERC5192.sol";

/**
 * @title Pygmalion training certificates
 * @notice Holds the Merkle root of every batch of certificates, and which certificates were revoked.
 *
 * A certificate is the pair (token id, commitment). Its token id is `batchId << 32 | index`, both allocated off
 * chain before anything is sent. Its commitment is a salted hash, so nothing here leads back to a person: only
 * roots, counts, token ids and reason codes are stored.
 *
 * A certificate becomes an ERC-721 token only when its holder asks for one ({deliver}, {claim}) or when it was
 * minted alone ({mintCertificate}). Such a token is soulbound (ERC-5192).
 *
 * {anchorBatch}, {mintCertificate}, {deliver} and the revocations accept the same arguments again as a no-op and
 * refuse different ones: a sender that crashed may repeat whatever it is not sure of.
 */
contract PygmalionCertificate is
    ERC721Upgradeable,
    AccessControlUpgradeable,
    PausableUpgradeable,
    EIP712Upgradeable,
    UUPSUpgradeable,
    IERC5192
{
    /// @notice What {verifyDocument} says of a document.
    enum Status {
        UNKNOWN,
        VALID,
        REVOKED
    }

    struct Batch {
        bytes32 root;
        uint32 count;
        uint64 anchoredAt;
    }

    struct Revocation {
        uint64 revokedAt;
        uint16 reasonCode;
        uint96 replacedBy;
    }

    /// @notice Everything the chain knows of one certificate; `owner` is zero while no token was delivered.
    struct Certificate {
        uint64 batchId;
        uint32 index;
        bytes32 root;
        uint64 anchoredAt;
        uint64 revokedAt;
        uint16 reasonCode;
        uint256 replacedBy;
        address owner;
    }

    bytes32 public constant ISSUER_ROLE = keccak256("ISSUER_ROLE");
    bytes32 public constant REVOKER_ROLE = keccak256("REVOKER_ROLE");
    bytes32 public constant UPGRADER_ROLE = keccak256("UPGRADER_ROLE");

    bytes32 private constant CLAIM_TYPEHASH = keccak256("Claim(uint256 tokenId,address to,uint256 deadline)");

    // The OpenZeppelin parents keep their state in ERC-7201 namespaces, so these start at slot 0. Append only:
    // the storage layout is part of the committed artifact and compared by a test.
    mapping(uint64 batchId => Batch) private _batches;
    mapping(uint256 tokenId => Revocation) private _revocations;

    event BatchAnchored(uint64 indexed batchId, bytes32 root, uint32 count);
    event CertificateRevoked(uint256 indexed tokenId, uint16 reasonCode, uint256 indexed replacedBy);

    error PygmalionCertificateInvalidBatch(uint64 batchId);
    error PygmalionCertificateBatchConflict(uint64 batchId);
    error PygmalionCertificateUnknown(uint256 tokenId);
    error PygmalionCertificateAlreadyRevoked(uint256 tokenId);
    error PygmalionCertificateAlreadyDelivered(uint256 tokenId);
    error PygmalionCertificateInvalidReplacement(uint256 tokenId, uint256 replacedBy);
    error PygmalionCertificateClaimExpired(uint256 deadline);
    error PygmalionCertificateClaimInvalid(address signer);
    error PygmalionCertificateSoulbound();

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /**
     * @param admin grants and withdraws roles, and pauses.
     * @param operator anchors and revokes: the platform's signer.
     */
    function initialize(address admin, address operator) external initializer {
        __ERC721_init("Pygmalion Certificate", "PYGC");
        __EIP712_init("Pygmalion Certificate", "1");
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(UPGRADER_ROLE, admin);
        _grantRole(ISSUER_ROLE, operator);
        _grantRole(REVOKER_ROLE, operator);
    }

    // ------------------------------------------------------------------------------------------------- issuing

    /// @notice Records the root of a batch of `count` certificates.
    function anchorBatch(uint64 batchId, bytes32 root, uint32 count) external onlyRole(ISSUER_ROLE) whenNotPaused {
        _anchor(batchId, root, count);
    }

    /// @notice Records a batch of one certificate and delivers its token at once.
    function mintCertificate(
        address to,
        uint64 batchId,
        bytes32 commitment
    ) external onlyRole(ISSUER_ROLE) whenNotPaused returns (uint256 tokenId) {
        tokenId = uint256(batchId) << 32;
        _anchor(batchId, _leaf(tokenId, commitment), 1);
        _deliver(tokenId, to);
    }

    /// @notice Gives the holder's wallet the token of an anchored certificate.
    function deliver(uint256 tokenId, address to) external onlyRole(ISSUER_ROLE) whenNotPaused {
        _deliver(tokenId, to);
    }

    /// @notice Lets the holder fetch the token with a permission that an issuer signed (EIP-712).
    function claim(
        uint256 tokenId,
        address to,
        uint256 deadline,
        bytes calldata issuerSignature
    ) external whenNotPaused {
        require(block.timestamp <= deadline, PygmalionCertificateClaimExpired(deadline));
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(CLAIM_TYPEHASH, tokenId, to, deadline)));
        address signer = ECDSA.recover(digest, issuerSignature);
        require(hasRole(ISSUER_ROLE, signer), PygmalionCertificateClaimInvalid(signer));
        _deliver(tokenId, to);
    }

    // ------------------------------------------------------------------------------------------------ revoking
    // Not stopped by a pause: whatever made us stop issuing, a wrong certificate must still be taken back.

    /// @notice Takes a certificate back. `replacedBy` is its successor's token id, or zero.
    function revokeCertificate(
        uint256 tokenId,
        uint16 reasonCode,
        uint256 replacedBy
    ) external onlyRole(REVOKER_ROLE) {
        _revoke(tokenId, reasonCode, replacedBy);
    }

    /// @notice Takes many certificates back for the same reason, none of them replaced.
    function revokeMany(uint256[] calldata tokenIds, uint16 reasonCode) external onlyRole(REVOKER_ROLE) {
        for (uint256 i = 0; i < tokenIds.length; ++i) {
            _revoke(tokenIds[i], reasonCode, 0);
        }
    }

    // ------------------------------------------------------------------------------------------------- reading

    /// @notice Whether this certificate was anchored and not revoked. Says nothing of a document.
    function verifyCertificate(uint256 tokenId) external view returns (bool) {
        return _exists(tokenId) && _revocations[tokenId].revokedAt == 0;
    }

    /// @notice Whether this very document was certified: the proof must lead from it to the batch's root.
    function verifyDocument(
        uint256 tokenId,
        bytes32 commitment,
        bytes32[] calldata proof
    ) external view returns (Status) {
        if (!_exists(tokenId)) return Status.UNKNOWN;
        bytes32 root = _batches[_batchOf(tokenId)].root;
        if (!MerkleProof.verifyCalldata(proof, root, _leaf(tokenId, commitment))) return Status.UNKNOWN;
        return _revocations[tokenId].revokedAt == 0 ? Status.VALID : Status.REVOKED;
    }

    function certificates(uint256 tokenId) external view returns (Certificate memory) {
        require(_exists(tokenId), PygmalionCertificateUnknown(tokenId));
        uint64 batchId = _batchOf(tokenId);
        Batch storage found = _batches[batchId];
        Revocation storage revocation = _revocations[tokenId];
        return
            Certificate({
                batchId: batchId,
                index: uint32(tokenId),
                root: found.root,
                anchoredAt: found.anchoredAt,
                revokedAt: revocation.revokedAt,
                reasonCode: revocation.reasonCode,
                replacedBy: revocation.replacedBy,
                owner: _ownerOf(tokenId)
            });
    }

    /// @notice The batch's root, size and time; a zero root means it was never anchored.
    function batch(uint64 batchId) external view returns (Batch memory) {
        return _batches[batchId];
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        _requireOwned(tokenId);
        return true;
    }

    function supportsInterface(
        bytes4 interfaceId
    ) public view override(ERC721Upgradeable, AccessControlUpgradeable) returns (bool) {
        return interfaceId == type(IERC5192).interfaceId || super.supportsInterface(interfaceId);
    }

    // -------------------------------------------------------------------------------------------------- admin

    function pause() external onlyRole(DEFAULT_ADMIN_ROLE) {
        _pause();
    }

    function unpause() external onlyRole(DEFAULT_ADMIN_ROLE) {
        _unpause();
    }

    // ---------------------------------------------------------------------------------------------- soulbound

    function approve(address, uint256) public pure override {
        revert PygmalionCertificateSoulbound();
    }

    function setApprovalForAll(address, bool) public pure override {
        revert PygmalionCertificateSoulbound();
    }

    /// @dev Every way to move a token ends here: only minting (no previous owner) is let through.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        require(_ownerOf(tokenId) == address(0), PygmalionCertificateSoulbound());
        return super._update(to, tokenId, auth);
    }

    function _authorizeUpgrade(address) internal override onlyRole(UPGRADER_ROLE) {}

    // ------------------------------------------------------------------------------------------------- private

    function _anchor(uint64 batchId, bytes32 root, uint32 count) private {
        // A zero root or size would read as "never anchored".
        require(root != bytes32(0) && count != 0, PygmalionCertificateInvalidBatch(batchId));
        Batch storage found = _batches[batchId];
        if (found.root != bytes32(0)) {
            require(found.root == root && found.count == count, PygmalionCertificateBatchConflict(batchId));
            return;
        }
        _batches[batchId] = Batch({root: root, count: count, anchoredAt: uint64(block.timestamp)});
        emit BatchAnchored(batchId, root, count);
    }

    function _deliver(uint256 tokenId, address to) private {
        require(_exists(tokenId), PygmalionCertificateUnknown(tokenId));
        require(_revocations[tokenId].revokedAt == 0, PygmalionCertificateAlreadyRevoked(tokenId));
        address owner = _ownerOf(tokenId);
        if (owner != address(0)) {
            require(owner == to, PygmalionCertificateAlreadyDelivered(tokenId));
            return;
        }
        _mint(to, tokenId);
        emit Locked(tokenId);
    }

    function _revoke(uint256 tokenId, uint16 reasonCode, uint256 replacedBy) private {
        require(_exists(tokenId), PygmalionCertificateUnknown(tokenId));
        require(
            replacedBy != tokenId && replacedBy <= type(uint96).max,
            PygmalionCertificateInvalidReplacement(tokenId, replacedBy)
        );
        Revocation storage found = _revocations[tokenId];
        if (found.revokedAt != 0) {
            require(
                found.reasonCode == reasonCode && found.replacedBy == replacedBy,
                PygmalionCertificateAlreadyRevoked(tokenId)
            );
            return;
        }
        _revocations[tokenId] = Revocation({
            revokedAt: uint64(block.timestamp),
            reasonCode: reasonCode,
            replacedBy: uint96(replacedBy)
        });
        emit CertificateRevoked(tokenId, reasonCode, replacedBy);
    }

    function _exists(uint256 tokenId) private view returns (bool) {
        // Ids above 96 bits would alias a smaller one once cut to (batch, index).
        return tokenId <= type(uint96).max && uint32(tokenId) < _batches[_batchOf(tokenId)].count;
    }

    function _batchOf(uint256 tokenId) private pure returns (uint64) {
        return uint64(tokenId >> 32);
    }

    /// @dev The leaf of OpenZeppelin's StandardMerkleTree over (uint256 tokenId, bytes32 commitment).
    function _leaf(uint256 tokenId, bytes32 commitment) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(tokenId, commitment))));
    }
}
