"""The embedded chain as `make run` has it: what is final survives anything, and nothing is left running."""

import asyncio
import dataclasses
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from pygmalion_app.adapters.chain.embedded import embedded_connection
from pygmalion_app.adapters.chain.evm import EvmChain
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import AnchorBatch, DocumentStatus, Effect, RevokeCertificate
from tests.nodes import embedded

ROOT = b"\x11" * 32


@pytest.fixture
def cache(pytestconfig: pytest.Config) -> Path:
    """Return where the node's program is kept between runs."""
    return Path(pytestconfig.cache.mkdir("anvil"))  # pyright: ignore[reportOptionalMemberAccess]


async def _until(holds: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not await holds():  # type: ignore[misc]
        if time.monotonic() > deadline:
            pytest.fail("it never came true")
        await asyncio.sleep(0.05)


async def _anchor(chain: EvmChain, wanted: AnchorBatch | RevokeCertificate) -> bytes:
    signed = await chain.sign(wanted, (await chain.signer()).next_nonce)
    await chain.broadcast(signed.raw)

    async def is_final() -> bool:
        return await chain.effect(wanted, final=True) is Effect.SAME

    await _until(is_final)
    return signed.hash


async def test_what_is_final_survives_a_kill_and_nothing_is_left_running(tmp_path: Path, cache: Path) -> None:
    wanted = AnchorBatch(1, ROOT, 3)
    chain = EvmChain(embedded_connection(tmp_path))
    with embedded(tmp_path, cache) as process:
        sent = await _anchor(chain, wanted)
        (node,) = psutil.Process(process.pid).children()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if sys.platform == "linux":
            await asyncio.to_thread(node.wait, 5)
    with pytest.raises(UnavailableError):
        await chain.signer()
    before = embedded_connection(tmp_path)()
    with embedded(tmp_path, cache):
        assert embedded_connection(tmp_path)().contract == before.contract
        assert await chain.effect(wanted, final=True) is Effect.SAME
        receipt = await chain.receipt(sent)
        assert receipt is not None
        assert receipt.succeeded
    await chain.aclose()


async def test_an_unreadable_state_is_put_aside_and_the_contract_deployed_again(tmp_path: Path, cache: Path) -> None:
    chain = EvmChain(embedded_connection(tmp_path))
    with embedded(tmp_path, cache):
        await _anchor(chain, AnchorBatch(1, ROOT, 3))
    state = tmp_path / "chain" / "state.hex"
    state.write_text(state.read_text()[:500])
    with embedded(tmp_path, cache):
        assert await chain.effect(AnchorBatch(1, ROOT, 3), final=False) is Effect.ABSENT
        await _anchor(chain, AnchorBatch(1, ROOT, 3))
    assert (tmp_path / "chain" / "state.unreadable").exists()
    await chain.aclose()


async def test_the_key_is_our_own_and_only_ours_to_read(tmp_path: Path, cache: Path) -> None:
    with embedded(tmp_path, cache):
        record = tmp_path / "chain" / "chain.json"
        assert record.stat().st_mode & 0o077 == 0
        chain = EvmChain(embedded_connection(tmp_path))
        # Funded for the world by the mnemonic that every EVM developer knows.
        public = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
        assert int(await chain.rpc("eth_getBalance", public, "latest"), 16) == 0
        assert await chain.rpc("eth_accounts") == []
        await chain.aclose()


async def test_the_adapter_tells_effects_apart_and_fails_over(tmp_path: Path, cache: Path) -> None:
    with embedded(tmp_path, cache):
        good = embedded_connection(tmp_path)()
        # Most of three must agree before anything is final: the node by two names, and one that is not there.
        again = good.urls[0].replace("127.0.0.1", "localhost")
        chain = EvmChain(lambda: dataclasses.replace(good, urls=("http://127.0.0.1:9", *good.urls, again)))
        wanted = AnchorBatch(5, ROOT, 3)
        assert await chain.effect(wanted, final=False) is Effect.ABSENT
        await _anchor(chain, wanted)
        assert await chain.effect(AnchorBatch(5, b"\x12" * 32, 3), final=False) is Effect.DIFFERENT
        assert await chain.effect(AnchorBatch(5, ROOT, 4), final=False) is Effect.DIFFERENT
        revocation = RevokeCertificate(5 << 32, 2, 5 << 32 | 1)
        assert await chain.effect(RevokeCertificate(6 << 32, 2), final=False) is Effect.ABSENT
        assert await chain.effect(revocation, final=False) is Effect.ABSENT
        await _anchor(chain, revocation)
        assert await chain.effect(dataclasses.replace(revocation, reason_code=3), final=False) is Effect.DIFFERENT
        assert await chain.verify(5 << 32, ROOT, ()) is DocumentStatus.UNKNOWN
        await chain.aclose()
