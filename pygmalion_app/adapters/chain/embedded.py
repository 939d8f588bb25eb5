"""The embedded chain: an anvil node of our own, with its own chain id and its own key, for trying out only.

    async with embedded_chain(settings, progress=print) as chain:   # installs, starts, deploys; ready when entered
        await chain.wait()                                          # returns if the node dies; `start()` again then

or `python -m pygmalion_app.adapters.chain.embedded`, which runs until SIGTERM. Other processes with the same
PYGMALION_HOME find the node through `chain/chain.json` (`embedded_connection`), also after it moved to another port.

How it stays safe:
- We are the network: the node mines nothing by itself. Where transactions wait, we mine a block, write the whole
  state to disk (temporary file, fsync, rename), and only then mine the two empty blocks that make it `finalized`.
  So whatever was ever FINAL survives `kill -9` of everything; what was not is sent again by the anchoring jobs.
  anvil's own `--state` is not used: killed in mid-write it refuses to start again.
- The node dies with us (PR_SET_PDEATHSIG on Linux); what an earlier run left behind elsewhere is ended at start.
- A state that cannot be read is put aside and the chain begins anew: PostgreSQL holds every root, and the anchoring
  jobs put them back.
"""

import asyncio
import contextlib
import ctypes
import json
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pygmalion_app.adapters.chain.deploy import (
    create_implementation,
    deploy,
    has_contract,
    implementation_of,
    is_current,
    upgrade,
)
from pygmalion_app.adapters.chain.evm import Connection, account
from pygmalion_app.adapters.chain.install import install
from pygmalion_app.adapters.chain.rpc import JsonRpc, RefusedError
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError

CHAIN_ID = 0x505947  # "PYG": no public network uses it
LABEL = "chaîne de démonstration"
_START_SECONDS = 20
_POLL_SECONDS = 0.1
# Where nothing was sent for a while: asking ten times a second, all day long, takes three per cent of a core.
_QUIET_AFTER_SECONDS = 5.0
_QUIET_POLL_SECONDS = 0.5
_FUNDS = hex(10**24)
# With one slot an epoch, anvil calls the block two behind the newest `finalized`.
_FINALITY_BLOCKS = 2
_PR_SET_PDEATHSIG = 1

Progress = Callable[[str], None]


def _silent(_line: str) -> None:
    return


