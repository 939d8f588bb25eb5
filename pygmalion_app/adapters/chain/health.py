"""How the nodes and the signer's account are now, for people to read."""

from time import monotonic
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from pygmalion_app.adapters.chain import weighing
from pygmalion_app.adapters.chain.networks import network
from pygmalion_app.adapters.chain.rpc import Ask, JsonRpc, RefusedError, number
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.keccak import keccak
from pygmalion_app.core.ports import ChainOverview, NodeHealth, NodeState

PROBE_SECONDS = 3.0
_BEHIND_BLOCKS = 20
"""Nodes differ by some blocks at any moment; this is two thirds of a minute on Polygon."""


async def overview(rpc: JsonRpc, name: str, contract: str, signer_key: str) -> ChainOverview:
    """Ask every node now."""
    signer = address_of(signer_key) if signer_key else ""

    async def probe(ask: Ask) -> tuple[int, int, int, int]:
        started = monotonic()
        chain_id = number(await ask("eth_chainId"))
        milliseconds = round((monotonic() - started) * 1000)
        block = number(await ask("eth_blockNumber"))
        balance = number(await ask("eth_getBalance", signer, "latest")) if signer else 0
        return chain_id, block, balance, milliseconds

    found = await rpc.probe(probe, PROBE_SECONDS)
    try:
        ours: int | None = await rpc.chain_id()
    except UnavailableError:
        ours = None
    answers = [answer for _url, answer in found if not isinstance(answer, Exception) and answer[0] == ours]
    head = max((block for _chain, block, _balance, _time in answers), default=0)
    return ChainOverview(
        network=None if ours is None else network(ours, name),
        contract=contract,
        signer=signer,
        balance_wei=weighing.middle([balance for _chain, _block, balance, _time in answers]) if answers else None,
        nodes=tuple(_health(url, answer, ours, head) for url, answer in found),
        needed=rpc.quorum,
    )


def address_of(key: str) -> str:
    """Return the address of a private key (hexadecimal), without the Ethereum packages: a web server asks this."""
    secret = int(key.removeprefix("0x"), 16)
    public = ec.derive_private_key(secret, ec.SECP256K1()).public_key().public_numbers()
    plain = keccak(public.x.to_bytes(32, "big") + public.y.to_bytes(32, "big"))[-20:].hex()
    # EIP-55: the letters' case is a checksum.
    check = keccak(plain.encode()).hex()
    return "0x" + "".join(
        letter.upper() if int(digit, 16) >= 8 else letter  # noqa: PLR2004 - half of a hexadecimal digit
        for letter, digit in zip(plain, check, strict=False)
    )


def _health(url: str, answer: tuple[int, int, int, int] | Exception, ours: int | None, head: int) -> NodeHealth:
    host = urlsplit(url).netloc.rpartition("@")[2]
    if isinstance(answer, Exception):
        return NodeHealth(host, NodeState.REFUSING if isinstance(answer, RefusedError) else NodeState.SILENT)
    chain_id, block, _balance, milliseconds = answer
    state = NodeState.WELL
    if chain_id != ours:
        state = NodeState.OTHER_CHAIN
    elif block < head - _BEHIND_BLOCKS:
        state = NodeState.BEHIND
    return NodeHealth(host, state, milliseconds, block)
