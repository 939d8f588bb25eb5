"""What is asked of whom, and which step may follow which: data, not code."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from pygmalion_app.kyc.models import CaseState, DocumentKind, Reason


class SubjectKind(StrEnum):
    """Who is verified: a person, or an organisation by its kind."""

    PERSON = "person"
    TRAINING = "training"
    COMPANY = "company"
    AIRPORT = "airport"


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something to prove, by a document of one of some kinds; `dated` ones have a last day of validity."""

    name: str
    kinds: tuple[DocumentKind, ...]
    dated: bool = False


_REGISTERED = Requirement("registration", (DocumentKind.REGISTRATION,))
REQUIREMENTS: Final[dict[SubjectKind, tuple[Requirement, ...]]] = {
    SubjectKind.PERSON: (Requirement("identity", (DocumentKind.IDENTITY_CARD, DocumentKind.PASSPORT), dated=True),),
    SubjectKind.TRAINING: (
        _REGISTERED,
        Requirement("nda", (DocumentKind.NDA_DECLARATION,)),
        Requirement("qualiopi", (DocumentKind.QUALIOPI_CERTIFICATE,), dated=True),
        Requirement("bank", (DocumentKind.BANK_DETAILS,)),
    ),
    SubjectKind.COMPANY: (_REGISTERED,),
    SubjectKind.AIRPORT: (_REGISTERED,),
}

MAX_DOCUMENTS: Final = 12
LONGEST_VALIDITY: Final = timedelta(days=3 * 365)
"""An approval is looked at again after three years at the latest, the life of a Qualiopi certificate."""
RENEWAL_FROM: Final = timedelta(days=60)
"""How long before its end a verification can be renewed."""
REMINDER_DAYS: Final = (30, 7)
TAKE_OVER_AFTER: Final = timedelta(hours=1)
"""After this time without a decision, another reviewer may take a case over."""

EDITABLE: Final = frozenset({CaseState.DRAFT, CaseState.MORE_INFORMATION, CaseState.REJECTED})
UNDER_REVIEW: Final = frozenset({CaseState.SUBMITTED, CaseState.IN_REVIEW})
OPEN: Final = EDITABLE | UNDER_REVIEW
REVIEWERS_REASONS: Final = tuple(reason for reason in Reason if reason is not Reason.REPLACED)

_PARIS = ZoneInfo("Europe/Paris")


def requirement_for(subject: SubjectKind, kind: DocumentKind) -> Requirement | None:
    """Return what a kind of document proves for a subject, None when it is not asked."""
    return next((one for one in REQUIREMENTS[subject] if kind in one.kinds), None)


def today(now: datetime) -> date:
    """Return the day by which validity is counted: in France, where the documents are from."""
    return now.astimezone(_PARIS).date()
