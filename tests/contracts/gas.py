"""What each call costs in gas, by receipts of a real node; `python -m tests.contracts.gas` writes the snapshot.

The snapshot (contracts/gas.json) is compared at each test run, and the tables of docs/contract.md are made from it.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data

from pygmalion_app.adapters.chain.abi import call
from pygmalion_app.adapters.chain.deploy import proxy_code, upgrade_call
from pygmalion_app.core.keccak import keccak
from tests.contracts.proxies import (
    ADMIN,
    HOLDER,
    ISSUER,
    ISSUER_KEY,
    Certificates,
    claim_typed_data,
    code_of,
    encoded,
    mined,
    rpc,
)

PROJECT = Path(__file__).parents[2]
SNAPSHOT = PROJECT / "contracts" / "gas.json"
PAGE = PROJECT / "docs" / "contract.md"
SIZES = (1, 100, 10_000)
BEGIN, END = "<!-- gas: begin (python -m tests.contracts.gas) -->", "<!-- gas: end -->"
ANCHOR = "anchorBatch(uint64,bytes32,uint32)"


def measure(url: str, forged: Path) -> dict[str, int]:
    """Return the gas of each call, the first of its kind for whom it concerns."""
    contract = Certificates(url)
    used: dict[str, int] = {}

    def note(name: str, receipt: dict[str, Any]) -> None:
        used[name] = int(receipt["gasUsed"], 16)

    note("create implementation", contract.created(code_of("PygmalionCertificate")))
    initialize = call("initialize(address,address)", ADMIN, ISSUER)
    note("create proxy", contract.created(proxy_code(contract.implementation, initialize)))
    # An upgrade, and what a batch costs behind it, not what the first write of a fresh contract does.
    note("upgrade", contract.post(ADMIN, upgrade_call(contract.create(code_of("PygmalionCertificate")), b"")))
    contract.send(ISSUER, ANCHOR, 1, _root(1), 1000)
    for batch, size in enumerate(SIZES, 2):
        note(f"anchorBatch of {size}", contract.send(ISSUER, ANCHOR, batch, _root(batch), size))
    note("anchorBatch again", contract.send(ISSUER, ANCHOR, 2, _root(2), 1))
    mint = "mintCertificate(address,uint64,bytes32)"
    note("mintCertificate", contract.send(ISSUER, mint, _person(1), 9, _root(9)))
    note("deliver", contract.send(ISSUER, "deliver(uint256,address)", 1 << 32, _person(2)))
    deadline = contract.now() + 3600
    message = encode_typed_data(*claim_typed_data(contract, 1 << 32 | 1, _person(3), deadline))
    signature = bytes(Account.sign_message(message, ISSUER_KEY).signature)
    claim = "claim(uint256,address,uint256,bytes)"
    note("claim", contract.send(HOLDER, claim, 1 << 32 | 1, _person(3), deadline, signature))
    revoke = "revokeCertificate(uint256,uint16,uint256)"
    note("revokeCertificate", contract.send(ISSUER, revoke, 1 << 32 | 2, 1, 0))
    note("revokeCertificate with successor", contract.send(ISSUER, revoke, 1 << 32 | 3, 4, 1 << 32 | 4))
    many = [1 << 32 | index for index in range(100, 200)]
    note("revokeMany of 100", contract.send(ISSUER, "revokeMany(uint256[],uint16)", many, 1))
    return used | _others(url, forged, contract)


def _others(url: str, forged: Path, contract: Certificates) -> dict[str, int]:
    """Return what the specification's contract, and a bare transaction with a root in it, cost on the same node."""
    built = json.loads((forged / "Specification.sol" / "Specification.json").read_text())
    specification = contract.create(bytes.fromhex(built["bytecode"]["object"][2:]))
    # Ids of 25 characters as its schema makes them (cuid), an IPFS hash of 46.
    words = ("cm3x8q2k40001l508d7f9h2ab", "cm3x8q2k40002l508g4j6k8cd", "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG")
    mint = encoded("mintCertificate(address,string,string,string)", (_person(4), *words))
    contract.post(
        ADMIN, encoded("mintCertificate(address,string,string,string)", (_person(5), *words)), to=specification
    )
    minted = contract.post(ADMIN, mint, to=specification)
    # Blockcerts on Ethereum: a transaction to oneself, the batch's root being its data.
    sent = rpc(url, "eth_sendTransaction", {"from": ISSUER, "to": ISSUER, "data": "0x" + _root(7).hex()})
    bare = mined(url, sent)
    return {"specification's mint": int(minted["gasUsed"], 16), "root in a bare transaction": int(bare["gasUsed"], 16)}


def tables(gas: dict[str, int]) -> str:
    """Return the figures as the page shows them."""
    rows: list[tuple[str, list[float]]] = [
        ("the specification's struct, one mint each", [gas["specification's mint"]] * len(SIZES)),
        ("`mintCertificate`, one each", [gas["mintCertificate"]] * len(SIZES)),
        ("**`anchorBatch`, one for all**", [gas[f"anchorBatch of {size}"] / size for size in SIZES]),
        ("Blockcerts: a bare transaction for all", [gas["root in a bare transaction"] / size for size in SIZES]),
    ]
    head = ["gas per certificate, of", *(f"{size:,}" for size in SIZES)]
    lines = [f"| {' | '.join(head)} |", "|---|" + "---:|" * len(SIZES)]
    lines += [f"| {name} | {' | '.join(_figure(value) for value in values)} |" for name, values in rows]
    lines += ["", "| gas of one call | |", "|---|---:|"]
    compared = {"specification's mint", "root in a bare transaction"}
    lines += [f"| {name} | {gas[name]:,} |" for name in gas if name not in compared]
    return "\n".join(lines)


def _figure(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _root(seed: int) -> bytes:
    return keccak(bytes([seed]))


def _person(seed: int) -> str:
    return "0x" + keccak(b"person" + bytes([seed]))[-20:].hex()


def _write() -> None:
    from tests.contracts.conftest import CONTRACTS, run_forge
    from tests.nodes import bare

    run_forge("build")
    with tempfile.TemporaryDirectory() as folder, bare(PROJECT / ".pytest_cache" / "d" / "anvil", Path(folder)) as url:
        gas = measure(url, CONTRACTS / ".forge" / "out")
    SNAPSHOT.write_text(json.dumps(gas, indent=1) + "\n")
    before, rest = PAGE.read_text().split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables(gas)}\n\n{END}{rest.split(END)[1]}")
    sys.stdout.write(tables(gas) + "\n")


if __name__ == "__main__":
    _write()
