"""X.509 certificates: the platform's authority, and those of the keys that sign documents.

They last longer than any certificate of a training has to be checked: a document carries no trusted time stamp, so its
signature is judged by the certificate's own years.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_YEARS = 40
SIGNER_YEARS = 30
_LONGEST_NAME = 64
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_SIREN_DIGITS = 9
_YEAR = timedelta(days=365)
# The clock of whoever checks may be behind ours.
_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a certificate names; `siret` is empty for who has none."""

    name: str
    siret: str = ""
    country: str = "FR"


def authority_certificate(key: ec.EllipticCurvePrivateKey, platform: str, host: str, now: datetime) -> bytes:
    """Return the platform's self-signed certificate, DER."""
    name = x509.Name(
        [_attribute(NameOID.ORGANIZATION_NAME, platform), _attribute(NameOID.COMMON_NAME, f"{platform} CA {host}")]
    )
    builder = _builder(name, name, key.public_key(), now, AUTHORITY_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(authority=True), critical=True)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def signer_certificate(
    key: ec.EllipticCurvePublicKey, named: Named, authority: bytes, authority_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> bytes:  # fmt: skip
    """Return the certificate of a key that signs documents, DER."""
    issuer = x509.load_der_x509_certificate(authority)
    attributes = [_attribute(NameOID.COUNTRY_NAME, named.country)] if len(named.country) == len("FR") else []
    attributes.append(_attribute(NameOID.ORGANIZATION_NAME, named.name))
    if named.siret:
        # ETSI EN 319 412-1: the national trade register's number.
        attributes.append(
            _attribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTR{named.country}-{named.siret[:_SIREN_DIGITS]}")
        )
    attributes.append(_attribute(NameOID.COMMON_NAME, named.name))
    builder = _builder(x509.Name(attributes), issuer.subject, key, now, SIGNER_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(authority=False), critical=True)
    builder = builder.add_extension(
        x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
    )
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
    )
    return builder.sign(authority_key, SHA256()).public_bytes(Encoding.DER)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + years * _YEAR)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _attribute(name: x509.ObjectIdentifier, value: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(name, value[:_LONGEST_NAME])