class EmbeddedChain:
    """One node and the loop that is its network. Not for use by several processes on the same folder."""

    def __init__(self, home: Path, port: int = 0, progress: Progress = _silent) -> None:
        """Keep everything under `home`/chain; port 0 takes the last run's, or any free one."""
        self._home = home.resolve()
        self._folder = self._home / "chain"
        self._wanted_port = port
        self._progress = progress
        self._port = 0
        self._node: asyncio.subprocess.Process | None = None
        self._network: asyncio.Task[None] | None = None
        self.rpc = JsonRpc(lambda: (f"http://127.0.0.1:{self._port}",))

    async def start(self) -> Connection:
        """Install, start, restore, deploy what is missing, and return how to reach the contract.

        Raises AnvilMissingError where the node cannot be had, UnavailableError where it does not start.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        program = await asyncio.to_thread(install, self._home)
        self._end_leftover()
        record = _read_record(self._folder)
        self._port = self._choose_port(int(record.get("port", 0)))
        await self._launch(program)
        try:
            await self._restore()
            key = record.setdefault("signerKey", secrets.token_hex(32))
            if "signer" not in record:
                record["signer"] = account(key).address
            await self.rpc("anvil_setBalance", record["signer"], _FUNDS)
            await self.rpc("anvil_mine", hex(_FINALITY_BLOCKS))
            self._network = asyncio.create_task(self._be_the_network(), name="embedded-chain")
            await self._ensure_contract(record)
        except BaseException:
            await self.stop()
            raise
        return connection_from(record)

    async def wait(self) -> int:
        """Return the node's exit code once it has ended."""
        return await self._node.wait() if self._node else 0

    async def stop(self) -> None:
        """End the node. Nothing is lost: what is final is on disk already."""
        if self._network:
            self._network.cancel()
            with contextlib.suppress(asyncio.CancelledError, UnavailableError):
                await self._network
            self._network = None
        if self._node and self._node.returncode is None:
            self._node.terminate()
            try:
                await asyncio.wait_for(self._node.wait(), 5)
            except TimeoutError:
                self._node.kill()
                await self._node.wait()
        self._pid_file.unlink(missing_ok=True)
        await self.rpc.aclose()

    @property
    def _state_file(self) -> Path:
        return self._folder / "state.hex"

    @property
    def _pid_file(self) -> Path:
        return self._folder / "anvil.pid"

    async def _launch(self, program: Path) -> None:
        where = ["--host", "127.0.0.1", "--port", str(self._port), "--chain-id", str(CHAIN_ID)]
        what = ["--no-mining", "--accounts", "0", "--slots-in-an-epoch", "1", "--max-persisted-states", "0", "--silent"]
        with (self._folder / "anvil.log").open("wb") as log:
            self._node = await asyncio.create_subprocess_exec(
                program, *where, *what, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                # anvil writes under HOME; Ctrl-C must reach us first, hence a session of its own.
                env={"HOME": str(self._folder), "PATH": os.environ.get("PATH", "")},
                start_new_session=True, preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )  # fmt: skip
        self._pid_file.write_text(str(self._node.pid))
        for _ in range(_START_SECONDS * 50):
            with contextlib.suppress(UnavailableError):
                await self.rpc("eth_chainId", seconds=1.0)
                return
            if self._node.returncode is not None:
                break
            await asyncio.sleep(0.02)
        words = (self._folder / "anvil.log").read_text(errors="replace")[-400:]
        await self.stop()
        raise UnavailableError(part="chain", reason=f"anvil did not start: {words}")

    async def _restore(self) -> None:
        if not self._state_file.exists():
            return
        try:
            await self.rpc("anvil_loadState", self._state_file.read_text(), seconds=60.0)
        except (RefusedError, UnicodeDecodeError):
            aside = self._state_file.replace(self._state_file.with_suffix(".unreadable"))
            self._progress(f"the chain's state could not be read; kept as {aside.name}, all roots are anchored again")

    async def _ensure_contract(self, record: dict[str, Any]) -> None:
        if not await has_contract(self.rpc, record.get("contract", "")):
            self._progress("deploying the certificate contract")
            record["contract"] = await deploy(self.rpc, record["signerKey"])
        elif not await is_current(self.rpc, await implementation_of(self.rpc, record["contract"])):
            self._progress("upgrading the certificate contract to this release's")
            implementation = await create_implementation(self.rpc, record["signerKey"])
            await upgrade(self.rpc, record["signerKey"], record["contract"], implementation)
        record |= {"port": self._port, "chainId": CHAIN_ID}
        _write_atomically(self._folder / "chain.json", json.dumps(record, indent=1))

    async def _be_the_network(self) -> None:
        busy = time.monotonic()
        while True:
            pool = await self.rpc("txpool_status")
            if int(pool["pending"], 16):
                busy = time.monotonic()
                await self.rpc("evm_mine")
                await self._save()
                await self.rpc("anvil_mine", hex(_FINALITY_BLOCKS))
            else:
                quiet = time.monotonic() - busy > _QUIET_AFTER_SECONDS
                await asyncio.sleep(_QUIET_POLL_SECONDS if quiet else _POLL_SECONDS)

    async def _save(self) -> None:
        state = await self.rpc("anvil_dumpState", seconds=60.0)
        await asyncio.to_thread(_write_atomically, self._state_file, state)

    def _choose_port(self, last: int) -> int:
        for port in (self._wanted_port, last, 0):
            with socket.socket() as probe, contextlib.suppress(OSError):
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
        raise UnavailableError(part="chain", reason="no free port")

    def _end_leftover(self) -> None:
        """End a node that a killed run left behind (only where nothing ends it with its parent)."""
        # Here alone: the processes that only ask where the chain is load this module too.
        import psutil

        with contextlib.suppress(OSError, ValueError, psutil.Error):
            process = psutil.Process(int(self._pid_file.read_text()))
            if process.name() == "anvil" and process.environ().get("HOME") == str(self._folder):
                process.kill()
                process.wait(5)


def embedded_connection(home: Path) -> Callable[[], Connection]:
    """Return what tells where the embedded chain is now; UnavailableError while it has never run."""
    folder = home.resolve() / "chain"

    def connection() -> Connection:
        record = _read_record(folder)
        if "contract" not in record:
            raise UnavailableError(part="chain", reason="the embedded chain has not started yet")
        return connection_from(record)

    return connection


def connection_from(record: dict[str, Any]) -> Connection:
    """Return the connection that a `chain.json` describes."""
    return Connection(
        urls=(f"http://127.0.0.1:{record['port']}",),
        contract=record["contract"],
        signer_key=record["signerKey"],
        confirmations=_FINALITY_BLOCKS,
    )


@asynccontextmanager
async def embedded_chain(settings: Settings, progress: Progress = _silent) -> AsyncGenerator[EmbeddedChain]:
    """Run the embedded chain while the block runs; ready, with the contract deployed, when it is entered."""
    chain = EmbeddedChain(settings.pygmalion_home, settings.chain_port, progress)
    await chain.start()
    try:
        yield chain
    finally:
        await chain.stop()


def _read_record(folder: Path) -> dict[str, Any]:
    try:
        return json.loads((folder / "chain.json").read_text())
    except FileNotFoundError:
        return {}


def _write_atomically(path: Path, text: str) -> None:
    temporary = path.with_suffix(".tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _die_with_parent() -> None:
    """Run in the child before the node: the kernel ends it when the thread that started it ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _main() -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with embedded_chain(Settings.load(), progress=_say) as chain:
        connection = embedded_connection(Settings.load().pygmalion_home)()
        _say(f"{LABEL}: chain {CHAIN_ID} at {connection.urls[0]}, contract {connection.contract}")
        ended = [asyncio.create_task(chain.wait()), asyncio.create_task(stopping.wait())]
        await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        if not stopping.is_set():
            sys.exit(f"the chain's node ended with code {ended[0].result()}")


if __name__ == "__main__":
    asyncio.run(_main())
