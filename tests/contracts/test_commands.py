"""`python -m pygmalion_app.commands.contract`: what it does, what it refuses, and what it never says."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pygmalion_app.adapters.chain.abi import artifact
from pygmalion_app.adapters.chain.deploy import IMPLEMENTATION_GAS, upgrade_call
from pygmalion_app.adapters.chain.embedded import embedded_connection
from pygmalion_app.adapters.chain.rpc import JsonRpc
from pygmalion_app.adapters.chain.transactions import Transaction, send
from pygmalion_app.commands import contract as command
from tests.contracts.proxies import ADMIN, ADMIN_KEY, HOLDER, ISSUER, ISSUER_KEY, STRANGER_KEY, Certificates, rpc
from tests.nodes import bare, embedded

pytestmark = pytest.mark.timeout(400)  # the first run installs and compiles

AMOY = 80002
SECRET_PATH = "?key=hunter2-of-a-customer"
ROOT = "0x" + "11" * 32

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def amoy(anvil_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a node that says it is Polygon Amoy."""
    with bare(anvil_cache, tmp_path_factory.mktemp("amoy"), AMOY) as url:
        yield url


@pytest.fixture
def run(amoy: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command with these keys on Amoy, and looks that nothing secret is said."""
    keys = {"CHAIN_ADMIN_KEY": ADMIN_KEY, "CHAIN_SIGNER_KEY": ISSUER_KEY}
    urls = {"CHAIN_RPC_URLS": json.dumps([f"{amoy}/{SECRET_PATH}"]), "PYGMALION_HOME": str(tmp_path)}
    for name, value in (keys | urls | {"CHAIN_CONTRACT": ""}).items():
        monkeypatch.setenv(name, value)
    for address in (ADMIN, ISSUER):
        rpc(amoy, "anvil_setBalance", address, hex(10**20))

    def ran(*arguments: str, network: str = "amoy", **environment: str) -> tuple[int, str]:
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            code = command.main([*arguments, "--network", network])
            secrets = [value.removeprefix("0x") for value in (keys | environment).values() if len(value) > 60]
        said = capsys.readouterr()
        text = said.out + said.err
        for secret in [*secrets, SECRET_PATH]:
            assert secret not in text
        return code, text

    return ran


@pytest.fixture
def contract(amoy: str) -> Certificates:
    return Certificates(amoy)


def _nonce(url: str, address: str) -> int:
    return int(rpc(url, "eth_getTransactionCount", address, "latest"), 16)


def test_a_dry_run_says_what_deploying_does_and_costs_and_sends_nothing(run: Run, amoy: str) -> None:
    nonce, block = _nonce(amoy, ADMIN), rpc(amoy, "eth_blockNumber")
    code, said = run("deploy", "--dry-run")
    assert (code, _nonce(amoy, ADMIN), rpc(amoy, "eth_blockNumber")) == (0, nonce, block)
    for words in (
        "Polygon Amoy (80002)",
        "create the implementation",
        "create the proxy",
        "POL at most",
        "nothing was sent",
    ):
        assert words in said
    assert f"{ADMIN} upgrades" in said
    assert f"{ISSUER} anchors" in said

    code, after = run("deploy")
    assert code == 0
    address = after.split("CHAIN_CONTRACT=")[1].strip()
    spent = 0
    for number in range(_nonce(amoy, ADMIN) - nonce):
        found = rpc(amoy, "eth_getBlockByNumber", hex(int(block, 16) + 1 + number), False)
        spent += int(found["gasUsed"], 16)
    told = int(said.split("cost")[1].split(" gas")[0].replace(",", ""))
    assert abs(told - spent) < 0.02 * spent

    code, said = run("status", CHAIN_CONTRACT=address)
    assert code == 0
    assert "this release" in said
    assert f"{ADMIN}, upgrader, admin," in said
    assert f"{ISSUER}, issuer, revoker," in said
    code, said = run("deploy", CHAIN_CONTRACT=address)
    assert code == 1
    assert "`upgrade`" in said


def test_nothing_is_done_on_another_chain_than_the_one_named(run: Run, amoy: str, url: str) -> None:
    nonces = [_nonce(node, ADMIN) for node in (amoy, url)]
    code, said = run("deploy", network="polygon")
    assert code == 1
    assert "on chain 80002, not on Polygon (137)" in said
    # One wrong endpoint of two is enough: what it says could be believed later.
    code, said = run("deploy", CHAIN_RPC_URLS=json.dumps([amoy, url]))
    assert code == 1
    assert "on chain 31338" in said
    code, said = run("deploy", CHAIN_RPC_URLS='["http://127.0.0.1:9/"]')
    assert code == 1
    assert "answers" in said
    assert [_nonce(node, ADMIN) for node in (amoy, url)] == nonces


def test_an_upgrade_brings_this_releases_code_and_keeps_the_data(run: Run, amoy: str, forged: Path) -> None:
    other = json.loads((forged / "Next.sol" / "Next.json").read_text())["bytecode"]["object"]
    contract = Certificates(amoy, bytes.fromhex(other[2:]))
    at = {"CHAIN_CONTRACT": contract.address}
    contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", 7, bytes.fromhex(ROOT[2:]), 3)

    nonce = _nonce(amoy, ADMIN)
    code, said = run("upgrade", "--dry-run", **at)
    assert (code, _nonce(amoy, ADMIN)) == (0, nonce)
    assert "nothing was sent" in said
    code, said = run("upgrade", CHAIN_ADMIN_KEY=STRANGER_KEY, **at)
    assert code == 1
    assert "no upgrader's role" in said
    assert "ANOTHER release" in run("status", **at)[1]

    code, said = run("upgrade", **at)
    assert code == 0
    assert "now runs" in said
    assert "this release" in run("status", **at)[1]
    assert contract.read("batch(uint64)", 7, returns="(bytes32,uint32,uint64)")[:2] == (bytes.fromhex(ROOT[2:]), 3)
    nonce = _nonce(amoy, ADMIN)
    code, said = run("upgrade", **at)
    assert (code, _nonce(amoy, ADMIN)) == (0, nonce)
    assert "already" in said


def test_any_function_can_be_called_by_its_name(run: Run, amoy: str, contract: Certificates) -> None:
    at = {"CHAIN_CONTRACT": contract.address}
    anchor = ["call", "anchorBatch", "7", ROOT, "0x3", "--as", "signer"]
    assert run(*anchor, "--dry-run", **at)[0] == 0
    assert "root       0x" + "00" * 32 in run("call", "batch", "7", **at)[1]
    code, said = run(*anchor, **at)
    assert code == 0
    assert "gas" in said
    said = run("call", "batch", "7", **at)[1]
    assert f"root       {ROOT}" in said
    assert "count      3" in said
    said = run("call", "revokeMany", f"[{7 << 32}, {7 << 32 | 1}]", "2", "--as", "signer", **at)[1]
    assert "done" in said
    assert "false" in run("call", "verifyCertificate(uint256)", str(7 << 32), **at)[1]
    assert "VALID" not in run("call", "verifyDocument", str(7 << 32 | 2), ROOT, "[]", **at)[1]
    assert f"owner      {'0x' + '0' * 40}" in run("call", "certificates", str(7 << 32 | 2), **at)[1]
    assert run("call", "pause", **at)[0] == 0
    code, said = run(*anchor, **at)
    assert code == 1
    assert "EnforcedPause()" in said


def test_what_the_contract_would_refuse_is_told_by_its_name_and_not_sent(
    run: Run, amoy: str, contract: Certificates
) -> None:
    nonce = _nonce(amoy, ADMIN)
    code, said = run("call", "revokeCertificate", str(99 << 32), "1", "0", CHAIN_CONTRACT=contract.address)
    assert code == 1
    assert "AccessControlUnauthorizedAccount(" in said
    code, said = run(
        "call", "revokeCertificate", str(99 << 32), "1", "0", "--as", "signer", CHAIN_CONTRACT=contract.address
    )
    assert code == 1
    assert f"PygmalionCertificateUnknown({99 << 32})" in said
    assert _nonce(amoy, ADMIN) == nonce


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["anchorBatches"], "it has"),
        (["safeTransferFrom", HOLDER, HOLDER, "1"], "safeTransferFrom(address,address,uint256)"),
        (["batch"], "takes uint64 batchId"),
        (["batch", "seven"], "no uint64"),
        (["batch", str(1 << 64)], "no uint64"),
        (["anchorBatch", "7", "0x1122", "3"], "no bytes32"),
        (["deliver", "7", HOLDER[:-1]], "no address"),
        (["deliver", "7", HOLDER.swapcase().replace("X", "x")], "no address"),
        (["setApprovalForAll", HOLDER, "perhaps"], "no bool"),
        (["revokeMany", "7", "1"], "no uint256[]"),
    ],
)
def test_senseless_arguments_are_explained(
    run: Run, contract: Certificates, arguments: list[str], complaint: str
) -> None:
    code, said = run("call", *arguments, CHAIN_CONTRACT=contract.address)
    assert code == 2
    assert complaint in said


def test_an_account_that_cannot_pay_or_has_transactions_under_way_is_refused(run: Run, amoy: str) -> None:
    rpc(amoy, "anvil_setBalance", ADMIN, hex(10**9))
    code, said = run("deploy", "--dry-run")
    assert code == 1
    assert "is needed" in said
    rpc(amoy, "anvil_setBalance", ADMIN, hex(10**20))
    assert "CHAIN_MAX_FEE_GWEI allows 1 gwei" in run("deploy", CHAIN_MAX_FEE_GWEI="1")[1]

    rpc(amoy, "anvil_impersonateAccount", ADMIN)
    rpc(amoy, "evm_setAutomine", False)
    try:
        rpc(amoy, "eth_sendTransaction", {"from": ADMIN, "to": HOLDER, "value": "0x1"})
        code, said = run("deploy", "--dry-run")
        assert code == 1
        assert "under way" in said
    finally:
        rpc(amoy, "evm_setAutomine", True)
        rpc(amoy, "evm_mine")


@pytest.mark.parametrize("key", ["0xnot-hexadecimal-at-all-and-long-enough-to-be-looked-for-in-the-output!", "ab" * 40])
def test_a_key_that_cannot_be_read_is_not_quoted(run: Run, key: str) -> None:
    code, said = run("deploy", CHAIN_ADMIN_KEY=key)
    assert code == 1
    assert "CHAIN_ADMIN_KEY is no private key" in said


def test_without_a_contract_or_node_it_says_what_to_set(run: Run, amoy: str) -> None:
    assert "CHAIN_CONTRACT is not set" in run("upgrade")[1]
    assert "there is no contract at" in run("status", CHAIN_CONTRACT=HOLDER)[1]
    assert "CHAIN_RPC_URLS is not set" in run("status", CHAIN_RPC_URLS="[]")[1]
    proxy_less = Certificates(amoy).implementation
    assert "is no proxy" in run("upgrade", CHAIN_CONTRACT=proxy_less)[1]


def test_the_embedded_chains_contract_is_administered_the_same_way_and_upgraded_at_start(
    run: Run, tmp_path: Path, anvil_cache: Path, forged: Path
) -> None:
    anchor = ["call", "anchorBatch", "7", ROOT, "3"]
    with embedded(tmp_path, anvil_cache):
        code, said = run("status", network="embedded")
        assert code == 0
        assert "issuer, revoker, upgrader, admin" in said
        assert run(*anchor, network="embedded")[0] == 0
        assert "already" in run("upgrade", network="embedded")[1]
        code, said = run("deploy", network="embedded")
        assert code == 1
        assert "is the contract already" in said
        # As an older installation has it: other code behind the proxy.
        asyncio.run(_run_other_code(tmp_path, (forged / "Next.sol" / "Next.json").read_text()))
        assert "ANOTHER release" in run("status", network="embedded")[1]
    with embedded(tmp_path, anvil_cache):
        assert "this release" in run("status", network="embedded")[1]
        assert f"root       {ROOT}" in run("call", "batch", "7", network="embedded")[1]


async def _run_other_code(home: Path, compiled: str) -> None:
    ours = embedded_connection(home)()
    rpc = JsonRpc(lambda: ours.urls)
    code = bytes.fromhex(json.loads(compiled)["bytecode"]["object"][2:])
    created = await send(rpc, ours.signer_key, Transaction(code, gas=IMPLEMENTATION_GAS))
    change = upgrade_call(str(created["contractAddress"]), b"")
    receipt = await send(rpc, ours.signer_key, Transaction(change, to=ours.contract))
    for _ in range(500):
        final = await rpc("eth_getBlockByNumber", "finalized", False)
        if int(final["number"], 16) >= int(receipt["blockNumber"], 16):  # what is final is on disk
            break
        await asyncio.sleep(0.02)
    await rpc.aclose()


def test_a_mistyped_operator_is_noticed(run: Run, amoy: str) -> None:
    nonce = _nonce(amoy, ADMIN)
    code, said = run("deploy", "--operator", HOLDER[:-1] + "0")
    assert (code, _nonce(amoy, ADMIN)) == (2, nonce)
    assert "no address" in said
    assert f"{HOLDER} anchors" in run("deploy", "--operator", HOLDER, "--dry-run", CHAIN_SIGNER_KEY="")[1]


def test_every_function_of_the_contract_can_be_named() -> None:
    from pygmalion_app.adapters.chain.methods import method, methods

    functions = [entry for entry in artifact("PygmalionCertificate")["abi"] if entry["type"] == "function"]
    found: list[Any] = [method(each.signature) for each in methods()]
    assert len(found) == len(functions)
