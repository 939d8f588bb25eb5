"""What the application needs from outside, each with an embedded and a real adapter that pass the same tests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.gateway import GatewayBalance, MerchantAccounts, PaymentGateway
from pygmalion_app.core.identity import ProviderClient, ProviderFault, ProviderIdentity, SignInAnswer, SignInRequest


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a message brings; `media_type` with its parameters (`text/calendar; method=PUBLISH`)."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Email:
    """A message ready to send; both bodies say the same."""

    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


class Mailer(Protocol):
    """Sends mail."""

    name: str

    async def send(self, email: Email, *, key: str) -> None:
        """Send once; `key` lets an adapter recognise a repetition. Raises UnavailableError."""
        ...


@dataclass(frozen=True, slots=True)
class PushDevice:
    """A browser that takes pushes: its service's address, and what encrypts to it alone."""

    endpoint: str
    public_key: bytes
    """An uncompressed P-256 point."""
    secret: bytes
    """16 bytes."""


class PushDelayedError(UnavailableError):
    """A push service takes no more for now."""

    code: ClassVar[str] = "unavailable"

    def __init__(self, wait: timedelta) -> None:
        """Keep how long it asks to wait; nothing for as long as we like."""
        super().__init__(part="push")
        self.wait = wait


class PushSender(Protocol):
    """Rings devices through their browsers' push services."""

    name: str
    public_key: str
    """What browsers subscribe for, base64url."""

    def accepts(self, endpoint: str) -> bool:
        """Tell whether an address may be a push service's: never one inside somebody's network."""
        ...

    async def send(self, device: PushDevice, message: bytes, *, key: UUID, now: datetime) -> bool:
        """Send, encrypted; False where the subscription is over. Raises PushDelayedError, UnavailableError.

        `key` names the message: the same again takes the place of one that still waits.
        """
        ...


class FileStore(Protocol):
    """Keeps files by key; keys are paths such as `certificates/<sha256>.pdf`."""

    name: str

    async def put(self, key: str, content: bytes) -> None:
        """Store; storing the same key again replaces it."""
        ...

    async def get(self, key: str) -> bytes:
        """Return the content; NotFoundError when there is none."""
        ...

    async def delete(self, key: str) -> None:
        """Delete; deleting what is not there is no error."""
        ...


class FileScanner(Protocol):
    """Looks for malicious software in files that people send."""

    name: str

    async def scan(self, content: bytes) -> str | None:
        """Return the name of what was found, None for a clean file. Raises UnavailableError."""
        ...


@dataclass(frozen=True, slots=True)
class AnchorBatch:
    """Record a batch's Merkle root on chain."""

    batch_id: int
    root: bytes
    count: int


@dataclass(frozen=True, slots=True)
class RevokeCertificate:
    """Take a certificate back on chain; `replaced_by` is the successor's token id or 0."""

    token_id: int
    reason_code: int
    replaced_by: int = 0


ContractCall = AnchorBatch | RevokeCertificate
"""Both are idempotent in the contract: the same again changes nothing, something else under the same id reverts."""


class Effect(StrEnum):
    """What the contract holds of a call."""

    ABSENT = "absent"
    SAME = "same"
    DIFFERENT = "different"


class DocumentStatus(StrEnum):
    """What the contract says of a document."""

    UNKNOWN = "unknown"
    VALID = "valid"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class SignerState:
    """Who signs and where; `next_nonce` is the first that no mined transaction uses."""

    chain_id: int
    contract: str
    address: str
    next_nonce: int


@dataclass(frozen=True, slots=True)
class SignedCall:
    """A transaction ready to be sent; fees in wei per unit of gas."""

    nonce: int
    hash: bytes
    raw: bytes
    max_fee: int
    priority_fee: int


@dataclass(frozen=True, slots=True)
class CallReceipt:
    """A transaction that stands in a block."""

    succeeded: bool
    block_number: int
    block_hash: bytes
    gas_used: int = 0
    gas_price: int = 0
    """Wei paid for each unit of gas; with `gas_used`, what the transaction cost."""


class NodeState(StrEnum):
    """How a node answered just now."""

    WELL = "well"
    BEHIND = "behind"
    SILENT = "silent"
    REFUSING = "refusing"
    OTHER_CHAIN = "other_chain"


@dataclass(frozen=True, slots=True)
class NodeHealth:
    """One node asked just now. `host` only: its address may hold a secret key."""

    host: str
    state: NodeState
    milliseconds: int | None = None
    block: int | None = None


@dataclass(frozen=True, slots=True)
class ChainNetwork:
    """What people know a chain by; `explorer` is empty where no public one shows it."""

    chain_id: int
    name: str
    currency: str
    explorer: str = ""


