"""An upgrade keeps every certificate: each release's layout is extended, and real proxies with data are upgraded."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pygmalion_app.adapters.chain.abi import artifact, call
from pygmalion_app.adapters.chain.deploy import upgrade_call
from tests.contracts.layout import interface, problems
from tests.contracts.proxies import ADMIN, HOLDER, ISSUER, Certificates, anchor

pytestmark = pytest.mark.timeout(400)  # the first run installs and compiles

CONTRACTS = Path(__file__).parents[2] / "contracts"
RELEASES = sorted((CONTRACTS / "releases").glob("*.json"))
BATCH, CERTIFICATE = "(bytes32,uint32,uint64)", "(uint64,uint32,bytes32,uint64,uint64,uint16,uint256,address)"


def test_a_release_is_kept() -> None:
    assert RELEASES, "contracts/releases/ has the artifacts of what was deployed; the next ones are compared with them"


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_every_release_can_become_this_one(release: Path) -> None:
    assert problems(json.loads(release.read_text()), artifact("PygmalionCertificate")) == []


def _swap(found: dict[str, Any]) -> None:
    first, second = found["storage"]
    first["slot"], second["slot"] = second["slot"], first["slot"]
    found["storage"] = [second, first]


def _narrow(found: dict[str, Any]) -> None:
    found["structs"]["t_struct(Batch)_storage"][1]["type"] = "t_uint16"


def _insert(found: dict[str, Any]) -> None:
    found["storage"].insert(0, {"label": "_new", "slot": "0", "offset": 0, "type": "t_uint256"})


def _cut(found: dict[str, Any]) -> None:
    del found["structs"]["t_struct(Revocation)_storage"][-1]


def _bare_struct_grows(found: dict[str, Any]) -> None:
    found["storage"].append({"label": "_one", "slot": "2", "offset": 0, "type": "t_struct(Batch)_storage"})
    found["structs"]["t_struct(Batch)_storage"].append({"label": "x", "slot": "2", "offset": 0, "type": "t_uint256"})


def _parent_moves(found: dict[str, Any]) -> None:
    found["namespaces"]["erc7201:openzeppelin.storage.ERC721"].reverse()


def _parent_goes(found: dict[str, Any]) -> None:
    del found["namespaces"]["erc7201:openzeppelin.storage.AccessControl"]


def _function_goes(found: dict[str, Any]) -> None:
    found["abi"] = [entry for entry in found["abi"] if entry.get("name") != "verifyDocument"]


def _answer_changes(found: dict[str, Any]) -> None:
    (entry,) = (entry for entry in found["abi"] if entry.get("name") == "batch")
    entry["outputs"][0]["components"].reverse()


@pytest.mark.parametrize(
    "change",
    [
        _swap,
        _narrow,
        _insert,
        _cut,
        _bare_struct_grows,
        _parent_moves,
        _parent_goes,
        _function_goes,
        _answer_changes,
    ],
)
def test_a_careless_change_is_noticed(change: Callable[[dict[str, Any]], None]) -> None:
    now = artifact("PygmalionCertificate")
    changed = copy.deepcopy(now)
    change(changed)
    assert problems(now, changed)


def test_what_is_added_at_the_end_is_fine() -> None:
    now = artifact("PygmalionCertificate")
    grown = copy.deepcopy(now)
    grown["storage"].append({"label": "_more", "slot": "2", "offset": 0, "type": "t_uint256"})
    grown["structs"]["t_struct(Batch)_storage"].append({"label": "x", "slot": "2", "offset": 0, "type": "t_uint256"})
    assert problems(now, grown) == []


def _everything(contract: Certificates, ids: list[int], commitments: list[bytes], proofs: Any) -> list[Any]:
    """Return all that the contract says of three certificates, one revoked, one delivered."""
    verify = "verifyDocument(uint256,bytes32,bytes32[])"
    return [
        contract.read("batch(uint64)", ids[0] >> 32, returns=BATCH),
        *(contract.read("certificates(uint256)", token_id, returns=CERTIFICATE) for token_id in ids),
        *(contract.read(verify, *one) for one in zip(ids, commitments, map(list, proofs), strict=True)),
        contract.read("ownerOf(uint256)", ids[1], returns="address"),
        contract.read("paused()", returns="bool"),
        contract.read("name()", returns="string"),
        *(contract.read("hasRole(bytes32,address)", contract.role(role), who, returns="bool")
          for role in ("ISSUER_ROLE", "REVOKER_ROLE", "UPGRADER_ROLE") for who in (ADMIN, ISSUER)),
    ]  # fmt: skip


def _with_data(contract: Certificates) -> tuple[list[int], list[bytes], Any]:
    ids, commitments, tree = anchor(contract, 12)
    contract.send(ISSUER, "revokeCertificate(uint256,uint16,uint256)", ids[0], 4, ids[2])
    contract.send(ISSUER, "deliver(uint256,address)", ids[1], HOLDER)
    contract.send(ADMIN, "pause()")
    return ids, commitments, tree.proofs


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_contract_of_every_release_keeps_its_data_in_this_one(url: str, release: Path) -> None:
    contract = Certificates(url, bytes.fromhex(json.loads(release.read_text())["bytecode"][2:]))
    data = _with_data(contract)
    before = _everything(contract, *data)
    contract.upgrade(bytes.fromhex(artifact("PygmalionCertificate")["bytecode"][2:]))
    assert _everything(contract, *data) == before
    contract.send(ADMIN, "unpause()")
    anchor(contract, 13)


def test_this_one_keeps_its_data_in_a_later_one(url: str, forged: Path) -> None:
    """The later one (contracts/test/Next.sol) adds state of its own, set up in the upgrade's transaction."""
    later = json.loads((forged / "Next.sol" / "Next.json").read_text())
    assert interface(artifact("PygmalionCertificate")) <= interface(later)
    contract = Certificates(url)
    data = _with_data(contract)
    before = _everything(contract, *data)
    implementation = contract.create(bytes.fromhex(later["bytecode"]["object"][2:]))
    contract.post(ADMIN, upgrade_call(implementation, call("initializeNext()")))
    assert _everything(contract, *data) == before
    assert contract.read("since()") == (contract.now(),)
