"""Numbers that identify an organisation: SIRET, SIREN, NDA, VAT. Each error says what is wrong with the number."""

import re

from stdnum import iban
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError
from stdnum.fr import siret

from pygmalion_app.organizations.errors import (
    InvalidIbanError,
    InvalidNdaError,
    InvalidSiretError,
    InvalidVatNumberError,
)

_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]")
_SIREN_LENGTH = 9
_NDA_LENGTH = 11
_VAT_LONGEST = 20


def read_siret(text: str) -> str:
    """Return the 14 digits of a SIRET.

    Checked by Luhn, except at La Poste, whose establishments sum to a multiple of 5. Raises InvalidSiretError with the
    reason `digits`, `length` or `checksum`.
    """
    number = _SEPARATORS.sub("", text)
    try:
        return siret.validate(number)
    except InvalidLength:
        raise InvalidSiretError(reason="length", count=len(number)) from None
    except InvalidChecksum:
        raise InvalidSiretError(reason="checksum") from None
    except ValidationError:
        raise InvalidSiretError(reason="digits") from None


def siren_of(siret_number: str | None) -> str | None:
    """Return the company's number of an establishment's."""
    return siret_number[:_SIREN_LENGTH] if siret_number else None


def read_nda(text: str) -> str:
    """Return the 11 digits of a training declaration number; InvalidNdaError with the reason `digits` or `length`."""
    number = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]*", number):
        raise InvalidNdaError(reason="digits")
    if len(number) != _NDA_LENGTH:
        raise InvalidNdaError(reason="length", count=len(number))
    return number


def read_vat_number(text: str, siret_number: str | None) -> str:
    """Return a European VAT number without separators.

    Raises InvalidVatNumberError with the reason `country` (no member state's letters), `format`, `checksum`, or
    `company` when a French number belongs to another company than the SIRET.
    """
    number = _SEPARATORS.sub("", text).upper()[:_VAT_LONGEST]
    if number[:2].replace("EL", "GR").lower() not in vat.MEMBER_STATES:
        raise InvalidVatNumberError(reason="country")
    try:
        number = vat.validate(number)
    except InvalidChecksum:
        raise InvalidVatNumberError(reason="checksum") from None
    except InvalidComponent:
        raise InvalidVatNumberError(reason="format") from None
    except ValidationError:
        raise InvalidVatNumberError(reason="format") from None
    if number.startswith("FR") and siret_number and number[-_SIREN_LENGTH:] != siren_of(siret_number):
        raise InvalidVatNumberError(reason="company", siren=siren_of(siret_number))
    return number


def read_iban(text: str) -> str:
    """Return an IBAN without separators, its check digits and its country's rules held; InvalidIbanError otherwise."""
    try:
        return iban.validate(_SEPARATORS.sub("", text))
    except ValidationError:
        raise InvalidIbanError from None
