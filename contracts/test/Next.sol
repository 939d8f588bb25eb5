// SPDX-License-Identifier: MIT
pragma solidity ^0.8.27;

import {PygmalionCertificate} from "../src/PygmalionCertificate.sol";

/// @dev A later version as one would be written: new state behind the old, set up by its own initializer.
contract Next is PygmalionCertificate {
    uint256 private _since;

    function initializeNext() external reinitializer(2) onlyRole(UPGRADER_ROLE) {
        _since = block.timestamp;
    }

    function since() external view returns (uint256) {
        return _since;
    }
}
