"""What can go wrong with certificates."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, PermissionDeniedError


class DocumentNotReadyError(ConflictError):
    """The document is being made; it takes seconds."""

    code = "certificate_not_ready"


class AlreadyRevokedError(ConflictError):
    """The certificate was taken back before."""

    code = "certificate_already_revoked"


class CertificateErasedError(ConflictError):
    """Its holder's name was erased: there is nothing left to correct it by."""

    code = "certificate_erased"


class NothingToCorrectError(ConflictError):
    """The certificate says all of that already."""

    code = "certificate_nothing_to_correct"


class CampaignEmptyError(ConflictError):
    """Nobody took part in the sessions that were chosen."""

    code = "campaign_empty"


class ExternalDecidedError(ConflictError):
    """A certificate obtained elsewhere was checked before."""

    code = "external_decided"


class ExternalOwnError(PermissionDeniedError):
    """Nobody checks their own certificate."""

    code = "external_own"


class ExternalRefusedFileError(InvalidInputError):
    """The file is none that is taken; `fault` says why."""

    code = "external_refused_file"


class ExternalInfectedError(InvalidInputError):
    """The file holds malicious software."""

    code = "external_infected"


class ExternalUnreadableError(ConflictError):
    """The stored file is missing or was altered."""

    code = "external_unreadable"


class TooManyExternalError(ConflictError):
    """So many wait for their check that one more is not taken."""

    code = "external_too_many"


class UnreadableFileError(InvalidInputError):
    """Nothing in a presented file or code names a certificate."""

    code = "verification_unreadable"


class NotAnchoredError(ConflictError):
    """The certificate's anchoring is under way: there is no proof of it yet."""

    code = "certificate_not_anchored"


class LogoRefusedError(InvalidInputError):
    """A logo is not accepted; `fault` says why."""

    code = "logo_refused"


class AccentUnreadableError(InvalidInputError):
    """A colour is too pale to be read on paper."""

    code = "accent_unreadable"


class CompletionWithdrawnError(ConflictError):
    """There is no statement of a certificate that was taken back or whose holder's name was erased."""

    code = "completion_withdrawn"
