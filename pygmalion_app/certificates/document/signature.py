"""PAdES signatures: a document is certified by its organisation, and no change is allowed after that."""

# pyHanko and asn1crypto tell no types of what is used here.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
import io
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

RESERVED_BYTES = 8192
FIELD = "Signature"
_KEYS_AT_HAND = 64


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """The P-256 key and the certificates that a document is signed with, as plain bytes."""

    private_der: bytes = field(repr=False)
    chain: tuple[bytes, ...]
    """The signer's certificate first, the authority's last; DER."""


class _TimedSigner(PdfSigner):
    """Signs at a time that the caller knows, which the library would take from the system's clock."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(metadata, signer)
        self._at = at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at
        return session


def sign(document: bytes, key: DocumentKey, at: datetime, place: str = "") -> bytes:
    """Return the document with its organisation's signature. Blocking and CPU-bound (some milliseconds)."""
    signer = _signer(key)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signer.subject_name,
        location=place or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signed: io.BytesIO = _TimedSigner(metadata, signer, at).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(document)), bytes_reserved=RESERVED_BYTES
    )
    return signed.getvalue()


@lru_cache(maxsize=_KEYS_AT_HAND)
def _signer(key: DocumentKey) -> SimpleSigner:
    certificates = [x509.Certificate.load(der) for der in key.chain]
    return SimpleSigner(
        signing_cert=certificates[0],
        signing_key=keys.PrivateKeyInfo.load(key.private_der),
        cert_registry=SimpleCertificateStore.from_certs(certificates),
    )
