"""What can go wrong with organisations, members and invitations."""

from typing import ClassVar

from pygmalion_app.core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError


class OrganizationNotFoundError(NotFoundError):
    """There is no such organisation, or not for this person."""


class _NumberError(InvalidInputError):
    """A number that cannot be right; `reason` says why."""

    where: ClassVar[str]

    def __init__(self, **facts: object) -> None:
        """Name the field that holds the number."""
        super().__init__(field=self.where, **facts)


class InvalidSiretError(_NumberError):
    """No SIRET: `reason` is digits, length (with the `count` found), checksum, or missing for a French organisation."""

    code = "invalid_siret"
    where = "siret"


class InvalidIbanError(_NumberError):
    """No bank account number: its check digits or its country's rules do not hold."""

    code = "invalid_iban"
    where = "iban"


class InvalidNdaError(_NumberError):
    """No training declaration number: `reason` is digits, or length (with the `count` found)."""

    code = "invalid_nda"
    where = "nda"


class InvalidVatNumberError(_NumberError):
    """No European VAT number: `reason` is country, format, checksum, or company (of another SIREN)."""

    code = "invalid_vat_number"
    where = "vatNumber"


class SiretTakenError(ConflictError):
    """The establishment is registered already; its managers can invite. Who they are is not told."""

    code = "siret_taken"


class SiretFixedError(ConflictError):
    """The SIRET says which establishment this is: once given, only the platform changes it."""

    code = "siret_fixed"


class RoleNotOfferedError(InvalidInputError):
    """Such an organisation has no such role."""

    code = "role_not_offered"


class LastAdministratorError(ConflictError):
    """Somebody must remain who runs the organisation."""

    code = "last_administrator"


class AlreadyMemberError(ConflictError):
    """The person holds this role already."""

    code = "already_member"


class InvitationOverError(ConflictError):
    """The invitation is no longer open: `state` is accepted, declined, withdrawn or expired."""

    code = "invitation_over"
    status = 410


class OtherAddressError(PermissionDeniedError):
    """The invitation is for another address than the proven one of this account."""

    code = "other_address"


class JustSentError(ConflictError):
    """The invitation went out moments ago; `seconds` until it may be sent again."""

    code = "invitation_just_sent"
    status = 429


class TooManyInvitationsError(ConflictError):
    """As many invitations wait as one organisation may have."""

    code = "too_many_invitations"


class ImportRefusedError(InvalidInputError):
    """The file has `count` errors, so nothing of it was taken."""

    code = "import_refused"


class OwnFactorFirstError(ConflictError):
    """Whoever demands a strong second factor of others needs one, or would lock themselves out."""

    code = "own_factor_first"


class UndoTooLateError(ConflictError):
    """The removal can no longer be undone; a new invitation can."""

    code = "undo_too_late"
