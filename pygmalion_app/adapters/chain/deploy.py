"""Deploys the certificate contract: the implementation, and the proxy whose address is the contract's for good.

On a real network: `CHAIN_RPC_URLS='["https://..."]' CHAIN_SIGNER_KEY=... python -m pygmalion_app.adapters.chain.deploy`
prints the address to set as CHAIN_CONTRACT. The embedded chain does this by itself.
"""

import asyncio
import sys
from typing import Any

from pygmalion_app.adapters.chain.abi import artifact, call, word
from pygmalion_app.adapters.chain.evm import account
from pygmalion_app.adapters.chain.rpc import JsonRpc
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError

_GAS = 5_000_000
_WAIT_SECONDS = 180


async def deploy(rpc: JsonRpc, key: str) -> str:
    """Deploy both contracts, the signer holding every role, and return the proxy's address.

    Raises UnavailableError when a transaction fails or is not mined in three minutes.
    """
    signer = account(key).address
    implementation = await _create(rpc, key, bytes.fromhex(artifact("PygmalionCertificate")["bytecode"][2:]))
    initialize = call("initialize(address,address)", signer, signer)
    return await _create(rpc, key, proxy_code(implementation, initialize))


def proxy_code(implementation: str, initialize: bytes) -> bytes:
    """Return the proxy's creation code: its bytecode and the constructor's (address, bytes)."""
    padded = initialize + bytes(-len(initialize) % 32)
    arguments = word(implementation) + word(64) + word(len(initialize)) + padded
    return bytes.fromhex(artifact("ERC1967Proxy")["bytecode"][2:]) + arguments


async def has_contract(rpc: JsonRpc, address: str) -> bool:
    """Tell whether code stands at an address."""
    return bool(address) and await rpc("eth_getCode", address, "latest") not in {"0x", None}


async def _create(rpc: JsonRpc, key: str, code: bytes) -> str:
    from eth_utils.address import to_checksum_address

    signer = account(key)
    block = await rpc("eth_getBlockByNumber", "latest", False)
    tip = int(await rpc("eth_maxPriorityFeePerGas"), 16)
    transaction: dict[str, Any] = {
        "type": 2,
        "chainId": int(await rpc("eth_chainId"), 16),
        "nonce": int(await rpc("eth_getTransactionCount", signer.address, "latest"), 16),
        "value": 0,
        "data": "0x" + code.hex(),
        "gas": _GAS,
        "maxFeePerGas": 2 * int(block["baseFeePerGas"], 16) + tip,
        "maxPriorityFeePerGas": tip,
    }
    signed = signer.sign_transaction(transaction)
    await rpc("eth_sendRawTransaction", "0x" + bytes(signed.raw_transaction).hex())
    receipt = await _mined(rpc, "0x" + bytes(signed.hash).hex())
    if int(receipt["status"], 16) != 1:
        raise UnavailableError(part="chain", reason="the deployment was reverted")
    return str(to_checksum_address(receipt["contractAddress"]))


async def _mined(rpc: JsonRpc, transaction_hash: str) -> dict[str, Any]:
    for _ in range(_WAIT_SECONDS * 10):
        receipt = await rpc("eth_getTransactionReceipt", transaction_hash)
        if receipt is not None:
            return receipt
        await asyncio.sleep(0.1)
    raise UnavailableError(part="chain", reason=f"transaction {transaction_hash} was not mined")


async def _main() -> None:
    settings = Settings.load()
    rpc = JsonRpc(lambda: settings.chain_rpc_urls)
    address = await deploy(rpc, settings.chain_signer_key.get_secret_value())
    sys.stdout.write(f"{address}\n")
    await rpc.aclose()


if __name__ == "__main__":
    asyncio.run(_main())
