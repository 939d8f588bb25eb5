"""What the contract's administrator works with: the right chain, the keys, what things cost, and refusing."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from pydantic import SecretStr

from pygmalion_app.adapters.chain.deploy import has_contract
from pygmalion_app.adapters.chain.embedded import CHAIN_ID, LABEL, embedded_connection
from pygmalion_app.adapters.chain.evm import account
from pygmalion_app.adapters.chain.methods import decode_answer, encode_call, method
from pygmalion_app.adapters.chain.networks import network
from pygmalion_app.adapters.chain.rpc import Ask, JsonRpc, RefusedError, number, octets
from pygmalion_app.adapters.chain.transactions import fees
from pygmalion_app.core.config import Settings
from pygmalion_app.core.keccak import keccak
from pygmalion_app.core.ports import ChainNetwork

NETWORKS = {"embedded": network(CHAIN_ID, LABEL), "amoy": network(80002, ""), "polygon": network(137, "")}
_PROBE_SECONDS = 5.0
_GWEI, _WEI = Decimal(10**9), Decimal(10**18)


class RefusalError(Exception):
    """We do not do this; the text says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction of a plan."""

    what: str
    gas: int


@dataclass(frozen=True, slots=True)
class Desk:
    """One chain and one contract, and who acts."""

    network: ChainNetwork
    rpc: JsonRpc
    configured: str
    """The contract's address as it is set, or ""."""
    admin_secret: SecretStr
    signer_secret: SecretStr
    max_fee_wei: int

    @property
    def admin_key(self) -> str:
        """The administrator's key, else the signer's."""
        return self.admin_secret.get_secret_value() or self.signer_key

    @property
    def signer_key(self) -> str:
        """The key that anchors."""
        return self.signer_secret.get_secret_value()

    @property
    def admin(self) -> str:
        """The administrator's address. Raises RefusalError where its key cannot be read."""
        own = self.admin_secret.get_secret_value()
        return _address("CHAIN_ADMIN_KEY", own) if own else self.signer

    @property
    def signer(self) -> str:
        """The signer's address. Raises RefusalError where its key cannot be read."""
        return _address("CHAIN_SIGNER_KEY", self.signer_key)

    def accounts(self) -> dict[str, str]:
        """Return whom we have keys of, once each."""
        found = {"admin": self.admin} if self.admin_key else {}
        if self.signer_key and self.signer not in found.values():
            found["signer"] = self.signer
        return found

    async def contract(self) -> str:
        """Return the contract's address. Raises RefusalError where there is none."""
        if not self.configured:
            raise RefusalError("CHAIN_CONTRACT is not set; `deploy` makes a contract")
        if not await has_contract(self.rpc, self.configured):
            raise RefusalError(f"there is no contract at {self.configured} on {self.network.name}")
        return self.configured

    async def asks(self, name: str, *arguments: str) -> str:
        """Return what a function of the contract answers."""
        wanted = method(name)
        data = "0x" + encode_call(wanted, arguments).hex()
        answer = await self.rpc("eth_call", {"to": self.configured, "data": data}, "latest")
        return decode_answer(wanted, octets(answer))[0][1]

    async def has_role(self, role: str, address: str) -> bool:
        """Tell whether an account has a role of the contract."""
        name = "0x" + (bytes(32) if role == "ADMIN" else keccak(f"{role}_ROLE".encode())).hex()
        return await self.asks("hasRole", name, address) == "true"

    async def balance(self, address: str) -> int:
        """Return what an account has, in wei."""
        return number(await self.rpc("eth_getBalance", address, "latest"))

    async def agree(self, sender: str, steps: list[Step], *, dry_run: bool) -> bool:
        """Say what would be done and what it costs; True where it is to be done now.

        Raises RefusalError where the account cannot pay, gas costs too much, or transactions of the account are under
        way: a new one could take the place of one of them.
        """
        price = await fees(self.rpc)
        gas = sum(step.gas for step in steps)
        balance = await self.balance(sender)
        self.say("account", f"{sender}, {self.money(balance)}")
        for step in steps:
            self.say("would" if dry_run else "now", f"{step.what}: {step.gas:,} gas")
        now, most = gas * price.now, gas * price.limit
        self.say("cost", f"{gas:,} gas at {price.now / _GWEI:,.3f} gwei: {self.money(now)}, {self.money(most)} at most")
        if price.limit > self.max_fee_wei:
            raise RefusalError(f"CHAIN_MAX_FEE_GWEI allows {self.max_fee_wei / _GWEI:,.0f} gwei a unit of gas")
        if balance < most:
            raise RefusalError(f"{sender} has {self.money(balance)}, and up to {self.money(most)} is needed")
        if await self._under_way(sender):
            raise RefusalError(f"transactions of {sender} are under way; wait until they are mined")
        if dry_run:
            self.say("dry run", "nothing was sent")
        return not dry_run

    def say(self, what: str, text: str) -> None:
        """Write a line."""
        sys.stdout.write(f"{what:<10} {text}\n")
        sys.stdout.flush()

    def money(self, wei: int) -> str:
        """Return an amount in the chain's currency."""
        return f"{wei / _WEI:,.6f} {self.network.currency}"

    async def _under_way(self, sender: str) -> bool:
        mined = number(await self.rpc("eth_getTransactionCount", sender, "latest"))
        try:
            return number(await self.rpc("eth_getTransactionCount", sender, "pending")) > mined
        except RefusedError:
            return False


@asynccontextmanager
async def open_desk(name: str, settings: Settings) -> AsyncGenerator[Desk]:
    """Give what to work with on one of `NETWORKS`, every endpoint having said that it is on it.

    Raises RefusalError where one says otherwise, UnavailableError where none answers.
    """
    chain = NETWORKS[name]
    urls, contract = settings.chain_rpc_urls, settings.chain_contract
    admin, signer = settings.chain_admin_key, settings.chain_signer_key
    if name == "embedded":
        ours = embedded_connection(settings.pygmalion_home)()
        urls, contract, admin, signer = ours.urls, ours.contract, SecretStr(""), SecretStr(ours.signer_key)
    if not urls:
        raise RefusalError(f"CHAIN_RPC_URLS is not set: where is {chain.name}?")
    rpc = JsonRpc(lambda: urls, chain_id=chain.chain_id)
    desk = Desk(chain, rpc, contract, admin, signer, settings.chain_max_fee_gwei * 10**9)
    try:
        await _check_chain(desk)
        yield desk
    finally:
        await rpc.aclose()


async def _check_chain(desk: Desk) -> None:
    async def chain_of(ask: Ask) -> int:
        return number(await ask("eth_chainId"))

    answering: list[str] = []
    for url, found in await desk.rpc.probe(chain_of, _PROBE_SECONDS):
        # Addresses of nodes carry their customers' keys: only the host is ever shown.
        host = urlsplit(url).netloc.rpartition("@")[2]
        if isinstance(found, int) and found != desk.network.chain_id:
            raise RefusalError(f"{host} is on chain {found}, not on {desk.network.name} ({desk.network.chain_id})")
        if isinstance(found, int):
            answering.append(host)
    if not answering:
        raise RefusalError(f"no endpoint of {desk.network.name} answers")
    desk.say("network", f"{desk.network.name} ({desk.network.chain_id}) by {', '.join(answering)}")


def _address(name: str, key: str) -> str:
    if not key:
        raise RefusalError(f"{name} is not set")
    try:
        return str(account(key).address)
    except Exception:  # noqa: BLE001 - whatever it says may quote the key
        raise RefusalError(f"{name} is no private key (64 hexadecimal digits)") from None
