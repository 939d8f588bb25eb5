"""Keys as plain data: what is handed to whoever signs and verifies, in a process without a database too."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pygmalion_app.certificates.keys import material
from pygmalion_app.certificates.keys.kinds import KeyKind


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What everybody may know of a key; `organization_id` is empty for the platform's own.

    Plain data, as a SigningKey is: processes hand them to each other.
    """

    id: UUID
    organization_id: UUID | None
    kind: KeyKind
    der: bytes
    """SubjectPublicKeyInfo."""
    chain: tuple[bytes, ...]
    """X.509 certificates, DER, the key's own first and the authority's last; none for Ed25519."""
    started_at: datetime
    retired_at: datetime | None
    """Set for a key that signs nothing any more; what it signed stays good."""

    @property
    def key(self) -> material.Public:
        """The key to verify with."""
        return material.public_from(self.der)

    @property
    def kid(self) -> str:
        """The JWK thumbprint, 43 characters: the fragment that names this key in a DID document."""
        return material.thumbprint(self.key)

    @property
    def jwk(self) -> dict[str, str]:
        """The key as JWK, with its `kid`."""
        return {**material.jwk_of(self.key), "kid": self.kid}

    @property
    def multibase(self) -> str:
        """The key as Multikey's `publicKeyMultibase`."""
        return material.multibase(self.key)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key in use, its private part decrypted: it stays in memory, for the work at hand."""

    public: PublicKey
    private_der: bytes = field(repr=False)
    """PKCS #8: what a process that signs is given."""

    @property
    def private(self) -> material.Private:
        """The key to sign with."""
        return material.private_from(self.private_der)
