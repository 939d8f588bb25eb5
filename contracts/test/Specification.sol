// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @dev The specification's contract (4.5) word for word, to weigh ours against. It stores ids of people: never deploy.
contract Specification is ERC721, Ownable {
    struct Certificate {
        string formationId;
        string userId;
        uint256 issuedAt;
        string ipfsHash;
        bool isValid;
    }

    mapping(uint256 => Certificate) public certificates;
    uint256 private _next;

    constructor() ERC721("Specification", "SPEC") Ownable(msg.sender) {}

    function mintCertificate(
        address to,
        string memory formationId,
        string memory userId,
        string memory ipfsHash
    ) public onlyOwner returns (uint256 tokenId) {
        tokenId = ++_next;
        certificates[tokenId] = Certificate(formationId, userId, block.timestamp, ipfsHash, true);
        _mint(to, tokenId);
    }

    function verifyCertificate(uint256 tokenId) public view returns (bool) {
        return certificates[tokenId].isValid;
    }

    function revokeCertificate(uint256 tokenId) public onlyOwner {
        certificates[tokenId].isValid = false;
    }
}
