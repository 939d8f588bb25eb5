"""No call gets dearer without somebody deciding it, and the page says what the snapshot says."""

import json
from pathlib import Path

import pytest

from pygmalion_app.adapters.chain.deploy import IMPLEMENTATION_GAS, PROXY_GAS
from pygmalion_app.adapters.chain.evm import GAS_LIMIT
from tests.contracts.gas import BEGIN, END, PAGE, SNAPSHOT, measure, tables

pytestmark = pytest.mark.timeout(400)  # the first run installs and compiles

TOLERANCE = 0.02
"""Another compiler or hard fork moves figures by less; a forgotten storage slot costs 20,000."""


@pytest.fixture(scope="module")
def now(url: str, forged: Path) -> dict[str, int]:
    return measure(url, forged)


@pytest.fixture(scope="module")
def snapshot() -> dict[str, int]:
    return json.loads(SNAPSHOT.read_text())


def test_gas_is_what_the_snapshot_says(now: dict[str, int], snapshot: dict[str, int]) -> None:
    assert now.keys() == snapshot.keys()
    moved = {name: (snapshot[name], gas) for name, gas in now.items() if abs(gas - snapshot[name]) > TOLERANCE * gas}
    assert moved == {}, "`python -m tests.contracts.gas` writes a new snapshot, if this is meant"


def test_the_page_has_the_snapshots_figures(snapshot: dict[str, int]) -> None:
    assert PAGE.read_text().split(BEGIN)[1].split(END)[0].strip() == tables(snapshot)


def test_limits_leave_room(now: dict[str, int]) -> None:
    """What the signer allows for a call (adapters/chain/evm.py), and who deploys for a creation."""
    called = ["anchorBatch of 10000", "revokeCertificate with successor"]
    assert max(now[name] for name in called) * 1.5 < GAS_LIMIT
    assert now["create implementation"] * 1.2 < IMPLEMENTATION_GAS
    assert max(now["create proxy"], now["upgrade"]) * 1.5 < PROXY_GAS


def test_a_batch_costs_the_same_whatever_its_size(now: dict[str, int]) -> None:
    assert abs(now["anchorBatch of 1"] - now["anchorBatch of 10000"]) < 500
    assert now["anchorBatch of 10000"] / 10_000 < 10
    assert now["specification's mint"] > 20_000 * now["anchorBatch of 10000"] / 10_000
