"""A certificate contract on a bare node, called as anybody."""

import atexit
import time
from typing import Any

import httpx
from eth_abi.abi import decode, encode
from eth_account import Account

from pygmalion_app.adapters.chain.abi import artifact, call, selector
from pygmalion_app.adapters.chain.deploy import proxy_code, upgrade_call
from pygmalion_app.certificates import merkle
from pygmalion_app.core.keccak import keccak
from tests.servers import PLAIN

ISSUER_KEY, ADMIN_KEY, HOLDER_KEY, STRANGER_KEY = ("0x" + pair * 32 for pair in ("a1", "b2", "c3", "d4"))
ISSUER, ADMIN, HOLDER, STRANGER = (
    Account.from_key(key).address for key in (ISSUER_KEY, ADMIN_KEY, HOLDER_KEY, STRANGER_KEY)
)
ERRORS = {
    selector(f"{entry['name']}({','.join(i['type'] for i in entry['inputs'])})"): entry["name"]
    for entry in artifact("PygmalionCertificate")["abi"]
    if entry["type"] == "error"
}


# One client for all: each new one reads the certificates of all authorities.
_CLIENT = httpx.Client(verify=PLAIN, trust_env=False)
atexit.register(_CLIENT.close)


class RevertedError(Exception):
    """The contract refused, by the named error."""


def rpc(url: str, method: str, *params: Any) -> Any:
    """Return a call's result; RevertedError by the contract's own error."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = _CLIENT.post(url, json=body).json()
    if "error" in answer:
        data = answer["error"].get("data") or "0x"
        raise RevertedError(ERRORS.get(bytes.fromhex(data[2:10]), answer["error"]["message"]))
    return answer["result"]


def mined(url: str, transaction: str) -> dict[str, Any]:
    """Return a transaction's receipt; the node mines at once, and answers before that."""
    for _ in range(1000):
        if receipt := rpc(url, "eth_getTransactionReceipt", transaction):
            return receipt
        time.sleep(0.002)
    raise TimeoutError(transaction)


def lend_accounts(url: str) -> None:
    """Give everybody money, and let the node sign for them."""
    for sender in (ADMIN, ISSUER, HOLDER, STRANGER):
        rpc(url, "anvil_setBalance", sender, hex(10**20))
        rpc(url, "anvil_impersonateAccount", sender)


def code_of(name: str) -> bytes:
    """Return the creation code of a committed artifact."""
    return bytes.fromhex(artifact(name)["bytecode"][2:])


class Certificates:
    """A contract of this test's own, behind its proxy."""

    def __init__(self, url: str, code: bytes = b"") -> None:
        """Deploy the committed artifact, or another implementation's creation code."""
        self._url = url
        lend_accounts(url)
        self.implementation = self.create(code or code_of("PygmalionCertificate"))
        self.address = self.create(proxy_code(self.implementation, call("initialize(address,address)", ADMIN, ISSUER)))

    def rpc(self, method: str, *params: Any) -> Any:
        """Ask the node; RevertedError by the contract's own error."""
        return rpc(self._url, method, *params)

    def send(self, sender: str, signature: str, *arguments: Any, to: str | None = None) -> dict[str, Any]:
        """Call a function in a transaction and return its receipt."""
        return self.post(sender, encoded(signature, arguments), to=to)

    def post(self, sender: str, data: bytes, to: str | None = None) -> dict[str, Any]:
        """Send a transaction and return its receipt."""
        target = {"from": sender, "to": to or self.address, "data": "0x" + data.hex()}
        self.rpc("eth_call", target, "latest")  # tells the reason, which a receipt does not
        return mined(self._url, self.rpc("eth_sendTransaction", target))

    def read(self, signature: str, *arguments: Any, returns: str = "(uint256)") -> Any:
        """Read without a transaction."""
        data = "0x" + encoded(signature, arguments).hex()
        answer = self.rpc("eth_call", {"to": self.address, "data": data}, "latest")
        return decode([returns], bytes.fromhex(answer[2:]))[0]

    def create(self, code: bytes) -> str:
        """Create a contract and return its address."""
        return str(self.created(code)["contractAddress"])

    def created(self, code: bytes) -> dict[str, Any]:
        """Create a contract and return the receipt."""
        sent = self.rpc("eth_sendTransaction", {"from": ADMIN, "data": "0x" + code.hex()})
        return mined(self._url, sent)

    def upgrade(self, code: bytes) -> None:
        """Put another implementation behind the proxy."""
        self.post(ADMIN, upgrade_call(self.create(code), b""))

    def now(self) -> int:
        """Return the newest block's time."""
        return int(self.rpc("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    @staticmethod
    def role(name: str) -> bytes:
        """Return a role's id."""
        return keccak(name.encode())


def encoded(signature: str, arguments: tuple[Any, ...]) -> bytes:
    """Return a call's data."""
    types = signature[signature.index("(") + 1 : -1]
    return selector(signature) + encode(types.split(",") if types else [], arguments)


def anchor(contract: Certificates, batch: int, *, count: int = 3) -> tuple[list[int], list[bytes], merkle.MerkleTree]:
    """Anchor a batch and return its token ids, commitments and tree."""
    ids = [batch << 32 | index for index in range(count)]
    commitments = [keccak(bytes([index])) for index in range(count)]
    tree = merkle.build([merkle.leaf(*pair) for pair in zip(ids, commitments, strict=True)])
    contract.send(ISSUER, "anchorBatch(uint64,bytes32,uint32)", batch, tree.root, count)
    return ids, commitments, tree


def claim_typed_data(contract: Certificates, token_id: int, to: str, deadline: int) -> tuple[Any, Any, Any]:
    """Return the EIP-712 domain, types and message that an issuer signs for a holder."""
    chain_id = int(contract.rpc("eth_chainId"), 16)
    return (
        {"name": "Pygmalion Certificate", "version": "1", "chainId": chain_id, "verifyingContract": contract.address},
        {
            "Claim": [
                {"name": n, "type": t} for n, t in (("tokenId", "uint256"), ("to", "address"), ("deadline", "uint256"))
            ]
        },
        {"tokenId": token_id, "to": to, "deadline": deadline},
    )