@dataclass(frozen=True, slots=True)
class ChainOverview:
    """A chain as it answers now; what nobody could tell is None."""

    network: ChainNetwork | None
    contract: str
    signer: str
    balance_wei: int | None
    nodes: tuple[NodeHealth, ...]
    needed: int
    """How many nodes must say the same before a batch is final."""


class ChainAnchor(Protocol):
    """The contract that anchors certificates. Every method raises UnavailableError when no node answers.

    Several nodes may be asked, and one of them may lie or lag: what decides for good (`effect` with `final`, `agreed`)
    is only said when most of the configured nodes say the same.
    """

    @property
    def name(self) -> str:
        """What people call this chain."""
        ...

    async def signer(self) -> SignerState:
        """Return who signs, where, and the next nonce."""
        ...

    async def sign(self, wanted: ContractCall, nonce: int) -> SignedCall:
        """Sign without sending."""
        ...

    async def sign_successor(self, wanted: ContractCall, stale: SignedCall) -> SignedCall | None:
        """Sign with the stale one's nonce and fees that let it take its place; None where that would cost too much."""
        ...

    async def broadcast(self, raw: bytes) -> None:
        """Send a signed transaction; sending it again is no error, and what nodes answer decides nothing."""
        ...

    async def receipt(self, transaction_hash: bytes) -> CallReceipt | None:
        """Return what became of a transaction, None while it is in no block."""
        ...

    async def effect(self, wanted: ContractCall, *, final: bool) -> Effect:
        """Tell what the contract holds of a call, now or (`final`) where it can no longer change.

        Final and not ABSENT only when most of the nodes say so. Now: what most of those who answered say.
        """
        ...

    async def agreed(self, wanted: ContractCall) -> Effect | None:
        """Tell what most of the configured nodes say that the contract holds now; None when they do not agree."""
        ...

    async def locate(self, wanted: ContractCall) -> bytes | None:
        """Return the hash of the transaction that made a call, read from the contract's events; None if not found."""
        ...

    async def overview(self) -> ChainOverview:
        """Return how the nodes and the signer are now; answers within some seconds and never raises."""
        ...

    async def verify(self, token_id: int, commitment: bytes, proof: tuple[bytes, ...]) -> DocumentStatus:
        """Ask the contract about a document; answers or raises within about two seconds."""
        ...


class Hit(NamedTuple):
    """How an attempt under a limit ended. A tuple: one is made for each request."""

    allowed: bool
    limit: int
    remaining: int
    reset_seconds: float
    """Refused: until one more is allowed. Allowed: until the window at hand ends."""
    window_seconds: int


class RateLimiter(Protocol):
    """Counts attempts. What is refused is not counted; two at once are never both the last one."""

    name: str

    async def hit(self, key: str, amount: int, seconds: int) -> Hit:
        """Count one attempt of `amount` allowed in any `seconds`. Raises UnavailableError."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class IdentityProvider(Protocol):
    """Organisations' own OpenID providers. Every method but `faults` raises IdentityProviderError."""

    name: str

    async def authorization_url(self, client: ProviderClient, request: SignInRequest) -> str:
        """Return the address to send the browser to."""
        ...

    async def redeem(self, client: ProviderClient, answer: SignInAnswer, now: datetime) -> ProviderIdentity:
        """Trade the code for a validated identity; a code is good once."""
        ...

    async def sign_out_url(self, client: ProviderClient, id_token: str, return_to: str) -> str | None:
        """Return where the browser ends the provider's own session, None where there is no such place."""
        ...

    async def faults(self, client: ProviderClient) -> tuple[ProviderFault, ...]:
        """Try everything that can be tried without a person, and return what is wrong."""
        ...


@dataclass(frozen=True, slots=True)
class Establishment:
    """What a public register says of an establishment."""

    siret: str
    name: str
    address: str
    postal_code: str
    city: str


class CompanyRegistry(Protocol):
    """Looks establishments up in a public register (Sirene)."""

    name: str
    demonstration: bool
    """Whether its answers are invented; whoever sees them is told."""

    async def establishment(self, siret: str) -> Establishment | None:
        """Return an establishment, None for one that the register does not know. Raises UnavailableError."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """The adapters chosen at start."""

    mailer: Mailer
    files: FileStore
    payments: PaymentGateway
    merchants: MerchantAccounts
    balance: GatewayBalance
    chain: ChainAnchor
    identity: IdentityProvider
    limiter: RateLimiter
    scanner: FileScanner | None = None
    """Where none is configured, files are checked for their form alone."""
    registry: CompanyRegistry | None = None
    """Where there is none, people type their establishment's name and address themselves."""
    push: PushSender | None = None
    """Where this installation has no key for it, devices are not rung."""
