"""PAdES signatures: a document is certified by its organisation, and no change is allowed after that."""

# pyHanko and asn1crypto tell no types of what is used here.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
import io
import os
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pygmalion_app.certificates.document.document_key import DocumentKey

RESERVED_BYTES = 8192
FIELD = "Signature"
_KEYS_AT_HAND = 64
# Stand where the digest and the signature go, random so that nothing else looks like them.
_DIGEST = os.urandom(32)
_SIGNATURE = os.urandom(80)


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


class _Addition(IncrementalPdfFileWriter):
    """What is appended to a document: the signature alone; who made it and when stays as the typesetter wrote it."""

    def _update_meta(self) -> None:
        pass


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
        _Addition(io.BytesIO(document)), bytes_reserved=RESERVED_BYTES
    )
    return signed.getvalue()


class _QuickSigner(SimpleSigner):
    """Signs many documents with one key: the library encodes the structure once, later ones differ in two values.

    Those are the document's digest and the signature, of a few lengths; encoding all else anew is four fifths of the
    time that a signature takes.
    """

    def __init__(self, key: DocumentKey) -> None:
        certificates = [x509.Certificate.load(der) for der in key.chain]
        super().__init__(
            signing_cert=certificates[0],
            signing_key=keys.PrivateKeyInfo.load(key.private_der),
            cert_registry=SimpleCertificateStore.from_certs(certificates),
        )
        private = load_der_private_key(key.private_der, None)
        if not isinstance(private, EllipticCurvePrivateKey):
            message = "documents are signed with P-256"
            raise TypeError(message)
        self._private = private
        self._signed_part = b""
        self._wholes: dict[int, bytes] = {}
        self._length = 0
        self._making = Lock()

    # What embeds the answer takes encoded bytes as well.
    async def async_sign(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, data_digest: bytes, digest_algorithm: str, **options: Any
    ) -> bytes:
        if not self._signed_part:
            asked: dict[str, Any] = {name: options.get(name) for name in ("use_pades", "timestamper")}
            settings = options.get("signed_attr_settings")
            attributes = await self.signed_attrs(_DIGEST, digest_algorithm, attr_settings=settings, **asked)
            self._signed_part = attributes.dump()
        signature = self._private.sign(self._signed_part.replace(_DIGEST, data_digest), ECDSA(SHA256()))
        whole = self._wholes.get(len(signature))
        if whole is None:
            # Each thread signs in a loop of its own: nothing that waits for this lock is in the way of who holds it.
            with self._making:
                self._length = len(signature)
                whole = (await super().async_sign(_DIGEST, digest_algorithm, **options)).dump()
                self._wholes[len(signature)] = whole
        return whole.replace(_DIGEST, data_digest).replace(_SIGNATURE[: len(signature)], signature)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        del data, digest_algorithm, dry_run
        return _SIGNATURE[: self._length]


@lru_cache(maxsize=_KEYS_AT_HAND)
def _signer(key: DocumentKey) -> _QuickSigner:
    return _QuickSigner(key)
