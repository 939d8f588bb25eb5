"""What can go wrong with identity checks."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError


class CaseNotFoundError(NotFoundError):
    """There is no such verification for this reader."""

    code = "kyc_not_found"


class DocumentNotFoundError(NotFoundError):
    """There is no such document for this reader."""

    code = "kyc_document_not_found"


class DocumentRefusedError(InvalidInputError):
    """The file is not accepted; the fact `fault` says why (`inspection.verdict.Fault`)."""

    code = "kyc_document_refused"


class DocumentInfectedError(InvalidInputError):
    """The scanner found malicious software in the file."""

    code = "kyc_document_infected"


class DocumentKindError(InvalidInputError):
    """This kind of document is not asked of whoever is verified."""

    code = "kyc_document_kind"


class ValidityError(InvalidInputError):
    """The document needs the last day of its validity, and that day must not be past."""

    code = "kyc_validity"


class TooManyDocumentsError(ConflictError):
    """The case holds as many documents as it may; `limit` says how many."""

    code = "kyc_too_many_documents"


class CaseClosedError(ConflictError):
    """The verification is being reviewed, or stands and is not due yet: its documents change no more."""

    code = "kyc_closed"


class CaseIncompleteError(ConflictError):
    """Documents are missing or past their date; the fact `missing` lists the requirements."""

    code = "kyc_incomplete"


class CaseTakenError(ConflictError):
    """Another reviewer has this case."""

    code = "kyc_taken"


class CaseDecidedError(ConflictError):
    """The case is not at the step that this act needs: somebody decided meanwhile, or nobody has submitted it."""

    code = "kyc_decided"


class OwnCaseError(PermissionDeniedError):
    """Nobody reviews their own file, nor that of an organisation they belong to."""

    code = "kyc_own_case"


class ReasonNeededError(InvalidInputError):
    """A refusal or a question needs a reason; «other» needs words."""

    code = "kyc_reason_needed"


class DocumentUnreadableError(ConflictError):
    """The stored file is not what was sealed; it must be sent again."""

    code = "kyc_document_unreadable"


class OrganizationNotVerifiedError(ConflictError):
    """The organisation's verification does not stand: it may neither publish nor be paid."""

    code = "organization_not_verified"
