"""The contract's own tests, in Solidity (contracts/test): promises for any arguments, and walks beside a model."""

import json
from typing import Any

import pytest

from tests.contracts.conftest import run_forge

pytestmark = pytest.mark.timeout(400)  # the first run installs and compiles

LEAST_FUZZED, LEAST_WALKED = 64, 1000
SUITES = {"CertificateTest": 18, "InvariantsTest": 1, "UpgradeTest": 1}


@pytest.fixture(scope="module")
def suites() -> dict[str, dict[str, Any]]:
    """Run them all once and return each suite's results by test."""
    answer = json.loads(run_forge("test", "--json"))
    return {name.rpartition(":")[2]: suite["test_results"] for name, suite in answer.items()}


def test_all_of_them_pass(suites: dict[str, dict[str, Any]]) -> None:
    failed = {
        name: result for tests in suites.values() for name, result in tests.items() if result["status"] != "Success"
    }
    assert failed == {}


def test_none_of_them_was_left_out_or_cut_short(suites: dict[str, dict[str, Any]]) -> None:
    """A suite that forge no longer finds, or fuzzes once, would pass as well."""
    assert {name: len(tests) for name, tests in suites.items()} == SUITES
    for tests in suites.values():
        for name, result in tests.items():
            kind = result["kind"]
            if "Fuzz" in kind:
                assert kind["Fuzz"]["runs"] >= LEAST_FUZZED, name
            else:
                assert kind["Invariant"]["calls"] >= LEAST_WALKED, name
