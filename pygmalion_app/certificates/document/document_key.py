"""What documents are signed with, apart from the signing: that loads a library of a hundred modules."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """The P-256 key and the certificates that a document is signed with, as plain bytes."""

    private_der: bytes = field(repr=False)
    chain: tuple[bytes, ...]
    """The signer's certificate first, the authority's last; DER."""
