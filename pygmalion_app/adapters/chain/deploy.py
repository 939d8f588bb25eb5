"""Deploys and upgrades the certificate contract: implementations, and the proxy, whose address stays for good.

The embedded chain deploys by itself; people do it with `python -m pygmalion_app.commands.contract`.
"""

from eth_utils.address import to_checksum_address

from pygmalion_app.adapters.chain.abi import WORD, artifact, call, word
from pygmalion_app.adapters.chain.evm import account
from pygmalion_app.adapters.chain.rpc import JsonRpc, RefusedError, octets
from pygmalion_app.adapters.chain.transactions import Transaction, estimate, send
from pygmalion_app.core.keccak import keccak

# More than they use (docs/contract.md has the figures): a creation needs no estimate, which some nodes do badly.
IMPLEMENTATION_GAS = 5_000_000
PROXY_GAS = 600_000
# keccak256("eip1967.proxy.implementation") - 1, where every ERC-1967 proxy keeps it.
_IMPLEMENTATION_SLOT = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc"
# Where dry runs suppose an implementation: an address that nobody has.
_SUPPOSED = "0x" + keccak(b"pygmalion: supposed implementation")[-20:].hex()


async def deploy(rpc: JsonRpc, key: str, *, admin: str = "", operator: str = "", implementation: str = "") -> str:
    """Deploy both contracts and return the proxy's address.

    `admin` may upgrade, pause and give roles, `operator` anchors and revokes; both are the key's own account by
    default. `implementation` takes one that was created already. Raises UnavailableError when a transaction fails.
    """
    own = account(key).address
    implementation = implementation or await create_implementation(rpc, key)
    data = proxy_code(implementation, initialize_call(admin or own, operator or own))
    return _address(await send(rpc, key, Transaction(data, gas=PROXY_GAS)))


async def create_implementation(rpc: JsonRpc, key: str) -> str:
    """Create an implementation, which does nothing until a proxy points to it, and return its address."""
    return _address(await send(rpc, key, Transaction(implementation_code(), gas=IMPLEMENTATION_GAS)))


async def upgrade(rpc: JsonRpc, key: str, contract: str, implementation: str, initializer: bytes = b"") -> None:
    """Point the proxy to another implementation; `initializer` sets up in the same transaction what it adds.

    Raises CallRevertedError when the key may not upgrade or there is no implementation of its kind.
    """
    await send(rpc, key, Transaction(upgrade_call(implementation, initializer), to=contract))


async def has_contract(rpc: JsonRpc, address: str) -> bool:
    """Tell whether code stands at an address."""
    return bool(address) and await rpc("eth_getCode", address, "latest") not in {"0x", None}


async def implementation_of(rpc: JsonRpc, contract: str) -> str:
    """Return the address of the code that a proxy runs; "" where it is no proxy."""
    found = octets(await rpc("eth_getStorageAt", contract, _IMPLEMENTATION_SLOT, "latest"))[-20:]
    return str(to_checksum_address(found)) if any(found) else ""


async def is_current(rpc: JsonRpc, implementation: str) -> bool:
    """Tell whether an implementation is what this release compiles to."""
    return octets(await rpc("eth_getCode", implementation, "latest")) == runtime_code(implementation)


async def estimate_deployment(rpc: JsonRpc, sender: str, admin: str, operator: str) -> tuple[int, int]:
    """Return the gas that creating the implementation and then the proxy would use. Nothing is sent."""
    first = await estimate(rpc, sender, Transaction(implementation_code()))
    return first, await _supposing(rpc, sender, Transaction(proxy_code(_SUPPOSED, initialize_call(admin, operator))))


async def estimate_upgrade(rpc: JsonRpc, sender: str, contract: str) -> tuple[int, int]:
    """Return the gas that creating an implementation and pointing the proxy to it would use. Nothing is sent.

    Raises CallRevertedError when the sender may not upgrade.
    """
    first = await estimate(rpc, sender, Transaction(implementation_code()))
    return first, await _supposing(rpc, sender, Transaction(upgrade_call(_SUPPOSED, b""), to=contract))


def implementation_code() -> bytes:
    """Return the implementation's creation code."""
    return octets(artifact("PygmalionCertificate")["bytecode"])


def runtime_code(address: str) -> bytes:
    """Return the code that stands at an implementation's address: it keeps that address in itself."""
    found = artifact("PygmalionCertificate")
    code = bytearray(octets(found["runtime"]))
    for start in found["immutables"]:
        code[start : start + WORD] = word(address)
    return bytes(code)


def initialize_call(admin: str, operator: str) -> bytes:
    """Return the call that gives the roles, once."""
    return call("initialize(address,address)", admin, operator)


def proxy_code(implementation: str, initialize: bytes) -> bytes:
    """Return the proxy's creation code: its bytecode and the constructor's (address, bytes)."""
    return octets(artifact("ERC1967Proxy")["bytecode"]) + _address_and_bytes(implementation, initialize)


def upgrade_call(implementation: str, initializer: bytes) -> bytes:
    """Return the call that points the proxy to an implementation."""
    return call("upgradeToAndCall(address,bytes)") + _address_and_bytes(implementation, initializer)


def _address_and_bytes(address: str, data: bytes) -> bytes:
    padded = data + bytes(-len(data) % WORD)
    return word(address) + word(2 * WORD) + word(len(data)) + padded


async def _supposing(rpc: JsonRpc, sender: str, wanted: Transaction) -> int:
    """Estimate as if our implementation stood somewhere; the known limit where a node cannot suppose."""
    try:
        return await estimate(rpc, sender, wanted, {_SUPPOSED: {"code": "0x" + runtime_code(_SUPPOSED).hex()}})
    except RefusedError:
        return PROXY_GAS


def _address(receipt: dict[str, object]) -> str:
    return str(to_checksum_address(str(receipt["contractAddress"])))
