"""Makes one certificate's credential and signed document: plain data in, bytes out, for a thread or a process."""

from dataclasses import dataclass
from datetime import datetime

from pygmalion_app.certificates.credentials.building import Credential, build
from pygmalion_app.certificates.credentials.document import Facts
from pygmalion_app.certificates.document.document_key import DocumentKey
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.render import render
from pygmalion_app.certificates.keys.plain import SigningKey


@dataclass(frozen=True, slots=True)
class Order:
    """All that a certificate is made from."""

    facts: Facts
    p256: SigningKey
    ed25519: SigningKey
    dress: Dress
    at: datetime
    """When it is signed."""


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate's two halves, ready to be hashed and kept."""

    document: bytes
    credential: Credential


def make(order: Order) -> Made:
    """Build the credential, print it into the document, sign the document. CPU-bound, some tens of milliseconds."""
    # Half a second of loading and 15 MB, which a process that never signs is spared.
    from pygmalion_app.certificates.document.signature import sign

    credential = build(order.facts, order.p256, order.ed25519)
    content = order.facts.content
    document = render(content, order.facts.verification_url, credential.json, order.dress)
    key = DocumentKey(order.p256.private_der, order.p256.public.chain)
    return Made(sign(document, key, order.at, content.location), credential)
