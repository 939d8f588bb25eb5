"""What keys are for."""

from enum import StrEnum


class KeyKind(StrEnum):
    """What a key is for."""

    P256 = "p256"
    """Signs documents (PAdES) and credentials as JWT (ES256); it has an X.509 certificate."""
    ED25519 = "ed25519"
    """Signs credentials by Data Integrity (eddsa-rdfc-2022)."""
    AUTHORITY = "authority"
    """P-256, the platform's alone: it signs the certificates of the keys that sign documents, and nothing else."""
